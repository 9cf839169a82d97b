"""`rollbook pack`: whose codes and numbers a school uses, and what it adds to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from server.clock import SystemClock
from server.commands import console, schema
from server.commands.accounts import find_school
from server.packs import shipped
from server.services.change_pack import NotSound, add_codes, choose_pack, show_pack

school_option = click.option(
    "--school", help="Where, if there are several: name, or its id in the roster."
)


@click.group(short_help="Choose a school's rule pack, or add codes to it.")
def pack() -> None:
    """Choose whose codes and numbers a school uses, and add codes of its own.

    Reasons for absence, what they mean in law, who may set them and how often: docs/rule-packs.md.
    """


@pack.command()
@school_option
def show(school: str | None) -> None:
    """Show the pack that a school uses, and its codes."""
    engine = schema.open_record(console.read_settings())
    used = show_pack(engine, find_school(engine, school))
    console.say(f"{used.label['en']} ({used.name}, {used.version})")
    rows = [
        (
            one.code,
            one.label["en"],
            str(one.valid_from or ""),
            str(one.valid_to or ""),
            "the school's" if one in used.own else "",
        )
        for one in used.all_codes()
    ]
    console.table("", "code", "means", "from", "until", "", rows=rows)


@pack.command(
    epilog="""\b
Example:
  rollbook pack choose california_lausd --profile lausd"""
)
@click.argument("name", type=click.Choice(shipped()))
@click.option("--profile", help="Which reading of the pack's numbers; its first if left out.")
@school_option
def choose(name: str, profile: str | None, school: str | None) -> None:
    """Use the pack NAME from now on; refused where marks would lose what they mean."""
    engine = schema.open_record(console.read_settings())
    try:
        used = choose_pack(engine, find_school(engine, school), name, profile, SystemClock().now())
    except NotSound as no:
        raise console.BadInput(*no.args) from no
    console.say(f"The school uses {used.label['en']} ({used.name}) from now on.")


@pack.command(
    epilog="""\b
Example:
  rollbook pack add own-codes.json"""
)
@click.argument("file", type=click.Path(path_type=Path))
@school_option
def add(file: Path, school: str | None) -> None:
    """Add the codes of FILE, a JSON list as in a pack, to what a school uses.

    Each begins today or later, so that older marks keep their meaning; all of them or none.
    """
    engine = schema.open_record(console.read_settings())
    school_id = find_school(engine, school)
    try:
        added = add_codes(engine, school_id, _read(file), SystemClock().now())
    except NotSound as no:
        raise console.BadInput(*no.args) from no
    listed = ", ".join(f"{one.code} from {one.valid_from}" for one in added)
    console.say(f"Added: {listed}.")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise console.BadInput(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise console.BadInput(f"{file} is not JSON: {error}.") from error
