"""Gives people who may sign in a first password, or a new one; it is told once and kept hashed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, func, insert, select, update

from schemas.words import Role
from server import passwords
from server.db import reading, writing
from server.models import Account, SigninSession, Staff
from server.services.unsubscribe import end_of_account

# No letters that are mistaken for another when read aloud or from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4
AT_ONCE = 20

_account, _staff = Account.__table__.c, Staff.__table__.c


@dataclass(frozen=True, slots=True)
class Issued:
    """A password as it is told, once."""

    username: str
    name: str
    password: str


class NoSuchAccount(Exception):
    """Nobody signs in with this name."""


def new_password() -> str:
    """Twelve letters and digits, 59 bits, in groups that can be read aloud."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def issue_password(
    engine: Engine, username: str, now: datetime, password: str | None = None
) -> Issued:
    """A new password for somebody; their sessions end. Raises NoSuchAccount."""
    chosen = password or new_password()
    hashed = passwords.hash_password(chosen)
    with writing(engine) as connection:
        person = _find(connection, username.strip().casefold())
        account_id = person.account_id or _open_account(connection, person.username, now)
        _set(connection, [(account_id, hashed)])
        connection.execute(
            update(SigninSession)
            .where(SigninSession.account_id == account_id, SigninSession.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        end_of_account(connection, account_id, now)
    return Issued(person.username, person.display_name, chosen)


def issue_missing(
    engine: Engine, now: datetime, school_id: UUID | None = None, password: str | None = None
) -> Iterator[Issued]:
    """A first password for each active member of staff who has none, as they are hashed.

    `password` is for a demo: everybody gets the same.
    """
    with reading(engine) as connection:
        without = _without_password(connection, school_id)
    shared = password and passwords.hash_password(password)
    for start in range(0, len(without), AT_ONCE):
        batch = [
            (person, chosen, shared or passwords.hash_password(chosen))
            for person in without[start : start + AT_ONCE]
            for chosen in [password or new_password()]
        ]
        with writing(engine) as connection:
            hashed = [
                (person.account_id or _open_account(connection, person.username, now), secret)
                for person, _, secret in batch
            ]
            _set(connection, hashed)
        for person, chosen, _ in batch:
            yield Issued(person.username, person.display_name, chosen)


def _find(connection: Connection, username: str) -> Any:
    """The account with this name, or somebody of the staff who has none yet."""
    account = connection.execute(
        select(
            _account.account_id, _account.username, _account.username.label("display_name")
        ).where(_account.username == username)
    ).first()
    staff = connection.execute(
        select(
            _staff.account_id, func.lower(_staff.username).label("username"), _staff.display_name
        ).where(func.lower(_staff.username) == username, _staff.active)
    ).first()
    if account is None and staff is None:
        raise NoSuchAccount(username)
    return staff if account is None or (staff and staff.account_id) else account


def _without_password(connection: Connection, school_id: UUID | None) -> Sequence[Any]:
    """Active staff without a password, each username once."""
    query = (
        select(
            func.lower(_staff.username).label("username"),
            func.min(_staff.display_name).label("display_name"),
            _account.account_id,
        )
        .join_from(
            Staff.__table__,
            Account.__table__,
            _account.username == func.lower(_staff.username),
            isouter=True,
        )
        .where(
            _staff.active,
            _staff.role != Role.SUBSTITUTE,  # who comes on a day pass has no password
            _account.password_hash.is_(None),
        )
        .group_by(func.lower(_staff.username), _account.account_id)
        .order_by(func.lower(_staff.username))
    )
    if school_id is not None:
        query = query.where(_staff.school_id == school_id)
    return connection.execute(query).all()


def _open_account(connection: Connection, username: str, now: datetime) -> UUID:
    """A sign-in for a username of the staff, tied to everything that person is."""
    account_id = uuid4()
    connection.execute(
        insert(Account).values(account_id=account_id, username=username, created_at=now)
    )
    connection.execute(
        update(Staff)
        .where(func.lower(Staff.username) == username, Staff.account_id.is_(None))
        .values(account_id=account_id)
    )
    return account_id


def _set(connection: Connection, hashed: Sequence[tuple[UUID, str]]) -> None:
    for account_id, password_hash in hashed:
        connection.execute(
            update(Account)
            .where(Account.account_id == account_id)
            .values(password_hash=password_hash)
        )
