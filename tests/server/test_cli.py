"""What an operator types, and how each command ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, insert, select, text, update

from server.cli import cli
from server.db import open_engine, reading, writing
from server.demo import calendar, school
from server.demo.bells import ordinary_day
from server.demo.roster_files import write_roster
from server.demo.schedule_files import write_schedule
from server.models import Account, RollRow, SchoolSync, SigninFailure, SlipKey, Staff, VapidKey
from server.services.add_staff import place_first_administrator

ROOT = Path(__file__).resolve().parents[2]
Rollbook = Callable[..., Result]
ZONE = ("--zone", "America/Los_Angeles")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record' / 'rollbook.sqlite3'}"


@pytest.fixture
def rollbook(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Rollbook:
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)

    def run(*words: str, ends: int = 0) -> Result:
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == ends, done.output
        return done

    return run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Alder Creek as it would be sent."""
    alder, today = school.build(), datetime.now(UTC).date()
    year = calendar.year_around(today)
    write_roster(tmp_path / "roster.zip", alder, year)
    write_schedule(tmp_path / "schedule", alder, year, today, ordinary_day())
    return tmp_path


@contextmanager
def record(url: str) -> Iterator[Engine]:
    """The database looked at from outside; let go of, for a restore needs it alone."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def test_every_command_has_help_with_an_example(rollbook: Rollbook) -> None:
    for path in (
        *([name] for name in cli.commands),
        ["import", "roster"],
        ["import", "schedule"],
        ["accounts", "issue"],
        ["accounts", "add"],
    ):
        told = rollbook(*path, "--help").output
        assert "Example" in told or "Commands:" in told, path


def test_the_help_lists_settings_and_exit_codes(rollbook: Rollbook) -> None:
    told = rollbook("--help").output
    assert "ROLLBOOK_DATABASE_URL" in told
    assert "Exit codes:" in told


def test_init_makes_an_administrator_whose_password_is_told_once(
    rollbook: Rollbook, url: str
) -> None:
    first = rollbook("init").output
    password = re.search(r"password: (\S+)", first)
    assert password
    assert "password" not in rollbook("init").output
    with record(url) as engine, reading(engine) as connection:
        rows = connection.execute(select(Account.username, Account.password_hash)).all()
        assert connection.execute(select(func.count(VapidKey.key_id))).scalar() == 1
    assert [row.username for row in rows] == ["administrator"]
    assert password[1] not in rows[0].password_hash


def test_V11_2_the_key_of_slips_is_changed_by_a_command_and_both_are_listed(
    rollbook: Rollbook, url: str, files: Path
) -> None:
    rollbook("init")
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)
    (first,) = json.loads(rollbook("slips", "keys", "--json").output)
    assert (first["retired"], first["withdrawn"]) == ("", "")
    assert "at their next contact" in rollbook("slips", "rotate-key").output
    told = rollbook("slips", "rotate-key", "--withdraw").output
    assert "counts no more" in told
    new, *old = json.loads(rollbook("slips", "keys", "--json").output)
    assert new["key"] in told
    assert [bool(one["withdrawn"]) for one in [new, *old]] == [False, True, True]
    with record(url) as engine, reading(engine) as connection:
        privates = connection.execute(select(SlipKey.private)).scalars().all()
    assert not any(private.hex() in told for private in privates)


def test_without_init_a_command_says_so_and_makes_nothing(
    rollbook: Rollbook, tmp_path: Path
) -> None:
    assert "rollbook init" in rollbook("check", ends=3).output
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_stops_every_command_with_a_sentence(
    rollbook: Rollbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLBOOK_PORT", "eighty")
    monkeypatch.setenv("ROLLBOOK_THREAD", "4")
    told = rollbook("init", ends=2).output
    assert "ROLLBOOK_PORT: 'eighty' is not a whole number" in told
    assert "Did you mean ROLLBOOK_THREADS?" in told


def test_a_database_that_is_not_there_is_told_as_that(
    rollbook: Rollbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert "cannot be asked now" in rollbook("check", ends=3).output


def test_a_database_of_a_newer_version_is_left_alone(rollbook: Rollbook, url: str) -> None:
    rollbook("init")
    with record(url) as engine, writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer Rollbook" in rollbook("init", ends=3).output


def test_a_school_from_nothing_to_its_first_roll(rollbook: Rollbook, files: Path, url: str) -> None:
    rollbook("init")
    roster = str(files / "roster.zip")
    assert "A dry run" in rollbook("import", "roster", roster, *ZONE, "--dry-run").output
    assert "Imported." in rollbook("import", "roster", roster, *ZONE).output
    assert "Nothing to change" in rollbook("import", "roster", roster).output
    told = rollbook("import", "schedule", str(files / "schedule"), "--json")
    outcome = json.loads(told.stdout)
    assert outcome["ending"] == "imported"
    assert outcome["rolls"]["new"] > 1000
    assert "ruiz" in rollbook("accounts", "list").output
    assert re.search(
        r"ruiz +E\. Ruiz +\w{4}-\w{4}-\w{4}", rollbook("accounts", "issue", "ruiz").output
    )
    assert "no differences" in rollbook("check").output
    with record(url) as engine, reading(engine) as connection:
        assert connection.execute(select(RollRow.roll_id).limit(1)).first()


def test_the_first_administrator_works_at_every_school_that_comes(
    rollbook: Rollbook, files: Path, url: str
) -> None:
    rollbook("init")
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)
    rollbook("import", "roster", str(files / "roster.zip"))
    told = json.loads(rollbook("accounts", "list", "--json").stdout)
    mine = [one for one in told if one["username"] == "administrator"]
    assert [(one["role"], one["school"]) for one in mine] == [("administrator", school.NAME)]
    now = datetime.now(UTC)
    with record(url) as engine:
        assert place_first_administrator(engine, now) == (False, 0)


def test_a_roster_with_faults_is_told_by_line_and_column_and_not_imported(
    rollbook: Rollbook, files: Path
) -> None:
    rollbook("init")
    folder = files / "faulty"
    folder.mkdir()
    (folder / "orgs.csv").write_text("sourcedId,name,type\nalder,Alder,school\n")
    (folder / "academicSessions.csv").write_text(
        "sourcedId,title,type,startDate,endDate,schoolYear\nfall,Fall,term,soon,2026-12-18,2027\n"
    )
    told = rollbook("import", "roster", str(folder), *ZONE, ends=2).output
    assert "academicSessions.csv:2" in told
    assert "startDate" in told
    assert "soon" in told
    assert "Nothing was imported" in told


def test_there_is_no_such_file(rollbook: Rollbook) -> None:
    rollbook("init")
    told = rollbook("import", "roster", "none.zip", "--json", ends=2)
    assert json.loads(told.stdout)["findings"][0]["code"] == "no_such_file"


def test_passwords_go_to_a_file_that_only_the_operator_reads(
    rollbook: Rollbook, files: Path
) -> None:
    rollbook("init")
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)
    told = rollbook("accounts", "issue", "--all", "--csv", "passwords.csv").output
    path = files / "passwords.csv"
    assert "34 passwords are in passwords.csv" in told
    assert path.stat().st_mode & 0o077 == 0
    assert len(path.read_text().splitlines()) == 35
    rollbook("accounts", "issue", "ruiz", "--csv", "passwords.csv", ends=2)
    assert "already" in rollbook("accounts", "issue", "--all").output


def test_nobody_of_that_name(rollbook: Rollbook) -> None:
    rollbook("init")
    assert "Nobody signs in as somebody" in rollbook("accounts", "issue", "somebody", ends=2).output
    rollbook("accounts", "issue", ends=2)


def test_the_office_is_added_by_hand_and_survives_the_next_roster(
    rollbook: Rollbook, files: Path, url: str
) -> None:
    rollbook("init")
    lind = ("lind", "--given", "Rosemary", "--family", "Lind", "--role", "office")
    assert "There is no school yet" in rollbook("accounts", "add", *lind, ends=2).output
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)
    assert re.search(r"R\. Lind +\w{4}-", rollbook("accounts", "add", *lind).output)
    assert "already" in rollbook("accounts", "add", *lind, ends=2).output
    rollbook("import", "roster", str(files / "roster.zip"))
    with record(url) as engine, reading(engine) as connection:
        query = select(Staff.active, Staff.role).where(Staff.username == "lind")
        assert connection.execute(query).all() == [(True, "office")]


def test_check_finds_a_row_that_is_not_what_the_log_says_and_repairs_it(
    rollbook: Rollbook, files: Path, url: str
) -> None:
    rollbook("init")
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)
    with record(url) as engine, writing(engine) as connection:
        connection.execute(update(SchoolSync).values(seq=0))
    told = rollbook("check", ends=1).output
    assert "the school's seq is 0" in told


def test_backup_and_restore_bring_a_new_epoch(rollbook: Rollbook, files: Path, url: str) -> None:
    rollbook("init")
    rollbook("import", "roster", str(files / "roster.zip"), *ZONE)

    def epoch() -> str:
        with record(url) as engine, reading(engine) as connection:
            return str(connection.execute(select(SchoolSync.epoch)).scalar_one())

    before = epoch()
    assert "read back" in rollbook("backup", "kept.sqlite3").output
    assert "exists already" in rollbook("backup", "kept.sqlite3", ends=2).output
    assert epoch() == before
    assert "The record of before is kept" in rollbook("restore", "kept.sqlite3").output
    restored = epoch()
    assert restored != before
    rollbook("new-epoch")
    assert epoch() != restored
    rollbook("restore", "none.sqlite3", ends=2)


def test_jobs_once_forgets_what_is_stale_and_nothing_more(rollbook: Rollbook, url: str) -> None:
    rollbook("init")
    long_ago, now = datetime(2026, 1, 1, tzinfo=UTC), datetime.now(UTC)
    rows = [("ruiz", long_ago), ("okafor", now)]
    with record(url) as engine, writing(engine) as connection:
        for username, last_at in rows:
            values = {"username": username, "source": "x", "failures": 3, "last_at": last_at}
            connection.execute(insert(SigninFailure).values(values))
    told = json.loads(rollbook("jobs", "--once", "--json").stdout)
    assert (told["extend_layout"], told["expire_sessions"]) == (0, 1)
    assert told.pop("expire_sessions") == 1
    assert set(told) >= {"extend_layout", "remind", "deliver", "mail", "digest"}
    assert set(told.values()) == {0}
    assert json.loads(rollbook("jobs", "--once", "--json").stdout)["expire_sessions"] == 0


def test_serve_answers_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: os.environ[name] for name in os.environ if not name.startswith("ROLLBOOK_")},
        "ROLLBOOK_DATABASE_URL": f"sqlite:///{tmp_path / 'rollbook.sqlite3'}",
        "ROLLBOOK_PORT": str(port),
        "ROLLBOOK_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert _ready(f"http://127.0.0.1:{port}/ready", process)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, said
    assert "Ctrl-C stops it" in said


def _ready(url: str, process: subprocess.Popen[str]) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(json.load(answer)["ready"])
        except OSError:
            time.sleep(0.1)
    return False
