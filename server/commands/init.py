"""`rollbook init`: the tables, and the first person who may sign in."""

from __future__ import annotations

import click

from server.clock import SystemClock
from server.commands import console, rehear, schema
from server.services.add_staff import FIRST, place_first_administrator
from server.services.issue_passwords import issue_password
from server.services.migrate import migrate, sqlite_file
from server.services.vapid import give_vapid_key


@click.command(
    epilog="""\b
Example:
  ROLLBOOK_DATABASE_URL=postgresql:///rollbook rollbook init"""
)
def init() -> None:
    """Bring the database up to date, make the key for pushes and the first administrator.

    Run it once on an empty database, and on PostgreSQL after every upgrade; running it again does
    no harm. The first time it prints the password of `administrator`: this once, so keep it.
    """
    settings = console.read_settings()
    migrate(settings)
    rehear.hear_what_waits(settings)
    engine = schema.open_for_command(settings)
    now = SystemClock().now()
    give_vapid_key(engine, now)
    made, _ = place_first_administrator(engine, now)
    file = sqlite_file(settings)
    console.say(f"The database is up to date{f': {file.resolve()}' if file else ''}.")
    if made:
        issued = issue_password(engine, FIRST, now)
        console.say(f"First administrator: {issued.username}   password: {issued.password}")
        console.say("It is not shown again. `rollbook accounts issue administrator` makes another.")
        console.say("Next: `rollbook import roster FILE.zip`, which brings the first school.")
