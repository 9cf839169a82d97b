"""Brings bells, the calendar and when sections meet into the database, and lays the rolls out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select, update

from server.db import writing
from server.models import Base
from server.roster.directory import Directory, SchoolNames
from server.roster.ends import ENDS
from server.roster.findings import Findings, Refused, refusal
from server.roster.outcome import Change, Ending, Outcome
from server.roster.reading import Progress
from server.roster.source import Limits, Source, opened
from server.roster.timetable import FILES, Row, TimetableFiles
from server.roster.values import Dates
from server.services.follow_notices import follow_everywhere
from server.services.import_roster import NothingWritten, be_patient
from server.services.lay_out import LOOK_BACK_DAYS, LaidOut, Only, lay_out
from server.services.places import give_places, number_calendar, number_timetable
from server.services.plan import grades_of
from server.services.rehear import hear_everywhere

T = Base.metadata.tables
KEYS = {
    "bell_period": ("schedule", "period"),
    "calendar_day": ("school_date", "grades"),
    "section_meeting": ("section_id", "period", "weekdays", "day_labels"),
    "absence_notice": ("notice_id",),
    "staff": ("staff_id",),
    "deadline_policy": ("policy_id",),
    "exemption": ("exemption_id",),
    "staff_leave": ("leave_id",),
}
TABLES = dict(
    zip(
        FILES,
        KEYS,
        strict=True,
    )
)


@dataclass(frozen=True)
class ScheduleOptions:
    """What the operator says. `since` is the first date to lay rolls out for."""

    dry_run: bool = False
    skip_bad_rows: bool = False
    dates: str | None = None
    encoding: str = "utf-8"
    since: date | None = None
    limits: Limits | None = None


@dataclass
class Difference:
    """What one file changes in one school's table; rows that are in no list stay. `left` are rows
    of the file that stay as somebody set them otherwise at the desk."""

    school: SchoolNames
    table: str
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def import_schedule(
    engine: Engine,
    path: Path,
    now: datetime,
    options: ScheduleOptions | None = None,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """Imports a folder or zip of our own CSV files (docs/schedule-csv.md), then lays rolls out.

    Each file that is there replaces what the schools it names had of its kind. Importing the same
    files twice changes nothing. Raises Unavailable when the database cannot be asked.
    """
    options = options or ScheduleOptions()
    outcome = Outcome(Ending.REFUSED, Findings())
    try:
        with (
            opened(path, FILES, outcome.findings, options.limits) as source,
            writing(engine) as connection,
        ):
            be_patient(connection)
            Import(connection, source, now, options, progress, outcome).run()
    except Refused as refused:
        outcome.findings.add(refused.finding)
    except NothingWritten:
        pass
    if outcome.ending is Ending.IMPORTED:
        hear_everywhere(engine, now)
        follow_everywhere(engine, now)
    return outcome


@dataclass
class Import:
    """One import under way, inside its transaction.

    `school_id`: it may name that school alone, and a dry run says also what becomes of its rolls.
    """

    connection: Connection
    source: Source
    now: datetime
    options: ScheduleOptions
    progress: Progress
    outcome: Outcome
    school_id: UUID | None = None
    laid_out: LaidOut = field(default_factory=LaidOut)

    def run(self) -> None:
        """Reads, plans and carries out. Raises Refused and NothingWritten."""
        if not any(self.source.has(name) for name in FILES):
            raise refusal("no_file", f"{FILES[0]}.csv")
        directory = directory_of(self.connection, self.school_id)
        if not self.options.dry_run:
            _lock(self.connection, self.school_id)
        files = TimetableFiles(
            self.source,
            self.outcome.findings,
            directory,
            self.options.encoding,
            self.progress,
            Dates(self.options.dates),
        )
        files.learn_dates()
        found = [each for name in FILES for each in self._differences(files, name)]
        if self.outcome.findings.errors and not self.options.skip_bad_rows:
            raise NothingWritten
        self.outcome.changes = [
            Change(each.school.name, each.table, len(each.new), len(each.changed), len(each.gone))
            for each in found
            if each
        ]
        self._finish([each for each in found if each])

    def _differences(self, files: TimetableFiles, name: str) -> list[Difference]:
        by_school: dict[UUID, tuple[SchoolNames, list[Row]]] = {}
        for school, row in files.read(name):
            by_school.setdefault(school.school_id, (school, []))[1].append(row)
        if name == "bell_schedules":
            for school, rows in by_school.values():
                _look_for_overlaps(files, school, rows)
        found = [
            _difference(self.connection, school, TABLES[name], rows, self._today(school))
            for school, rows in by_school.values()
        ]
        for row in (row for each in found for row in each.left):
            on = row["school_date"].isoformat()
            files.findings.note("set_at_desk", files.source.file(name), None, "date", on)
        return found

    def _lay_out(self, school_id: UUID, since: date | None, only: Only | None = None) -> None:
        dry = self.options.dry_run
        done = lay_out(self.connection, school_id, self.now, since, only=only, dry=dry)
        self.laid_out.add(done)
        self.outcome.rolls = self.laid_out.counts()

    def _today(self, school: SchoolNames) -> date:
        return self.now.astimezone(ZoneInfo(school.zone)).date()

    def _finish(self, differences: list[Difference]) -> None:
        if not differences:
            self.outcome.ending = Ending.UNCHANGED
            raise NothingWritten
        self.outcome.ending = Ending.PLANNED if self.options.dry_run else Ending.IMPORTED
        if self.options.dry_run and self.school_id is None:
            raise NothingWritten
        self._carry_out(differences)
        if self.options.dry_run:
            raise NothingWritten

    def _carry_out(self, differences: list[Difference]) -> None:
        for each in differences:
            _write(self.connection, each, self.now, self._today(each.school))
        schools = sorted({each.school.school_id for each in differences})
        for done, school_id in enumerate(schools, start=1):
            number_timetable(self.connection, school_id)
            self._lay_out(school_id, self.options.since)
            passed = _passed(school_id, differences, self._today)
            if passed and self.options.since is None:
                self._lay_out(school_id, None, Only(frozenset(passed)))
            self.progress("Laying out rolls", done, len(schools))


def _passed(
    school_id: UUID, differences: Iterable[Difference], today: Callable[[SchoolNames], date]
) -> set[date]:
    """The dates of the last week whose own lines of the calendar changed: their rolls move."""
    return {
        row["school_date"]
        for each in differences
        if each.school.school_id == school_id and each.table == "calendar_day"
        for row in (*each.new, *each.changed)
        if 0 < (today(each.school) - row["school_date"]).days <= LOOK_BACK_DAYS
    }


def _difference(
    connection: Connection, school: SchoolNames, table: str, rows: list[Row], today: date
) -> Difference:
    """What a file changes. Calendar days that have passed and people's contacts are never taken
    away; an absence that is no longer named is switched off, deadlines, exemptions and leaves end.
    What somebody set at the desk is not the file's."""
    found = Difference(school, table)
    keys = KEYS[table]
    asked = select(T[table]).where(T[table].c.school_id == school.school_id)
    there = {tuple(row[key] for key in keys): row for row in connection.execute(asked).mappings()}
    for row in rows:
        before = there.pop(tuple(row[key] for key in keys), None)
        if before is None:
            found.new.append(row)
        elif any(before[name] != value for name, value in row.items()):
            (found.left if before.get("set_by") else found.changed).append(row)
    files = [row for row in there.values() if not row.get("set_by")]
    found.gone = [dict(row) for row in files if ENDS[table].ends(row, today)]
    return found


