"""`rollbook accounts`: who may sign in."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Engine, func, select

from schemas.words import Role
from server.clock import SystemClock
from server.commands import console, schema
from server.db import reading
from server.models import Account, School, Staff
from server.passwords import WITHDRAWN
from server.services.add_staff import NameTaken, NewStaff, add_staff
from server.services.issue_passwords import Issued, NoSuchAccount, issue_missing, issue_password
from server.services.revoke import By, revoke_person

# A substitute comes on a day pass, which the office issues.
ROLES = [role for role in Role if role is not Role.SUBSTITUTE]


@click.group(short_help="Give people passwords; add office and administrators.")
def accounts() -> None:
    """Give people passwords, and add office and administrators.

    A roster brings teachers and administrators with their usernames but never passwords. A
    password is printed once and kept as a hash only; issuing a new one ends the person's sessions.
    Rolls waiting on a tablet are not touched by any of this.
    """


@accounts.command(
    epilog="""\b
Examples:
  rollbook accounts issue ruiz
  rollbook accounts issue --all --csv passwords.csv"""
)
@click.argument("usernames", nargs=-1)
@click.option("--all", "everyone", is_flag=True, help="Everybody who has no password yet.")
@click.option("--school", help="With --all: only this school (name, or its id in the roster).")
@click.option(
    "--csv",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write them to a new file that only you may read, instead of the terminal.",
)
def issue(
    usernames: tuple[str, ...], everyone: bool, school: str | None, path: Path | None
) -> None:
    """Issue a first or a new password."""
    if bool(usernames) == everyone:
        raise console.BadInput("Name somebody, or say --all for everybody without a password.")
    engine = schema.open_record(console.read_settings())
    now = SystemClock().now()
    if everyone:
        school_id = find_school(engine, school) if school else None
        _tell(issue_missing(engine, now, school_id), path)
        return
    issued, unknown = [], []
    for username in usernames:
        try:
            issued.append(issue_password(engine, username, now))
        except NoSuchAccount:
            unknown.append(username)
    if issued:
        _tell(issued, path)
    if unknown:
        names = ", ".join(unknown)
        raise console.BadInput(f"Nobody signs in as {names}. See `rollbook accounts list`.")


@accounts.command(
    epilog="""\b
Example:
  rollbook accounts add lind --given Rosemary --family Lind --role office --extension 100"""
)
@click.argument("username")
@click.option("--given", "given_name", required=True, help="Given name.")
@click.option("--family", "family_name", required=True, help="Family name.")
@click.option("--role", type=click.Choice([role.value for role in ROLES]), required=True)
@click.option("--school", help="Where, if there are several: name, or its id in the roster.")
@click.option("--room", help="Where to find them.")
@click.option("--extension", help="Their telephone.")
def add(
    *,
    username: str,
    given_name: str,
    family_name: str,
    role: str,
    school: str | None,
    room: str | None,
    extension: str | None,
) -> None:
    """Add somebody who is on no roster, and issue their password."""
    engine = schema.open_record(console.read_settings())
    now = SystemClock().now()
    school_id = find_school(engine, school)
    name = username.strip().casefold()
    person = NewStaff(name, given_name, family_name, Role(role), room, extension)
    try:
        add_staff(engine, school_id, person, now)
    except NameTaken:
        raise console.BadInput(f"Somebody at this school is {name} already.") from None
    _tell([issue_password(engine, name, now)], None)


@accounts.command(
    epilog="""\b
Example:
  rollbook accounts revoke ruiz --why "Her password was on the blackboard\""""
)
@click.argument("username")
@click.option("--why", required=True, help="Kept with the act.")
@click.option("--school", help="Where, if there are several: name, or its id in the roster.")
def revoke(username: str, why: str, school: str | None) -> None:
    """Withdraw a person's leave and password: they are signed out on every tablet.

    What they took before still counts; `rollbook accounts issue` lets them sign in again.
    """
    engine = schema.open_record(console.read_settings())
    school_id = find_school(engine, school)
    query = select(Staff.staff_id).where(
        Staff.school_id == school_id, func.lower(Staff.username) == username.strip().casefold()
    )
    with reading(engine) as connection:
        staff_id = connection.execute(query).scalar()
    if staff_id is None:
        raise console.BadInput(
            f"Nobody at this school is {username}. See `rollbook accounts list`."
        )
    revoke_person(engine, school_id, staff_id, By(None, why), SystemClock().now())
    console.say("Their leave is withdrawn. What they took before still counts.")


@accounts.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool) -> None:
    """List who may sign in as what."""
    query = (
        select(Staff.username, Staff.display_name, Staff.role, School.name, Account.password_hash)
        .join_from(Staff, School, School.school_id == Staff.school_id)
        .join(Account, Account.account_id == Staff.account_id, isouter=True)
        .where(Staff.active, Staff.role != Role.SUBSTITUTE)
        .order_by(School.name, Staff.role, Staff.username)
    )
    with reading(schema.open_record(console.read_settings())) as connection:
        rows = [
            (row[0], row[1], row[2], row[3], _may_sign_in(row[4]))
            for row in connection.execute(query)
        ]
    columns = ("username", "name", "role", "school", "may sign in")
    if as_json:
        console.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        console.table("", *columns, rows=rows)


def _may_sign_in(password_hash: str | None) -> str:
    if password_hash == WITHDRAWN:
        return "withdrawn"
    return "yes" if password_hash else "no password yet"


def find_school(engine: Engine, text: str | None) -> UUID:
    """The school that is meant; the only one when none is named."""
    query = select(School.school_id, School.name, School.sourced_id).where(School.active)
    with reading(engine) as connection:
        schools = connection.execute(query.order_by(School.name)).all()
    meant = [row for row in schools if text is None or text in {row.name, row.sourced_id}]
    if len(meant) == 1:
        found: UUID = meant[0].school_id
        return found
    if not schools:
        raise console.BadInput("There is no school yet: `rollbook import roster` brings it.")
    names = [f"  {row.name} ({row.sourced_id})" for row in schools[:40]]
    raise console.BadInput("Say which school is meant, with --school:", *names)


def _tell(issued: Iterable[Issued], path: Path | None) -> None:
    """Print passwords, or write them where only the operator reads."""
    if path is None:
        rows = [(one.username, one.name, one.password) for one in issued]
        console.table("", "username", "name", "password", rows=rows)
        if not rows:
            console.say("Everybody has a password already.")
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise console.BadInput(f"{path} cannot be made: {error.strerror}.") from error
    with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("username", "name", "password"))
        count = 0
        for one in issued:
            writer.writerow((one.username, one.name, one.password))
            count += 1
    console.say(f"{count} passwords are in {path}. Hand them out and delete the file.")
