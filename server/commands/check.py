"""`rollbook check`: is the record what the log says?"""

from __future__ import annotations

from dataclasses import asdict

import click

from server.commands import console, schema
from server.commands.console import Exit
from server.services.check import Checked
from server.services.check import check as check_schools

SHOWN = 100


@click.command(
    short_help="Refold every roll from the log and report any difference.",
    epilog="""\b
Examples:
  rollbook check
  rollbook check --repair

\b
Exit codes:
  0  everything is as the log says, or was repaired
  1  something differs
  3  the database cannot be asked now""",
)
@click.option("--repair", is_flag=True, help="Write what differs anew from the log.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(*, repair: bool, as_json: bool) -> None:
    """Refold every roll from the log and report any difference.

    The log is the truth; rolls, marks and exceptions are computed from it. Ops that do not match
    their own hash are reported and cannot be repaired: restore a backup, tablets send the rest.
    The server may go on running.
    """
    engine = schema.open_record(console.read_settings())
    schools = []
    with console.progress(quiet=as_json) as advance:
        for found in check_schools(engine, repair=repair):
            schools.append(found)
            advance(f"Checking {found.name}", 1, 1)
    if as_json:
        console.say_json([asdict(found) for found in schools])
    else:
        _print(schools)
    differ = any(found.differences for found in schools)
    if differ and repair:
        differ = any(found.differences for found in check_schools(engine))
        if not as_json:
            console.say("Something cannot be repaired." if differ else "All of it was repaired.")
    raise click.exceptions.Exit(Exit.FOUND if differ else Exit.OK)


def _print(schools: list[Checked]) -> None:
    for found in schools:
        counted = f"{found.rolls} rolls refolded from {found.ops} ops"
        wrong = len(found.differences)
        console.say(f"{found.name}: {counted}, {wrong or 'no'} differences.")
        rows = [(str(one.roll_id or ""), one.what) for one in found.differences[:SHOWN]]
        console.table("", "roll", "what differs", rows=rows)
        if wrong > SHOWN:
            console.say(f"… and {wrong - SHOWN} more; --json lists all.")
    if not schools:
        console.say("There is no school yet.")
