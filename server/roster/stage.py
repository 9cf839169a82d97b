"""Reads a roster's files in order and lays what is sound into temporary tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from server.models import School
from server.roster.enrollments import Enrollments
from server.roster.findings import refusal
from server.roster.groups import read_classes, read_orgs, read_terms, schools_among
from server.roster.load import analyze, load, prepare
from server.roster.people import read_people
from server.roster.reading import Reading
from server.roster.records import Enrolled, Mode, Person, RosterClass, RosterSchool, RosterTerm
from server.roster.tables import (
    ENROLLMENT,
    GONE,
    SCHOOLS,
    SECTION,
    SECTION_TERMS,
    SPARED,
    STAFF,
    STUDENT,
    TEACHING,
    TEMPORARY,
    TERM,
)
from sync.deadline import instant
from sync.identity import imported

# A section and a student are named by many enrollments, one soon after the other.
named_again = lru_cache(maxsize=8192)(imported)


@dataclass
class Staged:
    """What was staged, as far as the plan asks. Schools by the sender's id."""

    modes: Mapping[str, Mode]
    schools: dict[str, UUID] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Stager:
    """Fills the temporary tables from one roster."""

    connection: Connection
    reading: Reading
    now: datetime
    zone: str | None
    school_ids: dict[str, UUID] = field(default_factory=dict)
    teaching: list[tuple[Any, ...]] = field(default_factory=list)
    at_work: dict[str, set[str]] = field(default_factory=dict)
    zones: dict[UUID, str] = field(default_factory=dict)

    def stage(self) -> Staged:
        """Reads everything. Raises Refused where the roster as a whole is at fault."""
        prepare(self.connection, TEMPORARY)
        reading = self.reading
        orgs = read_orgs(reading)
        terms = read_terms(reading)
        classes = read_classes(reading, orgs, terms)
        schools = schools_among(reading, orgs, classes)
        today = self.now.astimezone(ZoneInfo(self.zone or "UTC")).date()
        people = read_people(reading, schools.keys() | reading.known.schools, today)
        for each in classes.values():
            self.school_id(each.school)
        known = School.__table__.c  # read before the rows are copied in: then nothing can be asked
        zones = self.connection.execute(select(known.school_id, known.zone))
        self.zones = {row.school_id: row.zone for row in zones}
        enrollments = Enrollments(reading, classes, terms, people)
        load(self.connection, ENROLLMENT.stage, self._enrolled(enrollments))
        load(self.connection, TEACHING.stage, self.teaching)
        load(self.connection, SECTION.stage, self._sections(classes))
        load(self.connection, TERM.stage, self._terms(classes, terms))
        load(self.connection, SECTION_TERMS, self._section_terms(classes))
        load(self.connection, STUDENT.stage, self._students(people))
        load(self.connection, STAFF.stage, self._staff(people))
        for sourced_id in schools:
            self.school_id(sourced_id)
        load(self.connection, SCHOOLS, list(self._schools(schools)))
        self._stage_gone()
        analyze(self.connection, TEMPORARY)
        return Staged(reading.modes, self.school_ids, reading.passed_over)

    def school_id(self, sourced_id: str) -> UUID:
        """The school's id here."""
        found = self.school_ids.get(sourced_id)
        if found is None:
            found = self.school_ids[sourced_id] = imported("school", sourced_id)
        return found

    def _enrolled(self, enrollments: Enrollments) -> Iterator[tuple[Any, ...]]:
        """The students' rows; the teachers' are few and wait."""
        for each in enrollments.rows():
            if each.role == "student":
                row = self._span_of(each, "student", "enrollment")
                yield (*row, *self._instants_of(each), each.line)
            else:
                row = self._span_of(each, "staff", "teaching")
                self.teaching.append((*row[:5], each.role, *row[5:]))

    def _span_of(self, each: Enrolled, person: str, kind: str) -> tuple[Any, ...]:
        return (
            self.school_id(each.school),
            imported(kind, f"{each.school}/{each.sourced_id}"),
            each.sourced_id,
            named_again("section", f"{each.school}/{each.section}"),
            named_again(person, f"{each.school}/{each.person}"),
            each.begin_on,
            each.end_on,
            True,
        )

    def _instants_of(self, each: Enrolled) -> tuple[datetime | None, datetime | None]:
        """When a student came and left, in the school's zone."""
        return (
            self._at(each, each.begin_on, each.begin_time),
            self._at(each, each.end_on, each.end_time),
        )

    def _at(self, each: Enrolled, on: date | None, at: time | None) -> datetime | None:
        if on is None or at is None:
            return None
        return instant(on, at, self._zone_of(self.school_id(each.school)))

    def _zone_of(self, school_id: UUID) -> ZoneInfo:
        """Where no zone is known the roster is refused in the end."""
        return ZoneInfo(self.zone or self.zones.get(school_id, "UTC"))

    def _sections(self, classes: Mapping[str, RosterClass]) -> Iterator[tuple[Any, ...]]:
        for each in classes.values():
            yield (
                self.school_id(each.school),
                imported("section", f"{each.school}/{each.sourced_id}"),
                each.sourced_id,
                each.title,
                each.course,
                each.room,
                each.kind,
                each.grades,
                each.periods,
                True,
            )

    def _terms(
        self, classes: Mapping[str, RosterClass], terms: Mapping[str, RosterTerm]
    ) -> Iterator[tuple[Any, ...]]:
        """Terms belong to the district in OneRoster; a school has those that its classes name."""
        used = dict.fromkeys(
            (each.school, term) for each in classes.values() for term in each.terms
        )
        for school, sourced_id in used:
            if term := terms.get(sourced_id):
                term_id = imported("term", f"{school}/{sourced_id}")
                facts = (sourced_id, term.title, term.starts_on, term.ends_on, True)
                yield (self.school_id(school), term_id, *facts)

    def _section_terms(self, classes: Mapping[str, RosterClass]) -> Iterator[tuple[Any, ...]]:
        for each in classes.values():
            section_id = imported("section", f"{each.school}/{each.sourced_id}")
            for term in each.terms:
                term_id = imported("term", f"{each.school}/{term}")
                yield self.school_id(each.school), section_id, term_id

    def _students(self, people: Mapping[str, Person]) -> Iterator[tuple[Any, ...]]:
        for each in people.values():
            for school in each.student_at:
                yield (
                    self.school_id(school),
                    imported("student", f"{school}/{each.sourced_id}"),
                    each.sourced_id,
                    each.local_id,
                    each.given_name,
                    each.family_name,
                    each.grade,
                    True,
                )

    def _staff(self, people: Mapping[str, Person]) -> Iterator[tuple[Any, ...]]:
        for each in people.values():
            for school, role in each.staff_at.items():
                yield (
                    self.school_id(school),
                    imported("staff", f"{school}/{each.sourced_id}"),
                    each.sourced_id,
                    each.given_name,
                    each.family_name,
                    display_name(each.given_name, each.family_name),
                    each.username,
                    each.email,
                    role,
                    each.enabled,
                )

    def _schools(self, named: Mapping[str, RosterSchool]) -> Iterator[tuple[Any, ...]]:
        """The schools of the roster with their zones. Raises Refused where none is known."""
        known = School.__table__.c
        asked = select(known.school_id, known.name, known.zone)
        stored = {row.school_id: row for row in self.connection.execute(asked)}
        if not self.school_ids:
            raise refusal("no_schools", self.reading.source.name)
        for sourced_id, school_id in self.school_ids.items():
            before = stored.get(school_id)
            said = named.get(sourced_id)
            name = said.name if said else before.name if before else sourced_id
            zone = self.zone or (before.zone if before else None)
            if zone is None:
                file, line = self.reading.source.file("orgs"), said.line if said else None
                raise refusal("no_zone", file, line, "name", name)
            today = self.now.astimezone(ZoneInfo(zone)).date()
            yield school_id, sourced_id, name, zone, today, before is None

    def _stage_gone(self) -> None:
        reading = self.reading
        deltas = [name for name, mode in reading.modes.items() if mode is Mode.DELTA]
        gone = [(name, sid) for name in deltas for sid in reading.deleted[name]]
        load(self.connection, GONE, gone)
        load(
            self.connection,
            SPARED,
            [(name, sid) for name in reading.bad for sid in reading.bad[name]],
        )


def display_name(given: str, family: str) -> str:
    """How staff are called on screens: R. Lind."""
    return f"{given[0]}. {family}" if given and family else given or family
