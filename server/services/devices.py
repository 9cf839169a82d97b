"""The tablets that signed in at a school, who is on them, and when they last delivered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, func, select

from server.db import reading
from server.models import CaptureGrant, DeskAct, Device, OpEntry, Staff, table_of
from server.problems import Problem
from server.services.acts import DEVICE_REVOKED, PERSON_REVOKED
from server.services.facts import load_people

_device, _grant = table_of(Device).c, table_of(CaptureGrant).c
_staff, _op = table_of(Staff).c, table_of(OpEntry).c
_act = table_of(DeskAct).c
# So far back in the school's log it is looked for who delivered last: some weeks of a large school.
LATELY = 100_000


def list_devices(engine: Engine, school_id: UUID) -> list[dict[str, Any]]:
    """The devices of a school, the last seen first."""
    with reading(engine) as connection:
        return _tell(connection, school_id, None)


def find_device(engine: Engine, school_id: UUID, device_id: UUID) -> dict[str, Any]:
    """One of them. Raises Problem `not_found`."""
    with reading(engine) as connection:
        found = _tell(connection, school_id, device_id)
    if not found:
        raise Problem("not_found")
    return found[0]


def _tell(connection: Connection, school_id: UUID, device_id: UUID | None) -> list[dict[str, Any]]:
    def here(columns: Any) -> list[Any]:
        narrow = [] if device_id is None else [columns.device_id == device_id]
        return [columns.school_id == school_id, *narrow]

    devices = connection.execute(
        select(table_of(Device))
        .where(*here(_device))
        .order_by(_device.last_seen_at.desc(), _device.device_id)
    ).all()
    people: dict[UUID, dict[UUID, Any]] = {row.device_id: {} for row in devices}
    for row in connection.execute(
        select(
            _grant.device_id,
            _grant.staff_id,
            _grant.until_at,
            _grant.revoked_at,
            _staff.display_name.label("name"),
            _staff.role,
        )
        .join_from(
            table_of(CaptureGrant),
            table_of(Staff),
            (_staff.school_id == _grant.school_id) & (_staff.staff_id == _grant.staff_id),
        )
        .where(*here(_grant))
        # Of several leaves of one person the one that counts comes last: unrevoked, the longest.
        .order_by(_grant.revoked_at.is_(None), _grant.until_at)
    ):
        people.setdefault(row.device_id, {})[row.staff_id] = row
    newest = select(func.max(_op.seq)).where(_op.school_id == school_id).scalar_subquery()
    last = dict(
        connection.execute(
            select(_op.device_id, func.max(_op.received_at))
            .where(*here(_op), _op.seq > newest - LATELY)
            .group_by(_op.device_id)
        ).all()
    )
    withdrawn = _withdrawn(connection, school_id)
    return [
        {
            "device_id": row.device_id,
            "label": row.label,
            "app": row.app,
            "first_seen_at": row.first_seen_at,
            "last_seen_at": row.last_seen_at,
            "revoked_at": row.revoked_at,
            "withdrawn": withdrawn.get(row.device_id) if row.revoked_at else None,
            "people": [
                _person(one, withdrawn)
                for one in sorted(people[row.device_id].values(), key=lambda one: one.name)
            ],
            "last_op_at": last.get(row.device_id),
        }
        for row in devices
    ]


def _person(row: Any, withdrawn: Mapping[UUID, Any]) -> dict[str, Any]:
    told = withdrawn.get(row.staff_id) if row.revoked_at else None
    return {**row._asdict(), "withdrawn": told}


def _withdrawn(connection: Connection, school_id: UUID) -> dict[UUID, dict[str, Any]]:
    """Who withdrew the leave of a device or a person last, and why."""
    kinds = (DEVICE_REVOKED, PERSON_REVOKED)
    acts = connection.execute(
        select(_act.subject, _act.by, _act.facts)
        .where(_act.school_id == school_id, _act.kind.in_(kinds))
        .order_by(_act.at, _act.act_id)
    ).all()
    people = load_people(connection, school_id, (one.by for one in acts if one.by))
    return {
        one.subject: {
            "by": people[one.by].by() if one.by else None,
            "why": json.loads(one.facts)["why"],
        }
        for one in acts
    }
