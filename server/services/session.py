"""Finds who a cookie speaks for: one indexed SELECT, and now and then a note that it was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, select, update

from schemas.words import Role
from server.access import Viewer
from server.ask import Question, ask
from server.db import Unavailable, asking, writing
from server.models import Account, Device, School, SchoolSync, SigninSession, Staff
from server.settings import Settings

# Reads should not write: "last seen" is that coarse.
SEEN_EVERY = timedelta(minutes=5)

_session = SigninSession.__table__.c
_staff = Staff.__table__.c
_device = Device.__table__.c
_sync = SchoolSync.__table__.c

FIND: Any = (
    select(
        _session.account_id,
        _session.school_id,
        _session.staff_id,
        _session.device_id,
        _session.last_seen_at,
        _session.expires_at,
        _staff.role,
        _staff.display_name,
        Account.__table__.c.username,
        _device.revoked_at,
        _sync.epoch,
        School.__table__.c.name,
        School.__table__.c.zone,
    )
    .select_from(SigninSession.__table__)
    .join(Account.__table__, Account.__table__.c.account_id == _session.account_id)
    .join(
        Staff.__table__,
        (_staff.school_id == _session.school_id) & (_staff.staff_id == _session.staff_id),
    )
    .join(School.__table__, School.__table__.c.school_id == _session.school_id)
    .join(SchoolSync.__table__, _sync.school_id == _session.school_id)
    .outerjoin(
        Device.__table__,
        (_device.school_id == _session.school_id) & (_device.device_id == _session.device_id),
    )
    .where(
        _session.token_hash == bindparam("token_hash"),
        _session.revoked_at.is_(None),
        _session.expires_at > bindparam("now"),
        Account.__table__.c.disabled_at.is_(None),
        _staff.active,
    )
)


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host and to https; plain http is for loopback."""
    return "__Host-rollbook" if settings.is_https else "rollbook"


def hash_token(token: str) -> bytes:
    """What is stored of a session's token: who reads the database cannot use it."""
    return hashlib.sha256(token.encode()).digest()


def find_viewer(
    engine: Engine, cookies: Mapping[str, str], settings: Settings, now: datetime
) -> Viewer | None:
    """Who is signed in by these cookies, if the session, account and person still stand."""
    token = cookies.get(cookie_name(settings))
    if not token:
        return None
    token_hash = hash_token(token)
    with asking(engine) as connection:
        (found,) = ask(connection, [Question(FIND, {"token_hash": token_hash, "now": now})])
    if not found:
        return None
    (row,) = found
    if now - row.last_seen_at > SEEN_EVERY:
        _note_seen(engine, token_hash, row.last_seen_at, now)
    return Viewer(
        account_id=row.account_id,
        school_id=row.school_id,
        staff_id=row.staff_id,
        device_id=row.device_id,
        role=Role(row.role),
        epoch=row.epoch,
        expires_at=row.expires_at,
        device_revoked=row.revoked_at is not None,
        token_hash=token_hash,
        name=row.display_name,
        username=row.username,
        school_name=row.name,
        zone=row.zone,
    )


def _note_seen(engine: Engine, token_hash: bytes, before: datetime, now: datetime) -> None:
    """Note that the session is alive: one of many requests at once does it; it may fail."""
    try:
        with writing(engine) as connection:
            connection.execute(
                update(SigninSession)
                .where(_session.token_hash == token_hash, _session.last_seen_at == before)
                .values(last_seen_at=now)
            )
    except Unavailable:
        return
