"""What is known beside the rolls of a date: tablets' words, reminders sent, calls, who was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select

from server.columns import spell
from server.models import (
    DeskAct,
    Reminder,
    RollRow,
    SigninSession,
    Staff,
    TabletWord,
    table_of,
)
from server.services.acts import CALL_UNDONE, CALLED
from server.services.facts import SCHOOL, load_people
from server.services.horizon import today_at
from sync.tablet import Heard, TabletState, shown

_roll, _word, _act = table_of(RollRow).c, table_of(TabletWord).c, table_of(DeskAct).c
_reminder, _session, _staff = table_of(Reminder).c, table_of(SigninSession).c, table_of(Staff).c
UNTIL = bindparam("until", type_=_act.at.type)


def _of_day(roll_id: Any, *columns: Any) -> Select[Any]:
    """Rows of a table about the rolls of a date; `roll_id` is its column."""
    table = roll_id.table
    of_roll = (_roll.school_id == table.c.school_id) & (_roll.roll_id == roll_id)
    return (
        select(roll_id.label("roll_id"), *columns)
        .join_from(table, table_of(RollRow), of_roll)
        .where(table.c.school_id == SCHOOL, _roll.school_date == bindparam("on"))
    )


WORDS = _of_day(_word.roll_id, _word.state, _word.at, _word.taken_at).where(
    _roll.received_at.is_(None)
)
CALLS = (
    _of_day(_act.subject, _act.kind, _act.by, _act.at)
    .where(_act.kind.in_([CALLED, CALL_UNDONE]), _act.at <= UNTIL)
    .order_by(_act.at, _act.act_id)
)
# What was sent to the office about a roll reminded no teacher of it.
REMINDED = (
    _of_day(
        _reminder.roll_id,
        func.count(_reminder.step.distinct()).label("times"),
        func.max(_reminder.ended_at).label("last_at"),
    )
    .where(
        _reminder.state == "sent",
        _reminder.step.like("teachers%"),
        _reminder.ended_at <= UNTIL,
    )
    .group_by(_reminder.roll_id)
)
SEEN = (
    select(_staff.staff_id, func.max(_session.last_seen_at).label("at"))
    .join_from(table_of(Staff), table_of(SigninSession), _session.account_id == _staff.account_id)
    .where(
        _staff.school_id == SCHOOL,
        _staff.active,
        _session.school_id == _staff.school_id,
        _session.staff_id == _staff.staff_id,
    )
    .group_by(_staff.staff_id)
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside some rolls, by roll."""

    words: Mapping[UUID, Heard] = field(default_factory=dict)
    reminded: Mapping[UUID, dict[str, Any]] = field(default_factory=dict)
    called: Mapping[UUID, dict[str, Any]] = field(default_factory=dict)

    def of(self, roll_id: UUID) -> dict[str, Any]:
        """As the wire has it."""
        word = self.words.get(roll_id)
        return {
            "reminded": self.reminded.get(roll_id, NEVER),
            "tablet": word and _word_told(word),
            "called": self.called.get(roll_id),
        }

    @property
    def rolls(self) -> list[UUID]:
        """The rolls about which there is something to say."""
        return sorted({*self.words, *self.reminded, *self.called})


NEVER: Mapping[str, Any] = {"count": 0, "last_at": None}


def load_beside(
    connection: Connection, school_id: UUID, on: date, now: datetime, as_of: datetime | None = None
) -> Beside:
    """What is known beside a date's rolls; tablets' words are not kept, so the past has none."""
    day = {"school_id": school_id, "on": on}
    until = day | {"until": as_of or now}
    words = connection.execute(WORDS, day).all() if as_of is None else []
    return Beside(
        shown(Heard(row.roll_id, TabletState(row.state), row.at, row.taken_at) for row in words),
        {
            row.roll_id: {"count": row.times, "last_at": spell(row.last_at)}
            for row in connection.execute(REMINDED, until)
        },
        called(connection, school_id, connection.execute(CALLS, until).all()),
    )


def called(
    connection: Connection, school_id: UUID, acts: Sequence[Any]
) -> dict[UUID, dict[str, Any]]:
    """The last call about each roll, but for those taken back since; acts in their order."""
    last = {act.roll_id: act for act in acts}
    people = load_people(connection, school_id, {act.by for act in last.values()})
    return {
        roll_id: {"by_name": people[act.by].name, "at": spell(act.at)}
        for roll_id, act in last.items()
        if act.kind == CALLED
    }


def load_seen(connection: Connection, school_id: UUID, zone: str, on: date) -> dict[UUID, datetime]:
    """When each person's tablet was last heard of, if that was on a date or since."""
    rows = connection.execute(SEEN, {"school_id": school_id})
    return {row.staff_id: row.at for row in rows if today_at(zone, row.at) >= on}


def _word_told(word: Heard) -> dict[str, Any]:
    return {
        "state": word.state.value,
        "at": spell(word.at),
        "taken_at": word.taken_at and spell(word.taken_at),
    }
