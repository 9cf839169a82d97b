"""The demo from beginning to end: the school as of now, its processes, who may sign in."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from server.db import open_engine
from server.demo.bells import Slot
from server.demo.build import Moment, build, find_school, first_moment
from server.demo.here import local_zone
from server.demo.processes import LOOPBACK, Children
from server.demo.today import DueRoll, due_rolls, go_on
from server.settings import Settings

Advance = Callable[[str, int, int], None]
Say = Callable[[str], None]
DATABASE = "rollbook.sqlite3"
STATE = "demo.json"
FORMAT = 1
"""Raised when a demo made before cannot be gone on with."""


class AlreadyRunning(Exception):
    """Another demo works in the same folder."""


@dataclass(frozen=True)
class Visitor:
    """Somebody to sign in as."""

    username: str
    who: str
    where: str


VISITORS = (
    Visitor("ruiz", "teaches Mathematics to 8A–8E in room 14", "/"),
    Visitor("okafor", "co-teaches 8A and 8C", "/"),
    Visitor("abernathy", "has homeroom 5A: one roll a day", "/"),
    Visitor("lind", "is the office", "/office/"),
    Visitor("ostrowski", "is an administrator", "/office/"),
)


def demo_settings(folder: Path, port: int) -> dict[str, str]:
    """The environment of the demo's processes: loopback only, and nothing of the real Rollbook."""
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith("ROLLBOOK_")
    }
    return outside | {
        "ROLLBOOK_DATABASE_URL": f"sqlite:///{folder.resolve() / DATABASE}",
        "ROLLBOOK_HOST": LOOPBACK,
        "ROLLBOOK_PORT": str(port),
        "ROLLBOOK_PUBLIC_URL": f"http://{LOOPBACK}:{port}",
    }


def prepare(
    folder: Path, settings: Settings, now: datetime, advance: Advance, say: Say, *, fresh: bool
) -> Moment:
    """The school as of now: gone on with on the same school date, else made anew."""
    before = read_state(folder)
    if before and not fresh and before.local(now).date() == before.on:
        say("Alder Creek School is there already; only its clock is brought up to date.")
        moment = go_on(folder, settings, before, now, advance)
        write_state(folder, moment)
        return moment
    lay_aside(folder, before, say)
    moment = first_moment(now, local_zone())
    build(folder, settings, moment, now, advance)
    write_state(folder, moment)
    return moment


def lay_aside(folder: Path, before: Moment | None, say: Say) -> None:
    """Keeps the database of an earlier date, or of another format, under another name."""
    (folder / STATE).unlink(missing_ok=True)
    database = folder / DATABASE
    if not database.exists():
        return
    name = before.on.isoformat() if before else "older"
    kept = next(
        path
        for count in range(1000)
        if not (path := folder / f"rollbook-{name}{f'-{count}' if count else ''}.sqlite3").exists()
    )
    for suffix in ("-wal", "-shm", ""):
        part = database.with_name(DATABASE + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    say(f"The school of before is kept as {kept}.")


def read_state(folder: Path) -> Moment | None:
    """What the last start left; None when there is nothing to go on with."""
    path = folder / STATE
    if not path.exists() or not (folder / DATABASE).exists():
        return None
    state = json.loads(path.read_text("utf-8"))
    if state["format"] != FORMAT:
        return None
    slots = tuple(Slot(**slot) for slot in state["slots"])
    return Moment(state["zone"], date.fromisoformat(state["on"]), slots, state["eight_a"])


def write_state(folder: Path, moment: Moment) -> None:
    """Leaves what the next start needs; a half-made school leaves nothing."""
    state = {
        "format": FORMAT,
        "zone": moment.zone,
        "on": moment.on.isoformat(),
        "eight_a": moment.eight_a,
        "slots": [asdict(slot) for slot in moment.slots],
    }
    path = folder / f"{STATE}.new"
    path.write_text(json.dumps(state, indent=1), "utf-8")
    path.replace(folder / STATE)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One demo a folder. Raises AlreadyRunning."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise AlreadyRunning(str(folder)) from taken
        yield


def start(folder: Path, environment: dict[str, str], *, with_jobs: bool) -> Children:
    """The server and the clockwork. Raises DidNotStart, with nothing left running."""
    children = Children(folder, environment)
    try:
        children.start("serve")
        if with_jobs:
            children.start("jobs")
        children.wait_until_ready(environment["ROLLBOOK_PUBLIC_URL"])
    except BaseException:
        children.end()
        raise
    return children


def what_is_due(settings: Settings, now: datetime) -> list[DueRoll]:
    """The rolls that are due at this instant."""
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        return due_rolls(engine, find_school(engine), now)
    finally:
        engine.dispose()
