"""A tablet for tests: signs in, makes ops, pushes and pulls, over the app's own HTTP.

tablet = school.tablet(cast.ruiz)            # signed in
op = tablet.op(cast.eight_a, absent=[3])     # by place in the class
(result,) = tablet.push(op)
tablet.pull()                                # changes since the last pull
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, Table, event, select, update
from werkzeug.test import TestResponse

from server.app import create_app
from server.columns import spell
from server.db import open_engine, reading, writing
from server.migrations import upgrade
from server.models import CaptureGrant, SigninSession, db, table_of
from server.push.addresses import Network
from server.settings import Settings
from tests.support import cast as the_cast
from tests.support.networks import ALONE

OURS = {"Sec-Fetch-Site": "same-origin"}
Tree = dict[str, Any]


def uuid7(at: datetime) -> UUID:
    """An op's id as a tablet makes it."""
    bits = int(at.timestamp() * 1000) << 80 | 7 << 76 | secrets.randbits(12) << 64
    return UUID(int=bits | 2 << 62 | secrets.randbits(62))


@dataclass
class School:
    """The server with the cast in it, and its clock."""

    app: Flask
    engine: Engine
    clock: the_cast.SetClock
    cast: the_cast.Cast

    def tablet(self, person: the_cast.Person, device_id: UUID | None = None) -> Tablet:
        """A tablet that this person is signed in on."""
        tablet = Tablet(self, person, self.app.test_client(), device_id or person.device_id)
        tablet.enter()
        return tablet

    def rows(self, table: Table, **where: Any) -> list[Any]:
        """What a table holds."""
        query = select(table).where(*[table.c[name] == value for name, value in where.items()])
        with reading(self.engine) as connection:
            return list(connection.execute(query).all())

    def change(self, table: Table, values: Tree, **where: Any) -> None:
        """Change rows as an import would, without its care."""
        query = update(table).where(*[table.c[name] == value for name, value in where.items()])
        with writing(self.engine) as connection:
            connection.execute(query.values(values))


