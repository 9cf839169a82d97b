"""What became of one op, told again to its author, the office, or a teacher of its roll."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine, bindparam, select

from server.access import Viewer, access_roll
from server.db import reading
from server.models import OpEntry, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.render import to_json
from server.services.reply import again

_op = table_of(OpEntry).c
OP = select(table_of(OpEntry)).where(_op.school_id == SCHOOL, _op.op_id == bindparam("op_id"))


def find_receipt(engine: Engine, viewer: Viewer, op_id: UUID) -> bytes:
    """The stored answer as JSON. Raises Problem `not_found`."""
    with reading(engine) as connection:
        asked = {"school_id": viewer.school_id, "op_id": op_id}
        row = connection.execute(OP, asked).first()
        if row is None:
            raise Problem("not_found")
        if row.author != viewer.staff_id and not viewer.is_wide:
            if row.roll_id is None or row.outcome != "accepted":
                raise Problem("not_found")
            access_roll(connection, viewer, row.roll_id)
    return to_json(again(row, str(op_id)).result())
