"""Laying out what is expected (rules L), at Birch High and Alder Elementary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from sync.layout import SectionPlan, Timetable, Void, day_for, expected_meetings
from sync.model import ClassPeriod, Meeting, MeetingPattern, SchoolDay
from tests.cases.reader import wire
from tests.sync.ops import uid

MATH, ART = uid(0xF, 1), uid(0xF, 2)
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
