"""Reads who is in which class, row by row: a district has a million of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from server.roster.people import FAMILY, STAFF_ROLES
from server.roster.reading import Reading
from server.roster.records import Enrolled, Person, Place, RosterClass, RosterTerm
from server.roster.sheet import LeftOut, Line
from server.roster.values import Unreadable, time_of_day, word, yes_or_no
from sync.sentence import say

COLUMNS = (
    "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate"
    " metadata.beginTime metadata.endTime"
)
"""The last two are ours: OneRoster knows dates alone, and leaves room for columns of this name."""
REQUIRED = "sourcedId classSourcedId userSourcedId role"
NOT_TAUGHT = FAMILY | (set(STAFF_ROLES) - {"teacher"})


@dataclass
class Enrollments:
    """The enrollments of one roster. While they are read, people get the places they are enrolled
    at: `student_at` and `staff_at` are complete when `rows` has ended."""

    reading: Reading
    classes: dict[str, RosterClass]
    terms: dict[str, RosterTerm]
    people: dict[str, Person]

    def rows(self) -> Iterator[Enrolled]:
        """Each enrollment that can be used."""
        if not self.reading.source.has("enrollments"):
            return
        spans = {each.sourced_id: self._span(each) for each in self.classes.values()}
        sheet = self.reading.sheet("enrollments", COLUMNS, REQUIRED)
        for line in self.reading.rows(sheet):
            try:
                found = self._enrolled(line)
            except LeftOut:
                continue
            if found:
                _look_at_dates(line, found, spans.get(found.section))
                yield found

    def _span(self, each: RosterClass) -> tuple[date, date] | None:
        terms = [self.terms[term] for term in each.terms if term in self.terms]
        if not terms:
            return None
        return min(t.starts_on for t in terms), max(t.ends_on for t in terms)

    def _enrolled(self, line: Line) -> Enrolled | None:
        """The enrollment, None where there is nothing to enroll. Raises LeftOut."""
        line.need("classSourcedId", "userSourcedId", "role")
        role = word(line["role"])
        if role in NOT_TAUGHT:
            self.reading.passed_over[f"enrollments as {role}"] += 1
            return None
        if role not in {"student", "teacher"}:
            raise line.lost("bad_word", "role", known="student, teacher")
        school = self._school(line)
        if school is None or not self._has_place(line, role, school):
            return None
        begin = self.reading.date(line, "beginDate")
        end = self.reading.date(line, "endDate")
        begin_time = _time(line, "metadata.beginTime", begin)
        end_time = _time(line, "metadata.endTime", end)
        if begin and end and (end, end_time or time.max) < (begin, begin_time or time.min):
            raise line.lost("ends_before", "endDate")
        if role == "teacher":
            role = "primary" if _is_primary(line) else "co_teacher"
        section, person = line["classSourcedId"], line["userSourcedId"]
        return Enrolled(
            line["sourcedId"],
            section,
            school,
            person,
            role,
            begin,
            end,
            line.number,
            begin_time,
            end_time,
        )

    def _school(self, line: Line) -> str | None:
        """The class's school, None when the class is to be deleted."""
        section = line["classSourcedId"]
        if section in self.reading.deleted["classes"]:
            line.note("class_deleted", "classSourcedId")
            return None
        found = self.classes.get(section)
        school = found.school if found else self.reading.known.classes.get(section)
        if school is None:
            raise self.reading.dangling(line, "classSourcedId", "class", "classes")
        if line["schoolSourcedId"] not in {"", school}:
            line.note("other_school", "schoolSourcedId", school=school)
        return school

    def _has_place(self, line: Line, role: str, school: str) -> bool:
        """Whether the person can be enrolled there; if so they have a place at the school."""
        user = line["userSourcedId"]
        if user in self.reading.deleted["users"]:
            line.note("person_deleted", "userSourcedId")
            return False
        person = self.people.get(user)
        if person is None:
            place = Place.STUDENT if role == "student" else Place.STAFF
            if (school, place) in self.reading.known.people.get(user, ()):
                return True
            raise self.reading.dangling(line, "userSourcedId", "person", "users")
        if person.role in FAMILY:
            raise line.lost("not_enrollable", "userSourcedId", is_a=person.role)
        if person.role and (person.role == "student") != (role == "student"):
            line.note("other_role", "role", is_a=person.role, role=role)
        if role == "student":
            person.student_at.add(school)
        else:
            person.staff_at.setdefault(school, "teacher")
            person.username = person.username or person.email or person.sourced_id
        return True


def _time(line: Line, column: str, on: date | None) -> time | None:
    """The time of day at which somebody came or left; without its date, or where it cannot be read,
    the whole day counts."""
    if not line[column]:
        return None
    if on is None:
        line.note("time_without_date", column)
        return None
    try:
        return time.fromisoformat(time_of_day(line[column]))
    except Unreadable:
        line.note("unread_time", column)
        return None


def _is_primary(line: Line) -> bool:
    try:
        return yes_or_no(line["primary"]) is True
    except Unreadable:
        line.note("unknown_flag", "primary", what=say("read as false"))
        return False


def _look_at_dates(line: Line, found: Enrolled, span: tuple[date, date] | None) -> None:
    """Notes an enrollment that lies wholly outside the terms of its class."""
    if span is None:
        return
    starts, ends = span
    if found.begin_on and found.begin_on > ends:
        line.note("outside_term", "beginDate")
    elif found.end_on and found.end_on < starts:
        line.note("outside_term", "endDate")
