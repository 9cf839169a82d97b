"""P7: a log line holds ids, never a name, a query value or what somebody typed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from schemas.api import OPERATIONS
from server.db import reading
from server.logs import FIELDS, JsonLines
from server.models import School, Section, Staff, Student
from tests.server.frame.conftest import OURS, Office
from tests.server.frame.probe import SESSIONS, ask
from tests.support import cast


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that any logger of the process writes, as it would stand on stderr."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)


def _secrets(office: Office) -> set[str]:
    """Every name in the database, and what people type."""
    wanted = (
        Student.given_name,
        Student.family_name,
        Staff.display_name,
        Staff.username,
        School.name,
        Section.course,
    )
    with reading(office.engine) as connection:
        found = {
            str(value)
            for column in wanted
            for value in connection.execute(select(column)).scalars()
        }
    return found | {cast.PASSWORD, "Amara Abara", "hunter2"}


def test_P7_no_name_reaches_the_log_whatever_is_asked(
    office: Office, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (office.cast.ruiz, office.cast.lind):
        browser = office.signed_in(person)
        for operation in OPERATIONS.values():
            asks = office.signed_in(person) if operation.name in SESSIONS else browser
            ask(asks, operation, office.cast)
        browser.get("/api/v1/me?student=Amara+Abara")
        browser.get("/Amara Abara.html")
        browser.sign_in(person, "hunter2", device_label="Tablet of Amara Abara")
    monkeypatch.setattr("server.blueprints.signin.places_of", _stumble)
    office.signed_in(office.cast.moss).get("/api/v1/me")
    lines = written.getvalue()
    assert '"event": "failed"' in lines
    assert {name for name in _secrets(office) if name in lines} == set()


def _stumble(*_: Any) -> None:
    raise ValueError("Amara Abara") from KeyError("hunter2")


def test_every_request_is_one_line_of_json_with_the_routes_template(
    office: Office, written: io.StringIO
) -> None:
    browser = office.signed_in(office.cast.ruiz)
    written.truncate(0)
    written.seek(0)
    browser.get("/api/v1/me?x=\r\n\x1b[31m", headers=OURS)
    [line] = [json.loads(line) for line in written.getvalue().splitlines()]
    assert line["event"] == "request"
    assert line["route"] == "/api/v1/me"
    assert line["staff_id"] == str(office.cast.ruiz.staff_id)
    assert set(line) <= {"at", "level", "event", *FIELDS}
    assert line["at"].endswith("Z")


def test_what_a_library_logs_is_told_by_its_template(written: io.StringIO) -> None:
    logging.getLogger("library").warning("cannot find %s", "Amara Abara")
    assert json.loads(written.getvalue())["event"] == "cannot find %s"
    assert "Amara" not in written.getvalue()
