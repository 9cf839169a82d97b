"""`rollbook jobs`: what is done by the clock."""

from __future__ import annotations

import click

from server import logs
from server.clock import SystemClock
from server.commands import console, schema
from server.jobs import clockwork


@click.command(
    short_help="Do by the clock what has to be done.",
    epilog="""\b
Example, from cron instead of a process of its own:
  */15 * * * *  rollbook jobs --once""",
)
@click.option("--once", is_flag=True, help="Do what is due now and end.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print what was done as JSON.")
def jobs(once: bool, as_json: bool) -> None:
    """Lay out coming rolls and forget stale sign-ins, by the clock, in the foreground.

    Holds no state: it may be stopped at any time, run twice at once, or run late; each job finds
    out from the database what there is to do.
    """
    settings = console.read_settings()
    engine = schema.open_record(settings)
    if not once:
        logs.to_stderr(settings.log_level)
        clockwork.tick(engine, SystemClock())
        return
    done = clockwork.run_once(engine, SystemClock())
    if as_json:
        console.say_json(done)
    for name, count in () if as_json else done.items():
        console.say(f"{name}: {count}")
