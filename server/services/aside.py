"""Tells an open board when to look again at what stands beside the rolls, and what it is then.

A counter of its own: it takes no lock of the school, no place in its history and no push's time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import BoardAside, table_of
from server.services.beside import load_beside, load_seen
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from server.services.render import to_json

_aside = table_of(BoardAside).c
VERSION = select(_aside.version).where(_aside.school_id == SCHOOL)
INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def note_aside(connection: Connection, school_id: UUID) -> None:
    """Something changed that the board shows beside the rolls."""
    insert: Any = INSERT[connection.dialect.name]
    first = insert(BoardAside).values(school_id=school_id, version=1)
    connection.execute(
        first.on_conflict_do_update(
            index_elements=["school_id"], set_={"version": _aside.version + 1}
        )
    )


def version_of(connection: Connection, school_id: UUID) -> int:
    """How often something changed so far."""
    return connection.execute(VERSION, {"school_id": school_id}).scalar() or 0


def draw_aside(engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime) -> bytes:
    """What stands beside a date's rolls, today's when none is named, as JSON."""
    on = query.get("on") or today_at(viewer.zone, now)
    with reading(engine) as connection:
        beside = load_beside(connection, viewer.school_id, on, now)
        seen = load_seen(connection, viewer.school_id, viewer.zone, on)
        told = {
            "epoch": viewer.epoch,
            "server_time": spell(now),
            "on": on,
            "aside": version_of(connection, viewer.school_id),
            "rolls": [{"roll_id": one, **beside.of(one)} for one in beside.rolls],
            "seen": [{"staff_id": one, "at": spell(at)} for one, at in seen.items()],
        }
    return to_json(told)
