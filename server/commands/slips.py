"""`rollbook slips`: the keys that sign the front desk's slips."""

from __future__ import annotations

from datetime import datetime

import click

from server.clock import SystemClock
from server.columns import spell
from server.commands import console, schema
from server.commands.accounts import find_school
from server.services.slip_keys import list_slip_keys, rotate_slip_key


@click.group(short_help="The keys that sign the front desk's slips.")
def slips() -> None:
    """Look after the keys that sign the front desk's slips.

    A school gets its first key by itself. They lie in the database, so a backup has them.
    """


@slips.command(
    epilog="""\b
Example:
  rollbook slips keys --school Birch"""
)
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def keys(school: str | None, as_json: bool) -> None:
    """List a school's keys, the newest first."""
    engine = schema.open_record(console.read_settings())
    rows = [
        (str(one.key_id), spell(one.created_at), _when(one.retired_at), _when(one.withdrawn_at))
        for one in list_slip_keys(engine, find_school(engine, school))
    ]
    columns = ("key", "made", "retired", "withdrawn")
    if as_json:
        console.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif rows:
        console.table("", *columns, rows=rows)
    else:
        console.say("There is no key yet: the first slip makes one.")


@slips.command(
    "rotate-key",
    epilog="""\b
Examples:
  rollbook slips rotate-key
  rollbook slips rotate-key --withdraw      the old one got into the wrong hands""",
)
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
@click.option(
    "--withdraw", is_flag=True, help="What the old keys signed counts no more: print slips again."
)
def rotate_key(school: str | None, *, withdraw: bool) -> None:
    """Make a new key; slips of the old one count until their day is over.

    Tablets hear of it at their next contact; one that reaches nobody goes on with the keys it has.
    """
    engine = schema.open_record(console.read_settings())
    school_id = find_school(engine, school)
    key_id = rotate_slip_key(engine, school_id, SystemClock().now(), withdraw=withdraw)
    console.say(f"The new key is {key_id}. Tablets take it up at their next contact.")
    if withdraw:
        console.say("What the old keys signed counts no more. Print today's slips again.")


def _when(at: datetime | None) -> str:
    return "" if at is None else spell(at)
