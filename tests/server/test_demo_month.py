"""A month of the demo school is closed, exported, and comes out of the log again as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update

from server.app import create_app
from server.cli import cli
from server.clock import SetClock
from server.db import reading, writing
from server.demo.build import PASSWORD, Moment, build, find_school, first_moment
from server.demo.school import DemoSchool
from server.models import MarkException, RollRow, db, table_of
from server.settings import Settings
from tests.support.api import OURS

ROLLS, EXCEPTIONS = table_of(RollRow), table_of(MarkException)
LAST_EVENING = datetime(2026, 12, 1, 0, 41, tzinfo=UTC)  # November 30, 16:41 in Los Angeles
NEXT_MORNING = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
NOVEMBER = "from=2026-11-01&to=2026-11-30"
EXPORTS = (
    f"attendance/months.csv?{NOVEMBER}",
    f"attendance/students.csv?{NOVEMBER}",
    "audit.csv?from=2026-11-17",
    "edfi?edfi_school_id=1964733&from=2026-11-17&to=2026-11-20",
)


KEPT = {"5A", "6A", "7A", "8A", "8B"}


class FewClasses(Moment):
    """The demo with a quarter of its classes: a month of them is quickly relived."""

    @property
    def school(self) -> DemoSchool:
        whole = super().school
        students = tuple(one for one in whole.students if one.group in KEPT)
        sections = tuple(one for one in whole.sections if one.group in KEPT)
        return DemoSchool(whole.staff, students, sections)


class Office:
    """The principal at the office's browser."""

    def __init__(self, client: FlaskClient, engine: Engine) -> None:
        self.client, self.engine = client, engine
        self.path = f"/api/v1/schools/{find_school(engine)}"
        sent = {"username": "ostrowski", "password": PASSWORD, "device_id": str(uuid4())}
        assert client.post("/api/v1/sign-in", json=sent, headers=OURS).status_code == 200

    def close_november(self) -> Any:
        asked = {"span": "month", "act": "close", "first_on": "2026-11-01"}
        answer = self.client.post(f"{self.path}/closings", json=asked, headers=OURS)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def exported(self) -> list[bytes]:
        answers = [self.client.get(f"{self.path}/{one}") for one in EXPORTS]
        assert [answer.status_code for answer in answers] == [200] * len(EXPORTS)
        return [answer.get_data() for answer in answers]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", settings.database_url)
    found = first_moment(LAST_EVENING, None)
    moment = FewClasses(found.zone, found.on, found.slots, found.eight_a)
    build(tmp_path, settings, moment, LAST_EVENING, lambda *_: None, days_back=29)
    app = create_app(settings, SetClock(NEXT_MORNING))
    with app.app_context():
        engine = db.engine
    yield Office(app.test_client(), engine)
    engine.dispose()


def check(*words: str, ends: int = 0) -> str:
    done = CliRunner().invoke(cli, ["check", *words])
    assert done.exit_code == ends, done.output
    return done.output


def test_E3_C11_a_closed_month_of_the_demo_school_comes_out_of_its_log_as_it_was_exported(
    office: Office,
) -> None:
    told = office.close_november()
    assert told["month_closed"]
    assert len(told["days"]) > 15
    assert all(one["closed"] for one in told["days"])
    exported = office.exported()
    (november, _) = csv.DictReader(io.StringIO(exported[0].decode("utf-8-sig")))
    assert int(november["Days taught"]) == len(told["days"])
    assert "no differences" in check()

    # One absence that was made a lateness behind the log's back.
    absent = select(EXCEPTIONS.c.roll_id, EXCEPTIONS.c.num).where(EXCEPTIONS.c.presence == "absent")
    with writing(office.engine) as connection:
        roll_id, num = connection.execute(absent.limit(1)).one()
        here = (EXCEPTIONS.c.roll_id == roll_id, EXCEPTIONS.c.num == num)
        connection.execute(update(EXCEPTIONS).where(*here).values(presence="late"))
    found = check(ends=1)
    assert re.findall(r"[1-9]\d* differences", found) == ["1 differences"], found
    assert f"{roll_id}" in found

    # What is kept beside the log is lost or wrong: it is found, and the log gives it again.
    with reading(office.engine) as connection:
        taken = connection.execute(select(func.count()).where(ROLLS.c.marks.is_not(None))).scalar()
    assert taken is not None
    assert taken > 300
    with writing(office.engine) as connection:
        connection.execute(EXCEPTIONS.delete())
        connection.execute(update(ROLLS).values(marks=None, timeliness=None))
    found = check(ends=1)
    assert "marks differs" in found
    assert "exceptions differ" in found
    assert office.exported() != exported
    assert "repaired" in check("--repair")
    assert "no differences" in check()
    assert office.exported() == exported
