"""One roll with everything that ever reached it, in the order it was received."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam

from server.access import Viewer, access_roll
from server.columns import spell
from server.db import reading
from server.problems import Problem
from server.services.entries import tell_entries
from server.services.grid_rolls import hide_reasons, reader_of
from server.services.past import read_past
from server.services.pull import stand_of
from server.services.render import to_json
from server.services.rolls import ROLL_COLUMNS, render_rolls, rolls, sections
from server.services.sift import sift_history

ROLL = rolls().where(ROLL_COLUMNS.roll_id == bindparam("roll_id"))
SECTION = sections()


def tell_history(
    engine: Engine, viewer: Viewer, roll_id: UUID, as_of: datetime | None, now: datetime
) -> bytes:
    """The history as JSON, as it was known `as_of` then. Raises Problem `not_found` for who may not
    read the roll."""
    school_id = viewer.school_id
    if as_of is not None and viewer.pass_id is not None:
        raise Problem("not_found")  # a pass is for its day; the past knows who left the class
    with reading(engine) as connection:
        access_roll(connection, viewer, roll_id)
        today = connection.execute(ROLL, {"school_id": school_id, "roll_id": roll_id}).one()
        past = read_past(connection, viewer, [today], as_of)
        (row,) = past.rows
        told = {
            "epoch": stand_of(connection, school_id).epoch,
            "server_time": spell(now),
            "as_of": as_of and spell(as_of),
            "roster_as_of": past.roster_as_of and spell(past.roster_as_of),
            "roll": render_rolls(connection, school_id, [row], past.rosters, past.heard)[0],
            "section": _section(connection, school_id, row.section_id),
            **tell_entries(connection, school_id, row, as_of),
        }
        hide_reasons(told, reader_of(connection, viewer), row.school_date)
        if viewer.pass_id is not None:
            enrolled = past.rosters[row.section_id].ids_in(row)
            told = sift_history(told, enrolled, viewer.staff_id)
    return to_json(told)


def _section(connection: Connection, school_id: UUID, section_id: UUID) -> dict[str, Any]:
    only = SECTION.where(SECTION.selected_columns.section_id == section_id)
    row = connection.execute(only, {"school_id": school_id}).one()
    return {
        "section_id": row.section_id,
        "title": row.title,
        "course": row.course,
        "room": row.room,
    }
