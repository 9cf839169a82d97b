"""Whom a missing roll is about, which reminders are due, and until when they help (rules R)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.deadline import instant

AN_HOUR = timedelta(hours=1)
MAIL_FROM_MIN = 10
"""A step at least so many minutes after the deadline goes by mail to who has no push (R7.2)."""


class To(StrEnum):
    """Whom a step of the ladder speaks to."""

    TEACHERS = "teachers"
    OFFICE = "office"
    ADMINISTRATORS = "administrators"


class Step(NamedTuple):
    """One rung: so many minutes after the deadline (negative: before it), to whom."""

    after_min: int
    to: To

    @property
    def name(self) -> str:
        """How its reminders are kept: `teachers-5`, `office+15`."""
        return f"{self.to}{self.after_min:+d}"

    @classmethod
    def named(cls, name: str) -> Step:
        """The step that is kept by this name."""
        to = next(one for one in To if name.startswith(one))
        return cls(int(name.removeprefix(to)), to)


class Quiet(NamedTuple):
    """Nobody is disturbed from one time of day to the other; past midnight if need be."""

    from_time: time
    to_time: time


DEFAULT_STEPS = (
    Step(-5, To.TEACHERS),
    Step(0, To.TEACHERS),
    Step(10, To.TEACHERS),
    Step(15, To.OFFICE),
    Step(30, To.ADMINISTRATORS),
)


@dataclass(frozen=True, slots=True)
class Ladder:
    """How a school reminds; `steps` in the order of their minutes, times of day in `zone`."""

    zone: ZoneInfo
    steps: tuple[Step, ...] = DEFAULT_STEPS
    quiet: Quiet | None = None


class Why(StrEnum):
    """Why a step is not sent, or goes to the office in the teachers' place."""

    LATER_STEP = "later_step"
    CLOSED = "closed"
    QUIET = "quiet"
    NOBODY_ASSIGNED = "nobody_assigned"
    ALL_AWAY = "all_away"


class Skipped(NamedTuple):
    """A step that helps nobody any more, and why."""

    step: Step
    why: Why


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of one missing roll: at most one step for each of `To`.

    `next_at`: when to look again; None: never.
    """

    send: tuple[Step, ...] = ()
    pointless: tuple[Skipped, ...] = ()
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who is to take a roll; `why` says what is the matter where that is nobody."""

    staff: tuple[UUID, ...]
    why: Why | None = None


def first_at(ladder: Ladder, due_at: datetime) -> datetime | None:
    """When a roll is first looked at: the ladder's first step (R2.1); None without any."""
    return min((_at(step, due_at) for step in ladder.steps), default=None)


def next_at(ladder: Ladder, due_at: datetime, now: datetime) -> datetime | None:
    """The first step that still lies ahead: a ladder that changed makes up for nothing (R2.4)."""
    ahead = [at for step in ladder.steps if (at := _at(step, due_at)) > now]
    return min(ahead, default=None)


def people_of(
    standing_in: Iterable[UUID], teachers: Iterable[UUID], away: frozenset[UUID]
) -> People:
    """Who is reminded of a roll (R1).

    Substitutes assigned on its date and holders of a day pass that lists it take the teachers'
    place; who is away is not reminded.
    """
    instead = _here(standing_in, away)
    usual = tuple(teachers)
    staff = instead or _here(usual, away)
    if staff:
        return People(staff)
    return People((), Why.ALL_AWAY if usual else Why.NOBODY_ASSIGNED)


def due_steps(
    ladder: Ladder,
    due_at: datetime,
    closes_at: datetime,
    done: frozenset[str],
    now: datetime,
) -> Due:
    """What is due of a roll that is missing now; `done` are the names of earlier steps (R2, R3).

    Of several that fell due at once, to the same people, the latest is sent; those that help no
    more are pointless. In quiet hours what still helps afterwards waits.
    """
    send: list[Step] = []
    pointless: list[Skipped] = []
    ahead: list[datetime] = []
    quiet_until = _end_of_quiet(ladder, now)
    for step in ladder.steps:
        at = _effective(ladder, step, due_at)
        if step.name in done:
            continue
        if at > now:
            ahead.append(at)
            continue
        until = helps_until(ladder, step, due_at, closes_at)
        if until <= now:
            pointless.append(Skipped(step, _why(ladder, step, due_at, closes_at, now)))
        elif quiet_until is None:
            send.append(step)
        elif until <= quiet_until:
            pointless.append(Skipped(step, Why.QUIET))
        else:
            ahead.append(quiet_until)
    return Due(tuple(send), tuple(pointless), min(ahead, default=None))


def helps_until(ladder: Ladder, step: Step, due_at: datetime, closes_at: datetime) -> datetime:
    """Until the next step to the same people is due; the last one until the roll closes (R3.1)."""
    later = [
        _effective(ladder, one, due_at)
        for one in ladder.steps
        if one.to == step.to and one.after_min > step.after_min
    ]
    return min([closes_at, *later])


def not_after(until: datetime, now: datetime) -> datetime:
    """Until when a message is worth sending: while its step helps, an hour at most (R3.3)."""
    return min(until, now + AN_HOUR)


def by_mail(steps: Iterable[Step]) -> bool:
    """Whether steps are late enough for a mail, where there is no push (R7.2)."""
    return any(step.after_min >= MAIL_FROM_MIN for step in steps)


def _why(ladder: Ladder, step: Step, due_at: datetime, closes_at: datetime, now: datetime) -> Why:
    """Why a step that was due helps no more."""
    if _effective(ladder, step, due_at) != _at(step, due_at):
        return Why.QUIET
    return Why.CLOSED if closes_at <= now else Why.LATER_STEP


def _here(staff: Iterable[UUID], away: frozenset[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(one for one in staff if one not in away))


def _at(step: Step, due_at: datetime) -> datetime:
    return due_at + timedelta(minutes=step.after_min)


def _effective(ladder: Ladder, step: Step, due_at: datetime) -> datetime:
    """When a step is due: what falls into quiet hours is due at their end (R4.1)."""
    at = _at(step, due_at)
    return _end_of_quiet(ladder, at) or at


def _end_of_quiet(ladder: Ladder, at: datetime) -> datetime | None:
    """When the quiet hours end that an instant lies in; None outside of them."""
    if ladder.quiet is None:
        return None
    today = at.astimezone(ladder.zone).date()
    for on in (today - timedelta(days=1), today):
        begins, ends = _quiet_of(ladder.quiet, on, ladder.zone)
        if begins <= at < ends:
            return ends
    return None


def _quiet_of(quiet: Quiet, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The quiet hours that begin on a date."""
    ends_on = on if quiet.to_time > quiet.from_time else on + timedelta(days=1)
    return instant(on, quiet.from_time, zone), instant(ends_on, quiet.to_time, zone)
