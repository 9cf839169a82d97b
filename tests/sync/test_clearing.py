"""How long there is to say why, and what nobody says becomes (T11–T13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.attendance import Bucket, bucket, totals
from sync.clearing import (
    Clearing,
    State,
    clearing,
    lapsed_excuses,
    returned_on,
    school_days_since,
    temporary_of,
)
from sync.codes import Authorised, Since, Temporary
from sync.day import fold_day
from sync.model import Presence
from tests.sync.packs import CALIFORNIA, ENGLAND, PLAIN, code_of
from tests.sync.testcal import TESTCAL, absent, code, day, late, left, periods, present, year_with

calm = settings(deadline=None)
TEN = Temporary(10, "A-3")
FRIDAY, MONDAY = day("2025-09-05"), day("2025-09-08")


def stands(as_of: str, **facts: date | None) -> Clearing:
    known: dict[str, date | None] = {"returned_on": MONDAY, "cleared_on": None, **facts}
    return clearing(
        TEN, FRIDAY, known["returned_on"], TESTCAL, day(as_of), cleared_on=known["cleared_on"]
    )


@pytest.mark.parametrize(
    ("absent_on", "back_on", "lapses_on", "counts_from"),
    [
        ("2025-09-05", "2025-09-08", "2025-09-22", "2025-09-24"),
        ("2025-09-09", "2025-09-10", "2025-09-25", "2025-09-26"),
        ("2025-09-12", "2025-09-15", "2025-09-30", "2025-10-01"),
    ],
)
def test_T11_S01_the_window_ends_ten_school_days_after_the_return(
    absent_on: str, back_on: str, lapses_on: str, counts_from: str
) -> None:
    folded = absent(day(absent_on))
    back = returned_on(folded, year_with(folded, absent(day("2025-09-09"))))
    assert back == day(back_on)
    found = clearing(TEN, day(absent_on), back, TESTCAL, day("2025-10-15"))
    assert (found.ends_on, found.final_on) == (day(lapses_on), day(counts_from))
    assert (found.state, found.becomes) == (State.LAPSED, "A-3")


def test_T11_the_last_day_is_in_time_and_the_next_school_day_is_not() -> None:
    assert stands("2025-09-08").state is State.OPEN
    assert stands("2025-09-22").state is State.OPEN
    assert stands("2025-09-23").state is State.OPEN, "a closed day decides nothing"
    assert stands("2025-09-24") == Clearing(
        State.LAPSED, day("2025-09-22"), day("2025-09-24"), "A-3"
    )


def test_T11_1_the_answer_about_a_date_is_the_same_ever_after() -> None:
    before = stands("2025-09-20")
    assert stands("2025-09-20", cleared_on=day("2025-10-02")) == before
    assert stands("2025-09-30", cleared_on=day("2025-10-02")).state is State.LAPSED


def test_T13_a_proof_clears_also_after_the_lapse_and_that_it_came_late_is_told() -> None:
    in_time = stands("2025-10-15", cleared_on=day("2025-09-22"))
    assert (in_time.state, in_time.late) == (State.CLEARED, False)
    late_one = stands("2025-10-15", cleared_on=day("2025-09-23"))
    assert (late_one.state, late_one.late) == (State.CLEARED, True)
    while_away = stands("2025-10-15", returned_on=None, cleared_on=day("2025-09-20"))
    assert (while_away.state, while_away.late) == (State.CLEARED, False)


def test_T12_who_has_not_come_back_runs_out_of_no_time() -> None:
    assert stands("2026-05-01", returned_on=None) == Clearing(State.AWAY)


def test_T11_a_window_ends_with_the_school_year() -> None:
    found = clearing(TEN, day("2026-06-04"), day("2026-06-05"), TESTCAL, day("2026-06-09"))
    assert (found.state, found.ends_on) == (State.OPEN, day("2026-06-09"))
    after = clearing(TEN, day("2026-06-04"), day("2026-06-05"), TESTCAL, day("2026-06-10"))
    assert (after.state, after.final_on) == (State.LAPSED, day("2026-06-10"))


def test_T11_englands_N_counts_from_the_day_itself() -> None:
    temporary = code_of(ENGLAND, "N").temporary
    assert temporary == Temporary(5, "O", Since.DAY)
    assert temporary is not None
    waits = clearing(temporary, FRIDAY, None, TESTCAL, day("2025-09-12"))
    assert (waits.state, waits.ends_on) == (State.OPEN, day("2025-09-12"))
    over = clearing(temporary, FRIDAY, None, TESTCAL, day("2025-09-15"))
    assert (over.state, over.becomes) == (State.LAPSED, "O")


def test_T12_a_student_has_returned_when_next_seen_in_person() -> None:
    gone = absent(FRIDAY)
    assert returned_on(gone, [absent(MONDAY), present(day("2025-09-09"))]) == day("2025-09-09")
    unknown = fold_day(MONDAY, periods(MONDAY, None, None))
    assert returned_on(gone, [unknown, present(day("2025-09-09"))]) == day("2025-09-09")
    study = absent(MONDAY, "IS+")
    assert returned_on(gone, [study, late(day("2025-09-09"), 20)]) == day("2025-09-09")
    assert returned_on(gone, [present(day("2025-09-04"))]) is None


def test_T12_who_came_late_returned_the_same_day_and_who_left_did_not() -> None:
    assert returned_on(late(FRIDAY, 45), [present(MONDAY)]) == FRIDAY
    assert returned_on(left(FRIDAY, 45), [present(MONDAY)]) == MONDAY
    second = fold_day(FRIDAY, periods(FRIDAY, Presence.PRESENT, Presence.ABSENT, Presence.PRESENT))
    assert returned_on(second, [present(MONDAY)]) == FRIDAY
    last = fold_day(FRIDAY, periods(FRIDAY, Presence.PRESENT, Presence.PRESENT, Presence.ABSENT))
    assert returned_on(last, [present(MONDAY)]) == MONDAY


def test_T11_a_full_day_without_a_reason_becomes_unexcused_in_the_sums() -> None:
    days = year_with(absent(FRIDAY), absent(day("2025-10-07"), "A-1"), until=day("2025-10-10"))
    before = lapsed_excuses(CALIFORNIA, days, TESTCAL, day("2025-09-23"))
    after = lapsed_excuses(CALIFORNIA, days, TESTCAL, day("2025-09-24"))
    assert (before, after) == ({}, {FRIDAY: Authorised.NO})
    assert (totals(days).pending, totals(days, before).unexcused) == (1, 0)
    assert (totals(days, after).pending, totals(days, after).unexcused) == (0, 1)
    assert bucket(days[0], Authorised.NO) is Bucket.ATTENDED, "only an absence has an excuse"


def test_T12_a_return_that_had_not_happened_then_starts_no_time() -> None:
    days = year_with(absent(FRIDAY), absent(MONDAY), until=day("2025-11-20"))
    assert lapsed_excuses(CALIFORNIA, days[:18], TESTCAL, MONDAY) == {}
    late_return = [absent(on) for on in TESTCAL.between(FRIDAY, day("2025-10-31"))]
    away = lapsed_excuses(CALIFORNIA, year_with(*late_return), TESTCAL, day("2025-10-31"))
    assert away == {}


def test_T11_a_pack_that_lets_nothing_lapse_lets_nothing_lapse() -> None:
    folded = absent(FRIDAY)
    assert temporary_of(PLAIN, folded) is None
    assert temporary_of(CALIFORNIA, folded) == Temporary(10, "A-3")
    assert temporary_of(CALIFORNIA, absent(FRIDAY, "A-1")) is None
    coded = fold_day(FRIDAY, periods(FRIDAY, Presence.LATE, code=code("T", FRIDAY)))
    assert temporary_of(CALIFORNIA, coded) is None, "nobody knows how late"
    assert lapsed_excuses(PLAIN, year_with(folded), TESTCAL, day("2026-06-10")) == {}


def test_T11_the_age_of_a_case_is_in_school_days() -> None:
    assert school_days_since(FRIDAY, TESTCAL, FRIDAY) == 0
    assert school_days_since(FRIDAY, TESTCAL, MONDAY) == 1
    assert school_days_since(day("2025-11-21"), TESTCAL, day("2025-12-01")) == 1


@calm
@given(
    st.integers(0, 179),
    st.none() | st.integers(0, 30),
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.sampled_from(Since),
)
def test_T11_1_time_only_ever_moves_a_case_forward(
    absent_at: int, away: int | None, asked: int, cleared: int | None, since: Since
) -> None:
    on = TESTCAL.days[absent_at]
    back = None if away is None else on + timedelta(days=away)
    cleared_on = None if cleared is None else on + timedelta(days=cleared)
    temporary = Temporary(10, "A-3", since)

    def at(days: int) -> Clearing:
        as_of = on + timedelta(days=days)
        return clearing(temporary, on, back, TESTCAL, as_of, cleared_on)

    order = [State.AWAY, State.OPEN, State.LAPSED, State.CLEARED]
    earlier, later = at(asked), at(asked + 1)
    assert order.index(earlier.state) <= order.index(later.state)
    assert (earlier.state is State.CLEARED) == (cleared is not None and cleared <= asked)
    assert (earlier.becomes is None) == (earlier.state is not State.LAPSED)
