"""The server of a simulation: one file, one app, a clock that is told; it dies, and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, insert, select, update

from server.app import create_app
from server.db import WRITE, reading, writing
from server.models import (
    CaptureGrant,
    Enrollment,
    OpEntry,
    RollRow,
    SchoolSync,
    Section,
    SigninSession,
    db,
    table_of,
)
from server.services import backup
from server.services.rehear import hear_again
from server.settings import Settings
from tests.fleet import people
from tests.fleet.wire import Answer, Ask, InProcess
from tests.support import cast as the_cast
from tests.support.api import School

OPS, ROLLS, SYNC = table_of(OpEntry), table_of(RollRow), table_of(SchoolSync)
SECTIONS, ENROLLMENTS, GRANTS = table_of(Section), table_of(Enrollment), table_of(CaptureGrant)

SESSIONS = table_of(SigninSession)


class Killed(BaseException):
    """The server's process is gone, in the middle of something."""


class World:
    """The school's machine and its disk."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.template, self.folder = template, folder
        self.path = folder / "school.sqlite"
        shutil.copy(template, self.path)
        self.clock = the_cast.SetClock(the_cast.local(the_cast.WEDNESDAY, 8, 3))
        self.cast = the_cast.gather()
        self.die_at: str | None = None
        """Where the process will die: at its next `commit`, or after one and before the `reply`."""
        self.dead = self.serving = False
        self.kills = self.restarts = self.requests = 0
        self.backups: list[Path] = []
        self.left: dict[UUID, date] = {}
        """Students of 8A who left, and their last day."""
        self.start()

    # --- the process

    def start(self) -> None:
        """A fresh process on the disk as it is."""
        app = create_app(Settings(database_url=f"sqlite:///{self.path}"), self.clock)
        with app.app_context():
            engine = db.engine
        event.listen(engine, "commit", self._die)
        self.school = School(app, engine, self.clock, self.cast)
        self.transport = InProcess(app)
        self.up = True

    def stop(self) -> None:
        """The process ends; the file is closed."""
        self.school.engine.dispose()
        self.up = False

    def restart(self) -> None:
        """Down and up again."""
        self.stop()
        self.start()
        self.restarts += 1

    def _die(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE)
        if self.serving and writes and self.die_at == "commit":
            self.die_at, self.dead = None, True
            raise Killed

    def serve(self, ask: Ask) -> Answer | None:
        """Answer a request; None when the process is down or dies over it."""
        if not self.up:
            return None
        self.requests += 1
        self.serving = True
        try:
            answer = self.transport(ask)
        except Killed:
            answer = None
        finally:
            self.serving = False
        if self.die_at == "reply" and ask.method == "POST":
            self.die_at, self.dead, answer = None, True, None
        if self.dead:
            self.dead = False
            self.kills += 1
            self.restart()
        return answer

    def beside(self) -> World:
        """Another server of the same school, to which nothing was sent yet."""
        folder = self.folder / "beside"
        folder.mkdir(exist_ok=True)
        other = World(self.template, folder)
        known = {row.grant_id for row in other.school.rows(GRANTS)}
        later = [row for row in self.school.rows(GRANTS) if row.grant_id not in known]
        with writing(other.school.engine) as connection:
            for row in later:
                connection.execute(insert(GRANTS), {**row._mapping, "revoked_at": None})
        return other

    def set_clock(self, at: datetime) -> None:
        """Set the server's clock."""
        self.clock.set(at)

    def person(self, username: str) -> the_cast.Person:
        """One of the cast."""
        return next(one for one in self.cast.people if one.username == username)

    # --- the disk

    def back_up(self) -> None:
        """As `rollbook backup`."""
        target = self.folder / f"backup-{len(self.backups)}.sqlite"
        backup.back_up(self.school.engine, target, self.clock.now())
        self.backups.append(target)

    def put_back(self, number: int) -> set[str]:
        """As `rollbook restore`; the ids of the ops that went with it."""
        before = {str(row.op_id) for row in self.log()}
        self.stop()
        moment = self.clock.now() + timedelta(seconds=self.restarts)
        backup.restore(f"sqlite:///{self.path}", self.backups[number], moment)
        self.start()
        self.restarts += 1
        self._as_left()
        return before - {str(row.op_id) for row in self.log()}

    def _as_left(self) -> None:
        """A backup brings back an old roster; the next import brings the present one."""
        for student in self.cast.eight_a.students:
            self._set_last_day(student, self.left.get(student))

    def log(self) -> list[Any]:
        """The log, in its order."""
        with reading(self.school.engine) as connection:
            return list(connection.execute(select(OPS).order_by(OPS.c.school_id, OPS.c.seq)))

    # --- what the office and the district do

    def leave(self, student: UUID, last_day: date | None) -> None:
        """A student leaves 8A (or comes back), as an import records it."""
        if last_day is None:
            self.left.pop(student, None)
        else:
            self.left[student] = last_day
        self._set_last_day(student, last_day)

    def _set_last_day(self, student: UUID, last_day: date | None) -> None:
        people.set_last_day(self.school.engine, self.cast.eight_a, student, last_day)
        hear_again(self.school.engine, self.cast.birch, now=self.clock.now())

    def end_session(self, token: str) -> None:
        """Somebody signs out elsewhere, or the session has lasted its time."""
        people.end_session(self.school.engine, token, self.clock.now())

    def revoke(self, grant_ids: Iterable[UUID]) -> None:
        """The leave to record ends now."""
        people.revoke(self.school.engine, grant_ids, self.clock.now())

    def forget_receipts(self) -> None:
        """As if nothing had been received yet: the next instant of receipt may be any."""
        with writing(self.school.engine) as connection:
            connection.execute(update(SYNC).values(received_at=None))

    def enrolled(self, one: the_cast.Class, on: date) -> frozenset[UUID]:
        """Who is on a class's roster on a date."""
        return frozenset(s for s in one.students if self.left.get(s, on) >= on)
