"""`rollbook demo`: a believable school to look at, with a roll due right now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from server import settings
from server.clock import SystemClock
from server.commands import console
from server.demo import run
from server.demo.build import PASSWORD, Moment
from server.demo.processes import DidNotStart, Stopped, free_port, stoppable
from server.demo.today import DueRoll


@click.command(
    short_help="A believable school to look at, with a roll due right now.",
    epilog="""\b
Examples:
  rollbook demo
  rollbook demo --fresh --port 9000""",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Begin with a new school; the old one is kept.")
@click.option("--no-jobs", is_flag=True, help="Start the server without the clockwork.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    envvar="ROLLBOOK_DEMO_DIR",
    show_envvar=True,
    help="Where its database and files are.",
)
def demo(port: int, fresh: bool, no_jobs: bool, folder: Path) -> None:
    """Make Alder Creek School, start server and clockwork, and say who may sign in.

    600 students, 40 staff, seven periods, and a roll due right now, wherever and whenever you are.
    The first start takes some seconds, the next go on with what is there. It answers on this
    machine only, and its passwords are for it alone. Ctrl-C stops it.
    """
    try:
        with stoppable(), run.alone_in(folder):
            _run(folder, port, fresh=fresh, with_jobs=not no_jobs)
    except Stopped:
        console.say("\nStopped. The school is kept; `rollbook demo` goes on with it.")
    except run.AlreadyRunning:
        raise console.NotNow(f"A demo runs in {folder} already. Stop it, or say --dir.") from None
    except DidNotStart as failure:
        raise console.NotNow(str(failure)) from failure


def _run(folder: Path, wanted: int, *, fresh: bool, with_jobs: bool) -> None:
    port = free_port(wanted)
    if port != wanted:
        console.say(f"Port {wanted} is taken; this is on {port}.")
    environment = run.demo_settings(folder, port)
    chosen = settings.from_environment(environment)
    with console.progress() as advance:
        now = SystemClock().now()
        moment = run.prepare(folder, chosen, now, advance, console.say, fresh=fresh)
    children = run.start(folder, environment, with_jobs=with_jobs)
    try:
        now = SystemClock().now()
        _welcome(chosen.public_url, moment, run.what_is_due(chosen, now), now)
        children.watch()
    finally:
        children.end()


def _welcome(url: str, moment: Moment, due: list[DueRoll], now: datetime) -> None:
    console.say(f"\nAlder Creek School is at {url}\n")
    rows = [(one.username, PASSWORD, one.who, f"{url}{one.where}") for one in run.VISITORS]
    console.table("", "username", "password", "who", "page", rows=rows)
    console.say("Every other teacher has the same password.\n")
    clock = moment.local(now).strftime("%A, %H:%M")
    console.say(f"At the school it is {clock} ({moment.zone}).")
    console.say(_due(moment, due))
    console.say("Ctrl-C stops it; `rollbook demo` goes on with it, `--fresh` begins anew.")


def _due(moment: Moment, due: list[DueRoll]) -> str:
    if not due:
        return "Every roll of the day has been taken or is past; --fresh makes a new day."
    first = next((one for one in due if one.username == "ruiz"), due[0])
    by = moment.local(first.due_at).strftime("%H:%M")
    others = f" {len(due) - 1} others are due too." if len(due) > 1 else ""
    return f"Due now: {first.title} of {first.teacher} ({first.username}), by {by}.{others}"
