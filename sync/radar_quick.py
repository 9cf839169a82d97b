"""Rolls in which everybody is present after two seconds, week after week (X8).

A quick roll of a full class is usual and says nothing. A habit of them is worth a question, and the
first to be asked is whoever takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sync.finding import Audience, Do, Evidence, Finding, FindingKind, Step
from sync.model import Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """One roll that somebody took: how many students it has, how many of them were marked present,
    and how long it took from being opened to being submitted; None: nobody measured."""

    roll_id: UUID
    section_id: UUID
    staff_id: UUID
    on: date
    period: str
    students: int
    present: int
    taken_at: datetime
    took_s: float | None


@dataclass(frozen=True, slots=True)
class Tuning:
    """When quick and full becomes a habit. `marks`: how many in all, since five students who are
    all there for three weeks are no wonder."""

    seconds: float = 2.0
    weeks: int = 3
    rolls_a_week: int = 2
    marks: int = 150


USUAL = Tuning()


def too_quick(
    takings: Iterable[Taking], told_on: dict[UUID, date] | None = None, tuning: Tuning = USUAL
) -> tuple[Finding, ...]:
    """Habits as they stand at the last week given, a section and person each (X8).

    Weeks without a roll of the section (holidays) are not there. `told_on`: when who takes the
    section's rolls was shown the finding; if it stands in a later week still, the office is shown
    it too.
    """
    by_person = attrgetter("section_id", "staff_id")
    listed = sorted(takings, key=lambda one: (one.section_id, one.staff_id, one.taken_at))
    found = []
    for (section_id, _), own in groupby(listed, key=by_person):
        habit = _habit(list(own), tuning)
        if habit:
            found.append(_finding(habit, (told_on or {}).get(section_id)))
    return tuple(sorted(found, key=attrgetter("key")))


def key_of(section_id: UUID, staff_id: UUID) -> str:
    """The key of the finding about a person's rolls of a section."""
    return "|".join((FindingKind.TOO_QUICK, *map(str, sorted((section_id, staff_id)))))


def _habit(own: Sequence[Taking], tuning: Tuning) -> list[Taking]:
    """The rolls of the last weeks, if all of them are quick and full and there are enough."""
    weeks = list(_weeks(own))[-tuning.weeks :]
    rolls = [one for week in weeks for one in week]
    enough = (
        len(weeks) == tuning.weeks
        and all(len(week) >= tuning.rolls_a_week for week in weeks)
        and sum(one.students for one in rolls) >= tuning.marks
    )
    return rolls if enough and all(_is_quick(one, tuning) for one in rolls) else []


def _weeks(own: Iterable[Taking]) -> Iterator[list[Taking]]:
    """Calendar weeks in which the section had rolls, Monday to Sunday."""
    in_order = sorted(own, key=attrgetter("on", "taken_at"))
    for _, week in groupby(in_order, key=lambda one: _monday(one.on)):
        yield list(week)


def _is_quick(one: Taking, tuning: Tuning) -> bool:
    full = one.students > 0 and one.present == one.students
    return full and one.took_s is not None and one.took_s < tuning.seconds


def _finding(habit: Sequence[Taking], told_on: date | None) -> Finding:
    last = habit[-1]
    goes_on = told_on is not None and _monday(told_on) + timedelta(weeks=1) <= _monday(last.on)
    return Finding(
        kind=FindingKind.TOO_QUICK,
        on=last.on,
        students=(),
        periods=tuple(dict.fromkeys(one.period for one in habit)),
        evidence=tuple(
            Evidence(one.taken_at, one.roll_id, one.period, Presence.PRESENT, one.staff_id)
            for one in habit
        ),
        steps=(Step(Do.ASK_TEACHER if goes_on else Do.LOOK_AGAIN, last.roll_id),),
        about=(last.section_id, last.staff_id),
        audience=Audience.OFFICE if goes_on else Audience.TEACHER,
    )


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
