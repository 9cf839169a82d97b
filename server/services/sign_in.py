"""Signs a person in on a device: checks, remembers the device, gives leave to record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import IntegrityError

from schemas.words import Role
from server import passwords
from server.db import reading, writing
from server.models import Account, CaptureGrant, School, SchoolSync, Staff
from server.problems import Problem, busy
from server.services import sign_in_limit
from server.services.begin import Browser, Person, Place, Session, begin_session, remember_device
from server.services.grant import Holder, recover_grants, renew_grant
from server.services.rehear import hear_again
from server.settings import Settings

_account = Account.__table__.c
_staff = Staff.__table__.c
_grant = CaptureGrant.__table__.c


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who wants to sign in sent, and from where."""

    username: str
    password: str = field(repr=False)
    school_id: UUID | None
    browser: Browser
    grants: Sequence[UUID] = ()


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
        _still_proven(connection, account)
        _keep_hash_fresh(connection, account, asked.password)
        places = places_of(connection, account.account_id)
        place = choose(places, asked.school_id)
        device_token = remember_device(connection, place.school_id, asked.browser, now)
        holder = Holder(place.school_id, place.staff_id, asked.browser.device_id)
        recovered = recover_grants(connection, holder, asked.grants, now)
        grant = renew_grant(connection, holder, now)
        expires_at = now + lifetime(place.role, settings)
        person = Person(account.account_id, place.school_id, place.staff_id, expires_at)
        token = begin_session(connection, person, asked.browser, now)
    if recovered:
        hear_again(engine, place.school_id, grants=recovered, now=now)
    return Session(token, device_token, expires_at, account.username, place, places, grant)


def _authenticate(engine: Engine, asked: Asked, now: datetime) -> Proven:
    """The account whose password this is. Counts a failure."""
    username = asked.username.strip().casefold()
    with reading(engine) as connection:
        account = _find_account(connection, username)
        known = (
            asked.browser.device_id
            if _is_known(connection, account, asked.browser.device_id)
            else None
        )
        keys = sign_in_limit.keys_of(username, asked.browser.address, known)
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


def find_place(connection: Connection, school_id: UUID, staff_id: UUID) -> tuple[Place, Known]:
    """What somebody of a school is there, and the account; for who begins without a password.
    Raises Problem `wrong_code` where they work there no more."""
    row = connection.execute(
        select(_account.account_id, _account.username, _account.password_hash)
        .join(Staff.__table__, _staff.account_id == _account.account_id)
        .where(
            _staff.school_id == school_id,
            _staff.staff_id == staff_id,
            _account.disabled_at.is_(None),
        )
    ).first()
    places = [] if row is None else places_of(connection, row.account_id)
    for place in places:
        if place.staff_id == staff_id and row is not None:
            return place, Known(*row)
    raise Problem("wrong_code")


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


def _still_proven(connection: Connection, account: Known) -> None:
    """The account waits with its revocation until this is done. Raises Problem if it came first."""
    row = connection.execute(
        select(_account.password_hash, _account.disabled_at)
        .where(_account.account_id == account.account_id)
        .with_for_update()
    ).one()
    if row.password_hash != account.password_hash or row.disabled_at is not None:
        raise Problem("wrong_password")


def _keep_hash_fresh(connection: Connection, account: Known, password: str) -> None:
    if account.password_hash and passwords.is_outdated(account.password_hash):
        connection.execute(
            update(Account)
            .where(_account.account_id == account.account_id)
            .values(password_hash=passwords.hash_password(password))
        )


def lifetime(role: Role, settings: Settings) -> timedelta:
    """A teacher's tablet stays signed in for long; whoever reads a whole school, for a day."""
    if role is Role.TEACHER:
        return timedelta(days=settings.session_days)
    return timedelta(hours=settings.office_session_hours)
