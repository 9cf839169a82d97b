"""Days over time: ADA, chronic absence, recovery, on TestCal 2025-26 (T1, T7–T10)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.attendance import (
    Bucket,
    Totals,
    ada,
    attendance_rate,
    bucket,
    chronic,
    chronic_of,
    recovery_credit,
    totals,
)
from sync.codes import Authorised
from sync.day import Day, Outcome, fold_day
from sync.model import Presence
from sync.pack import Over
from sync.period import PeriodMark, Taken
from sync.school_year import SchoolYear, weekdays_but
from sync.sessions import Register, Sessions, count_sessions, persistent, session_code
from tests.sync.packs import CALIFORNIA, ENGLAND, code_of
from tests.sync.testcal import (
    ALDER,
    TESTCAL,
    absent,
    code,
    day,
    late,
    local,
    periods,
    present,
    year_with,
)

calm = settings(deadline=None)
RULES, LAUSD, ENGLISH = CALIFORNIA.rules(), CALIFORNIA.rules("lausd"), ENGLAND.rules()


def days_from(first: date, number: int, *skip: date) -> list[date]:
    return [on for on in TESTCAL.between(first, TESTCAL.days[-1]) if on not in skip][:number]


def test_T1_testcal_has_180_days_and_day_100_is_february_5() -> None:
    assert len(TESTCAL.days) == 180
    assert TESTCAL.nth(100) == date(2026, 2, 5)
    assert TESTCAL.span() == (date(2025, 8, 14), date(2026, 6, 9))
    assert len(TESTCAL.between(date(2026, 1, 12), date(2026, 6, 9))) == 98


def test_T1_counting_school_days_counts_those_alone() -> None:
    assert TESTCAL.after(day("2025-09-05"), 10) == day("2025-09-19")
    assert TESTCAL.after(day("2025-09-06"), 1) == day("2025-09-08"), "from a Saturday"
    assert TESTCAL.after(day("2025-11-21"), 1) == day("2025-12-01"), "over a week off"
    assert TESTCAL.after(day("2026-06-08"), 1) == day("2026-06-09")
    assert TESTCAL.after(day("2026-06-08"), 2) is None
    assert TESTCAL.month_of(day("2025-12-05")) == (day("2025-12-01"), day("2025-12-31"))
    assert TESTCAL.semester_of(day("2026-01-05")) is None
    with pytest.raises(IndexError, match="has 180 days"):
        TESTCAL.nth(181)
    with pytest.raises(ValueError, match="ascend"):
        SchoolYear((day("2025-09-05"), day("2025-09-05")))


closures = st.sets(st.integers(0, 60)).map(
    lambda days: {date(2026, 1, 1) + timedelta(days=one) for one in days}
)


@given(closures, st.integers(-3, 63), st.integers(1, 30))
def test_T1_so_many_days_after_is_that_many_school_days(
    closed: set[date], start: int, number: int
) -> None:
    on = date(2026, 1, 1) + timedelta(days=start)
    year = SchoolYear(weekdays_but(date(2026, 1, 1), date(2026, 3, 2), closed))
    after = year.after(on, number)
    if after is None:
        assert len(year.between(on + timedelta(days=1), date(2027, 1, 1))) < number
    else:
        assert after in year.days
        assert len(year.between(on + timedelta(days=1), after)) == number


# --- chronic absence


def test_T9_S20_eighteen_of_180_is_chronic_and_seventeen_is_not() -> None:
    absences = days_from(day("2025-09-02"), 18)
    yes = chronic_of(year_with(*map(absent, absences)), RULES)
    assert (yes.chronic, yes.share, yes.tier) == (True, Fraction(18, 180), "moderate")
    no = chronic_of(year_with(*map(absent, absences[1:])), RULES)
    assert (no.chronic, no.share, no.tier) == (False, Fraction(17, 180), "at_risk")


def test_T9_S21_a_student_who_entered_in_january_is_measured_by_98_days() -> None:
    since = day("2026-01-12")
    absences = days_from(since, 10)
    yes = chronic_of(year_with(*map(absent, absences), since=since), RULES)
    assert (yes.chronic, yes.share) == (True, Fraction(10, 98))
    no = chronic_of(year_with(*map(absent, absences[1:]), since=since), RULES)
    assert (no.chronic, no.share) == (False, Fraction(9, 98))


def test_T9_1_S23_independent_study_counts_by_whether_it_was_completed() -> None:
    every = list(TESTCAL.days)
    told = [absent(on, "A-1") for on in every[:12]]
    told += [absent(on, "IS+") for on in every[20:30]] + [absent(on, "IS-") for on in every[30:35]]
    days = year_with(*told)
    sums = totals(days)
    assert (sums.in_person, sums.excused, sums.study, sums.study_incomplete) == (153, 12, 10, 5)
    measured = chronic_of(days, RULES)
    assert (measured.share, measured.chronic) == (Fraction(5 + 12, 165 + 10 + 5), False)
    assert chronic(sums.absent, sums.expected, RULES) == measured


def test_T8_T9_1_S24_recovery_is_credited_and_takes_no_absence_away() -> None:
    days = year_with(*(absent(on, "A-1") for on in TESTCAL.days[:20]))
    sums = totals(days)
    measured = chronic_of(days, RULES)
    assert (measured.share, measured.chronic) == (Fraction(20, 180), True)
    assert recovery_credit(8, sums, RULES) == 8
    assert recovery_credit(14, sums, RULES) == 10
    few = totals(year_with(*(absent(on, "A-1") for on in TESTCAL.days[:6])))
    assert recovery_credit(8, few, RULES) == 6
    assert recovery_credit(-1, few, RULES) == 0
    assert recovery_credit(8, sums, ENGLISH) == 0


@pytest.mark.parametrize(
    ("missed", "expected", "is_chronic", "tier"),
    [
        (24, 241, False, "at_risk"),  # 9.958 %: shown as 10.0, and not 10
        (25, 250, True, "moderate"),
        (3, 30, False, None),  # not more than 30 days
        (3, 31, False, "at_risk"),
        (4, 31, True, "moderate"),
        (1, 31, False, "fine"),
        (9, 180, False, "at_risk"),
        (8, 180, False, "fine"),
        (36, 180, True, "severe"),
        (35, 180, True, "moderate"),
        (0, 0, False, None),
        (31, 31, True, "severe"),
    ],
)
def test_T9_the_share_is_exact(
    missed: int, expected: int, is_chronic: bool, tier: str | None
) -> None:
    measured = chronic(missed, expected, RULES)
    assert (measured.chronic, measured.tier) == (is_chronic, tier)


@given(st.integers(0, 400), st.integers(0, 400))
def test_T9_nothing_is_rounded(missed: int, expected: int) -> None:
    missed = min(missed, expected)
    measured = chronic(missed, expected, RULES)
    assert measured.chronic == (expected > 30 and 10 * missed >= expected)


def test_T9_1_part_days_weekends_and_days_without_rolls_do_not_count() -> None:
    saturday = day("2025-10-11")
    unknown = fold_day(day("2025-10-06"), periods(day("2025-10-06"), None, bell=ALDER))
    days = [*year_with(late(day("2025-10-07"), 200), unknown), absent(saturday)]
    measured = chronic_of(days, RULES)
    assert (measured.absent, measured.expected) == (0, 179)


def test_T9_1_all_reasons_count_also_a_confidential_one_and_suspension() -> None:
    reasons = [None, "A-1", "A-3", "A-7", "CM", "A-5", "A-9"]
    told = [absent(on, why) for on, why in zip(TESTCAL.days, reasons, strict=False)]
    assert chronic_of(year_with(*told), RULES).absent == len(reasons)


def test_T9_S39_the_days_expected_of_a_student_begin_with_her_enrollment() -> None:
    entered = day("2025-09-18")
    before = [
        fold_day(on, periods(on, Presence.PRESENT, bell=ALDER, state=Taken.NOT_ENROLLED))
        for on in TESTCAL.between(TESTCAL.days[0], day("2025-09-17"))
    ]
    first = fold_day(entered, periods(entered, Presence.PRESENT, *[Presence.ABSENT] * 2))
    days = [*before, first, *year_with(since=day("2025-09-19"))]
    assert len(days) == 180
    expected = len(TESTCAL.between(entered, TESTCAL.days[-1]))
    assert chronic_of(days, RULES).expected == totals(days).expected == expected == 157


# --- sums and ADA


def test_T7_a_year_is_summed_by_what_its_days_came_to() -> None:
    on = iter(TESTCAL.days)
    told = [absent(next(on), why) for why in (None, "A-1", "A-3", "A-7", "IS+", "IS-")]
    in_school = next(on)
    mark = periods(in_school, Presence.ELSEWHERE, bell=ALDER, code=code("ISS", in_school))
    told += [fold_day(in_school, mark), late(next(on), 40)]
    unknown = next(on)
    told.append(fold_day(unknown, periods(unknown, None, bell=ALDER)))
    sums = totals(year_with(*told))
    assert sums == Totals(
        in_person=172,
        in_school_suspension=1,
        study=1,
        study_incomplete=1,
        excused=1,
        unexcused=1,
        pending=1,
        suspension=1,
        undetermined=1,
    )
    assert (sums.attended, sums.absent, sums.expected) == (174, 5, 179)
    assert attendance_rate(sums) == Fraction(174, 179)


def test_T7_two_folds_of_one_date_are_not_two_days_of_attendance() -> None:
    with pytest.raises(ValueError, match="2025-10-06 is there twice"):
        totals([present(day("2025-10-06")), absent(day("2025-10-06"))])


def test_T7_a_day_on_which_nobody_expected_the_student_is_in_no_sum() -> None:
    nothing = fold_day(day("2025-10-06"), [])
    assert (bucket(nothing), nothing.outcome) == (Bucket.NOT_EXPECTED, Outcome.NOT_EXPECTED)
    assert totals([nothing]) == Totals()
    assert attendance_rate(Totals()) is None


def test_T8_S27_present_only_for_period_6_earns_the_day() -> None:
    on = day("2025-10-06")
    five = periods(on, *[Presence.ABSENT] * 5, code=code("A-3", on), excused=False)
    last = [periods(on, *[Presence.PRESENT] * 6)[5]]
    folded = fold_day(on, [*five, *last])
    sums = totals([folded])
    assert ada([sums], 1) == 1
    assert (folded.outcome, sums.absent) == (Outcome.PART_DAY, 0)


def test_T8_ada_is_the_schools_days_of_attendance_over_days_taught() -> None:
    students = [totals(year_with(*map(absent, TESTCAL.days[:number]))) for number in (0, 1, 10)]
    assert ada(students, 180) == Fraction(180 + 179 + 170, 180)
    with pytest.raises(ValueError, match="No day was taught"):
        ada(students, 0)


outcomes = st.sampled_from(
    [
        present(day("2025-10-06")),
        late(day("2025-10-06"), 12),
        fold_day(day("2025-10-06"), []),
        fold_day(day("2025-10-06"), periods(day("2025-10-06"), None, bell=ALDER)),
        *(absent(day("2025-10-06"), why) for why in (None, "A-1", "A-3", "A-7", "IS+", "IS-")),
    ]
)


@calm
@given(st.lists(outcomes, max_size=40))
def test_T7_every_known_day_is_in_one_sum_and_no_unknown_one_in_any(told: list[Day]) -> None:
    by_date = [_moved(one, TESTCAL.days[place]) for place, one in enumerate(told)]
    sums = totals(by_date)
    assert sums.expected == sum(one.attended is not None for one in by_date)
    assert sums.attended == sum(one.attended is True for one in by_date)
    assert sums.undetermined == sum(one.outcome is Outcome.UNDETERMINED for one in by_date)


def _moved(folded: Day, on: date) -> Day:
    return Day(on, folded.outcome, folded.attended, folded.excuse, folded.chronic, folded.special)


# --- sessions

LONDON = day("2025-09-08")
MORNING = Register(local(LONDON, "08:50"), local(LONDON, "09:20"))
AFTERNOON = Register(local(LONDON, "13:10"), local(LONDON, "13:30"), afternoon=True)


def session(presence: Presence | None, at: str | None = None, why: str | None = None) -> PeriodMark:
    return PeriodMark(
        period="AM",
        starts_at=local(LONDON, "08:50"),
        ends_at=local(LONDON, "12:00"),
        presence=presence,
        arrived_at=None if at is None else local(LONDON, at),
        code=None if why is None else code_of(ENGLAND, why),
    )


def coded(mark: PeriodMark, register: Register = MORNING) -> str | None:
    found = session_code(LONDON, mark, register, ENGLAND, ENGLISH)
    return None if found is None else found.code


def test_T10_X07_the_morning_is_L_or_U_and_the_afternoon_stands_by_itself() -> None:
    assert coded(session(Presence.LATE, "09:10")) == "L"
    assert coded(session(Presence.LATE, "09:25")) == "U"
    assert coded(session(Presence.PRESENT), AFTERNOON) == "\\"
    assert coded(session(Presence.PRESENT)) == "/"


def test_T10_a_reason_stands_before_the_plain_code_and_a_missing_register_has_none() -> None:
    assert coded(session(Presence.LATE, "09:25", why="M")) == "M"
    assert coded(session(Presence.ABSENT)) == "N"
    assert coded(session(Presence.ABSENT, why="I")) == "I"
    assert coded(session(Presence.PRESENT, why="I")) == "/", "a dormant reason explains nothing"
    assert coded(session(None)) is None
    assert coded(session(Presence.LATE)) == "L", "nobody knows that it was later"
    open_still = Register(MORNING.opened_at)
    assert coded(session(Presence.LATE, "11:00"), open_still) == "L"


def test_T10_what_cannot_be_attended_is_not_possible() -> None:
    listed = "/ \\ L V K B | I M C E | G O U | N | X Y1 D # Z".replace("|", "").split()
    sums = count_sessions([*(code_of(ENGLAND, one) for one in listed), None])
    assert sums == Sessions(attended=6, authorised=4, unauthorised=3, pending=1)
    assert (sums.possible, sums.absent) == (14, 8)


def test_T10_persistent_is_a_tenth_of_the_possible_sessions() -> None:
    twenty = Sessions(attended=18, authorised=1, pending=1)
    assert persistent(twenty, ENGLISH).chronic
    assert persistent(Sessions(attended=19, unauthorised=1), ENGLISH).tier == "at_risk"
    assert not persistent(Sessions(), ENGLISH).chronic
    assert (LAUSD.gap_counts, ENGLISH.gap_min) == (Over.AT_LEAST, None)
    assert Authorised.PENDING is code_of(ENGLAND, "N").authorised
