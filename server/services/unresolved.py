"""The rolls that nobody took before the school closed, with why, where somebody said so (B4)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, func, or_, select

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import DeskAct, Reminder, RollRow, Section, table_of
from server.services.acts import CALL_UNDONE, CALLED, EXPLAINED, EXPLANATION_UNDONE
from server.services.beside import NEVER, called
from server.services.facts import IDS, SCHOOL, load_people, rows_of
from server.services.in_charge import load_charge
from server.services.not_submitted import stand_of_row
from server.services.spans import read_span
from sync.missing import Missing

MOST = 500

_roll, _section = table_of(RollRow).c, table_of(Section).c
_act, _reminder = table_of(DeskAct).c, table_of(Reminder).c
NEVER_TAKEN = (
    select(
        _roll.roll_id,
        _roll.section_id,
        _roll.school_date,
        _roll.period,
        _roll.period_name,
        _roll.due_at,
        _roll.check_at,
        _roll.closes_at,
        _roll.expected,
        _roll.received_at,
        _section.title,
        _section.room,
        _section.roster_rev,
    )
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_roll.school_id == SCHOOL, _roll.expected, _roll.received_at.is_(None))
)
BETWEEN = NEVER_TAKEN.where(
    _roll.school_date >= bindparam("from_on"), _roll.school_date <= bindparam("to_on")
).order_by(_roll.school_date.desc(), _roll.starts_at, _section.title, _roll.roll_id)
SAID = (
    select(_act.subject.label("roll_id"), _act.kind, _act.by, _act.at, _act.facts)
    .where(_act.school_id == SCHOOL, or_(_act.kind == EXPLAINED, _act.kind == EXPLANATION_UNDONE))
    .order_by(_act.at, _act.act_id)
)
SAID_BETWEEN = SAID.join(
    table_of(RollRow), (_roll.school_id == _act.school_id) & (_roll.roll_id == _act.subject)
).where(_roll.school_date >= bindparam("from_on"), _roll.school_date <= bindparam("to_on"))
SAID_OF = SAID.where(_act.subject.in_(IDS))
CALLS = (
    select(_act.subject.label("roll_id"), _act.kind, _act.by, _act.at)
    .where(
        _act.school_id == SCHOOL,
        _act.subject.in_(IDS),
        or_(_act.kind == CALLED, _act.kind == CALL_UNDONE),
    )
    .order_by(_act.at, _act.act_id)
)
REMINDED = (
    select(
        _reminder.roll_id,
        func.count(_reminder.step.distinct()).label("times"),
        func.max(_reminder.ended_at).label("last_at"),
    )
    .where(
        _reminder.school_id == SCHOOL,
        _reminder.roll_id.in_(IDS),
        _reminder.state == "sent",
        _reminder.step.like("teachers%"),
    )
    .group_by(_reminder.roll_id)
)


def unresolved(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The rolls of some dates that nobody took, five hundred at most. Raises Problem `invalid`."""
    with reading(engine) as connection:
        asked = read_span(connection, viewer, query, now)
        span = {
            "school_id": viewer.school_id,
            "from_on": asked.span.from_on,
            "to_on": asked.span.to_on,
        }
        said = standing(connection.execute(SAID_BETWEEN, span))
        over = [
            (row, stand_of_row(row, now, explained=row.roll_id in said))
            for row in connection.execute(BETWEEN, span)
        ]
        listed = {Missing.UNRESOLVED} | ({Missing.RESOLVED} if query.get("resolved") else set())
        wanted = [row for row, stand in over if stand in listed]
        rolls = tell_rolls(connection, viewer.school_id, wanted[:MOST], said)
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        **asked.told,
        "count": sum(stand is Missing.UNRESOLVED for _, stand in over),
        "more": len(wanted) > MOST,
        "rolls": rolls,
    }


def standing(acts: Iterable[Any]) -> dict[UUID, Any]:
    """What was said last of each roll, but for what was taken back since; acts in their order."""
    last = {act.roll_id: act for act in acts}
    return {roll_id: act for roll_id, act in last.items() if act.kind == EXPLAINED}


def why_of(act: Any) -> str:
    """The words of somebody who said why."""
    why: str = json.loads(act.facts)["why"]
    return why


def tell_rolls(
    connection: Connection, school_id: UUID, rows: Sequence[Any], said: Mapping[UUID, Any]
) -> list[dict[str, Any]]:
    """Rolls that nobody took, as the wire has them."""
    ids = [row.roll_id for row in rows]
    calls = called(connection, school_id, rows_of(connection, CALLS, school_id, ids))
    charge = load_charge(connection, school_id, rows)
    staff = {one for row in rows for one in charge.of(row).staff}
    people = load_people(connection, school_id, staff | {one.by for one in said.values()})
    reminded = {
        one.roll_id: {"count": one.times, "last_at": spell(one.last_at)}
        for one in rows_of(connection, REMINDED, school_id, ids)
    }
    return [
        {
            "roll_id": row.roll_id,
            "on": row.school_date,
            "period": row.period,
            "period_name": row.period_name,
            "section_title": row.title,
            "room": row.room,
            "due_at": row.due_at,
            "teacher_names": [people[one].name for one in charge.of(row).staff],
            "reminded": reminded.get(row.roll_id, NEVER),
            "called": calls.get(row.roll_id),
            "explained": _explained(said.get(row.roll_id), people),
        }
        for row in rows
    ]


def _explained(act: Any, people: Mapping[UUID, Any]) -> dict[str, Any] | None:
    return act and {"why": why_of(act), "by": people[act.by].by(), "at": act.at}
