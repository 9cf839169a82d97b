"""`rollbook rehear`: what is held is judged again, by what the school knows now."""

from __future__ import annotations

import logging

import click

from server.clock import SystemClock
from server.commands import console, schema
from server.db import DATABASE_ERRORS, Unavailable, open_engine
from server.services.rehear import hear_everywhere
from server.settings import Settings

log = logging.getLogger("rollbook")


@click.command(
    short_help="Judge what is held again, by what is known now.",
    epilog="""\b
Example:
  rollbook rehear""",
)
@click.option("--json", "as_json", is_flag=True, help="Print how many were taken in as JSON.")
def rehear(*, as_json: bool) -> None:
    """Judge what is held again, by what the school knows now.

    Rolls that were held because their class, roster, sign-in or app was unknown are taken in as
    soon as it is known: after an import and whenever the server starts this happens by itself.
    What waits for a person waits on. Running it twice does no harm.
    """
    engine = schema.open_record(console.read_settings())
    accepted = hear_everywhere(engine, SystemClock().now())
    if as_json:
        console.say_json({"accepted": accepted})
    else:
        console.say(f"Held ops that are on the record now: {accepted}.")


def hear_what_waits(settings: Settings) -> None:
    """The same at the start of a version that may understand more. A start never fails by it."""
    engine = open_engine(settings.database_url, pool_size=2)
    try:
        hear_everywhere(engine, SystemClock().now())
    except (Unavailable, *DATABASE_ERRORS) as away:
        log.warning("held_ops_wait_on", extra={"facts": {"why": type(away).__name__}})
    finally:
        engine.dispose()
