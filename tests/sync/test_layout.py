"""Laying out what is expected (rules L), at Birch High and Alder Elementary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from sync.layout import (
    Exempt,
    SectionPlan,
    Timetable,
    Void,
    day_for,
    double_name,
    expected_meetings,
)
from sync.model import ClassPeriod, Meeting, MeetingPattern, Policy, SchoolDay
from sync.policy import Rule
from tests.cases.reader import wire
from tests.sync.ops import uid

MATH, ART = uid(0xF, 1), uid(0xF, 2)
SET_AT = datetime(2025, 8, 1, tzinfo=UTC)
MONDAY, TUESDAY, SUNDAY = date(2025, 9, 15), date(2025, 9, 16), date(2025, 9, 14)


def slots(**bells: str) -> list[ClassPeriod]:
    times = {
        name: [time.fromisoformat(at) for at in bell.split("-")] for name, bell in bells.items()
    }
    return [ClassPeriod(name, f"Period {name[1:]}", *at) for name, at in times.items()]


BIRCH = Timetable(
    days=[SchoolDay(MONDAY, True, "regular"), SchoolDay(TUESDAY, True, "minimum")],
    periods={
        "regular": slots(P1="08:30-09:26", P2="09:32-10:28"),
        "minimum": slots(P2="09:11-09:46"),
    },
    patterns=[MeetingPattern(MATH, "P1"), MeetingPattern(ART, "P2")],
    sections={MATH: SectionPlan(MATH, frozenset({"9"})), ART: SectionPlan(ART, frozenset({"10"}))},
    zone=ZoneInfo("America/Los_Angeles"),
)


def laid_out(timetable: Timetable, empty: Iterable[UUID] = ()) -> list[Meeting]:
    return list(expected_meetings(timetable, lambda section, _: 0 if section in empty else 30))


def slots_of(meetings: list[Meeting]) -> list[tuple[date, UUID, str]]:
    return [(one.on, one.section_id, one.period) for one in meetings]


def test_L1_a_meeting_is_laid_out_once_however_many_patterns_give_it() -> None:
    twice = replace(BIRCH, patterns=[*BIRCH.patterns, MeetingPattern(MATH, "P1", frozenset({0}))])
    assert laid_out(twice) == laid_out(BIRCH)
    assert slots_of(laid_out(BIRCH)) == [
        (MONDAY, MATH, "P1"),
        (MONDAY, ART, "P2"),
        (TUESDAY, ART, "P2"),
    ]
    assert all(one.expected and one.void_reason is None for one in laid_out(BIRCH))


def test_L1_the_order_of_the_input_changes_nothing() -> None:
    turned = replace(BIRCH, days=BIRCH.days[::-1], patterns=BIRCH.patterns[::-1])
    assert laid_out(turned) == laid_out(BIRCH)


@pytest.mark.parametrize(
    ("pattern", "meets"),
    [
        (MeetingPattern(MATH, "P1", weekdays=frozenset({0})), True),
        (MeetingPattern(MATH, "P1", weekdays=frozenset({1, 2, 3, 4})), False),
        (MeetingPattern(MATH, "P1", day_labels=frozenset({"A"})), True),
        (MeetingPattern(MATH, "P1", day_labels=frozenset({"B"})), False),
        (MeetingPattern(MATH, "P1", begin_on=MONDAY, end_on=MONDAY), True),
        (MeetingPattern(MATH, "P1", begin_on=TUESDAY), False),
        (MeetingPattern(MATH, "P1", end_on=SUNDAY), False),
    ],
)
def test_L2_a_pattern_falls_on_its_dates_weekdays_and_day_labels(
    pattern: MeetingPattern, meets: bool
) -> None:
    day = SchoolDay(MONDAY, True, "regular", day_label="A")
    assert bool(laid_out(replace(BIRCH, days=[day], patterns=[pattern]))) == meets


def test_L2_a_section_runs_only_in_its_terms() -> None:
    fall = SectionPlan(MATH, terms=((date(2025, 8, 14), MONDAY),))
    spring = SectionPlan(ART, terms=((date(2026, 1, 12), date(2026, 6, 9)),))
    plan = replace(BIRCH, sections={MATH: fall, ART: spring})
    assert slots_of(laid_out(plan)) == [(MONDAY, MATH, "P1")]


BANDS = [
    SchoolDay(MONDAY, True, "all"),
    SchoolDay(MONDAY, True, "upper", grades="9, 10,11,12"),
    SchoolDay(MONDAY, True, "testing", grades="9,10"),
    SchoolDay(MONDAY, True, "kinder", grades="K"),
]


@pytest.mark.parametrize(
    ("grades", "schedule"),
    [
        ({"9"}, "testing"),
        ({"9", "10"}, "testing"),
        ({"9", "11"}, "upper"),
        ({"12"}, "upper"),
        ({"8", "9"}, "testing"),
        ({"K"}, "kinder"),
        ({"7"}, "all"),
        (set(), "all"),
    ],
)
def test_L3_the_closest_band_of_grades_speaks(grades: set[str], schedule: str) -> None:
    for bands in (BANDS, BANDS[::-1]):
        day = day_for(bands, frozenset(grades))
        assert day is not None
        assert day.schedule == schedule


def test_L3_a_section_that_no_row_speaks_of_does_not_meet() -> None:
    only_kinder = replace(BIRCH, days=[SchoolDay(MONDAY, True, "regular", grades="K")])
    assert laid_out(only_kinder) == []


@pytest.mark.parametrize("kind", ["holiday", "closed", "emergency"])
def test_L4_a_day_without_school_expects_nothing_and_says_why(kind: str) -> None:
    day = SchoolDay(MONDAY, False, None, kind)
    meetings = laid_out(replace(BIRCH, days=[day], usual="regular"), empty=[ART])
    assert {(one.expected, one.void_reason) for one in meetings} == {(False, kind)}
    assert slots_of(meetings) == [(MONDAY, MATH, "P1"), (MONDAY, ART, "P2")]
    assert laid_out(replace(BIRCH, days=[day])) == []


def test_L4_an_emergency_keeps_the_bell_schedule_of_its_day() -> None:
    day = SchoolDay(MONDAY, False, "minimum", "emergency")
    (meeting,) = laid_out(replace(BIRCH, days=[day], usual="regular"))
    assert (meeting.period, meeting.void_reason) == ("P2", Void.EMERGENCY)


def test_L4_a_make_up_day_is_a_school_day() -> None:
    day = SchoolDay(MONDAY, True, "regular", "make_up")
    assert all(one.expected for one in laid_out(replace(BIRCH, days=[day])))


def test_L5_a_section_that_is_not_active_expects_nothing() -> None:
    sections = {**BIRCH.sections, MATH: SectionPlan(MATH, active=False)}
    meeting = laid_out(replace(BIRCH, sections=sections))[0]
    assert (meeting.expected, meeting.void_reason) == (False, Void.SECTION_INACTIVE)


def test_L6_a_section_without_students_expects_nothing() -> None:
    meeting = laid_out(BIRCH, empty=[MATH])[0]
    assert (meeting.expected, meeting.void_reason) == (False, Void.NO_STUDENTS)


def test_L7_X01_a_minimum_day_moves_deadlines_and_leaves_out_period_1() -> None:
    (meeting,) = laid_out(replace(BIRCH, days=BIRCH.days[1:]))
    assert meeting.period == "P2"
    assert wire(meeting.times.due_at) == "2025-09-16T16:26:00.000Z"
    assert wire(meeting.times.check_at) == "2025-09-16T16:41:00.000Z"


def test_L7_a_day_without_a_known_bell_schedule_has_no_meetings() -> None:
    assert laid_out(replace(BIRCH, days=[SchoolDay(MONDAY, True, "unheard of")])) == []
    assert laid_out(replace(BIRCH, days=[SchoolDay(MONDAY, True, None)], usual="regular")) == []


def test_L7_late_start_and_assembly_days_are_bell_schedules_of_their_own() -> None:
    periods = {
        **BIRCH.periods,
        "late start": slots(P1="09:30-10:10", P2="10:16-10:56"),
        "assembly": slots(P1="08:30-09:10", AS="09:16-10:00", P2="10:06-10:46"),
    }
    days = [SchoolDay(MONDAY, True, "late start"), SchoolDay(TUESDAY, True, "assembly")]
    meetings = laid_out(replace(BIRCH, days=days, periods=periods))
    assert [(one.period, wire(one.times.due_at)[11:16]) for one in meetings] == [
        ("P1", "16:45"),
        ("P2", "17:31"),
        ("P1", "15:45"),
        ("P2", "17:21"),
    ]


def test_L7_an_elementary_daily_roll_stands_beside_secondary_periods() -> None:
    """Grades 1 to 5 have a roll in the morning and one after lunch, grade 9 one a period."""
    first = uid(0xF, 3)
    bells = [*BIRCH.periods["regular"], *slots(AM="08:00-11:40", PM="12:20-14:20")]
    plan = replace(
        BIRCH,
        days=[SchoolDay(MONDAY, True, "regular")],
        periods={"regular": bells},
        patterns=[
            *BIRCH.patterns,
            MeetingPattern(first, "AM"),
            MeetingPattern(first, "PM"),
        ],
        sections={**BIRCH.sections, first: SectionPlan(first, frozenset({"1"}))},
        rules=[Rule(uid(0xD, 1), MONDAY, Policy(due_after_min=20), SET_AT, "1,2,3,4,5", "PM")],
    )
    meetings = laid_out(plan)
    assert [(one.period, wire(one.times.due_at)[11:16]) for one in meetings] == [
        ("P1", "15:45"),
        ("P2", "16:47"),
        ("AM", "15:15"),
        ("PM", "19:40"),
    ]
    assert [one.rule_id is not None for one in meetings] == [False, False, False, True]


DOUBLE = MeetingPattern(MATH, "P1", through="P2")


def test_L8_a_double_period_has_one_roll_from_the_first_start_to_the_last_end() -> None:
    day = SchoolDay(MONDAY, True, "regular")
    (meeting,) = laid_out(replace(BIRCH, days=[day], patterns=[DOUBLE]))
    assert (meeting.period, meeting.period_name) == ("P1", "Period 1–2")
    assert wire(meeting.times.starts_at) == "2025-09-15T15:30:00.000Z"
    assert wire(meeting.times.ends_at) == "2025-09-15T17:28:00.000Z"
    assert wire(meeting.times.due_at) == "2025-09-15T15:45:00.000Z"


def test_L8_on_bells_without_its_last_period_it_is_as_long_as_its_first() -> None:
    bells = {"regular": slots(P1="08:30-09:26", P3="10:49-11:45")}
    day = SchoolDay(MONDAY, True, "regular")
    (meeting,) = laid_out(replace(BIRCH, days=[day], periods=bells, patterns=[DOUBLE]))
    assert (meeting.period_name, wire(meeting.times.ends_at)[11:16]) == ("Period 1", "16:26")
    (backwards,) = laid_out(
        replace(BIRCH, days=[day], patterns=[MeetingPattern(ART, "P2", through="P1")])
    )
    assert backwards.period_name == "Period 2"


def test_L8_two_patterns_are_two_rolls() -> None:
    day = SchoolDay(MONDAY, True, "regular")
    both = [MeetingPattern(MATH, "P1"), MeetingPattern(MATH, "P2")]
    assert len(laid_out(replace(BIRCH, days=[day], patterns=both))) == 2
    # Where two give the same period on one day, the double one counts, whatever their order.
    for patterns in ([DOUBLE, both[0]], [both[0], DOUBLE]):
        (one,) = laid_out(replace(BIRCH, days=[day], patterns=patterns))
        assert one.period_name == "Period 1–2"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Period 3", "Period 4", "Period 3–4"),
        ("Lab", "Lecture", "Lab–Lecture"),
        ("Block A", "Period 2", "Block A–Period 2"),
    ],
)
def test_L8_a_double_period_is_named_by_both(first: str, last: str, name: str) -> None:
    assert double_name(first, last) == name


@pytest.mark.parametrize(
    ("closed_from", "expected"),
    [("08:30", [False, False]), ("08:31", [True, False]), ("09:32", [True, False]),
     ("09:33", [True, True])],
)  # fmt: skip
def test_L9_a_meeting_that_begins_when_school_has_closed_expects_nothing(
    closed_from: str, expected: list[bool]
) -> None:
    """Closed at 9:00, period 1 is under way and expected; period 2 is not."""
    day = SchoolDay(
        MONDAY, True, "regular", note="Water main", closed_from=time.fromisoformat(closed_from)
    )
    meetings = laid_out(replace(BIRCH, days=[day]))
    assert [one.expected for one in meetings] == expected
    voided = {(one.void_reason, one.void_note) for one in meetings if not one.expected}
    assert voided <= {(Void.CLOSED_EARLY, "Water main")}


@pytest.mark.parametrize(
    ("exempt", "expected"),
    [
        (Exempt(MONDAY, None, "P1", "Assembly"), [False, True]),
        (Exempt(MONDAY, ART, None, "Assembly"), [True, False]),
        (Exempt(MONDAY, ART, "P2", "Assembly"), [True, False]),
        (Exempt(MONDAY, ART, "P1", "Assembly"), [True, True]),
        (Exempt(TUESDAY, None, "P1", "Assembly"), [True, True]),
    ],
)
def test_L10_an_exemption_names_a_section_a_period_or_both(
    exempt: Exempt, expected: list[bool]
) -> None:
    meetings = laid_out(replace(BIRCH, days=BIRCH.days[:1], exemptions=[exempt]))
    assert [one.expected for one in meetings] == expected
    assert {one.void_note for one in meetings if not one.expected} <= {"Assembly"}


def test_L10_a_double_period_goes_by_its_first() -> None:
    day = SchoolDay(MONDAY, True, "regular")
    for period, expected in (("P1", False), ("P2", True)):
        exempt = [Exempt(MONDAY, None, period, "Assembly")]
        plan = replace(BIRCH, days=[day], patterns=[DOUBLE], exemptions=exempt)
        assert [one.expected for one in laid_out(plan)] == [expected]


def test_L11_of_several_reasons_the_days_is_told_first() -> None:
    exempt = [Exempt(MONDAY, None, None, "Assembly")]
    sections = {MATH: SectionPlan(MATH, active=False)}
    closed = SchoolDay(MONDAY, True, "regular", note="Storm", closed_from=time(8, 0))
    holiday = SchoolDay(MONDAY, False, "regular", "holiday", "Labor Day")
    plan = replace(BIRCH, sections=sections)

    def told(**more: Any) -> tuple[str | None, str | None]:
        (one,) = laid_out(replace(plan, **more), empty=[MATH])
        return one.void_reason, one.void_note

    day = SchoolDay(MONDAY, True, "regular")
    assert told(days=[holiday], exemptions=exempt) == (Void.HOLIDAY, "Labor Day")
    assert told(days=[closed], exemptions=exempt) == (Void.CLOSED_EARLY, "Storm")
    assert told(days=[day], exemptions=exempt) == (Void.EXEMPT, "Assembly")
    assert told(days=[day]) == (Void.SECTION_INACTIVE, None)


def test_D13_deadlines_follow_grade_and_period_from_their_first_date_on() -> None:
    rules = [
        Rule(uid(0xD, 1), TUESDAY, Policy(due_after_min=10, grace_min=3), SET_AT),
        Rule(uid(0xD, 2), TUESDAY, Policy(due_after_min=5), SET_AT, "10"),
    ]
    days = [SchoolDay(MONDAY, True, "regular"), SchoolDay(TUESDAY, True, "regular")]
    meetings = laid_out(replace(BIRCH, days=days, rules=rules))
    assert [(wire(one.times.due_at)[11:16], one.rule_id) for one in meetings] == [
        ("15:45", None),
        ("16:47", None),
        ("15:40", rules[0].rule_id),
        ("16:37", rules[1].rule_id),
    ]
    assert wire(meetings[2].times.late_at)[11:16] == "15:43"
