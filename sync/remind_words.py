"""What reminders say (rules R9). A lock screen is public: periods, times, counts, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

NOT_STARTED = "Not started on this tablet."
STILL_COUNTS = "It still counts. Tap to take it."
ROOMS = "Tap for rooms and extensions."
PERIOD = "Period "


class Named(NamedTuple):
    """A missing roll, as a reminder may name it."""

    period_name: str
    due_at: datetime


class Words(NamedTuple):
    """What a notification shows."""

    title: str
    body: str


def to_teachers(rolls: Sequence[Named], zone: ZoneInfo, now: datetime) -> Words:
    """To somebody who is to take these rolls."""
    if len(rolls) > 1:
        return Words(f"{len(rolls)} rolls are due", f"{periods(rolls)}. Tap to see them.")
    (roll,) = rolls
    when = clock_time(roll.due_at, zone)
    if now < roll.due_at:
        return Words(f"{roll.period_name} roll is due at {when}", NOT_STARTED)
    return Words(f"{roll.period_name} roll was due at {when}", STILL_COUNTS)


def to_office(rolls: Sequence[Named], *, nobody: bool = False) -> Words:
    """To the office and the administrators; `nobody`: there is nobody to take them (R1.4)."""
    count = "1 roll" if len(rolls) == 1 else f"{len(rolls)} rolls"
    named = periods(rolls)
    named = named[0].lower() + named[1:] if named.startswith("Period") else named
    have = "has" if len(rolls) == 1 else "have"
    said = f"{have} nobody to take {'it' if len(rolls) == 1 else 'them'}" if nobody else "not taken"
    return Words(f"{count} {said}, {named}", ROOMS)


def to_test(sent_at: datetime, zone: ZoneInfo) -> Words:
    """The test of a tablet; the tablet itself says when it was shown."""
    return Words("Reminders work on this tablet", f"Sent {clock_time(sent_at, zone)}.")


def periods(rolls: Iterable[Named]) -> str:
    """Each period once, in the order given: `Periods 2 and 3`, `Period 2 and Homeroom`."""
    names = list(dict.fromkeys(roll.period_name for roll in rolls))
    if len(names) > 1 and all(name.startswith(PERIOD) for name in names):
        return "Periods " + _listed([name.removeprefix(PERIOD) for name in names])
    return _listed(names)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """A time as the screens write it, `8:15`: no seconds, no AM or PM."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local.minute:02d}"


def short_date(at: datetime, zone: ZoneInfo) -> str:
    """A date as the screens write it: `Oct 6`."""
    local = at.astimezone(zone)
    return f"{local:%b} {local.day}"
