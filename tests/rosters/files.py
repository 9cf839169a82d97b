"""Rosters and timetables written by hand, sound until a story breaks them.

Birch High has Ruiz (8A, with co-teacher Okafor), thirty students S1 to S30, Lind the administrator.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from server.db import open_engine
from server.models import Base
from server.roster.outcome import Outcome
from server.services.import_roster import RosterOptions, import_roster
from server.services.import_schedule import ScheduleOptions, import_schedule

MONDAY = datetime(2025, 9, 8, 16, 0, tzinfo=UTC)  # 9:00 in Los Angeles
ZONE = "America/Los_Angeles"
Rows = list[Sequence[str]]
STUDENTS = 30


def birch(students: int = STUDENTS) -> dict[str, Rows]:
    """A sound OneRoster 1.1 bulk roster, a list of rows a file, headers first."""
    numbers = range(1, students + 1)
    return {
        "manifest": [
            ("propertyName", "value"),
            ("oneroster.version", "1.1"),
            *((f"file.{name}", "bulk") for name in ("orgs", "users", "classes", "enrollments")),
        ],
        "orgs": [
            ("sourcedId", "status", "dateLastModified", "name", "type"),
            ("birch", "", "", "Birch High", "school"),
        ],
        "academicSessions": [
            ("sourcedId", "title", "type", "startDate", "endDate"),
            ("fall", "Fall", "term", "2025-08-14", "2025-12-19"),
        ],
        "classes": [
            ("sourcedId", "title", "grades", "classType", "schoolSourcedId", "termSourcedIds"),
            ("8A", "Algebra 8A", "08", "scheduled", "birch", "fall"),
        ],
        "users": [
            ("sourcedId", "enabledUser", "orgSourcedIds", "role", "username", "givenName",
             "familyName", "grades", "password"),
            ("t-ruiz", "true", "birch", "teacher", "ruiz", "Elena", "Ruiz", "", "hunter2"),
            ("t-okafor", "true", "birch", "teacher", "okafor", "Chidi", "Okafor", "", ""),
            ("a-lind", "true", "birch", "administrator", "lind", "Rosa", "Lind", "", ""),
            *(
                (f"S{n}", "true", "birch", "student", "", f"Given{n}", f"Family{n:02}", "08", "")
                for n in numbers
            ),
        ],
        "enrollments": [
            ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
             "beginDate", "endDate"),
            ("e-ruiz", "8A", "birch", "t-ruiz", "teacher", "true", "", ""),
            ("e-okafor", "8A", "birch", "t-okafor", "teacher", "false", "", ""),
            *((f"e-{n}", "8A", "birch", f"S{n}", "student", "", "", "") for n in numbers),
        ],
    }  # fmt: skip


def birch_week() -> dict[str, Rows]:
    """Birch's bells (the reference day), a calendar of two weeks, and when 8A meets."""
    days = [f"2025-09-{day:02}" for day in (8, 9, 10, 11, 12, 15, 16, 17, 18, 19)]
    return {
        "bell_schedules": [
            ("schedule", "period", "name", "starts", "ends"),
            ("Regular", "1", "Period 1", "08:30", "09:26"),
            ("Regular", "2", "Period 2", "09:32", "10:28"),
            ("Minimum", "1", "Period 1", "08:30", "09:00"),
            ("Minimum", "2", "Period 2", "09:05", "09:35"),
        ],
        "calendar": [
            ("date", "grades", "kind", "schedule", "day_label", "note"),
            *((day, "", "instructional", "Regular", "", "") for day in days),
        ],
        "meetings": [("section", "period", "weekdays"), ("8A", "2", "MTWRF")],
    }


def as_csv(rows: Rows, *, end: str = "\r\n") -> bytes:
    """A file's bytes."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


def zipped(path: Path, files: dict[str, Rows], raw: dict[str, bytes] | None = None) -> Path:
    """A zip of files; `raw` are members with bytes of their own."""
    members = {f"{name}.csv": as_csv(rows) for name, rows in files.items()} | (raw or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def folder(path: Path, files: dict[str, Rows]) -> Path:
    """A folder of files."""
    path.mkdir(exist_ok=True)
    for name, rows in files.items():
        (path / f"{name}.csv").write_bytes(as_csv(rows))
    return path


class Office:
    """Imports files into one database, and looks at what is there afterwards."""

    def __init__(self, engine: Engine, where: Path) -> None:
        self.engine, self.where = engine, where

    def roster(
        self, files: dict[str, Rows] | Path, now: datetime = MONDAY, **said: object
    ) -> Outcome:
        """Imports a roster as at an instant."""
        path = files if isinstance(files, Path) else zipped(self.where / "roster.zip", files)
        options = RosterOptions(**{"zone": ZONE, **said})  # type: ignore[arg-type]  # by name
        return import_roster(self.engine, path, now, options)

    def schedule(
        self, files: dict[str, Rows] | Path, now: datetime = MONDAY, **said: object
    ) -> Outcome:
        """Imports a timetable as at an instant."""
        path = files if isinstance(files, Path) else folder(self.where / "schedule", files)
        return import_schedule(self.engine, path, now, ScheduleOptions(**said))  # type: ignore[arg-type]  # by name

    def ask(self, question: str, **names: object) -> list[tuple[object, ...]]:
        """Rows from the database."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question), names)]

    def tell(self, statement: str) -> None:
        """Changes something behind the program's back."""
        with self.engine.begin() as connection:
            connection.execute(text(statement))

    def all_rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that a roster or timetable can change."""
        names = sorted(Base.metadata.tables)
        return {n: sorted(self.ask(f'SELECT * FROM "{n}"'), key=repr) for n in names}


def office(url: str, where: Path) -> Office:
    """A new database with every table."""
    engine = open_engine(url)
    Base.metadata.create_all(engine)
    return Office(engine, where)


def codes(outcome: Outcome, severity: str | None = None) -> set[str]:
    """The codes of what was found."""
    return {f.code for f in outcome.findings.kept if severity in {None, f.severity.value}}


def places(outcome: Outcome, code: str) -> list[tuple[str, int | None, str | None, str]]:
    """Where a problem was found, and what was there."""
    found: Iterable = (f for f in outcome.findings.in_order() if f.code == code)
    return [(f.file, f.line, f.column, f.found) for f in found]
