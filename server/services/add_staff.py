"""Adds people who work at a school and are on no roster: the office, administrators, guests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, func, insert, select, update

from schemas.words import Role
from server.db import writing
from server.models import Account, School, Staff
from server.roster.tables import OWN
from sync.identity import imported

# Ids of people who were added by hand; a roster neither brings nor withdraws them.
BY_HAND = OWN
FIRST = "administrator"


class NameTaken(Exception):
    """Somebody else signs in, or works at the school, with this name."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Who is to be added; the username in small letters is what they type."""

    username: str
    given_name: str
    family_name: str
    role: Role
    room: str | None = None
    extension: str | None = None


def add_staff(engine: Engine, school_id: UUID, person: NewStaff, now: datetime) -> UUID:
    """Somebody at a school, with a sign-in that has no password yet. Raises NameTaken."""
    with writing(engine) as connection:
        taken = connection.execute(
            select(Staff.staff_id).where(
                Staff.school_id == school_id, func.lower(Staff.username) == person.username
            )
        ).first()
        if taken is not None:
            raise NameTaken(person.username)
        return _insert(connection, school_id, person, now)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside who takes rolls on a day pass."""

    given_name: str
    family_name: str


def add_guest(connection: Connection, school_id: UUID, guest: Guest, now: datetime) -> UUID:
    """A guest among the staff, so that the record can name her; with no password and no class."""
    username = f"guest-{uuid4().hex[:12]}"
    person = NewStaff(username, guest.given_name, guest.family_name, Role.SUBSTITUTE)
    return _insert(connection, school_id, person, now)


def account_of_staff(
    connection: Connection, school_id: UUID, staff_id: UUID, now: datetime
) -> UUID | None:
    """The account of somebody who works at the school, opened where there is none yet; None where
    nobody does."""
    here = (Staff.school_id == school_id) & (Staff.staff_id == staff_id)
    row = connection.execute(
        select(Staff.account_id, func.lower(Staff.username).label("username")).where(
            here, Staff.active
        )
    ).first()
    if row is None or row.account_id is not None:
        return None if row is None else row.account_id
    account_id = _account_of(connection, row.username) or _open_account(
        connection, row.username, now
    )
    connection.execute(update(Staff).where(here).values(account_id=account_id))
    return account_id


def place_first_administrator(engine: Engine, now: datetime) -> tuple[bool, int]:
    """The sign-in that everything begins with, as administrator of every school there is.

    Answers whether it was made just now, and at how many schools it was placed.
    """
    person = NewStaff(FIRST, "", "Administrator", Role.ADMINISTRATOR)
    with writing(engine) as connection:
        made = _account_of(connection, FIRST) is None
        if made:
            _open_account(connection, FIRST, now)
        sourced_id = f"{BY_HAND}{FIRST}"
        placed = select(Staff.school_id).where(Staff.sourced_id == sourced_id)
        without = connection.execute(
            select(School.school_id).where(School.active, School.school_id.not_in(placed))
        ).scalars()
        schools = list(without)
        for school_id in schools:
            _insert(connection, school_id, person, now)
    return made, len(schools)


def _insert(connection: Connection, school_id: UUID, person: NewStaff, now: datetime) -> UUID:
    sourced_id = f"{BY_HAND}{person.username}"
    staff_id = imported("staff", f"{school_id}/{sourced_id}")
    account_id = _account_of(connection, person.username)
    connection.execute(
        insert(Staff).values(
            school_id=school_id,
            staff_id=staff_id,
            sourced_id=sourced_id,
            given_name=person.given_name,
            family_name=person.family_name,
            display_name=f"{person.given_name[:1]}. {person.family_name}".removeprefix(". "),
            username=person.username,
            role=person.role,
            room=person.room,
            extension=person.extension,
            active=True,
            account_id=account_id or _open_account(connection, person.username, now),
        )
    )
    return staff_id


def _account_of(connection: Connection, username: str) -> UUID | None:
    return connection.execute(
        select(Account.account_id).where(Account.username == username)
    ).scalar()


def _open_account(connection: Connection, username: str, now: datetime) -> UUID:
    account_id = uuid4()
    connection.execute(
        insert(Account).values(account_id=account_id, username=username, created_at=now)
    )
    return account_id
