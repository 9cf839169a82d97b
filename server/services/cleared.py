"""Reasons that the office gave absences, as the list of the last and one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.access import Viewer
from server.models import ClearingAct, table_of
from server.services.facts import IDS, SCHOOL, load_people, rows_of
from server.services.school_pack import pack_of
from server.services.visits import RULED, Reader, names_of, ruled_facts

LAST = 50
_act = table_of(ClearingAct).c
GIVEN = (
    select(table_of(ClearingAct))
    .where(_act.school_id == SCHOOL, _act.replaces.is_(None))
    .order_by(_act.noted_at.desc(), _act.clearing_id)
    .limit(LAST)
)
ONE = select(table_of(ClearingAct)).where(
    _act.school_id == SCHOOL, _act.clearing_id == bindparam("clearing_id")
)
UNDONE = select(table_of(ClearingAct)).where(_act.school_id == SCHOOL, _act.replaces.in_(IDS))


def last_cleared(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """The reasons that were given last, the newest first."""
    rows = connection.execute(GIVEN, {"school_id": viewer.school_id}).all()
    return tell_cleared(connection, viewer, rows)


def act_of(connection: Connection, school_id: UUID, clearing_id: UUID) -> Any:
    """One line about a reason; None where there is none."""
    return connection.execute(ONE, {"school_id": school_id, "clearing_id": clearing_id}).first()


def undone_of(connection: Connection, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Which reasons were taken back, by which lines."""
    return {row.replaces: row for row in rows_of(connection, UNDONE, school_id, list(ids))}


def tell_cleared(
    connection: Connection, viewer: Viewer, rows: Sequence[Any]
) -> list[dict[str, Any]]:
    """Reasons as the wire has them, in the order given."""
    ids = [row.clearing_id for row in rows]
    undone = undone_of(connection, viewer.school_id, ids)
    students = names_of(connection, viewer.school_id, (row.student_id for row in rows))
    wrote = {row.by for row in (*rows, *undone.values())}
    people = load_people(connection, viewer.school_id, wrote)
    reader = Reader(viewer, pack_of(connection, viewer.school_id), people)
    ruled: dict[UUID, list[Any]] = {}
    for one in rows_of(connection, RULED, viewer.school_id, ids):
        ruled.setdefault(one.cause_id, []).append(one)
    return [
        {
            "clearing_id": row.clearing_id,
            "student": students[row.student_id],
            "on": row.school_date,
            "reason": reader.reason(row.code, row.school_date),
            "note": row.note,
            "evidence": row.evidence,
            "by": reader.by(row.by),
            "noted_at": row.noted_at,
            "undone_by": reader.by(undone[row.clearing_id].by)
            if row.clearing_id in undone
            else None,
            "undone_at": undone[row.clearing_id].noted_at if row.clearing_id in undone else None,
            "rolls": [ruled_facts(one) for one in ruled.get(row.clearing_id, ())],
        }
        for row in rows
    ]
