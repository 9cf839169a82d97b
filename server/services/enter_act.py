"""Enters into the log what is done to a roll as a whole: certified, locked, opened again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from schemas.fast import CANONICAL
from server.bulk import insert_rows
from server.columns import spell
from server.db import Turn
from server.models import OpEntry, table_of
from server.record import pack_op
from server.services.known import Roll
from server.services.write import write_rolls
from sync.certify import Act, Certification
from sync.model import Rank


@dataclass(frozen=True, slots=True)
class Deed:
    """An act, by whom and in what place of theirs (nobody and no device: by a school's rule), at
    which revision of the roll."""

    act: Act
    revision: int
    by: UUID | None = None
    rank: Rank | None = None
    device_id: UUID | None = None
    why: str | None = None


def enter_acts(turn: Turn, deeds: list[tuple[Roll, Deed]], now: datetime) -> None:
    """Each at a place of its own in the log, with the rolls as they are then."""
    rows = [_entry(turn, roll, deed, now) for roll, deed in deeds]
    insert_rows(turn.connection, table_of(OpEntry), rows)
    for (roll, deed), row in zip(deeds, rows, strict=True):
        roll.acts.append(Certification(deed.act, deed.by, now, row["seq"]))
    write_rolls(turn.connection, turn.school_id, [(roll, roll.fold()) for roll, _ in deeds])


def _entry(turn: Turn, roll: Roll, deed: Deed, now: datetime) -> dict[str, Any]:
    op_id, seq = uuid4(), turn.next_seq()
    tree: dict[str, Any] = {
        "id": str(op_id),
        "v": 1,
        "kind": deed.act.value,
        "roll_id": str(roll.roll_id),
        "taken_at": spell(now),
        "revision": deed.revision,
        "marks": [],
    }
    if deed.why:
        tree["why"] = deed.why
    return {
        "school_id": turn.school_id,
        "op_id": op_id,
        "seq": seq,
        "roll_id": roll.roll_id,
        "kind": deed.act.value,
        "v": 1,
        "author": deed.by,
        "rank": (deed.rank or Rank.OFFICE).value,
        "device_id": deed.device_id,
        "taken_at": now,
        "received_at": now,
        "outcome": "accepted",
        "reason": None,
        "hash": hashlib.sha256(CANONICAL.encode(tree)).digest(),
        "payload": pack_op(tree, {}),
        "result": None,
    }
