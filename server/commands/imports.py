"""`rollbook import`: rosters and timetables from files, with every problem told and its cure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from server.clock import SystemClock
from server.commands import console, schema
from server.commands.console import Exit
from server.roster.outcome import LAST_WORDS, Ending, Outcome
from server.roster.records import Mode
from server.services.add_staff import place_first_administrator
from server.services.import_roster import RosterOptions, import_roster
from server.services.import_schedule import ScheduleOptions, import_schedule

EXITS = """\b
Exit codes:
  0  imported, or nothing to change; with --dry-run: it can be imported
  1  imported without the rows that were at fault (--skip-bad-rows)
  2  nothing was imported: see the errors"""

dry_run = click.option("--dry-run", is_flag=True, help="Only say what would change.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
encoding = click.option(
    "--encoding", default="utf-8", show_default=True, help="cp1252 if it comes from Windows."
)


@click.group("import", short_help="Bring in a roster, or bells, calendar and meetings.")
def import_() -> None:
    """Bring in a roster, or the bells, the calendar and when sections meet.

    An import is one transaction: all of it or nothing. The same files twice change nothing.
    """


@import_.command(
    epilog=f"""\b
Examples:
  rollbook import roster roster.zip --dry-run
  rollbook import roster roster.zip --zone America/Los_Angeles

{EXITS}"""
)
@click.argument("file", type=click.Path(path_type=Path))
@dry_run
@click.option("--zone", help="The time zone of schools that are new here: America/Los_Angeles.")
@click.option("--skip-bad-rows", is_flag=True, help="Import the rest when rows are at fault.")
@click.option(
    "--allow-withdrawals",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Let a bulk file withdraw up to N students; many are usually a broken export.",
)
@click.option(
    "--mode",
    type=click.Choice([Mode.BULK.value, Mode.DELTA.value]),
    help="Whether it holds everything or only changes, if its manifest is wrong.",
)
@click.option(
    "--dates", type=click.Choice(["mdy", "dmy"]), help="How 8/9/2025 is meant, if it is unclear."
)
@encoding
@as_json
def roster(
    *,
    file: Path,
    dry_run: bool,
    zone: str | None,
    skip_bad_rows: bool,
    allow_withdrawals: int,
    mode: str | None,
    dates: str | None,
    encoding: str,
    as_json: bool,
) -> None:
    """Import FILE, a OneRoster 1.1 or 1.2 zip (or a folder of its CSV files), bulk or delta."""
    options = RosterOptions(
        zone=zone,
        dry_run=dry_run,
        skip_bad_rows=skip_bad_rows,
        allow_withdrawals=allow_withdrawals,
        mode=Mode(mode) if mode else None,
        dates=dates,
        encoding=encoding,
    )
    engine = schema.open_record(console.read_settings())
    now = SystemClock().now()
    with console.progress(quiet=as_json) as advance:
        outcome = import_roster(engine, file, now, options, advance)
    if outcome.ending is Ending.IMPORTED:
        place_first_administrator(engine, now)
    _tell(outcome, as_json=as_json)


@import_.command(
    epilog=f"""\b
Examples:
  rollbook import schedule schedule/ --dry-run
  rollbook import schedule schedule.zip --since 2026-08-17

{EXITS}"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@dry_run
@click.option("--skip-bad-rows", is_flag=True, help="Import the rest when rows are at fault.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first date to lay rolls out for; a week ago if left out.",
)
@click.option(
    "--dates", type=click.Choice(["mdy", "dmy"]), help="How 8/9/2025 is meant, if it is unclear."
)
@encoding
@as_json
def schedule(
    *,
    folder: Path,
    dry_run: bool,
    skip_bad_rows: bool,
    since: datetime | None,
    dates: str | None,
    encoding: str,
    as_json: bool,
) -> None:
    """Import DIR, a folder (or zip) of CSV files: bells, calendar, meetings, known absences.

    docs/schedule-csv.md says what is in them. Each file that is there replaces what its schools
    had of its kind; expected rolls are laid out anew, and rolls that were taken stay.
    """
    options = ScheduleOptions(
        dry_run=dry_run,
        skip_bad_rows=skip_bad_rows,
        since=since.date() if since else None,
        dates=dates,
        encoding=encoding,
    )
    engine = schema.open_record(console.read_settings())
    now = SystemClock().now()
    with console.progress(quiet=as_json) as advance:
        outcome = import_schedule(engine, folder, now, options, advance)
    _tell(outcome, as_json=as_json)


def _tell(outcome: Outcome, *, as_json: bool) -> None:
    """Print the outcome and end with its code."""
    if as_json:
        console.say_json(_as_tree(outcome))
    else:
        _print(outcome)
    code = Exit(outcome.exit_code)
    if code is Exit.OK and outcome.findings.errors:
        code = Exit.FOUND
    raise click.exceptions.Exit(code)


def _print(outcome: Outcome) -> None:
    findings = outcome.findings
    rows = [
        (
            found.severity.value,
            f"{found.file}:{found.line}" if found.line else found.file,
            found.column or "",
            found.found,
            f"{found.problem} → {found.cure}",
        )
        for found in findings.in_order()
    ]
    console.table("", "", "where", "column", "found", "what is wrong → what to do", rows=rows)
    for problem, more in findings.not_kept():
        console.say(f"… and {more} more of these: {problem}")
    if rows:
        console.say(f"{findings.told()}\n")
    _print_changes(outcome)
    leaving = sum(hold.leaving for hold in outcome.holds)
    console.say(LAST_WORDS[outcome.ending].format(leaving=leaving))


def _print_changes(outcome: Outcome) -> None:
    changes = [
        (one.school, one.kind, str(one.new), str(one.changed), str(one.withdrawn))
        for one in outcome.changes
    ]
    console.table("", "school", "kind", "new", "changed", "withdrawn", rows=changes)
    examples = [(one.what, one.kind, one.sourced_id, one.name) for one in outcome.examples]
    if outcome.ending in {Ending.PLANNED, Ending.HELD}:
        console.table("\nFor example:", "", "kind", "id", "name", rows=examples)
    for what, count in outcome.passed_over.items():
        console.say(f"Not read: {count} {what}.")
    for hold in outcome.holds:
        console.say(f"{hold.school}: {hold.leaving} of {hold.of} {hold.kind}s would be withdrawn.")
    if any(outcome.rolls.values()):
        counts = ", ".join(f"{count} {what}" for what, count in outcome.rolls.items())
        console.say(f"Rolls: {counts}.")


def _as_tree(outcome: Outcome) -> dict[str, object]:
    findings = outcome.findings
    return {
        "ending": outcome.ending,
        "errors": findings.errors,
        "warnings": findings.warnings,
        "findings": [asdict(found) for found in findings.in_order()],
        "not_kept": [{"problem": what, "more": more} for what, more in findings.not_kept()],
        "changes": [asdict(change) for change in outcome.changes],
        "examples": [asdict(example) for example in outcome.examples],
        "holds": [asdict(hold) for hold in outcome.holds],
        "passed_over": dict(outcome.passed_over),
        "rolls": outcome.rolls,
    }
