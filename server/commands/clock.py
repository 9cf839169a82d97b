"""`rollbook clock`: what the machine's clock has done to the instants of receipt, and the cure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click
from sqlalchemy import Engine

from server.clock import SystemClock
from server.columns import spell
from server.commands import console, schema
from server.commands.accounts import find_school
from server.services.put_right import Ahead, find_ahead, put_right


@click.group(short_help="After the machine's clock was wrong: look, and put it right.")
def clock() -> None:
    """Look whether a school received anything at an instant that has not come; put that right.

    That is so after the machine's clock was ahead. Rolls are taken in all the same, but until that
    instant comes all of them seem to be received at it.
    """


@clock.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(*, as_json: bool) -> None:
    """Show the machine's time, and the schools that are ahead of it."""
    engine, now = schema.open_record(console.read_settings()), SystemClock().now()
    ahead = find_ahead(engine, now)
    if as_json:
        schools = [{"school": one.name, "last_receipt": spell(one.last_receipt)} for one in ahead]
        console.say_json({"clock": spell(now), "ahead": schools})
        return
    console.say(f"This machine's clock says {_words(now)}.")
    for one in ahead:
        console.say(f"{one.name} has received something at {_words(one.last_receipt)}.")
    if not ahead:
        console.say("No school has received anything later than that.")


@clock.command(
    "put-right",
    epilog="""\b
Examples:
  rollbook clock put-right --why "The clock chip's battery was empty"
  rollbook clock put-right --why "The clock chip's battery was empty" --yes""",
)
@click.option("--why", required=True, help="Kept with the act.")
@click.option("--school", help="Only this one: name, or its id in the roster.")
@click.option("--yes", is_flag=True, help="Do it; without it the command says what it would do.")
def put_right_(why: str, school: str | None, *, yes: bool) -> None:
    """Let the instants of receipt begin again at the present.

    Set the machine's clock right first. Nothing that was acknowledged changes, nor the time it says
    it was received at. Whoever signed in while the clock was ahead signs in again; tablets deliver
    what they hold all the same.
    """
    engine, now = schema.open_record(console.read_settings()), SystemClock().now()
    ahead = _chosen(engine, find_ahead(engine, now), school)
    console.say(f"This machine's clock says {_words(now)}.")
    for one in ahead:
        done = yes and put_right(engine, one.school_id, why, now)
        said = "receives at its own time again" if done else "would receive at its own time again"
        console.say(f"{one.name} was at {_words(one.last_receipt)}, and {said}.")
    if not ahead:
        console.say(
            "No school has received anything later than that: there is nothing to put right."
        )
    elif not yes:
        console.say("Nothing was changed. If this time is right, run it again with --yes.")


def _chosen(engine: Engine, ahead: list[Ahead], school: str | None) -> list[Ahead]:
    if school is None:
        return ahead
    school_id: UUID = find_school(engine, school)
    return [one for one in ahead if one.school_id == school_id]


def _words(at: datetime) -> str:
    return f"{at:%A, %B} {at.day}, {at:%Y, %H:%M} UTC"
