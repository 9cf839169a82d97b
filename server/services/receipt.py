"""What became of one op, told again to its author, the office, or a teacher of its roll."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam

from server.access import Viewer, access_roll
from server.db import reading
from server.models import OpEntry, table_of
from server.problems import Problem
from server.services.held import ENTRIES
from server.services.render import to_json
from server.services.reply import again
from server.services.waiting import ended

_op = table_of(OpEntry).c
OP = ENTRIES.where(_op.op_id == bindparam("op_id"))


def find_receipt(engine: Engine, viewer: Viewer, op_id: UUID) -> bytes:
    """The stored answer as JSON. Raises Problem `not_found`."""
    with reading(engine) as connection:
        asked = {"school_id": viewer.school_id, "op_id": op_id}
        row = connection.execute(OP, asked).first()
        if row is None:
            raise Problem("not_found")
        if viewer.pass_id is not None:
            _check_pass(connection, viewer, row)
        elif row.author != viewer.staff_id and not viewer.is_wide:
            if row.roll_id is None or row.outcome != "accepted":
                raise Problem("not_found")
            access_roll(connection, viewer, row.roll_id)
    reply = again(row, str(op_id))
    if row.how is not None and row.outcome == "held":
        reply.became = ended(row.how, row.ended_why)
    return to_json(reply.result())


def _check_pass(connection: Connection, viewer: Viewer, row: Any) -> None:
    """The holder of a day pass hears of the rolls that it lists; of what others sent, only what is
    on the record. Raises Problem `not_found`."""
    if row.roll_id is None or (row.author != viewer.staff_id and row.outcome != "accepted"):
        raise Problem("not_found")
    access_roll(connection, viewer, row.roll_id)
