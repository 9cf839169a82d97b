"""When a roll is due, how it stands, and how it met its deadline (rules D).

The school's time zone is applied here and nowhere else but on screens.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sync.model import Capture, DueTimes, Policy, Standing, Timeliness

if TYPE_CHECKING:
    from collections.abc import Iterable


def due_times(
    policy: Policy, on: date, starts_time: time, ends_time: time, zone: ZoneInfo | str
) -> DueTimes:
    """The instants of a meeting from its school date and local times (D1–D4, D14, D15).

    Minutes after the bell are minutes that pass, also across a change of the clocks. A meeting
    that ends at or before its start by the clock runs past midnight. A roll does not close before
    its meeting has ended, nor lock before it closes.
    """
    here = ZoneInfo(zone) if isinstance(zone, str) else zone
    starts_at = instant(on, starts_time, here)
    ends_on = on if ends_time > starts_time else on + timedelta(days=1)
    ends_at = max(instant(ends_on, ends_time, here), starts_at)
    due_at = starts_at + timedelta(minutes=policy.due_after_min)
    closes_at = max(instant(on, policy.close_time, here), ends_at)
    return DueTimes(
        starts_at=starts_at,
        ends_at=ends_at,
        opens_at=starts_at - timedelta(minutes=policy.open_before_min),
        due_at=due_at,
        late_at=late_at(due_at, policy.grace_min),
        check_at=starts_at + timedelta(minutes=policy.check_after_min),
        closes_at=closes_at,
        locks_at=_locks_at(policy, on, closes_at, here),
    )


def late_at(due_at: datetime, grace_min: int) -> datetime:
    """The last instant at which a roll is in time (D14)."""
    return due_at + timedelta(minutes=grace_min)


def _locks_at(policy: Policy, on: date, closes_at: datetime, here: ZoneInfo) -> datetime | None:
    if policy.lock_after_days is None:
        return None
    last = on + timedelta(days=policy.lock_after_days)
    return max(instant(last, policy.close_time, here), closes_at)


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """A local time of day as an instant in UTC.

    A time that the clocks show twice is its first occurrence; one that they skip lies as long
    after the skip as it would have lain after the old hour (zoneinfo's reading with fold=0).
    """
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def standing(times: DueTimes, now: datetime, submitted: bool, expected: bool) -> Standing:
    """How a roll stands at an instant (D5). A roll that was taken stays taken on an exempt day."""
    if submitted:
        return Standing.SUBMITTED
    if not expected:
        return Standing.EXEMPT
    if now < times.opens_at:
        return Standing.UPCOMING
    if now < times.starts_at:
        return Standing.OPEN
    return Standing.DUE if now <= times.late_at else Standing.LATE


def minutes_past(due_at: datetime, at: datetime) -> int:
    """Whole minutes after the deadline; negative before it: -1 is the last minute (D6)."""
    return (at - due_at) // timedelta(minutes=1)


def corrected_taken_at(
    taken_at: datetime,
    offset_ms: int,
    server_seen_at: datetime | None,
    received_at: datetime,
    uncertainty_ms: int = 0,
) -> tuple[datetime, bool]:
    """The capture instant by the school's clock, and whether it was clamped (D7).

    It cannot lie after the receipt, nor before the newest server time that the tablet had seen.
    Moving it by no more than the measured uncertainty is not worth the name.
    """
    try:
        corrected = taken_at + timedelta(milliseconds=offset_ms)
    except OverflowError:
        return received_at, True
    possible = min(corrected, received_at)
    if server_seen_at is not None:
        possible = max(possible, min(server_seen_at, received_at))
    return possible, abs(possible - corrected) > timedelta(milliseconds=uncertainty_ms)


SERVERS_DIFFER = timedelta(minutes=1)
"""A server time later than the receipt by more is of a clock that was wrong then, or is now."""


def timeliness(in_time: datetime, received_at: datetime, capture: Capture) -> Timeliness:
    """How one submission met the deadline, `in_time` being the last instant that does (D8, D12,
    D14, Z1). The office may accept what is `late_unproven`."""
    seen = capture.server_seen_at
    believed = seen is None or seen - received_at <= SERVERS_DIFFER
    sound = believed and capture.measured and not capture.suspect and not capture.clamped
    doubt = timedelta(milliseconds=capture.uncertainty_ms)
    asleep = timedelta(milliseconds=capture.asleep_ms)
    if received_at <= in_time:
        return Timeliness.ON_TIME
    if capture.paper:
        stated = capture.stated_at is not None and capture.stated_at <= in_time
        return Timeliness.LATE_UNPROVEN if stated else Timeliness.LATE
    if believed and seen is not None and seen > in_time:
        return Timeliness.LATE
    if sound and capture.taken_at + doubt <= in_time:
        return Timeliness.TAKEN_ON_TIME
    if sound and capture.taken_at - doubt - asleep > in_time:
        return Timeliness.LATE
    return Timeliness.LATE_UNPROVEN


BEST_FIRST = tuple(Timeliness)


def best_timeliness(of_submissions: Iterable[Timeliness]) -> Timeliness | None:
    """How a roll met its deadline: as its best submission did, in whatever order they came (D9)."""
    return min(of_submissions, key=BEST_FIRST.index, default=None)


def received_on(received_at: datetime, zone: ZoneInfo | str) -> date:
    """The school date of an instant."""
    here = ZoneInfo(zone) if isinstance(zone, str) else zone
    return received_at.astimezone(here).date()


def is_next_day(on: date, received_at: datetime, zone: ZoneInfo | str) -> bool:
    """Whether a submission arrived on a later school date than its roll's (D10): the teacher
    attests it and an administrator accepts it."""
    return received_on(received_at, zone) > on


def is_ahead(on: date, received_at: datetime, zone: ZoneInfo | str) -> bool:
    """Whether an op arrived before its roll's school date began (A11): nobody saw that meeting."""
    return received_on(received_at, zone) < on
