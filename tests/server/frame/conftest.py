"""The cast in a fresh SQLite file, and browsers that people sign in with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from server.app import create_app
from server.blueprints import pages
from server.clock import SetClock
from server.db import open_engine, reading
from server.models import Base, db
from server.settings import Settings
from tests.support import auditors, cast, guests
from tests.support.networks import ALONE

OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Browser:
    """Somebody's browser; its requests carry what a browser adds by itself."""

    client: FlaskClient
    person: cast.Person | None = None

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, body: Any, **more: Any) -> TestResponse:
        headers = {**OURS, **more.pop("headers", {})}
        return self.client.post(path, json=body, headers=headers, **more)

    def sign_in(
        self,
        person: cast.Person,
        password: str = cast.PASSWORD,
        *,
        device_id: UUID | None = None,
        address: str = "203.0.113.7",
        **more: Any,
    ) -> TestResponse:
        self.person = person
        body = {
            "username": person.username,
            "password": password,
            "device_id": str(device_id or person.device_id),
            **more,
        }
        return self.post("/api/v1/sign-in", body, environ_base={"REMOTE_ADDR": address})

    def code(self, path: str = "/api/v1/me") -> str:
        """The code of the problem that a GET answers with."""
        return str(self.get(path).get_json()["code"])


@dataclass
class Office:
    """The server with the cast in it, its clock and its database."""

    app: Flask
    clock: SetClock
    engine: Engine
    cast: cast.Cast

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def signed_in(self, person: cast.Person) -> Browser:
        browser = self.browser()
        assert browser.sign_in(person).status_code == 200
        return browser

    def known(self, who: str) -> Browser:
        """One of the cast by name, signed in; or nobody."""
        if who == "guest":
            return self.redeemed()
        if who == "auditor":
            return self.signed_in(auditors.VALE)
        return self.browser() if who == "nobody" else self.signed_in(getattr(self.cast, who))

    def redeemed(self) -> Browser:
        """The guest on her tablet, with the pass for 8A on Tuesday."""
        browser = self.browser()
        body = {"code": guests.GUEST.code, "device_id": str(guests.GUEST.device_id)}
        assert browser.post("/api/v1/pass", body).status_code == 200
        return browser

    def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables, for showing that nothing changed."""
        with reading(self.engine) as connection:
            return {
                name: sorted(map(repr, connection.execute(select(table)).all()))
                for name, table in Base.metadata.tables.items()
            }


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the cast in it, to copy."""
    path = tmp_path_factory.mktemp("frame") / "cast.db"
    engine = open_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    cast.settle(engine)
    guests.settle(engine)
    auditors.settle(engine)
    engine.dispose()
    return path


@pytest.fixture
def built(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that look as if they were built."""
    folder = tmp_path_factory.mktemp("dist")
    for name in (
        "index.html",
        "office/index.html",
        "sw.js",
        "manifest.webmanifest",
        "assets/a-1234.js",
        "assets/a-1234.js.map",
        ".vite/manifest.json",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"/* {name} */", encoding="utf-8")
    monkeypatch.setattr(pages, "PLACES", (folder,))


@pytest.fixture(scope="module")
def standing_office(settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One server for all tests of a file: for matrices, whose tests leave it as it was."""
    path = tmp_path_factory.mktemp("standing") / "rollbook.db"
    office = _start(settled, path, {})
    yield office
    office.engine.dispose()


@pytest.fixture(scope="module")
def signed_in(standing_office: Office) -> Callable[[str], Browser]:
    """The browser of one of the cast at the standing server, signed in once; or nobody's."""

    @cache
    def browser(who: str) -> Browser:
        return standing_office.known(who)

    return browser


def _start(settled: Path, path: Path, chosen: dict[str, Any]) -> Office:
    shutil.copy(settled, path)
    clock = SetClock(cast.MORNING)
    app = create_app(Settings(database_url=f"sqlite:///{path}", **chosen), clock, ALONE)
    with app.app_context():
        return Office(app, clock, db.engine, cast.gather())


@pytest.fixture
def open_office(settled: Path, tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Start a server with settings of the test's choice."""
    opened: list[Office] = []

    def start(**chosen: Any) -> Office:
        office = _start(settled, tmp_path / f"rollbook-{len(opened)}.db", chosen)
        opened.append(office)
        return office

    yield start
    for office in opened:
        office.engine.dispose()


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """A server on http://127.0.0.1:8000 with the cast in it."""
    return open_office()
