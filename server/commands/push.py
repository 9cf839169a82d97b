"""`rollbook push`: the keys that sign pushes, and who is reached by them."""

from __future__ import annotations

from datetime import datetime

import click

from server.clock import SystemClock
from server.columns import spell
from server.commands import console, schema
from server.commands.accounts import find_school
from server.services.list_subscriptions import list_subscriptions
from server.services.vapid import list_vapid_keys, rotate_vapid_key, withdraw_vapid_keys


@click.group(short_help="The keys that sign pushes; which tablets they reach.")
def push() -> None:
    """Look after the keys that sign pushes, and see which tablets they reach.

    `rollbook init` makes the first key. They lie in the database, so a backup has them.
    """


@push.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def keys(as_json: bool) -> None:
    """List the keys, the newest first, and how many subscriptions each serves."""
    engine = schema.open_record(console.read_settings())
    rows = [
        (str(one.key_id), spell(one.created_at), _when(one.retired_at), str(one.subscriptions))
        for one in list_vapid_keys(engine)
    ]
    columns = ("key", "made", "retired", "subscriptions")
    if as_json:
        console.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif rows:
        console.table("", *columns, rows=rows)
    else:
        console.say("There is no key yet: `rollbook init` makes one.")


@push.command(
    "rotate-key",
    epilog="""\b
Examples:
  rollbook push rotate-key
  rollbook push rotate-key --withdraw      the old one got into the wrong hands""",
)
@click.option(
    "--withdraw", is_flag=True, help="End what the old keys serve, instead of letting it run on."
)
def rotate_key(withdraw: bool) -> None:
    """Make a new key; the old ones serve their subscriptions until tablets have moved on.

    A tablet notices at its next start and subscribes anew by itself.
    """
    engine = schema.open_record(console.read_settings())
    now = SystemClock().now()
    key_id = rotate_vapid_key(engine, now)
    console.say(f"The new key is {key_id}. Tablets take it up at their next start.")
    if withdraw:
        ended = withdraw_vapid_keys(engine, now)
        console.say(f"The old keys are withdrawn: {ended} subscriptions ended.")


@push.command("list")
@click.option("--school", help="Which, if there are several: name, or its id in the roster.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(school: str | None, as_json: bool) -> None:
    """List the tablets that are subscribed, and when each last took a push."""
    engine = schema.open_record(console.read_settings())
    found = list_subscriptions(engine, find_school(engine, school), SystemClock().now())
    rows = [
        (one.name, one.label or str(one.device_id), one.service, spell(one.created_at),
         _when(one.last_ok_at), str(one.failures))
        for one in found
    ]  # fmt: skip
    columns = ("name", "tablet", "service", "since", "last taken", "failures")
    if as_json:
        console.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif rows:
        console.table("", *columns, rows=rows)
    else:
        console.say("No tablet is subscribed.")


def _when(at: datetime | None) -> str:
    return "" if at is None else spell(at)
