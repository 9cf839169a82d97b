"""Signs a person in on a device: checks, remembers the device, gives leave to record."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from schemas.words import Role
from server import passwords
from server.db import reading, writing
from server.models import Account, CaptureGrant, Device, School, SchoolSync, SigninSession, Staff
from server.problems import Problem, busy
from server.services import sign_in_limit
from server.services.grant import Grant, renew_grant
from server.services.session import hash_token
from server.settings import Settings

TOKEN_BYTES = 32

_account = Account.__table__.c
_staff = Staff.__table__.c
_device = Device.__table__.c
_grant = CaptureGrant.__table__.c
_session = SigninSession.__table__.c


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who wants to sign in sent, and from where."""

    username: str
    password: str
    device_id: UUID
    device_label: str | None
    school_id: UUID | None
    address: str
    former_token: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An account that can sign in."""

    account_id: UUID
    username: str
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Proven:
    """An account whose password was right, and what its failures counted against."""

    account: Known
    keys: list[sign_in_limit.Key]


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
class Session:
    """A person signed in; `token` is for the cookie and stored nowhere."""

    token: str
    expires_at: datetime
    username: str
    place: Place
    places: Sequence[Place]
    grant: Grant


def sign_in(engine: Engine, asked: Asked, settings: Settings, now: datetime) -> Session:
    """Begin a session. Raises Problem: wrong_password, slow_down, choose_school, device_revoked."""
    try:
        with passwords.one_at_a_time():
            proven = _authenticate(engine, asked, now)
    except passwords.Crowded as crowded:
        raise busy() from crowded
    try:
        return _enter(engine, asked, proven, settings, now)
    except IntegrityError as race:  # the same device signed in twice at once
        raise busy() from race


def _enter(
    engine: Engine, asked: Asked, proven: Proven, settings: Settings, now: datetime
) -> Session:
    """Everything that is written when the password was right, or nothing."""
    account = proven.account
    with writing(engine) as connection:
        sign_in_limit.note_success(connection, proven.keys)
        _keep_hash_fresh(connection, account, asked.password)
        places = places_of(connection, account.account_id)
        place = choose(places, asked.school_id)
        _remember_device(connection, place.school_id, asked, now)
        grant = renew_grant(connection, place.school_id, place.staff_id, asked.device_id, now)
        expires_at = now + lifetime(place.role, settings)
        token = _begin(connection, account.account_id, place, asked, (now, expires_at))
    return Session(token, expires_at, account.username, place, places, grant)


def _authenticate(engine: Engine, asked: Asked, now: datetime) -> Proven:
    """The account whose password this is. Counts a failure."""
    username = asked.username.strip().casefold()
    with reading(engine) as connection:
        account = _find_account(connection, username)
        known = asked.device_id if _is_known(connection, account, asked.device_id) else None
        keys = sign_in_limit.keys_of(username, asked.address, known)
        wait = sign_in_limit.must_wait(connection, keys, now)
    if wait:
        raise Problem("slow_down", retry_after=wait)
    right = passwords.matches(account.password_hash if account else None, asked.password)
    if account is None or not right:
        with writing(engine) as connection:
            sign_in_limit.note_failure(connection, keys, now)
        raise Problem("wrong_password")
    return Proven(account, keys)


def _find_account(connection: Connection, username: str) -> Known | None:
    row = connection.execute(
        select(_account.account_id, _account.username, _account.password_hash).where(
            _account.username == username, _account.disabled_at.is_(None)
        )
    ).first()
    return None if row is None else Known(*row)


def _is_known(connection: Connection, account: Known | None, device_id: UUID) -> bool:
    """Whether this person has signed in on this device before."""
    if account is None:
        return False
    return (
        connection.execute(
            select(_grant.grant_id)
            .join(
                Staff.__table__,
                (_staff.school_id == _grant.school_id) & (_staff.staff_id == _grant.staff_id),
            )
            .where(_staff.account_id == account.account_id, _grant.device_id == device_id)
            .limit(1)
        ).first()
        is not None
    )


def places_of(connection: Connection, account_id: UUID) -> list[Place]:
    """The schools where the account is somebody, by name."""
    school, sync = School.__table__.c, SchoolSync.__table__.c
    rows = connection.execute(
        select(
            school.school_id,
            school.name,
            school.zone,
            sync.epoch,
            _staff.staff_id,
            _staff.display_name,
            _staff.role,
        )
        .join(Staff.__table__, _staff.school_id == school.school_id)
        .join(SchoolSync.__table__, sync.school_id == school.school_id)
        .where(_staff.account_id == account_id, _staff.active, school.active)
        .order_by(school.name, school.school_id)
    )
    return [Place(*row[:-1], Role(row.role)) for row in rows]


def choose(places: Sequence[Place], school_id: UUID | None) -> Place:
    """The place that was asked for, or the only one. Raises Problem."""
    if school_id is not None:
        places = [place for place in places if place.school_id == school_id]
    if len(places) == 1:
        return places[0]
    if not places:
        raise Problem("wrong_password")
    schools = [{"school_id": str(place.school_id), "name": place.name} for place in places]
    raise Problem("choose_school", more={"schools": schools})


def _keep_hash_fresh(connection: Connection, account: Known, password: str) -> None:
    if account.password_hash and passwords.is_outdated(account.password_hash):
        connection.execute(
            update(Account)
            .where(_account.account_id == account.account_id)
            .values(password_hash=passwords.hash_password(password))
        )


def _remember_device(connection: Connection, school_id: UUID, asked: Asked, now: datetime) -> None:
    """Note that the device was seen, the first time too. Raises Problem if it was revoked."""
    here = (_device.school_id == school_id) & (_device.device_id == asked.device_id)
    device = connection.execute(select(_device.revoked_at).where(here)).first()
    if device is None:
        connection.execute(
            insert(Device).values(
                school_id=school_id,
                device_id=asked.device_id,
                label=asked.device_label,
                first_seen_at=now,
                last_seen_at=now,
            )
        )
        return
    if device.revoked_at is not None:
        raise Problem("device_revoked")
    seen = {"last_seen_at": now}
    named = {"label": asked.device_label} if asked.device_label else {}
    connection.execute(update(Device).where(here).values(**seen, **named))


def _begin(
    connection: Connection,
    account_id: UUID,
    place: Place,
    asked: Asked,
    lasts: tuple[datetime, datetime],
) -> str:
    """A new token; the one that this browser had before ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now, expires_at = lasts
    if asked.former_token:
        end_session(connection, hash_token(asked.former_token), now)
    connection.execute(
        insert(SigninSession).values(
            token_hash=hash_token(token),
            account_id=account_id,
            school_id=place.school_id,
            staff_id=place.staff_id,
            device_id=asked.device_id,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
        )
    )
    return token


def lifetime(role: Role, settings: Settings) -> timedelta:
    """A teacher's tablet stays signed in for long; whoever reads a whole school, for a day."""
    if role is Role.TEACHER:
        return timedelta(days=settings.session_days)
    return timedelta(hours=settings.office_session_hours)


def end_session(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Revoke a session; what was captured stays on the device."""
    connection.execute(
        update(SigninSession)
        .where(_session.token_hash == token_hash, _session.revoked_at.is_(None))
        .values(revoked_at=now)
    )
