"""Begins a session on a device: the device is remembered and has a cookie of its own, the person's
session there begins anew. Whoever else is signed in on the device stays so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from schemas.words import Role
from server.models import Device, SigninSession
from server.problems import Problem
from server.services.cookies import hash_token, new_token
from server.services.grant import Grant
from server.services.unsubscribe import end_of_person_on_device

_device = Device.__table__.c
_session = SigninSession.__table__.c


@dataclass(frozen=True, slots=True)
class Place:
    """What a person is at one school."""

    school_id: UUID
    name: str
    zone: str
    epoch: str
    staff_id: UUID
    display_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Browser:
    """The device that somebody begins on: its id and label, and the tokens in its cookies."""

    device_id: UUID
    label: str | None
    address: str
    device_token: str | None = field(default=None, repr=False)
    session_tokens: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A person signed in; the tokens are for the cookies and stored nowhere."""

    token: str = field(repr=False)
    device_token: str = field(repr=False)
    expires_at: datetime
    username: str
    place: Place
    places: Sequence[Place]
    grant: Grant


@dataclass(frozen=True, slots=True)
class Person:
    """Whose session it is, where, until when, and by which pass if by one."""

    account_id: UUID
    school_id: UUID
    staff_id: UUID
    expires_at: datetime
    pass_id: UUID | None = None


def remember_device(
    connection: Connection, school_id: UUID, browser: Browser, now: datetime
) -> str:
    """Note that the device was seen, the first time too; answers the token of its own cookie.

    Its row is kept from a revocation until the transaction ends. Raises Problem if it was revoked.
    """
    here = (_device.school_id == school_id) & (_device.device_id == browser.device_id)
    row = connection.execute(
        select(_device.revoked_at, _device.token_hash).where(here).with_for_update()
    ).first()
    if row is not None and row.revoked_at is not None:
        raise Problem("device_revoked")
    token = _device_token(connection, browser)
    seen = {"last_seen_at": now, "token_hash": hash_token(token)}
    if row is None:
        connection.execute(
            insert(Device).values(
                school_id=school_id,
                device_id=browser.device_id,
                label=browser.label,
                first_seen_at=now,
                **seen,
            )
        )
        return token
    named = {"label": browser.label} if browser.label else {}
    connection.execute(update(Device).where(here).values(**seen, **named))
    return token


def _device_token(connection: Connection, browser: Browser) -> str:
    """The token that the device has already, at whatever school it got it; else a new one."""
    if browser.device_token is None:
        return new_token()
    known = connection.execute(
        select(_device.device_id).where(
            _device.token_hash == hash_token(browser.device_token),
            _device.device_id == browser.device_id,
        )
    ).first()
    return browser.device_token if known else new_token()


def begin_session(connection: Connection, person: Person, browser: Browser, now: datetime) -> str:
    """A new token; a session that the same person had in this browser ends."""
    connection.execute(
        update(SigninSession)
        .where(
            _session.token_hash.in_([hash_token(one) for one in browser.session_tokens]),
            _session.school_id == person.school_id,
            _session.staff_id == person.staff_id,
            _session.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    token = new_token()
    connection.execute(
        insert(SigninSession).values(
            token_hash=hash_token(token),
            account_id=person.account_id,
            school_id=person.school_id,
            staff_id=person.staff_id,
            device_id=browser.device_id,
            created_at=now,
            last_seen_at=now,
            expires_at=person.expires_at,
            pass_id=person.pass_id,
        )
    )
    return token


def end_session(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Revoke a session: its person is reminded on that device no more. What was captured stays."""
    running = (_session.token_hash == token_hash) & _session.revoked_at.is_(None)
    row = connection.execute(
        select(_session.school_id, _session.staff_id, _session.device_id).where(running)
    ).first()
    if row is None:
        return
    connection.execute(update(SigninSession).where(running).values(revoked_at=now))
    end_of_person_on_device(connection, *row, now)
