"""Lets a school's instants of receipt begin again at the present, once a clock that was ahead is
right (Z4). What was acknowledged keeps the instant that it was told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, select, update

from server.columns import spell
from server.db import Turn, reading, school_turn
from server.models import (
    CaptureGrant,
    DayPass,
    DeskAct,
    Device,
    School,
    SchoolSync,
    SigninFailure,
    SigninSession,
    table_of,
)
from server.services.acts import Act, note_act
from server.services.grant import LASTS
from server.services.receive import UNREMARKABLE

PUT_RIGHT = "clock_put_right"
WITHDRAWABLE: tuple[Any, ...] = (CaptureGrant, SigninSession, Device, DayPass)
_sync, _school, _act = table_of(SchoolSync).c, table_of(School).c, table_of(DeskAct).c
_grant, _session = table_of(CaptureGrant).c, table_of(SigninSession).c
_device = table_of(Device).c


@dataclass(frozen=True, slots=True)
class Ahead:
    """A school that received something at an instant that has not come."""

    school_id: UUID
    name: str
    last_receipt: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """When receipts began again, and the last place in the log before that."""

    at: datetime
    seq: int


def find_ahead(engine: Engine, now: datetime) -> list[Ahead]:
    """The schools whose newest receipt lies after now, by name."""
    asked = (
        select(_sync.school_id, _school.name, _sync.received_at)
        .join_from(table_of(SchoolSync), table_of(School), _school.school_id == _sync.school_id)
        .where(_sync.received_at > now + UNREMARKABLE)
        .order_by(_school.name, _sync.school_id)
    )
    with reading(engine) as connection:
        return [Ahead(*row) for row in connection.execute(asked)]


def put_right(engine: Engine, school_id: UUID, why: str, now: datetime) -> bool:
    """Begin again at now; whether there was anything to put right."""
    with school_turn(engine, school_id) as turn:
        last = turn.last_receipt
        if last is None or last - now <= UNREMARKABLE:
            return False
        here = _sync.school_id == school_id
        turn.connection.execute(update(SchoolSync).where(here).values(received_at=now))
        _bring_back(turn, now)
        facts = {"last_receipt": spell(last), "clock": spell(now), "seq": turn.seq, "why": why}
        note_act(turn.connection, school_id, Act(PUT_RIGHT, None, None, facts), now)
        return True


def _bring_back(turn: Turn, now: datetime) -> None:
    """What was withdrawn at an instant to come is withdrawn now; what was given for longer than can
    be given ends with what is given now; sessions that were used then end."""
    for model in WITHDRAWABLE:
        row = table_of(model).c
        later = (row.school_id == turn.school_id, row.revoked_at > now)
        turn.connection.execute(update(model).where(*later).values(revoked_at=now))
    too_long = (_grant.school_id == turn.school_id, _grant.until_at > now + LASTS)
    turn.connection.execute(update(CaptureGrant).where(*too_long).values(until_at=now + LASTS))
    used = (_session.school_id == turn.school_id, _session.last_seen_at > now)
    turn.connection.execute(
        update(SigninSession).where(*used).values(last_seen_at=now, expires_at=now)
    )
    seen = (_device.school_id == turn.school_id, _device.last_seen_at > now)
    turn.connection.execute(update(Device).where(*seen).values(last_seen_at=now))
    failed = table_of(SigninFailure).c.last_at > now + timedelta(days=1)
    turn.connection.execute(delete(SigninFailure).where(failed))


def load_corrections(connection: Connection, school_id: UUID) -> list[Correction]:
    """What was put right at a school: nothing, as a rule."""
    asked = select(_act.at, _act.facts).where(_act.school_id == school_id, _act.kind == PUT_RIGHT)
    return [Correction(at, json.loads(facts)["seq"]) for at, facts in connection.execute(asked)]


def known_since(at: datetime, seq: int, corrections: list[Correction]) -> datetime:
    """Since when something counts that was noted at an instant, which may never have been."""
    return min([at, *(one.at for one in corrections if seq <= one.seq)])
