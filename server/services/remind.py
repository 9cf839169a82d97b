"""Turns what is due of one school's missing rolls into reminders and messages (rules R).

The rolls are claimed by locking those whose step is still due; one that a tablet is just
delivering, or that another process reminds of, is passed over. The school's own lock is not taken,
and nothing here is news for tablets: the feed stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, bindparam, select, text

from server.ask import Question, ask
from server.bulk import insert_many, update_many
from server.db import asking, hastened, writing
from server.models import Reminder, RollRow, table_of
from server.services.calls import SOON, Call, Calls, Pointless
from server.services.facts import IDS, SCHOOL, question
from server.services.ladder import POLICY, read_reminding
from server.services.outbox import Outbox, open_outbox
from server.services.whom import ask_whom, read_whom
from sync.remind_words import WHY

AT_ONCE = 5_000
NO_WAY = "No tablet is set to remind them."
_roll, _reminder = table_of(RollRow).c, table_of(Reminder).c
# In the words that partial indexes are found by.
MISSING = text("roll.state = 'not_taken' AND roll.expected")
DUE = (
    select(_roll.school_id, _roll.roll_id, _roll.school_date)
    .where(_roll.remind_at <= bindparam("now"), MISSING)
    .order_by(_roll.remind_at, _roll.school_id)
    .limit(AT_ONCE)
)
FACTS = (
    _roll.roll_id,
    _roll.section_id,
    _roll.school_date,
    _roll.due_at,
    _roll.closes_at,
)
CLAIM = (
    select(*FACTS)
    .where(
        _roll.school_id == SCHOOL,
        _roll.roll_id.in_(IDS),
        _roll.remind_at <= bindparam("now"),
        MISSING,
    )
    .order_by(_roll.roll_id)
    .with_for_update(skip_locked=True)
)
OPEN = select(*FACTS).where(
    _roll.school_id == SCHOOL,
    _roll.school_date.in_(IDS),
    _roll.due_at <= bindparam("soon"),
    _roll.closes_at > bindparam("now"),
    MISSING,
)
TOLD = select(_reminder.roll_id, _reminder.staff_id, _reminder.step).where(
    _reminder.school_id == SCHOOL, _reminder.roll_id.in_(IDS)
)


@dataclass(frozen=True, slots=True)
class Lot:
    """The rolls of one school that have a step due, as far as they were seen."""

    school_id: UUID
    roll_ids: Sequence[UUID]
    dates: Sequence[date]


def find_due(engine: Engine, now: datetime) -> list[Lot]:
    """What has a step due, those that wait longest first; found by the partial index alone."""
    with asking(engine) as connection:
        (rows,) = ask(connection, [Question(DUE, {"now": now})])
    schools: dict[UUID, list[Any]] = {}
    for row in rows:
        schools.setdefault(row.school_id, []).append(row)
    return [
        Lot(
            school_id,
            [row.roll_id for row in due],
            sorted({row.school_date for row in due}),
        )
        for school_id, due in schools.items()
    ]


def remind_school(engine: Engine, lot: Lot, now: datetime, *, mails: bool) -> int:
    """Remind of one school's rolls; answers how many were looked at."""
    with writing(engine) as connection:
        claimed, still_open, (policy,) = ask(connection, _first(lot, now))
        if not claimed:
            return 0
        rolls = list({row.roll_id: row for row in (*claimed, *still_open)}.values())
        said = question(TOLD, lot.school_id, [row.roll_id for row in claimed])
        told, *people = ask(connection, [said, *ask_whom(lot.school_id, rolls, now)])
        calls = Calls(read_whom(read_reminding(policy), people), told, now)
        moves = [
            {
                "school_id": lot.school_id,
                "roll_id": roll.roll_id,
                "remind_at": calls.look_at(roll),
            }
            for roll in claimed
        ]
        calls.join(still_open)
        staff = [call.staff_id for call in calls.all]
        outbox = open_outbox(connection, lot.school_id, staff, now, mails=mails)
        reminders = _Reminders(lot.school_id, now)
        reminders.add(calls, outbox)
        with hastened(connection):
            insert_many(connection, table_of(Reminder), reminders.rows)
            outbox.write(connection)
            update_many(connection, table_of(RollRow), "roll_id", moves)
        return len(claimed)


def _first(lot: Lot, now: datetime) -> list[Question]:
    return [
        question(CLAIM, lot.school_id, lot.roll_ids, now=now),
        question(OPEN, lot.school_id, lot.dates, now=now, soon=now + SOON),
        Question(POLICY, {"school_id": lot.school_id}),
    ]


class _Reminders:
    """The rows that say what was done: a step, a roll and a person each."""

    def __init__(self, school_id: UUID, now: datetime) -> None:
        self.school_id = school_id
        self.now = now
        self.rows: list[dict[str, Any]] = []

    def add(self, calls: Calls, outbox: Outbox) -> None:
        """Post every call; note what was posted, what could not be, and what had no point."""
        for call in calls.all:
            self._add_call(call, outbox.post(call))
        for one in calls.pointless:
            self._add_pointless(one)

    def _add_call(self, call: Call, sending_id: UUID | None) -> None:
        for one in call.rungs:
            row = self._row(one.roll, call.staff_id, one.step.name)
            row |= {"sending_id": sending_id, "detail": one.why and WHY[one.why]}
            if sending_id is None:
                row |= {"state": "unreachable", "ended_at": self.now, "detail": NO_WAY}
            self.rows.append(row)

    def _add_pointless(self, one: Pointless) -> None:
        row = self._row(one.roll, one.staff_id, one.skipped.step.name)
        row |= {"state": "pointless", "ended_at": self.now, "detail": WHY[one.skipped.why]}
        self.rows.append(row)

    def _row(self, roll: Any, staff_id: UUID, step: str) -> dict[str, Any]:
        return {
            "school_id": self.school_id,
            "reminder_id": uuid4(),
            "roll_id": roll.roll_id,
            "staff_id": staff_id,
            "step": step,
            "made_at": self.now,
            "sending_id": None,
            "state": "waiting",
            "ended_at": None,
            "detail": None,
        }
