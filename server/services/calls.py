"""What is due of some missing rolls, gathered by person: one call each for several rolls (R5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from server.services.whom import Whom, grouped
from sync.remind import Due, People, Skipped, Step, To, Why, due_steps, helps_until

SOON = timedelta(minutes=5)
"""A reminder also names what is due so soon."""
REMINDER, OFFICE = "reminder", "office"


class Rung(NamedTuple):
    """A roll's step that is taken; `why` it is the office's, where nobody is left to take it."""

    roll: Any
    step: Step
    why: Why | None = None


@dataclass(slots=True)
class Call:
    """What one person is told now: the rolls whose steps are due, and `also` what is missing
    besides. It helps until `until`."""

    staff_id: UUID
    kind: str
    until: datetime
    rungs: list[Rung] = field(default_factory=list)
    also: list[Any] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)

    @property
    def nobody(self) -> bool:
        """Whether it is about rolls that nobody is left to take, and nothing else."""
        return all(one.why for one in self.rungs)

    def add(self, rung: Rung, until: datetime) -> None:
        """One step more."""
        self.rungs.append(rung)
        self.named.add(rung.roll.roll_id)
        self.until = max(self.until, until)

    def name(self, roll: Any) -> None:
        """Name a roll besides, once."""
        if roll.roll_id not in self.named:
            self.named.add(roll.roll_id)
            self.also.append(roll)


@dataclass(frozen=True, slots=True)
class Pointless:
    """A step that would have been one person's, but helps no more."""

    roll: Any
    staff_id: UUID
    skipped: Skipped


class Calls:
    """The calls of one school at one instant; `told` are the reminders there are already."""

    def __init__(self, whom: Whom, told: Iterable[Any], now: datetime) -> None:
        """Take whom there is, and what was said before."""
        self._whom = whom
        self._now = now
        self._ladder = whom.reminding.ladder
        self._told = grouped(told, "roll_id")
        self._people: dict[UUID, People] = {}
        self._due: dict[tuple[datetime, datetime, frozenset[str]], Due] = {}
        self._of: dict[tuple[UUID, str], Call] = {}
        self.pointless: list[Pointless] = []

    @property
    def all(self) -> list[Call]:
        """The calls, in the order in which they came up."""
        return list(self._of.values())

    def look_at(self, roll: Any) -> datetime | None:
        """Gather what is due of a roll; answers when it is to be looked at again."""
        due = self._due_of(roll)
        for skipped in due.pointless:
            self.pointless += [
                Pointless(roll, one, skipped) for one in self._hearing(roll, skipped.step)
            ]
        for step in due.send:
            self._call(roll, step)
        return due.next_at

    def join(self, still_open: Sequence[Any]) -> None:
        """Name to everybody what else of theirs is missing, in the order of the deadlines."""
        for roll in sorted(still_open, key=lambda one: (one.due_at, one.roll_id)):
            for staff_id in self._people_of(roll).staff:
                self._also(staff_id, REMINDER, roll)
            for to in (To.OFFICE, To.ADMINISTRATORS):
                if self._is_known_to(to, roll):
                    for staff_id in self._whom.hearing(to, roll.school_date):
                        self._also(staff_id, OFFICE, roll)

    def _due_of(self, roll: Any) -> Due:
        """A period's rolls have the same instants, and mostly the same story."""
        done = frozenset(row.step for row in self._told.get(roll.roll_id, ()))
        same = (roll.due_at, roll.closes_at, done)
        if same not in self._due:
            self._due[same] = due_steps(self._ladder, *same, self._now)
        return self._due[same]

    def _call(self, roll: Any, step: Step) -> None:
        why = self._people_of(roll).why if step.to is To.TEACHERS else None
        until = helps_until(self._ladder, step, roll.due_at, roll.closes_at)
        kind = REMINDER if step.to is To.TEACHERS and why is None else OFFICE
        for staff_id in self._instead(roll) if why else self._hearing(roll, step):
            call = self._of.setdefault((staff_id, kind), Call(staff_id, kind, until))
            call.add(Rung(roll, step, why), until)

    def _hearing(self, roll: Any, step: Step) -> tuple[UUID, ...]:
        if step.to is To.TEACHERS:
            return self._people_of(roll).staff
        return self._whom.hearing(step.to, roll.school_date)

    def _instead(self, roll: Any) -> list[UUID]:
        """The office, of a roll that nobody is left to take; once (R1.4)."""
        told = self._told.get(roll.roll_id, ())
        known = {row.staff_id for row in told if row.step.startswith(To.TEACHERS)}
        office = self._whom.hearing(To.OFFICE, roll.school_date)
        return [one for one in office if one not in known]

    def _is_known_to(self, to: To, roll: Any) -> bool:
        """Whether the office or the administrators were told of a roll, or are told now."""
        after = [step.after_min for step in self._ladder.steps if step.to is to]
        return bool(after) and roll.due_at + timedelta(minutes=min(after)) <= self._now

    def _also(self, staff_id: UUID, kind: str, roll: Any) -> None:
        call = self._of.get((staff_id, kind))
        if call and not call.nobody:
            call.name(roll)

    def _people_of(self, roll: Any) -> People:
        if roll.roll_id not in self._people:
            self._people[roll.roll_id] = self._whom.people(roll)
        return self._people[roll.roll_id]
