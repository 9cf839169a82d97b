"""I3 across roster imports: what they change about rolls reaches a tablet by the feed alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from server.app import create_app
from server.db import reading, writing
from server.models import Account, CaptureGrant, School, SigninSession, Staff, table_of
from server.settings import Settings
from tests.fleet.invariants import compare
from tests.fleet.tablet import Store, Tablet, Watch
from tests.fleet.wire import Carry, InProcess, talk
from tests.rosters.files import MONDAY, Office, birch, birch_week, office
from tests.support.cast import SetClock

pytestmark = pytest.mark.fleet
NEXT_YEAR = MONDAY + timedelta(days=300)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A school whose roster and timetable were imported."""
    url = f"sqlite:///{tmp_path / 'school.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").new_database()
    made = office(url, tmp_path)
    made.roster(birch())
    made.schedule(birch_week())
    yield made
    made.engine.dispose()


def signed_in(desk: Office, clock: SetClock) -> Tablet:
    """Ruiz's tablet."""
    school, staff = table_of(School).c, table_of(Staff).c
    with reading(desk.engine) as connection:
        school_id = connection.execute(select(school.school_id)).scalar_one()
        staff_id = connection.execute(
            select(staff.staff_id).where(staff.username == "ruiz")
        ).scalar_one()
    device, account, grant = uuid4(), uuid4(), uuid4()
    person: dict[str, Any] = {"school_id": school_id, "staff_id": staff_id, "device_id": device}
    with writing(desk.engine) as connection:
        connection.execute(
            insert(table_of(Account)),
            {"account_id": account, "username": "r", "password_hash": "-", "created_at": MONDAY},
        )
        connection.execute(
            insert(table_of(CaptureGrant)),
            person | {"grant_id": grant, "created_at": MONDAY, "until_at": NEXT_YEAR},
        )
        connection.execute(
            insert(table_of(SigninSession)),
            person
            | {
                "token_hash": hashlib.sha256(b"token").digest(),
                "account_id": account,
                "created_at": MONDAY,
                "last_seen_at": NEXT_YEAR,
                "expires_at": NEXT_YEAR,
            },
        )
    store = Store(str(device), str(school_id), "token", str(grant))
    return Tablet("ruiz", store, clock, Watch(), Random(1))


def took(tablet: Tablet, carry: Carry) -> None:
    """The roll of the first day, with everybody present."""
    roll = min(tablet.store.mirror.rolls.values(), key=lambda one: str(one["on"]))
    students = tablet.store.mirror.sections[roll["section_id"]]["students"]
    marks = [{"student_id": one["student_id"], "presence": "present"} for one in students]
    tablet.make(roll["roll_id"], marks)
    assert talk(tablet.sync(), carry) == "done"


def test_W1_I3_a_student_who_leaves_or_comes_changes_the_rolls_on_every_tablet(
    desk: Office,
) -> None:
    clock = SetClock(MONDAY)
    app = create_app(Settings(database_url=desk.engine.url.render_as_string(False)), clock)
    carry, tablet = InProcess(app), signed_in(desk, clock)
    closing = app.extensions["sqlalchemy"]
    assert talk(tablet.pull(), carry) == "done"
    took(tablet, carry)
    began = tablet.store.mirror.began
    for students in (29, 33, 30):
        clock.forward(hours=1)
        desk.roster(birch(students=students), now=clock.now(), allow_withdrawals=9)
        assert talk(tablet.pull(), carry) == "done"
        fresh = Tablet("ruiz", tablet.image(), clock, Watch(), Random(1))
        fresh.store.wants_bootstrap = True
        assert talk(fresh.pull(), carry) == "done"
        compare(tablet, fresh)
    assert tablet.store.mirror.began == began, "a new bootstrap would show nothing"
    with app.app_context():
        closing.engine.dispose()