def _write(connection: Connection, found: Difference, now: datetime, today: date) -> None:
    table, keys = T[found.table], ("school_id", *KEYS[found.table])
    same = and_(*(table.c[key] == bindparam(f"of_{key}") for key in keys))
    if found.new:
        stamp = {"set_at": now} if "set_at" in table.c else {}
        connection.execute(insert(table), [{**row, **stamp} for row in found.new])
    if found.changed:
        facts = [name for name in found.changed[0] if name not in keys]
        changed = update(table).where(same).values({f: bindparam(f"to_{f}") for f in facts})
        rows = [{**_named("of", row, keys), **_named("to", row, facts)} for row in found.changed]
        connection.execute(changed, rows)
    if found.gone:
        ends = [(row, ENDS[found.table].becomes(row, now, today)) for row in found.gone]
        kept = {name: bindparam(f"to_{name}", type_=table.c[name].type) for name in ends[0][1]}
        leaves = update(table).values(kept) if kept else delete(table)
        rows = [{**_named("of", row, keys), **_named("to", to, to)} for row, to in ends]
        connection.execute(leaves.where(same), rows)
    if found.table == "calendar_day":
        number_calendar(connection, found.school.school_id)
    if found.table == "absence_notice":
        _number_rolls(connection, found)


def _named(prefix: str, row: Row, names: Iterable[str]) -> Row:
    return {f"{prefix}_{name}": row[name] for name in names}


