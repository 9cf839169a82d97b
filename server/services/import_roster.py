"""Brings a roster into the database: read, plan, and in the same transaction carry out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Engine, insert, select, text, update

from server.db import writing
from server.models import Base
from server.roster.diff import apply_changes, find_changes
from server.roster.findings import Findings, Refused, refusal
from server.roster.manifest import FILES, modes_of
from server.roster.outcome import Ending, Outcome
from server.roster.reading import Progress, Reading
from server.roster.records import Known, Mode, Place
from server.roster.review import changes_of, drop_double_enrollments, examples_of, holds_in
from server.roster.source import Limits, Source, opened
from server.roster.stage import Staged, Stager
from server.roster.tables import SCHOOLS, TOUCHED
from server.roster.values import Dates
from server.services.follow_notices import follow_everywhere
from server.services.lay_out import lay_out
from server.services.rehear import hear_everywhere
from server.services.roster_versions import keep_versions
from server.services.seal import give_keys
from server.services.slip_keys import give_slip_keys

T = Base.metadata.tables
# An import may wait for the schools' locks, and takes as long as it takes.
PATIENCE = {
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "lock_timeout": "60s",
    "work_mem": "64MB",
}


@dataclass(frozen=True)
class RosterOptions:
    """What the operator says. `zone` is needed for schools that are new here."""

    zone: str | None = None
    dry_run: bool = False
    skip_bad_rows: bool = False
    allow_withdrawals: int = 0
    mode: Mode | None = None
    dates: str | None = None
    encoding: str = "utf-8"
    limits: Limits | None = None


class NothingWritten(Exception):
    """Leaves the transaction without writing."""


def import_roster(
    engine: Engine,
    path: Path,
    now: datetime,
    options: RosterOptions | None = None,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """Imports a OneRoster zip or folder; `now` decides what is "today" in each school.

    `progress(step, done, total)` is called often. Importing the same file twice changes nothing.
    Raises Unavailable when the database cannot be asked.
    """
    options = options or RosterOptions()
    outcome = Outcome(Ending.REFUSED, Findings())
    try:
        _check_zone(options.zone)
        with (
            opened(path, ("manifest", *FILES), outcome.findings, options.limits) as source,
            writing(engine) as connection,
        ):
            be_patient(connection)
            _Import(connection, source, now, options, progress, outcome).run()
    except Refused as refused:
        outcome.findings.add(refused.finding)
    except NothingWritten:
        pass
    if outcome.ending is Ending.IMPORTED:
        hear_everywhere(engine, now)
        follow_everywhere(engine, now)
    return outcome


@dataclass
class _Import:
    """One import under way, inside its transaction."""

    connection: Connection
    source: Source
    now: datetime
    options: RosterOptions
    progress: Progress
    outcome: Outcome

    def run(self) -> None:
        """Reads, plans and carries out. Raises Refused and NothingWritten."""
        reading = self._reading()
        staged = Stager(self.connection, reading, self.now, self.options.zone).stage()
        if self.source.has("enrollments"):
            drop_double_enrollments(self.connection, reading.sheet("enrollments", ""))
        self.outcome.passed_over = staged.passed_over
        if self.outcome.findings.errors and not self.options.skip_bad_rows:
            raise NothingWritten
        if not self.options.dry_run:
            _lock(self.connection)
        self.outcome.ending = self._plan(staged)
        if self.outcome.ending is not Ending.IMPORTED:
            raise NothingWritten
        self._carry_out()

    def _reading(self) -> Reading:
        findings, encoding = self.outcome.findings, self.options.encoding
        modes = modes_of(self.source, findings, encoding, self.options.mode)
        known = known_in(self.connection, modes)
        reading = Reading(self.source, findings, modes, known, encoding, self.progress)
        reading.dates = Dates(self.options.dates)
        if self.options.dates is None:
            reading.learn_dates()
        return reading

    def _plan(self, staged: Staged) -> Ending:
        self.progress("Comparing with what is there", 0, 1)
        find_changes(self.connection, staged)
        self.outcome.changes = changes_of(self.connection)
        self.outcome.examples = list(examples_of(self.connection))
        self.progress("Comparing with what is there", 1, 1)
        holds = holds_in(self.connection, staged)
        if sum(hold.leaving for hold in holds) > self.options.allow_withdrawals:
            self.outcome.holds = holds
            return Ending.HELD
        if self.options.dry_run:
            return Ending.PLANNED
        differs = self.outcome.changes or _schools_differ(self.connection)
        return Ending.IMPORTED if differs else Ending.UNCHANGED

    def _carry_out(self) -> None:
        self.progress("Writing", 0, 1)
        moved = _write_schools(self.connection)
        apply_changes(self.connection)
        keep_versions(self.connection, TOUCHED, self.now)
        self.progress("Writing", 1, 1)
        touched = self.connection.execute(select(TOUCHED.c.school_id).distinct()).scalars()
        schools = sorted({*touched, *moved})
        give_keys(self.connection, self.now)
        give_slip_keys(self.connection, self.now)
        for done, school_id in enumerate(schools, start=1):
            laid_out = lay_out(self.connection, school_id, self.now)
            for what, count in laid_out.counts().items():
                self.outcome.rolls[what] = self.outcome.rolls.get(what, 0) + count
            self.progress("Laying out rolls", done, len(schools))


def known_in(connection: Connection, modes: dict[str, Mode]) -> Known:
    """What the database has for the files that do not bring everything."""
    known = Known()
    school, term, section = T["school"].c, T["term"].c, T["section"].c
    if modes["orgs"] is not Mode.BULK:
        known.schools = set(connection.execute(select(school.sourced_id)).scalars())
    if modes["academicSessions"] is not Mode.BULK:
        known.terms = set(connection.execute(select(term.sourced_id).where(term.active)).scalars())
    if modes["classes"] is not Mode.BULK:
        asked = select(section.sourced_id, school.sourced_id).where(
            section.school_id == school.school_id, section.active
        )
        known.classes = {row[0]: row[1] for row in connection.execute(asked)}
    if modes["users"] is not Mode.BULK:
        for place in Place:
            person = T[place.value].c
            asked = select(person.sourced_id, school.sourced_id).where(
                person.school_id == school.school_id, person.active
            )
            for sourced_id, at in connection.execute(asked):
                known.people.setdefault(sourced_id, set()).add((at, place))
    return known


def be_patient(connection: Connection) -> None:
    """An import may take minutes where a request may not."""
    if connection.dialect.name == "postgresql":
        for setting, value in PATIENCE.items():
            connection.execute(text(f"SET LOCAL {setting} = '{value}'"))


def _lock(connection: Connection) -> None:
    """Takes the lock of every school of the roster, in the order of their ids."""
    clock = T["school_sync"].c
    connection.execute(
        select(clock.school_id)
        .where(clock.school_id.in_(select(SCHOOLS.c.school_id)))
        .order_by(clock.school_id)
        .with_for_update()
    ).all()


def _schools_differ(connection: Connection) -> bool:
    return bool(_new_schools(connection) or _changed_schools(connection))


def _new_schools(connection: Connection) -> list[Any]:
    return list(connection.execute(select(SCHOOLS).where(SCHOOLS.c.is_new)))


def _changed_schools(connection: Connection) -> list[Any]:
    school = T["school"].c
    asked = select(SCHOOLS, school.zone.label("old_zone")).where(
        school.school_id == SCHOOLS.c.school_id,
        (school.name != SCHOOLS.c.name) | (school.zone != SCHOOLS.c.zone),
    )
    return list(connection.execute(asked))


def _write_schools(connection: Connection) -> list[UUID]:
    """Adds and renames schools; those whose zone changed are to be laid out again."""
    new, changed = _new_schools(connection), _changed_schools(connection)
    for row in new:
        facts = {"school_id": row.school_id, "sourced_id": row.sourced_id, "name": row.name}
        connection.execute(insert(T["school"]).values(**facts, zone=row.zone))
        clock = insert(T["school_sync"]).values(school_id=row.school_id, epoch=uuid4().hex, seq=0)
        connection.execute(clock)
    for row in changed:
        named = update(T["school"]).where(T["school"].c.school_id == row.school_id)
        connection.execute(named.values(name=row.name, zone=row.zone))
    return [row.school_id for row in changed if row.zone != row.old_zone]


def _check_zone(zone: str | None) -> None:
    if zone is None:
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as no:
        raise refusal("bad_zone", "--zone", found=zone) from no
