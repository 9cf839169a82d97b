"""`rollbook jobs`: what is done by the clock."""

from __future__ import annotations

import click
from sqlalchemy import Engine

from server import logs
from server.clock import SystemClock
from server.commands import console, schema
from server.jobs import clockwork
from server.mail.smtp import mailer_of
from server.push.addresses import Network
from server.services.deliver import Post
from server.services.web_push import sender_of
from server.settings import Settings


@click.command(
    short_help="Do by the clock what has to be done.",
    epilog="""\b
Example, from cron instead of a process of its own; reminders are then as late as cron is:
  */5 * * * *  rollbook jobs --once""",
)
@click.option("--once", is_flag=True, help="Do what is due now and end.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print what was done as JSON.")
def jobs(once: bool, as_json: bool) -> None:
    """Lay out coming rolls, remind of missing ones, forget stale sign-ins, in the foreground.

    Holds no state: it may be stopped at any time, run twice at once, or run late; each job finds
    out from the database what there is to do.
    """
    settings = console.read_settings()
    engine = schema.open_record(settings)
    todo = clockwork.jobs_of(_post(engine, settings))
    if not once:
        logs.to_stderr(settings.log_level)
        clockwork.tick(engine, SystemClock(), todo)
        return
    done = clockwork.run_once(engine, SystemClock(), todo)
    if as_json:
        console.say_json(done)
    for name, count in () if as_json else done.items():
        console.say(f"{name}: {count}")


def _post(engine: Engine, settings: Settings) -> Post:
    """How messages leave, as the settings say."""
    sender = sender_of(engine, settings, Network())
    return Post(sender, settings.public_url, mailer_of(settings.smtp_url, settings.mail_from))
