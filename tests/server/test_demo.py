"""The demo: a school built by the real imports and the real push, and gone on with later."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select

from server.app import create_app
from server.clock import SetClock
from server.db import open_engine, reading
from server.demo import run
from server.demo.build import PASSWORD, Moment
from server.demo.history import tablet_id
from server.models import (
    CalendarDay,
    DayPass,
    Exemption,
    MarkException,
    OpEntry,
    RollRow,
    School,
    Section,
    Staff,
    StaffLeave,
    Student,
    db,
)
from server.services.contradictions import find_on
from server.services.seen_marks import taken_rolls
from server.settings import Settings
from sync.finding import FindingKind

# 16:41 in Los Angeles, 14:41 in Honolulu.
NOW = datetime(2026, 11, 24, 0, 41, tzinfo=UTC)


@dataclass
class Built:
    """A demo as one start left it."""

    folder: Path
    moment: Moment
    settings: Settings
    engine: Engine

    def ask(self, query: Any) -> list[Any]:
        with reading(self.engine) as connection:
            return list(connection.execute(query))


def settings_in(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder / run.DATABASE}")


def start(folder: Path, now: datetime, *, fresh: bool = False) -> Built:
    settings = settings_in(folder)
    moment = run.prepare(folder, settings, now, lambda *_: None, lambda _: None, fresh=fresh)
    return Built(folder, moment, settings, open_engine(settings.database_url))


@pytest.fixture(scope="module", autouse=True)
def in_no_place() -> Iterator[None]:
    """The machine does not say where it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "local_zone", lambda: None)
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    built = start(tmp_path_factory.mktemp("demo"), NOW)
    yield built
    built.engine.dispose()


@pytest.fixture
def kept(first: Built, tmp_path: Path) -> Path:
    """A folder in which the demo was started before."""
    first.engine.dispose()
    folder = tmp_path / "demo"
    shutil.copytree(first.folder, folder)
    return folder


def test_8a_of_ruiz_is_due_and_some_others_too(first: Built) -> None:
    due = run.what_is_due(first.settings, NOW)
    assert ("8A Mathematics", "ruiz") in {(one.title, one.username) for one in due}
    assert len(due) > 3
    assert all(one.starts_at <= NOW <= one.due_at for one in due)


def test_the_school_is_as_it_was_imported(first: Built) -> None:
    assert first.ask(select(func.count()).select_from(Student))[0][0] > 560
    assert first.ask(select(func.count()).select_from(Section)) == [(110,)]
    assert len(first.ask(select(Staff).where(Staff.active))) == 40
    single = first.ask(select(Student.given_name).where(Student.family_name == ""))
    assert single == [("Suharto",)]


def test_the_board_shows_every_state_of_a_roll(first: Built) -> None:
    rolls = first.ask(
        select(RollRow.state, RollRow.timeliness, RollRow.contested > 0).where(
            RollRow.starts_at < NOW, RollRow.expected
        )
    )
    assert {row[1] for row in rolls} >= {"on_time", "taken_on_time", "late"}
    assert any(row[0] == "not_taken" for row in rolls)
    assert any(row[2] for row in rolls)
    taken = sum(row[0] != "not_taken" for row in rolls)
    assert taken > 0.9 * len(rolls)


def test_the_marks_are_believable(first: Built) -> None:
    taken = first.ask(select(func.count()).where(RollRow.state != "not_taken"))[0][0]
    absent = first.ask(select(func.count()).where(MarkException.presence == "absent"))[0][0]
    assert 0.02 < absent / (taken * 30) < 0.09
    assert first.ask(select(func.count()).where(MarkException.presence == "late"))[0][0] > 10


def test_the_office_has_something_on_each_of_its_pages(first: Built) -> None:
    held = first.ask(select(OpEntry.reason).where(OpEntry.outcome == "held"))
    assert {reason for (reason,) in held} == {"unknown_roll", "not_enrolled"}
    differing = first.ask(select(RollRow.safety).where(RollRow.contested > 0))
    assert {safety > 0 for (safety,) in differing} == {True, False}
    (ruling,) = first.ask(select(OpEntry.roll_id).where(OpEntry.kind == "rule"))
    assert ruling
    ((redeemed_at, redeemed_on),) = first.ask(select(DayPass.redeemed_at, DayPass.redeemed_on))
    assert (redeemed_at, redeemed_on) == (NOW, tablet_id("spare"))
    ((state, timeliness),) = first.ask(
        select(RollRow.state, RollRow.timeliness).where(RollRow.countersign)
    )
    assert (state, timeliness) == ("submitted", "on_time")


