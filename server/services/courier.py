"""Finds the device that delivers a queue with nobody signed in: one indexed SELECT, asked only when
there is no session. So no queue waits for a password, and a revoked tablet gives up what it holds.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, bindparam, select

from schemas.words import SessionWord
from server.access import Courier
from server.ask import Question, ask
from server.db import asking
from server.models import Device, School, SchoolSync, table_of
from server.services.cookies import Presented, hash_token

_device, _school = table_of(Device).c, table_of(School).c
_sync = table_of(SchoolSync).c
FIND: Any = (
    select(_device.device_id, _school.zone, _sync.epoch)
    .join_from(table_of(Device), table_of(School), _school.school_id == _device.school_id)
    .join(table_of(SchoolSync), _sync.school_id == _device.school_id)
    .where(
        _device.token_hash == bindparam("token_hash"),
        _device.school_id == bindparam("school_id"),
    )
)


def find_courier(engine: Engine, presented: Presented, school_id: UUID) -> Courier | None:
    """The device that this request comes from, if the school knows it, revoked or not."""
    if presented.device is None:
        return None
    asked = {"token_hash": hash_token(presented.device), "school_id": school_id}
    with asking(engine) as connection:
        (found,) = ask(connection, [Question(FIND, asked)])
    if not found:
        return None
    row = found[0]
    session = SessionWord.NONE if presented.session is None else SessionWord.ENDED
    return Courier(school_id, row.device_id, row.zone, row.epoch, session)
