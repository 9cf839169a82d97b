"""What reminders say (rules R9). A lock screen is public: periods, times, counts, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sync.phrases import all_of
from sync.remind import Why
from sync.sentence import say, say_count

NOT_STARTED = say("Not started on this tablet.")
STILL_COUNTS = say("It still counts. Tap to take it.")
ROOMS = say("Tap for rooms and extensions.")
PERIOD = "Period "
WHY_MAIL = (
    "You get this by mail because no tablet is set to remind you."
    " Open Rollbook on yours to turn reminders on."
)
WHY = {
    Why.LATER_STEP: "A later reminder says it.",
    Why.CLOSED: "The roll had closed.",
    Why.QUIET: "It fell into quiet hours.",
    Why.ALL_AWAY: "All who could take it are away.",
    Why.NOBODY_ASSIGNED: "Nobody is assigned to it.",
}
"""Why a step was not sent; kept with it, and so in English."""


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
        return Words(
            say("{count} rolls are due", count=len(rolls)),
            say("{Periods}. Tap to see them.", periods=_periods(rolls)),
        )
    (roll,) = rolls
    facts = {"period": roll.period_name, "time": clock_time(roll.due_at, zone)}
    if now < roll.due_at:
        return Words(say("{period} roll is due at {time}", **facts), NOT_STARTED)
    return Words(say("{period} roll was due at {time}", **facts), STILL_COUNTS)


def to_office(rolls: Sequence[Named], *, nobody: bool = False) -> Words:
    """To the office and the administrators; `nobody`: there is nobody to take them (R1.4)."""
    count, named = len(rolls), _periods(rolls)
    if nobody:
        title = say_count(
            count,
            "{count} roll has nobody to take it, {periods}",
            "{count} rolls have nobody to take them, {periods}",
            periods=named,
        )
        return Words(title, ROOMS)
    title = say_count(
        count,
        "{count} roll not taken, {periods}",
        "{count} rolls not taken, {periods}",
        periods=named,
    )
    return Words(title, ROOMS)


def mail_to_teachers(rolls: Sequence[Named], zone: ZoneInfo, now: datetime, link: str) -> Words:
    """A mail to somebody who is to take these rolls: subject and text."""
    lines = [f"  {roll.period_name}, due {clock_time(roll.due_at, zone)}" for roll in rolls]
    count = "This roll has" if len(rolls) == 1 else "These rolls have"
    text = [f"{count} not been received:", *lines, "", f"It still counts: {link}", "", WHY_MAIL]
    return Words(to_teachers(rolls, zone, now).title, _text(text))


def mail_to_office(
    rolls: Sequence[Named], zone: ZoneInfo, link: str, *, nobody: bool = False
) -> Words:
    """A mail to the office and the administrators: subject and text."""
    counts: dict[tuple[datetime, str], int] = {}
    for roll in rolls:
        slot = (roll.due_at, roll.period_name)
        counts[slot] = counts.get(slot, 0) + 1
    lines = [
        f"  {name}, due {clock_time(due_at, zone)}: {count}"
        for (due_at, name), count in sorted(counts.items())
    ]
    text = ["Not taken yet:", *lines, "", f"Rooms and extensions: {link}", "", WHY_MAIL]
    return Words(to_office(rolls, nobody=nobody).title, _text(text))


def mail_of_day(on: date, counts: Sequence[tuple[str, int, int]], link: str) -> Words:
    """The day's mail to the office: of each period, how many of how many rolls are missing."""
    missing = sum(count for _, count, _ in counts)
    expected = sum(of for _, _, of in counts)
    subject = f"{missing} of {expected} rolls not taken on {on:%b} {on.day}"
    lines = [f"  {name}: {count} of {of}" for name, count, of in counts if count]
    return Words(subject, _text(["Not taken:", *lines, "", f"The board: {link}"]))


def mail_of_test(sent_at: datetime) -> Words:
    """A mail that only shows that mail arrives."""
    return Words("Mail from Rollbook works", _text([f"Sent {sent_at:%Y-%m-%d %H:%M} UTC."]))


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"


def to_test(sent_at: datetime, zone: ZoneInfo) -> Words:
    """The test of a tablet; the tablet itself says when it was shown."""
    return Words(
        say("Reminders work on this tablet"),
        say("Sent {time}.", time=clock_time(sent_at, zone)),
    )


def periods(rolls: Iterable[Named]) -> str:
    """Each period once, in the order given: `Periods 2 and 3`, `Period 2 and Homeroom`."""
    return say("{Periods}", periods=_periods(rolls))


def _periods(rolls: Iterable[Named]) -> str:
    """The same as it goes on in a sentence: `periods 2 and 3`."""
    names = list(dict.fromkeys(roll.period_name for roll in rolls))
    if all(name.startswith(PERIOD) for name in names):
        plain = [name.removeprefix(PERIOD) for name in names]
        return say_count(len(names), "period {names}", "periods {names}", names=all_of(plain))
    first, *others = names
    if first.startswith(PERIOD):
        first = say("period {names}", names=first.removeprefix(PERIOD))
    return all_of([first, *others])


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """A time as the screens write it, `8:15`: no seconds, no AM or PM."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local.minute:02d}"
