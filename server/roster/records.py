"""What a roster says, row by row, in our words; ids are the sender's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class Mode(StrEnum):
    """Whether a file holds everything, only changes, or was not sent."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


class Place(StrEnum):
    """What a person is at a school."""

    STUDENT = "student"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """An organisation that classes belong to."""

    sourced_id: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class RosterTerm:
    """Part of the year, dates inclusive."""

    sourced_id: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RosterClass:
    """A class, which is a section here."""

    sourced_id: str
    school: str
    title: str
    course: str | None
    room: str | None
    kind: str
    grades: str | None
    periods: str | None
    terms: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Person:
    """Somebody of users.csv. `staff_at` and `student_at` are organisations, with the staff role."""

    sourced_id: str
    given_name: str
    family_name: str
    username: str
    email: str | None
    local_id: str | None
    grade: str | None
    enabled: bool
    line: int
    role: str = ""
    staff_at: dict[str, str] = field(default_factory=dict)
    student_at: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person in a class from–to. `role`: student, primary or co_teacher. The times are of the
    first and of the last date, local, where the roster tells them."""

    sourced_id: str
    section: str
    school: str
    person: str
    role: str
    begin_on: date | None
    end_on: date | None
    line: int
    begin_time: time | None = None
    end_time: time | None = None


@dataclass
class Known:
    """What the database has already, for the files that do not bring everything."""

    schools: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    classes: dict[str, str] = field(default_factory=dict)
    people: dict[str, set[tuple[str, Place]]] = field(default_factory=dict)
