"""Somebody of the office called about rolls that are missing: who, when; it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, or_, select

from server.access import Viewer
from server.db import writing
from server.models import DeskAct, RollRow, table_of
from server.problems import Problem
from server.services.acts import CALL_UNDONE, CALLED, Act, note_act
from server.services.aside import note_aside
from server.services.beside import called
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.poke import poke
from sync.sentence import say

_roll, _act = table_of(RollRow).c, table_of(DeskAct).c
# A clock that was set back does not make what is done now lie before what was done already.
A_MOMENT = timedelta(milliseconds=1)
KNOWN = select(_roll.roll_id).where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS))
ACTS = (
    select(_act.subject.label("roll_id"), _act.kind, _act.by, _act.at)
    .where(
        _act.school_id == SCHOOL,
        _act.subject.in_(IDS),
        or_(_act.kind == CALLED, _act.kind == CALL_UNDONE),
    )
    .order_by(_act.at, _act.act_id)
)


def note_calls(
    engine: Engine, viewer: Viewer, roll_ids: Sequence[UUID], now: datetime, *, undo: bool
) -> list[dict[str, Any]]:
    """Note that somebody called about rolls, or that nobody did after all; what stands then.

    What stands already is not noted twice. Raises Problem `invalid`.
    """
    wanted = list(dict.fromkeys(roll_ids))
    with writing(engine) as connection:
        if len(rows_of(connection, KNOWN, viewer.school_id, wanted)) < len(wanted):
            raise Problem("invalid", errors={"roll_ids": [say("Not rolls of this school.")]})
        last = _last(connection, viewer.school_id, wanted)
        kind = CALL_UNDONE if undo else CALLED
        for roll_id in wanted:
            before = last.get(roll_id)
            if (before is not None and before.kind == CALLED) is undo:
                at = now if before is None else max(now, before.at + A_MOMENT)
                note_act(connection, viewer.school_id, Act(kind, viewer.staff_id, roll_id), at)
        note_aside(connection, viewer.school_id)
        acts = _last(connection, viewer.school_id, wanted).values()
        told = called(connection, viewer.school_id, list(acts))
    poke(viewer.school_id)
    return [{"roll_id": one, "called": told.get(one)} for one in wanted]


def _last(connection: Connection, school_id: UUID, roll_ids: Sequence[UUID]) -> dict[UUID, Any]:
    """The last act about each roll."""
    return {row.roll_id: row for row in rows_of(connection, ACTS, school_id, roll_ids)}