@dataclass
class Tablet:
    """One browser with one person signed in."""

    school: School
    person: the_cast.Person
    client: FlaskClient
    device_id: UUID
    grant: str = ""
    epoch: str | None = None
    cursor: str = ""
    scope: str = ""
    seen: list[Tree] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where this person's school lies."""
        return f"/api/v1/schools/{self.person.school_id}"

    def enter(self) -> None:
        """Be signed in without typing the password, which takes its time on purpose."""
        token = secrets.token_urlsafe(32)
        session = {
            "token_hash": hashlib.sha256(token.encode()).digest(),
            "account_id": the_cast.named("account", self.person.username),
            "school_id": self.person.school_id,
            "staff_id": self.person.staff_id,
            "device_id": self.device_id,
            "created_at": self.school.clock.now(),
            "last_seen_at": self.school.clock.now(),
            "expires_at": the_cast.NEXT_SUMMER,
        }
        with writing(self.school.engine) as connection:
            connection.execute(table_of(SigninSession).insert(), session)
            self.grant = str(self._leave(connection))
        self.client.set_cookie("rollbook", token)

    def _leave(self, connection: Connection) -> UUID:
        """The leave to record that came with this device."""
        if self.device_id == self.person.device_id:
            return self.person.grant_id
        grant = {
            "school_id": self.person.school_id,
            "grant_id": uuid4(),
            "staff_id": self.person.staff_id,
            "device_id": self.device_id,
            "created_at": self.school.clock.now(),
            "until_at": the_cast.NEXT_SUMMER,
        }
        connection.execute(table_of(CaptureGrant).insert(), grant)
        return cast("UUID", grant["grant_id"])

    def sign_in(self) -> None:
        """Sign in with the password; brings the leave to record."""
        body = {
            "username": self.person.username,
            "password": self.person.password,
            "device_id": str(self.device_id),
        }
        answer = self.client.post("/api/v1/sign-in", json=body, headers=OURS)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self.grant = answer.get_json()["grant"]["grant_id"]

    def op(
        self,
        one: the_cast.Class,
        absent: Collection[int] = (),
        *,
        on: date = the_cast.TUESDAY,
        taken_at: datetime | None = None,
        parents: Collection[str] = (),
        **more: Any,
    ) -> Tree:
        """A roll of a whole class; `absent` are places in it."""
        now = self.school.clock.now()
        taken_at = taken_at or now
        marks: list[Tree] = [
            {"student_id": str(student), "presence": "absent" if n in absent else "present"}
            for n, student in enumerate(one.students)
        ]
        for mark in marks if parents else ():
            mark["parents"] = list(parents)
        clock = {
            "offset_ms": 0,
            "uncertainty_ms": 90,
            "server_seen_at": spell(taken_at - timedelta(minutes=2)),
            "suspect": False,
        }
        op: Tree = {
            "id": str(uuid7(now)),
            "v": 1,
            "kind": "submit",
            "roll_id": str(one.roll(on)),
            "grant": self.grant,
            "roster_rev": 1,
            "taken_at": spell(taken_at),
            "clock": clock,
            "marks": marks,
        }
        return op | more

    def batch(self, *ops: Any) -> Tree:
        """A push's body."""
        return {
            "protocol": 1,
            "app": "test",
            "device_id": str(self.device_id),
            "epoch": self.epoch,
            "client_time": spell(self.school.clock.now()),
            "ops": list(ops),
        }

    def send(self, *ops: Any) -> TestResponse:
        """Push a batch; the whole answer."""
        return self.post("ops", self.batch(*ops))

    def push(self, *ops: Any) -> list[Tree]:
        """Push a batch; an answer each."""
        answer = self.send(*ops)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told = answer.get_json()
        self.epoch = told["epoch"]
        results: list[Tree] = told["results"]
        return results

    def post(self, where: str, body: Any, **headers: str) -> TestResponse:
        """POST JSON, as our own page would."""
        return self.client.post(
            f"{self.path}/{where}",
            data=body if isinstance(body, bytes) else json.dumps(body),
            headers={**OURS, "Content-Type": "application/json", **headers},
        )

    def get(self, where: str) -> Tree:
        """GET something of the school that must be there."""
        answer = self.client.get(f"{self.path}/{where}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told: Tree = answer.get_json()
        return told

    def bootstrap(self) -> Tree:
        """Begin with nothing."""
        told = self.get("bootstrap")
        self.epoch, self.cursor, self.scope = told["epoch"], told["cursor"], told["scope"]
        return told

    def pull(self, limit: int = 200) -> list[Tree]:
        """All changes since the last pull, page by page."""
        news: list[Tree] = []
        more = True
        while more:
            page = self.get(f"changes?since={self.cursor}&limit={limit}")
            news += page["changes"]
            self.cursor, more = page["cursor"], page["more"]
        self.seen += news
        return news

    def roll(self, one: the_cast.Class, on: date = the_cast.TUESDAY) -> Tree:
        """A roll as its history shows it."""
        told: Tree = self.get(f"rolls/{one.roll(on)}")["roll"]
        return told


def presences(roll: Tree) -> dict[str, str | None]:
    """Who stands as what."""
    return {mark["student_id"]: mark["presence"] for mark in roll["marks"]}


def open_school(
    url: str, at: datetime = the_cast.MORNING, network: Network = ALONE, **chosen: Any
) -> School:
    """The app on a database that the cast is in; no push service is reached unless one is given."""
    clock = the_cast.SetClock(at)
    app = create_app(Settings(database_url=url, **chosen), clock, network)
    with app.app_context():
        engine = db.engine
    return School(app, engine, clock, the_cast.gather())


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    told: list[str] = []

    def note(*said: Any) -> None:
        told.append(said[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


def prepare(url: str) -> str:
    """Make tables and cast in an empty database, and let go of it: a template to copy."""
    engine = open_engine(url)
    upgrade(engine)
    the_cast.settle(engine)
    engine.dispose()
    return url
