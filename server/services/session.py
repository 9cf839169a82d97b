"""Finds who a cookie speaks for: one indexed SELECT, and now and then a note that it was seen.

Only who is turned away costs another: it is told why.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select, update

from schemas.words import Role
from server.access import Viewer
from server.ask import Question, ask
from server.db import Unavailable, asking, writing
from server.models import Account, DeskAct, Device, School, SchoolSync, SigninSession, Staff
from server.services.acts import PERSON_REVOKED
from server.services.cookies import Presented, hash_token

# Reads should not write: "last seen" is that coarse.
SEEN_EVERY = timedelta(minutes=5)

_session = SigninSession.__table__.c
_staff = Staff.__table__.c
_device = Device.__table__.c
_act = DeskAct.__table__.c
_sync = SchoolSync.__table__.c

FIND: Any = (
    select(
        _session.account_id,
        _session.school_id,
        _session.staff_id,
        _session.device_id,
        _session.last_seen_at,
        _session.expires_at,
        _session.pass_id,
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
WITHDRAWN = (
    select(_act.act_id)
    .where(
        _act.school_id == _session.school_id,
        _act.at == _session.revoked_at,
        _act.kind == PERSON_REVOKED,
        _act.subject == _session.staff_id,
    )
    .exists()
)
"""The session ended because its person's leave was withdrawn, not because she signed out."""
ENDED = (
    select(_session.pass_id, _device.revoked_at, WITHDRAWN.label("withdrawn"))
    .join_from(
        SigninSession.__table__,
        Device.__table__,
        (_device.school_id == _session.school_id) & (_device.device_id == _session.device_id),
        isouter=True,
    )
    .where(_session.token_hash == bindparam("token_hash"))
)
DEVICE = (
    select(_device.revoked_at)
    .where(_device.token_hash == bindparam("token_hash"))
    .order_by(_device.revoked_at.is_(None))
)


def find_viewer(engine: Engine, presented: Presented, now: datetime) -> Viewer | None:
    """Who is signed in by what was presented, if session, account and person still stand."""
    if presented.session is None:
        return None
    token_hash = hash_token(presented.session)
    with asking(engine) as connection:
        (found,) = ask(connection, [Question(FIND, {"token_hash": token_hash, "now": now})])
    if not found:
        return None
    (row,) = found
    if now - row.last_seen_at > SEEN_EVERY:
        _note_seen(engine, token_hash, row, now)
    return Viewer(
        account_id=row.account_id,
        school_id=row.school_id,
        staff_id=row.staff_id,
        device_id=row.device_id,
        role=Role(row.role) if row.pass_id is None else Role.SUBSTITUTE,
        epoch=row.epoch,
        expires_at=row.expires_at,
        device_revoked=row.revoked_at is not None,
        token_hash=token_hash,
        name=row.display_name,
        username=row.username,
        school_name=row.name,
        zone=row.zone,
        pass_id=row.pass_id,
    )


def why_nobody(engine: Engine, presented: Presented) -> str:
    """The code of the problem that tells why what was presented speaks for nobody; asked only when
    a request is turned away."""
    with asking(engine) as connection:
        ended = _told(connection, ENDED, presented.session)
        device = None if ended else _told(connection, DEVICE, presented.device)
    if any(row.revoked_at is not None for row in (ended, device) if row):
        return "device_revoked"
    if ended and ended.pass_id:
        return "pass_ended"
    return "person_revoked" if ended and ended.withdrawn else "sign_in"


def _told(connection: Connection, statement: Any, token: str | None) -> Any:
    if token is None:
        return None
    return connection.execute(statement, {"token_hash": hash_token(token)}).first()


def _note_seen(engine: Engine, token_hash: bytes, seen: Any, now: datetime) -> None:
    """Note that session and device are alive: one of many requests at once does it; it may fail."""
    try:
        with writing(engine) as connection:
            noted = connection.execute(
                update(SigninSession)
                .where(
                    _session.token_hash == token_hash, _session.last_seen_at == seen.last_seen_at
                )
                .values(last_seen_at=now)
            )
            if noted.rowcount:
                connection.execute(
                    update(Device)
                    .where(_device.school_id == seen.school_id, _device.device_id == seen.device_id)
                    .values(last_seen_at=now)
                )
    except Unavailable:
        return
