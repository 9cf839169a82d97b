"""Writes what a sitting gathered: ops, rolls, exceptions, refusals; a statement or two each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, select

from server.bulk import insert_rows, update_rows
from server.models import MarkException, OpEntry, Refusal, RollRow, table_of
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.judge import Ledger
from server.services.known import Roll
from server.services.refold import Refolded
from server.services.rosters import padded

_exception = table_of(MarkException).c
_refusal = table_of(Refusal).c
OPS, ROLLS = table_of(OpEntry), table_of(RollRow)
EXCEPTIONS, REFUSALS = table_of(MarkException), table_of(Refusal)
FORGET_EXCEPTIONS = delete(table_of(MarkException)).where(
    _exception.school_id == SCHOOL,
    _exception.num.in_(IDS),
    _exception.roll_id == bindparam("of_roll"),
)
KNOWN_REFUSALS = select(_refusal.refusal_id).where(
    _refusal.school_id == SCHOOL, _refusal.refusal_id.in_(IDS)
)


def write(connection: Connection, school_id: UUID, ledger: Ledger) -> None:
    """The ops and the rolls that they changed; reads nothing."""
    if ledger.ops:
        insert_rows(connection, OPS, ledger.ops)
    if ledger.rolls:
        write_rolls(connection, school_id, list(ledger.rolls.values()))


def write_rolls(
    connection: Connection, school_id: UUID, rolls: list[tuple[Roll, Refolded]]
) -> None:
    """The rows of folded rolls and their exceptions."""
    update_rows(connection, ROLLS, "roll_id", [_row(school_id, *one) for one in rolls])
    for roll, refolded in rolls:
        if roll.revision:
            _forget_exceptions(connection, school_id, roll, refolded)
    exceptions = [
        {
            "school_id": school_id,
            "roll_id": roll.roll_id,
            "school_date": roll.meeting.on,
            **exception,
        }
        for roll, refolded in rolls
        for exception in refolded.exceptions
    ]
    if exceptions:
        insert_rows(connection, EXCEPTIONS, exceptions)


def _row(school_id: UUID, roll: Roll, refolded: Refolded) -> dict[str, Any]:
    return {"school_id": school_id, "roll_id": roll.roll_id, **refolded.row}


def _forget_exceptions(
    connection: Connection, school_id: UUID, roll: Roll, refolded: Refolded
) -> None:
    nums = [roll.known.num_by_int[mark.student_id.int] for mark in refolded.roll.marks]
    if nums:
        connection.execute(
            FORGET_EXCEPTIONS,
            {
                "school_id": school_id,
                "ids": padded(nums),
                "of_roll": roll.roll_id,
            },
        )


def log_refusals(connection: Connection, school_id: UUID, ledger: Ledger) -> None:
    """Each refused payload once, however often a tablet offers it."""
    fresh = {one["refusal_id"]: one for one in ledger.refusals}
    for row in rows_of(connection, KNOWN_REFUSALS, school_id, list(fresh)):
        del fresh[row.refusal_id]
    if fresh:
        insert_rows(connection, REFUSALS, list(fresh.values()))
