"""The office's list of held ops, and one of them with all it says and what may be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, Select, bindparam

from schemas.held import Choice
from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import OpEntry, Resolution, table_of
from server.problems import Problem
from server.services.facts import rows_of
from server.services.held import ENTRIES, NAMES, RESOLVED, WAITING, items, said
from server.services.history import ROLL
from server.services.horizon import load_rosters
from server.services.pull import stand_of
from server.services.render import to_json
from server.services.rolls import render_rolls
from server.services.rosters import Roster
from server.services.seal import opened
from server.services.waiting import WHY_NOT
from sync.deadline import is_ahead
from sync.model import RollState
from sync.resolve import Waiting, may_be_heard, obstacle

MOST_RESOLVED = 200
_op, _end = table_of(OpEntry).c, table_of(Resolution).c
TOLD = ("presence", "arrived_at", "left_at", "note", "reason", "excused", "evidence", "why")


def list_held(engine: Engine, viewer: Viewer, now: datetime, *, resolved: bool = False) -> bytes:
    """What waits for a person, oldest first, or what was resolved, newest first, as JSON."""
    query: Select[Any] = WAITING.order_by(_op.seq)
    if resolved:
        query = RESOLVED.order_by(_end.seq.desc()).limit(MOST_RESOLVED)
    with reading(engine) as connection:
        rows = connection.execute(query, {"school_id": viewer.school_id}).all()
        held = items(connection, viewer.school_id, rows, wide=True)
        epoch = stand_of(connection, viewer.school_id).epoch
    return to_json({"epoch": epoch, "server_time": spell(now), "held": held})


def show_held(engine: Engine, viewer: Viewer, op_id: UUID, now: datetime) -> bytes:
    """One held op as JSON. Raises Problem `not_found`."""
    with reading(engine) as connection:
        row = find_entry(connection, viewer.school_id, op_id)
        tree = in_words(connection, viewer.school_id, said(connection, viewer.school_id, row))
        roll, roster = find_roll(connection, viewer.school_id, row.roll_id)
        waiting = weigh(row, tree, roll, roster, viewer.zone, now)
        stands_against = obstacle(waiting)
        students = sorted({UUID(mark["student_id"]) for mark in tree["marks"]})
        told = {
            "item": items(connection, viewer.school_id, [row], wide=True)[0],
            "students": [
                one._asdict() for one in rows_of(connection, NAMES, viewer.school_id, students)
            ],
            "marks": [_mark(mark) for mark in tree["marks"]],
            "roll": None
            if roll is None or roster is None
            else render_rolls(connection, viewer.school_id, [roll], {roll.section_id: roster})[0],
            "choices": choices(row, waiting),
            "why_not": stands_against and WHY_NOT[stands_against],
        }
    return to_json(told)


def find_entry(connection: Connection, school_id: UUID, op_id: UUID) -> Row[Any]:
    """An op that is or was held, with what became of it. Raises Problem `not_found`."""
    only = ENTRIES.where(_op.op_id == bindparam("op_id"))
    row = connection.execute(only, {"school_id": school_id, "op_id": op_id}).first()
    if row is None or (row.outcome != "held" and row.how is None):
        raise Problem("not_found")
    return row


def in_words(connection: Connection, school_id: UUID, tree: dict[str, Any]) -> dict[str, Any]:
    """What it said, with its sealed notes opened."""
    if any("note_sealed" in mark for mark in tree["marks"]):
        return opened(connection, school_id, tree)
    return tree


def choices(row: Any, waiting: Waiting) -> list[Choice]:
    """What somebody may do about it."""
    if waiting.resolved:
        return []
    able = [Choice.TAKE_OVER] if obstacle(waiting) is None else []
    again = [Choice.HEAR_AGAIN] if waiting.readable and may_be_heard(row.reason) else []
    return [*able, *again, Choice.SET_ASIDE]


def weigh(
    row: Any, tree: dict[str, Any], roll: Any, roster: Roster | None, zone: str, now: datetime
) -> Waiting:
    """What the decision about an op rests on."""
    enrolled: frozenset[str] = frozenset()
    if roll is not None and roster is not None:
        enrolled = roster.names_in(roll)
    return Waiting(
        resolved=row.how is not None,
        readable=len(tree) > 1,
        roll=None if roll is None else RollState(roll.state),
        ahead=roll is not None and is_ahead(roll.school_date, now, zone),
        enrolled=any(mark["student_id"] in enrolled for mark in tree["marks"]),
    )


def find_roll(
    connection: Connection, school_id: UUID, roll_id: UUID | None
) -> tuple[Row[Any] | None, Roster | None]:
    """The roll that an op names, with its section's roster, if the school knows it."""
    asked = {"school_id": school_id, "roll_id": roll_id}
    row = connection.execute(ROLL, asked).first() if roll_id else None
    if row is None:
        return None, None
    return row, load_rosters(connection, school_id, [row])[row.section_id]


def _mark(mark: dict[str, Any]) -> dict[str, Any]:
    return {"student_id": mark["student_id"], **{name: mark[name] for name in TOLD if name in mark}}
