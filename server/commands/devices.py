"""`rollbook devices`: the tablets of a school, and whose leave is withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from server.clock import SystemClock
from server.columns import spell
from server.commands import console, schema
from server.commands.accounts import find_school
from server.problems import Problem
from server.services.devices import list_devices
from server.services.revoke import By, allow_device, revoke_device


@click.group(short_help="List tablets; withdraw a lost one's leave.")
def devices() -> None:
    """List the tablets that signed in at a school, withdraw a lost one's leave, take it back.

    What a tablet took before still counts, whenever it arrives; what it takes afterwards waits for
    the office. At its next contact it delivers what it has and forgets all students.
    """


@devices.command("list")
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(school: str | None, as_json: bool) -> None:
    """List the tablets, the last seen first, and who is on them."""
    engine = schema.open_record(console.read_settings())
    found = list_devices(engine, find_school(engine, school))
    rows = [_line(one) for one in found]
    columns = ("device", "label", "last seen", "withdrawn", "people")
    if as_json:
        console.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        console.table("", *columns, rows=rows)


def _line(one: dict[str, Any]) -> tuple[str, ...]:
    people = ", ".join(who["name"] for who in one["people"] if who["revoked_at"] is None)
    return (
        str(one["device_id"]),
        one["label"] or "",
        _when(one["last_seen_at"]),
        _when(one["revoked_at"]),
        people,
    )


def _when(at: datetime | None) -> str:
    return "" if at is None else spell(at)


@devices.command(
    epilog="""\b
Example:
  rollbook devices revoke 5f0c1c1e-6d0b-4a3e-9c39-0a1f9f3f2a77 --why "Left in the bus" """
)
@click.argument("device", type=click.UUID)
@click.option("--why", required=True, help="Kept with the act.")
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
def revoke(device: UUID, why: str, school: str | None) -> None:
    """Withdraw a tablet's leave: whoever is signed in on it is no longer."""
    engine = schema.open_record(console.read_settings())
    school_id = find_school(engine, school)
    try:
        revoke_device(engine, school_id, device, By(None, why), SystemClock().now())
    except Problem:
        raise _unknown() from None
    console.say("Its leave is withdrawn. What it took before still counts.")


@devices.command()
@click.argument("device", type=click.UUID)
@click.option("--why", default="", help="Kept with the act.")
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
def allow(device: UUID, why: str, school: str | None) -> None:
    """Take a tablet back: people may sign in on it again."""
    engine = schema.open_record(console.read_settings())
    school_id = find_school(engine, school)
    try:
        was = allow_device(engine, school_id, device, By(None, why), SystemClock().now())
    except Problem:
        raise _unknown() from None
    console.say("People may sign in on it again." if was else "Its leave was never withdrawn.")


def _unknown() -> console.BadInput:
    return console.BadInput("No tablet of this school has this id. See `rollbook devices list`.")