def _number_rolls(connection: Connection, found: Difference) -> None:
    """Rolls show whose absence is known, so those that a notice is about get new places."""
    roll, enrollment = T["roll"], T["enrollment"].c
    of_school = roll.c.school_id == found.school.school_id
    met: set[UUID] = set()
    for notice in (*found.new, *found.changed, *found.gone):
        asked = select(roll.c.roll_id).where(
            of_school,
            roll.c.school_date.between(notice["from_on"], notice["to_on"]),
            enrollment.school_id == roll.c.school_id,
            enrollment.section_id == roll.c.section_id,
            enrollment.student_id == notice["student_id"],
            enrollment.active,
        )
        met |= set(connection.execute(asked).scalars())
    if met:
        last = give_places(connection, found.school.school_id, len(met))
        places = zip(sorted(met), range(last - len(met) + 1, last + 1), strict=True)
        moved = update(roll).where(of_school, roll.c.roll_id == bindparam("of"))
        rows = [{"of": roll_id, "to_seq": seq} for roll_id, seq in places]
        connection.execute(moved.values(seq=bindparam("to_seq")), rows)


def _look_for_overlaps(files: TimetableFiles, school: SchoolNames, rows: list[Row]) -> None:
    for name in school.schedules:
        slots = sorted((r for r in rows if r["schedule"] == name), key=lambda r: r["starts_time"])
        for before, after in pairwise(slots):
            if after["starts_time"] < before["ends_time"]:
                found = f"{name}: {after['period']} {after['starts_time']}"
                other = f"{before['period']}, which ends {before['ends_time']}"
                file = files.source.file("bell_schedules")
                files.findings.note("overlap", file, None, "starts", found, other=other)


def directory_of(connection: Connection, only: UUID | None = None) -> Directory:
    """Everything that our files may name; of one school, where they may name no other."""
    directory, by_id = Directory(), dict[UUID, SchoolNames]()
    columns_of = T["school"].c
    named = columns_of.active if only is None else columns_of.school_id == only
    for row in connection.execute(select(T["school"]).where(named)):
        school = by_id[row.school_id] = SchoolNames(row.school_id, row.name, row.zone)
        directory.schools[row.sourced_id.casefold()] = school
        directory.schools.setdefault(row.name.casefold(), school)
    if len(by_id) == 1:
        directory.only = next(iter(by_id.values()))
    rows = partial(_rows, connection, only)
    columns = ("section_id", "sourced_id", "title", "active", "grades")
    for row in rows("section", *columns):
        if row.active:
            by_id[row.school_id].sections.add(row.section_id, row.sourced_id, [row.title])
            by_id[row.school_id].grades |= grades_of(row.grades)
    for row in rows("student", "student_id", "sourced_id", "local_id"):
        by_id[row.school_id].students.add(row.student_id, row.sourced_id, [row.local_id])
    for row in rows("staff", "staff_id", "sourced_id", "username", "email"):
        by_id[row.school_id].staff.add(row.staff_id, row.sourced_id, {row.username, row.email})
    for row in rows("bell_period", "schedule", "period"):
        by_id[row.school_id].schedules.setdefault(row.schedule, set()).add(row.period)
    for row in rows("term", "starts_on", "ends_on", "active"):
        by_id[row.school_id].terms.append((row.starts_on, row.ends_on))
    return directory


def _rows(connection: Connection, only: UUID | None, name: str, *columns: str) -> Iterable[Any]:
    table, school = T[name], T["school"]
    asked = select(table.c.school_id, *(table.c[column] for column in columns))
    if only is not None:
        asked = asked.where(table.c.school_id == only)
    here = and_(school.c.school_id == table.c.school_id, school.c.active)
    return connection.execute(asked.join(school, here))


def _lock(connection: Connection, only: UUID | None) -> None:
    """Takes every school's lock, in the order of their ids; or one school's."""
    clock = T["school_sync"].c
    asked = select(clock.school_id).order_by(clock.school_id).with_for_update()
    connection.execute(asked if only is None else asked.where(clock.school_id == only)).all()