def test_the_timetable_has_days_deadlines_and_exceptions_of_its_own(first: Built) -> None:
    schedules = first.ask(select(CalendarDay.schedule).distinct())
    assert {one for (one,) in schedules} >= {"Regular", "Minimum day", "Late start", "Today"}
    assert {why for (why,) in first.ask(select(Exemption.why))} == {
        "Assembly in the gym",
        "At the science museum",
    }
    excused = select(RollRow.void_note).where(RollRow.void_reason == "exempt")
    assert len(first.ask(excused)) > 10
    homeroom = select(RollRow.grace_min).where(RollRow.period == "HR").distinct()
    assert first.ask(homeroom) == [(5,)]
    assert len(first.ask(select(StaffLeave))) == 1


def test_nothing_was_received_in_the_future(first: Built) -> None:
    assert first.ask(select(RollRow.roll_id).where(RollRow.received_at > NOW)) == []


def test_everybody_who_is_named_can_sign_in(first: Built) -> None:
    app = create_app(first.settings, SetClock(NOW))
    with app.app_context():
        try:
            for visitor in run.VISITORS:
                sent = {
                    "username": visitor.username,
                    "password": PASSWORD,
                    "device_id": str(uuid4()),
                }
                answer = app.test_client().post(
                    "/api/v1/sign-in", json=sent, headers={"Sec-Fetch-Site": "same-origin"}
                )
                assert answer.status_code == 200, visitor.username
                assert answer.json is not None
                assert (answer.json["me"]["role"] == "teacher") == (visitor.where == "/")
        finally:
            db.engine.dispose()


def test_started_again_after_an_hour_it_keeps_the_rolls_and_has_one_due(kept: Path) -> None:
    before = start(kept, NOW + timedelta(minutes=2))
    taken = select(RollRow.roll_id, RollRow.taken_at).where(RollRow.state != "not_taken")
    had = set(before.ask(taken))
    before.engine.dispose()
    later = NOW + timedelta(minutes=70)
    again = start(kept, later)
    assert had <= set(again.ask(taken))
    assert "ruiz" in {one.username for one in run.what_is_due(again.settings, later)}
    again.engine.dispose()


def test_started_again_at_once_it_changes_nothing(kept: Path) -> None:
    before = start(kept, NOW)
    rows = select(RollRow.roll_id, RollRow.seq, RollRow.starts_at)
    had = set(before.ask(rows))
    before.engine.dispose()
    again = start(kept, NOW)
    assert set(again.ask(rows)) == had
    assert again.moment == before.moment
    again.engine.dispose()


def test_started_on_a_sunday_when_clocks_change_the_old_school_is_kept_and_a_roll_is_due(
    kept: Path,
) -> None:
    sunday = datetime(2027, 3, 14, 16, 20, tzinfo=UTC)
    again = start(kept, sunday)
    assert (kept / "rollbook-2026-11-23.sqlite3").exists()
    assert "ruiz" in {one.username for one in run.what_is_due(again.settings, sunday)}
    assert again.moment.on == date(2027, 3, 14)
    again.engine.dispose()


def test_a_school_that_was_left_half_made_is_not_gone_on_with(kept: Path) -> None:
    (kept / run.STATE).unlink()
    assert run.read_state(kept) is None
    run.lay_aside(kept, None, lambda _: None)
    assert (kept / "rollbook-older.sqlite3").exists()
    assert not (kept / run.DATABASE).exists()


def test_the_demo_answers_on_this_machine_only_and_forgets_the_real_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROLLBOOK_HOST", "0.0.0.0")  # noqa: S104 - what must not happen
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", "postgresql:///real")
    environment = run.demo_settings(tmp_path, 8000)
    assert environment["ROLLBOOK_HOST"] == "127.0.0.1"
    assert environment["ROLLBOOK_DATABASE_URL"].startswith("sqlite:///")


def test_only_one_demo_works_in_a_folder(tmp_path: Path) -> None:
    with run.alone_in(tmp_path), pytest.raises(run.AlreadyRunning), run.alone_in(tmp_path):
        pass


def test_the_radar_asks_little_of_a_school_in_which_everything_fits(first: Built) -> None:
    """Its false alarms: none after school; before the last bell some who went without signing out,
    two in a hundred rolls at most."""
    ((school_id, zone),) = first.ask(select(School.school_id, School.zone))
    taken = select(RollRow.on).where(RollRow.taken_at.is_not(None)).distinct()
    asked: list[str] = []
    rolls = 0
    with reading(first.engine) as connection:
        for on in connection.execute(taken).scalars().all():
            rows = taken_rolls(connection, school_id, on)
            rolls += len(rows)
            evening = max(row.ends_at for row in rows)
            assert find_on(connection, school_id, zone, rows, on, evening) == ()
            bell = max(row.starts_at for row in rows)
            asked += [one.kind for one in find_on(connection, school_id, zone, rows, on, bell)]
    assert rolls > 500
    assert set(asked) <= {FindingKind.VANISHED}
    assert len(asked) < rolls * 0.02
