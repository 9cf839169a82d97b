"""Rates: what counts, what does not, and that nothing is rounded away."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Timeliness
from sync.rates import RollMet, Tally, by_week, met, percent, tally, total

LATE_AT = datetime(2026, 10, 6, 15, 15, tzinfo=UTC)
A_MOMENT = timedelta(milliseconds=1)
CASES = json.loads((Path(__file__).parents[1] / "cases" / "rates.json").read_text())["cases"]
tallies = st.builds(Tally, *[st.integers(0, 300)] * 6)


@pytest.mark.parametrize(
    ("timeliness", "how"),
    [
        (Timeliness.ON_TIME, RollMet.ON_TIME),
        (Timeliness.TAKEN_ON_TIME, RollMet.DELIVERED_LATER),
        (Timeliness.LATE, RollMet.LATE),
        (Timeliness.LATE_UNPROVEN, RollMet.UNPROVEN),
    ],
)
def test_B5_1_a_roll_that_came_counts_as_it_met_its_deadline(
    timeliness: Timeliness, how: RollMet
) -> None:
    for now in (LATE_AT - timedelta(hours=1), LATE_AT + timedelta(days=90)):
        assert met(timeliness, LATE_AT, now) is how


def test_B5_1_one_that_did_not_is_pending_to_the_last_instant_in_time() -> None:
    assert met(None, LATE_AT, LATE_AT) is RollMet.PENDING
    assert met(None, LATE_AT, LATE_AT + A_MOMENT) is RollMet.NOT_TAKEN


def test_B5_1_what_is_pending_is_part_of_no_share() -> None:
    day = tally(
        [(RollMet.ON_TIME, 3), (RollMet.NOT_TAKEN, 1), (RollMet.PENDING, 6), (RollMet.ON_TIME, 0)]
    )
    assert (day.due, day.in_time, day.received) == (4, 3, 3)
    assert day.share(day.in_time) == Fraction(3, 4)


def test_B5_3_shares_are_exact_and_of_nothing_there_is_none() -> None:
    thirds = Tally(on_time=1, delivered_later=1, not_taken=1)
    assert thirds.share(thirds.in_time) == Fraction(2, 3)
    assert Tally(pending=5).share(0) is None


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one['part']} of {one['whole']}")
def test_B5_3_percents(case: dict[str, Any]) -> None:
    assert percent(case["part"], case["whole"]) == case["percent"]


@given(st.integers(1, 60_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_B5_3_a_percent_is_the_nearest_but_never_says_all_or_none_of_what_is_not(
    pair: tuple[int, int],
) -> None:
    part, whole = pair
    told = percent(part, whole)
    assert told is not None
    assert (told == 100) == (part == whole)
    assert (told == 0) == (part == 0)
    assert abs(Fraction(told) - Fraction(100 * part, whole)) <= 1
    if 1 < told < 99:
        assert abs(Fraction(told) - Fraction(100 * part, whole)) <= Fraction(1, 2)


@given(st.dictionaries(st.dates(date(2026, 8, 1), date(2027, 6, 30)), tallies, max_size=40))
def test_B5_3_weeks_and_days_add_up_to_the_same(days: dict[date, Tally]) -> None:
    weeks = by_week(days)
    assert total(weeks.values()) == total(days.values())
    assert list(weeks) == sorted(weeks)
    assert all(week.weekday() == 0 for week in weeks)
