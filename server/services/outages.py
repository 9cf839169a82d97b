"""When tablets could not reach the school: told by what they sent later than they had taken it, and
by the starts of the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, bindparam, select

from server.access import Viewer
from server.db import reading
from server.models import DeskAct, OpEntry, table_of
from server.services.audit_span import audit_span
from server.services.entries import DEVICES
from server.services.facts import SCHOOL, load_people, rows_of
from server.services.put_right import PUT_RIGHT
from server.services.receive import WENT_BACK
from server.services.server_runs import starts_between
from sync.sentence import say

WAITED = timedelta(minutes=2)
"""A roll that leaves by itself is here within seconds; what took longer waited for a network."""
MINUTE = timedelta(minutes=1)
_op, _act = table_of(OpEntry).c, table_of(DeskAct).c
RECEIVED = (
    select(_op.device_id, _op.author, _op.taken_at, _op.received_at)
    .where(
        _op.school_id == SCHOOL,
        _op.kind == "submit",
        _op.device_id.is_not(None),
        _op.received_at >= bindparam("from_at"),
        _op.received_at < bindparam("to_at"),
    )
    .order_by(_op.device_id, _op.taken_at, _op.op_id)
)
CLOCKS = (
    select(_act.at, _act.kind)
    .where(
        _act.school_id == SCHOOL,
        _act.kind.in_((WENT_BACK, PUT_RIGHT)),
        _act.at >= bindparam("from_at"),
        _act.at < bindparam("to_at"),
    )
    .order_by(_act.at)
)
CLOCK_WORDS = {
    WENT_BACK: say("The server's clock went back."),
    PUT_RIGHT: say("The server's clock was put right."),
}


def outages(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Devices whose entries waited, between two dates. Raises Problem `invalid`."""
    from_on, to_on = audit_span(viewer, query, now)
    zone = ZoneInfo(viewer.zone)
    asked: dict[str, Any] = {
        "school_id": viewer.school_id,
        "from_at": datetime.combine(from_on, time(), zone),
        "to_at": datetime.combine(to_on + timedelta(days=1), time(), zone),
    }
    with reading(engine) as connection:
        waited = [
            row
            for row in connection.execute(RECEIVED, asked)
            if row.received_at - row.taken_at > WAITED
        ]
        clocks = connection.execute(CLOCKS, asked).all()
        starts = starts_between(connection, asked["from_at"], asked["to_at"])
        devices = sorted({row.device_id for row in waited})
        labels = {row[0]: row[1] for row in rows_of(connection, DEVICES, viewer.school_id, devices)}
        people = load_people(connection, viewer.school_id, {row.author for row in waited})
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        "from": from_on,
        "to": to_on,
        "outages": sorted(
            (_told(run, labels, people) for run in _runs(waited)), key=lambda one: one["from_at"]
        ),
        "starts": [
            {"at": one.at, "known_until": one.known_until, "outage": one.is_outage}
            for one in starts
        ],
        "clocks": [{"at": row.at, "what": CLOCK_WORDS[row.kind]} for row in clocks],
    }


def _runs(waited: Iterable[Any]) -> list[list[Any]]:
    """What waited on one device at one time: each taken before the one before it had arrived."""
    runs: list[list[Any]] = []
    for row in waited:
        last = runs[-1] if runs else []
        same = bool(last) and last[-1].device_id == row.device_id
        if same and row.taken_at <= max(one.received_at for one in last):
            last.append(row)
        else:
            runs.append([row])
    return runs


def _told(
    run: list[Any], labels: Mapping[UUID, str | None], people: Mapping[UUID, Any]
) -> dict[str, Any]:
    authors = dict.fromkeys(row.author for row in run)
    return {
        "device_label": labels.get(run[0].device_id),
        "names": [people[one].name for one in authors if one in people],
        "from_at": run[0].taken_at,
        "to_at": max(row.received_at for row in run),
        "entries": len(run),
        "longest_min": max((row.received_at - row.taken_at) // MINUTE for row in run),
    }
