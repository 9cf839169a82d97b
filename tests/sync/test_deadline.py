"""Deadlines beyond the tables: what holds of every clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.deadline import (
    best_timeliness,
    corrected_taken_at,
    due_times,
    is_next_day,
    received_on,
    timeliness,
)
from sync.model import Capture, Policy, Timeliness

calm = settings(deadline=None)  # a busy machine is not a fault
ZONE = "America/Los_Angeles"
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive
offsets = st.integers(-(10**18), 10**18)


@calm
@given(instants, offsets, st.none() | instants, instants, st.integers(0, 10**6))
def test_D7_a_corrected_capture_never_lies_after_its_receipt(
    taken: datetime, offset: int, seen: datetime | None, received: datetime, doubt: int
) -> None:
    at, _ = corrected_taken_at(taken, offset, seen, received, doubt)
    assert at <= received
    assert seen is None or at >= min(seen, received)


@calm
@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.times(),
    st.times(),
    st.sampled_from([ZONE, "Pacific/Auckland", "Australia/Lord_Howe", "UTC"]),
)
def test_D1_D2_D3_D4_the_instants_of_a_meeting_are_in_order(
    on: date, starts: time, ends: time, zone: str
) -> None:
    times = due_times(Policy(), on, starts, ends, zone)
    assert times.opens_at < times.starts_at < times.due_at < times.check_at
    assert times.starts_at <= times.ends_at <= times.closes_at
    assert times.due_at - times.starts_at == timedelta(minutes=15)


def test_D9_a_roll_met_its_deadline_as_its_best_submission_did() -> None:
    best_first = list(Timeliness)
    for one in best_first:
        for order in permutations([one, *best_first[best_first.index(one) + 1 :]]):
            assert best_timeliness(order) is one
    assert best_timeliness([]) is None


def test_D10_S29_a_roll_received_the_next_morning_was_still_taken_on_time() -> None:
    on = date(2025, 9, 18)
    times = due_times(Policy(), on, time(8, 30), time(9, 26), ZONE)
    taken, received = (
        datetime(2025, 9, 18, 15, 40, tzinfo=UTC),
        datetime(2025, 9, 19, 14, 55, tzinfo=UTC),
    )
    assert is_next_day(on, received, ZONE)
    assert timeliness(times.due_at, received, Capture(taken)) is Timeliness.TAKEN_ON_TIME


def test_D11_S40_the_same_bell_on_both_sides_of_the_clock_change() -> None:
    for on, utc_hour in ((date(2025, 10, 31), 15), (date(2025, 11, 3), 16)):
        taken = datetime.combine(on, time(utc_hour, 37), tzinfo=UTC)
        times = due_times(Policy(), on, time(8, 30), time(9, 26), ZONE)
        assert timeliness(times.due_at, taken, Capture(taken)) is Timeliness.ON_TIME
        assert received_on(taken, ZONE) == on


def test_D11_an_evening_receipt_belongs_to_the_schools_date_and_not_to_utc() -> None:
    assert received_on(datetime(2025, 9, 19, 2, 0, tzinfo=UTC), ZONE) == date(2025, 9, 18)


def test_D8_nobody_who_was_in_time_is_called_late_in_a_hundred_thousand_captures() -> None:
    """Whatever the truth within what the clock claims: the tablet's time less its uncertainty and
    its sleep, up to its time and the uncertainty."""
    due, told = datetime(2026, 10, 6, 15, 15, tzinfo=UTC), dict.fromkeys(Timeliness, 0)
    chance = Random(20261006)
    for _ in range(100_000):
        truth = due + timedelta(milliseconds=chance.randint(-900_000, 900_000))
        doubt, asleep = chance.choice((0, 90, 4000)), chance.choice((0, 0, 60_000, 1_200_000))
        error = chance.randint(-doubt, doubt + asleep)
        received = truth + timedelta(milliseconds=chance.randint(0, 5_400_000))
        seen = truth - timedelta(milliseconds=chance.randint(0, 3_600_000))
        at, clamped = corrected_taken_at(
            truth + timedelta(milliseconds=error), 0, seen, received, doubt
        )
        capture = Capture(at, doubt, clamped=clamped, server_seen_at=seen, asleep_ms=asleep)
        says = timeliness(due, received, capture)
        told[says] += 1
        assert not (says is Timeliness.LATE and truth <= due)
        assert not (says is Timeliness.TAKEN_ON_TIME and truth > due)
    assert min(told.values()) > 2000
