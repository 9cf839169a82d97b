"""Occasions without valid excuse, and what they come to (T14–T16)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.day import Day, fold_day
from sync.model import Presence
from sync.truancy import (
    Kind,
    Occasion,
    Step,
    Truancy,
    Verdict,
    chronic_truancy,
    is_habitual,
    is_of_age,
    occasion,
    occasions,
    reports_due,
    truancy,
)
from tests.sync.packs import CALIFORNIA, ENGLAND
from tests.sync.testcal import BIRCH, TESTCAL, absent, code, day, late, left, periods, year_with

calm = settings(deadline=None)
STATE, LAUSD = CALIFORNIA.rules("state"), CALIFORNIA.rules("lausd")
FIRST, SECOND, THIRD = day("2025-09-05"), day("2025-09-09"), day("2025-09-12")
END = day("2026-06-30")


def found(*told: Day, born_on: date | None = None) -> tuple[Occasion, ...]:
    return occasions(year_with(*told), CALIFORNIA, STATE, TESTCAL, born_on)


def test_T15_T16_S01_three_days_nobody_explains_stand_when_the_last_window_is_over() -> None:
    counted = found(absent(FIRST), absent(SECOND), absent(THIRD))
    assert [one.kind for one in counted] == [Kind.FULL_DAY] * 3
    before = truancy(counted, STATE, day("2025-09-30"))
    assert before == Truancy(2)
    stands = truancy(counted, STATE, day("2025-10-01"))
    assert stands == Truancy(3, qualifying_on=THIRD, classified_on=day("2025-10-01"))
    assert reports_due(stands, STATE) == 1


@pytest.mark.parametrize(
    ("minutes", "state", "lausd"), [(29, 0, 0), (30, 0, 1), (31, 1, 1), (200, 1, 1), (0, 0, 0)]
)
def test_T14_S02_S03_S04_more_than_30_minutes_for_the_state_30_or_more_for_lausd(
    minutes: int, state: int, lausd: int
) -> None:
    folded = late(FIRST, minutes)
    assert (occasion(folded, STATE) is not None, occasion(folded, LAUSD) is not None) == (
        bool(state),
        bool(lausd),
    )


def test_T14_S04_five_short_tardies_are_on_record_and_no_occasion() -> None:
    short = [late(on, 29) for on in TESTCAL.days[:5]]
    assert [one.missed_min for one in short] == [29] * 5
    assert found(*short) == ()


def test_T16_S05_any_combination_of_three_makes_the_number_full() -> None:
    counted = found(absent(FIRST, "A-3"), late(day("2025-09-10"), 31), left(day("2025-09-18"), 45))
    assert [(one.kind, one.minutes) for one in counted[1:]] == [
        (Kind.STRETCH, 31),
        (Kind.STRETCH, 45),
    ]
    stands = truancy(counted, STATE, END)
    assert (stands.count, stands.qualifying_on) == (3, day("2025-09-18"))
    assert stands.classified_on == day("2025-09-18"), "the office said so at once"


def test_T14_S07_a_full_day_in_secondary_is_one_occasion_not_six() -> None:
    counted = found(absent(day("2025-10-06"), "A-3", bell=BIRCH))
    assert [(one.kind, one.minutes) for one in counted] == [(Kind.FULL_DAY, 336)]
    assert truancy(counted, STATE, END).qualifying_on is None


def test_T14_S27_present_only_for_the_last_period_is_one_occasion() -> None:
    on = day("2025-10-06")
    gone = periods(on, *[Presence.ABSENT] * 5, code=code("A-3", on))
    folded = fold_day(on, [*gone, periods(on, *[Presence.PRESENT] * 6)[5]])
    assert occasion(folded, STATE) == (Kind.STRETCH, 280)


def test_T14_S32_a_roll_that_nobody_took_makes_no_occasion() -> None:
    on = day("2025-10-06")
    missing = fold_day(on, periods(on, Presence.PRESENT, None, Presence.PRESENT))
    assert occasion(missing, STATE) is None
    assert occasion(fold_day(on, periods(on, None, None)), STATE) is None


def test_T15_S10_a_child_of_five_is_not_of_the_age() -> None:
    told = [absent(FIRST, "A-3"), absent(SECOND, "A-3"), absent(THIRD, "A-3")]
    assert found(*told, born_on=day("2020-02-03")) == ()
    assert len(found(*told, born_on=day("2019-09-09"))) == 2
    assert all(one.chronic for one in told), "they still count for chronic absence"


def test_T15_S11_last_years_days_count_for_last_year() -> None:
    told = [absent(day("2025-05-06"), "A-3"), absent(day("2025-05-13"), "A-3")]
    days = [*told, *year_with(absent(day("2025-08-20"), "A-3"))]
    counted = occasions(days, CALIFORNIA, STATE, TESTCAL)
    stands = truancy(counted, STATE, day("2025-09-15"))
    assert (stands.count, stands.qualifying_on) == (1, None)


def test_T15_X10_none_from_the_eighteenth_birthday_on() -> None:
    born_on = day("2007-11-01")
    told = [absent(day("2025-10-31"), "A-3"), absent(day("2025-11-05"), "A-3")]
    assert [one.on for one in found(*told, born_on=born_on)] == [day("2025-10-31")]
    assert not is_of_age(born_on, born_on.replace(year=2025), STATE)


@pytest.mark.parametrize(
    ("on", "of_age"),
    [("2026-02-28", False), ("2026-03-01", True), ("2038-02-28", True), ("2038-03-01", False)],
)
def test_T15_who_was_born_on_a_leap_day_is_older_in_march(on: str, of_age: bool) -> None:
    assert is_of_age(day("2020-02-29"), day(on), STATE) == of_age


def test_T16_S13_three_reports_and_one_effort_after_the_first_are_habitual() -> None:
    reports = [day("2025-10-01"), day("2025-10-08"), day("2025-10-15")]
    effort = [day("2025-10-09")]
    assert is_habitual(reports, effort)
    assert not is_habitual(reports[:2], effort)
    assert not is_habitual(reports, [])
    assert not is_habitual(reports, [day("2025-09-30")])
    counted = found(*(absent(on, "A-3") for on in (FIRST, SECOND, THIRD, *reports[1:])))
    due = [reports_due(truancy(counted, STATE, on), STATE) for on in (SECOND, *reports)]
    assert due == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("unexcused", "logged", "verdict"),
    [
        (10, set(Step), Verdict.CHRONIC_TRUANT),
        (9, set(Step), Verdict.NO),
        (10, set(Step) - {Step.REFERRAL}, Verdict.STEPS_INCOMPLETE),
        (10, set(), Verdict.STEPS_INCOMPLETE),
    ],
)
def test_T16_S15_a_chronic_truant_is_the_exact_share_and_no_step_missing(
    unexcused: int, logged: set[Step], verdict: Verdict
) -> None:
    day_100 = TESTCAL.between(TESTCAL.days[0], day("2026-02-05"))
    judged = chronic_truancy(unexcused, len(day_100), logged, STATE)
    assert (judged.verdict, judged.share) == (verdict, Fraction(unexcused, 100))
    assert set(judged.missing) == set(Step) - logged


def test_T16_a_late_proof_takes_the_classification_back_and_reports_stay() -> None:
    stands = truancy(found(absent(FIRST), absent(SECOND), absent(THIRD)), STATE, END)
    assert stands.classified_on is not None
    cleared = truancy(found(absent(FIRST), absent(SECOND, "A-1"), absent(THIRD)), STATE, END)
    assert cleared == Truancy(2)


def test_T14_two_short_stretches_are_no_long_one() -> None:
    on = day("2025-10-06")
    marks = [
        *periods(on, Presence.ABSENT, bell=["08:30-08:50"], excused=False),
        *periods(on, Presence.PRESENT, bell=["08:50-09:30"]),
        *periods(on, Presence.ABSENT, bell=["09:30-09:50"], excused=False),
    ]
    assert occasion(fold_day(on, marks), STATE) is None


def test_T14_part_of_a_full_day_excused_leaves_the_stretch_that_is_not() -> None:
    on = day("2025-10-06")
    excused = periods(on, *[Presence.ABSENT] * 5, code=code("A-2", on))
    last = [periods(on, *[Presence.ABSENT] * 6, code=code("A-3", on))[5]]
    assert occasion(fold_day(on, [*excused, *last]), STATE) == (Kind.STRETCH, 56)


def test_T14_a_mark_in_dispute_makes_none_before_it_is_settled() -> None:
    on = day("2025-10-06")
    fought = fold_day(on, periods(on, Presence.ABSENT, excused=False, contested=True))
    assert occasion(fought, STATE) is None
    assert found(fought) == ()


def test_T14_suspension_excused_reasons_and_other_packs_make_none() -> None:
    for why in ("A-7", "A-1", "CM", "IS-"):
        assert found(absent(FIRST, why)) == ()
    assert occasion(absent(FIRST, "A-3"), ENGLAND.rules()) is None


def test_T15_an_occasion_stands_from_the_day_on_which_the_office_said_so() -> None:
    told = [absent(on, "A-3") for on in (FIRST, SECOND, THIRD)]
    said = {SECOND: day("2025-11-03")}
    counted = occasions(year_with(*told), CALIFORNIA, STATE, TESTCAL, said_on=said)
    assert [one.final_on for one in counted] == [FIRST, day("2025-11-03"), THIRD]
    assert truancy(counted, STATE, END).classified_on == day("2025-11-03")


def test_T15_who_never_came_back_has_no_occasion_that_stands() -> None:
    gone = [absent(on) for on in TESTCAL.between(FIRST, TESTCAL.days[-1])]
    assert found(*gone) == ()


@calm
@given(st.lists(st.integers(0, 170), unique=True, max_size=8), st.integers(0, 320))
def test_T16_the_count_only_grows_while_nothing_is_cleared(places: list[int], asked: int) -> None:
    told = [absent(TESTCAL.days[place]) for place in places]
    counted = found(*told)
    dates = [date.fromordinal(TESTCAL.days[0].toordinal() + asked + more) for more in (0, 1)]
    earlier, later = (truancy(counted, STATE, on) for on in dates)
    assert earlier.count <= later.count <= len(places)
    assert (later.qualifying_on is None) == (later.count < 3)
    if later.classified_on is not None:
        assert later.qualifying_on is not None
        assert later.qualifying_on <= later.classified_on <= dates[1]
