"""`rollbook backup`, `restore` and `new-epoch`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from server.clock import SystemClock
from server.commands import console, schema
from server.services.backup import CannotRestore, SchoolCount, back_up
from server.services.backup import new_epoch as give_new_epoch
from server.services.backup import restore as put_back

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    short_help="Copy the running SQLite record to a file, and prove the copy.",
    epilog="""\b
Example:
  rollbook backup /backups/rollbook-$(date +%F).sqlite3""",
)
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the record to FILE while everything runs (SQLite).

    The copy is read back and refolded before it counts; from then on tablets may forget what was
    received before it. A file is never written over. PostgreSQL has pg_dump and pg_basebackup.
    """
    engine = schema.open_record(console.read_settings())
    try:
        made = back_up(engine, file, SystemClock().now())
    except CannotRestore as no:
        raise console.BadInput(str(no)) from no
    console.say(f"{made.path}: {made.bytes:,} bytes, read back and refolded.")
    _print(made.schools)


@click.command(
    short_help="Put a backup in the record's place, with a new epoch (SQLite).",
    epilog="""\b
Example:
  systemctl stop rollbook rollbook-jobs
  rollbook restore /backups/rollbook-2026-11-22.sqlite3
  systemctl start rollbook rollbook-jobs""",
)
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the record (SQLite); stop the server first.

    FILE is proven before anything is touched, and the record of before is kept aside. Every school
    gets a new epoch: tablets learn of it and send again what they hold of the last 21 days.
    """
    settings = console.read_settings()
    try:
        done = put_back(settings.database_url, file, SystemClock().now())
    except CannotRestore as no:
        raise console.BadInput(str(no)) from no
    _print(done.schools)
    if done.set_aside:
        console.say(f"The record of before is kept as {done.set_aside}.")
    console.say("Start the server. Tablets will send again what came after the backup.")


@click.command(
    "new-epoch",
    short_help="Say to all tablets that the record went back; after restoring PostgreSQL.",
    epilog="""\b
Example:
  pg_restore --clean -d rollbook rollbook.dump && rollbook new-epoch""",
)
def new_epoch() -> None:
    """Give every school a new epoch, after PostgreSQL was restored with its own tools.

    Run it before the server starts. Every tablet then sends again what it holds of the last 21
    days; sending too much does no harm. `rollbook restore` does this by itself.
    """
    count = give_new_epoch(schema.open_record(console.read_settings()))
    console.say(f"Every school has a new epoch ({count} in all).")


def _print(schools: Sequence[SchoolCount]) -> None:
    rows = [(one.name, f"{one.seq:,}", f"{one.ops:,}", f"{one.rolls_taken:,}") for one in schools]
    console.table("", "school", "seq", "ops", "rolls taken", rows=rows)
