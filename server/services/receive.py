"""The instant of receipt: the server's clock, but never before the last one (A14)."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from sqlalchemy import Connection, func, insert, select

from server.columns import spell
from server.db import Turn
from server.models import DeskAct, SchoolSync, table_of

UNREMARKABLE = timedelta(seconds=5)
WENT_BACK = "clock_went_back"
_act, _sync = table_of(DeskAct).c, table_of(SchoolSync).c
log = logging.getLogger("rollbook")


def receive(turn: Turn, now: datetime) -> datetime:
    """When what this turn records was received. A clock that went back is noted once."""
    received_at = turn.receive(now)
    if received_at - now > UNREMARKABLE:
        _note(turn, received_at, now)
    return received_at


def _note(turn: Turn, received_at: datetime, now: datetime) -> None:
    """While the clock is behind, the instant of receipt stands still: it names the occasion."""
    act_id = uuid5(turn.school_id, f"{WENT_BACK}/{spell(received_at)}")
    known = select(_act.act_id).where(_act.school_id == turn.school_id, _act.act_id == act_id)
    if turn.connection.execute(known).first() is not None:
        return
    facts = {"last_receipt": spell(received_at), "clock": spell(now)}
    log.warning(WENT_BACK, extra={"facts": facts | {"school_id": str(turn.school_id)}})
    row: dict[str, Any] = {
        "school_id": turn.school_id,
        "act_id": act_id,
        "at": received_at,
        "by": None,
        "kind": WENT_BACK,
        "subject": None,
        "facts": json.dumps(facts),
    }
    turn.connection.execute(insert(table_of(DeskAct)), row)


def clock_is_behind(connection: Connection, now: datetime) -> timedelta | None:
    """By how much the server's clock is behind what schools received already, if it is."""
    last = connection.execute(select(func.max(_sync.received_at))).scalar()
    behind = last - now if last is not None else timedelta(0)
    return behind if behind > UNREMARKABLE else None
