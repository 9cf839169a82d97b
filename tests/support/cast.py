"""The people of every story, and the two schools they work at.

**Ruiz** teaches 8A (30 students, period 1), **Okafor** is the co-teacher, **Sato** substitutes on
Wednesday, **Brandt** teaches 8B (20 students, period 2), **Lind** is the office, **Moss** the
administrator of Birch; **Stranger** teaches a section that is also called 8A, at Alder.

The stories begin on Tuesday, 6 October 2026 at 8:03 in Los Angeles (15:03 UTC), three minutes into
period 1. Monday the 12th is a holiday. Rolls are laid out from 28 September to 23 October.

    cast = settle(engine)       # empty tables -> everything below is in them
    cast.eight_a.roll()         # the id of today's roll of 8A
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import Engine, insert

from server import models
from server.db import writing
from sync.identity import roll_id

ZONE = ZoneInfo("America/Los_Angeles")
TUESDAY = date(2026, 10, 6)
WEDNESDAY = date(2026, 10, 7)
HOLIDAY = date(2026, 10, 12)
FIRST, LAST = date(2026, 9, 28), date(2026, 10, 23)
MORNING = datetime(2026, 10, 6, 15, 3, tzinfo=UTC)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)
NEXT_SUMMER = datetime(2027, 7, 1, tzinfo=UTC)
PASSWORD = "four chalky sparrows"
PERIODS = {
    "1": ("Period 1", time(8, 0), time(8, 50)),
    "2": ("Period 2", time(9, 0), time(9, 50)),
    "3": ("Period 3", time(10, 0), time(10, 50)),
}
GIVEN = "Amara Bao Carmen Dmitri Elif Farid Greta Hana Ivo Jomo Kaveh Lucía Mina Nils Oona".split()
FAMILY = (
    "Abara Bergqvist Castellanos Dragomir Eriksen Fujimoto Grzyb Haile Ibáñez Jovanović".split()
)


@dataclass(frozen=True)
class Person:
    """One of the cast, with a tablet and the capture grant that came with signing in on it."""

    name: str
    role: str
    school_id: UUID
    staff_id: UUID
    username: str
    device_id: UUID
    grant_id: UUID

    @property
    def password(self) -> str:
        """What they type."""
        return PASSWORD


@dataclass(frozen=True)
class Class:
    """A section, when it meets and who is in it (in order of `num`)."""

    school_id: UUID
    section_id: UUID
    title: str
    period: str
    students: tuple[UUID, ...]

    def roll(self, on: date = TUESDAY) -> UUID:
        """The id of its roll on a date."""
        return roll_id(self.school_id, self.section_id, on, self.period)


@dataclass(frozen=True)
class Cast:
    """Everybody and everything a story needs to name."""

    birch: UUID
    alder: UUID
    ruiz: Person
    okafor: Person
    sato: Person
    brandt: Person
    lind: Person
    moss: Person
    stranger: Person
    eight_a: Class
    eight_b: Class
    alder_8a: Class
    people: tuple[Person, ...] = field(default=())


class SetClock:
    """A clock that stands still until it is told; aware, UTC, milliseconds."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def forward(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


def local(on: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Los Angeles as an instant in UTC."""
    return datetime.combine(on, time(hour, minute), ZONE).astimezone(UTC)


def named(kind: str, name: str) -> UUID:
    """The same id in every run."""
    return uuid5(UUID(int=7), f"{kind}/{name}")


def school_days() -> list[date]:
    """Monday to Friday without the holiday."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return [day for day in days if day.weekday() < 5 and day != HOLIDAY]


@cache
def password_hash() -> str:
    """One hash for all: hashing is slow on purpose."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(PASSWORD)


def gather() -> Cast:
    """Who is who; computed, so that a copied database and its cast agree."""
    birch, alder = named("school", "birch"), named("school", "alder")
    eight_a = _class(birch, "8A", "1", range(1, 31))
    eight_b = _class(birch, "8B", "2", range(31, 51))
    alder_8a = _class(alder, "8A", "1", range(1, 11))
    people = {
        "ruiz": _person("D. Ruiz", "teacher", birch),
        "okafor": _person("N. Okafor", "teacher", birch),
        "sato": _person("K. Sato", "teacher", birch),
        "brandt": _person("P. Brandt", "teacher", birch),
        "lind": _person("R. Lind", "office", birch),
        "moss": _person("T. Moss", "administrator", birch),
        "stranger": _person("A. Stranger", "teacher", alder),
    }
    return Cast(
        birch=birch,
        alder=alder,
        eight_a=eight_a,
        eight_b=eight_b,
        alder_8a=alder_8a,
        people=tuple(people.values()),
        **people,
    )


def _person(name: str, role: str, school_id: UUID) -> Person:
    username = name.split()[1].lower()
    return Person(
        name,
        role,
        school_id,
        named("staff", username),
        username,
        named("device", username),
        named("grant", username),
    )


def _class(school_id: UUID, title: str, period: str, nums: range) -> Class:
    students = tuple(named("student", f"{school_id}/{num}") for num in nums)
    return Class(school_id, named("section", f"{school_id}/{title}"), title, period, students)


def settle(engine: Engine) -> Cast:
    """Write the cast into empty tables."""
    cast = gather()
    with writing(engine) as connection:
        for model, rows in _rows(cast):
            connection.execute(insert(model), rows)
    return cast


def _rows(cast: Cast) -> list[tuple[Any, list[dict[str, Any]]]]:
    return [
        (models.School, [_school(cast.birch, "Birch"), _school(cast.alder, "Alder")]),
        (models.SchoolSync, [_sync(cast.birch), _sync(cast.alder)]),
        (models.Account, [_account(person) for person in cast.people]),
        (models.Staff, [_staff(person) for person in cast.people]),
        (models.Device, [_device(person) for person in cast.people]),
        (models.CaptureGrant, [_grant(person) for person in cast.people]),
        (models.Student, [row for one in _classes(cast) for row in _students(one)]),
        (models.Section, [_section(one) for one in _classes(cast)]),
        (models.Enrollment, [row for one in _classes(cast) for row in _enrollments(one)]),
        (models.Teaching, _teaching(cast)),
        (models.SectionMeeting, [_meeting(one) for one in _classes(cast)]),
        (models.BellPeriod, [row for school in (cast.birch, cast.alder) for row in _bells(school)]),
        (models.CalendarDay, [row for s in (cast.birch, cast.alder) for row in _calendar(s)]),
        (models.RollRow, [row for one in _classes(cast) for row in _rolls(one)]),
    ]


def person_rows(person: Person) -> list[tuple[Any, dict[str, Any]]]:
    """One more person, with a tablet."""
    return [
        (models.Account, _account(person)),
        (models.Staff, _staff(person)),
        (models.Device, _device(person)),
        (models.CaptureGrant, _grant(person)),
    ]


def _classes(cast: Cast) -> list[Class]:
    return [cast.eight_a, cast.eight_b, cast.alder_8a]


def _school(school_id: UUID, name: str) -> dict[str, Any]:
    return {"school_id": school_id, "sourced_id": name.lower(), "name": name, "zone": ZONE.key}


def _sync(school_id: UUID) -> dict[str, Any]:
    return {"school_id": school_id, "epoch": f"e{str(school_id)[:8]}", "seq": 100}


def _account(person: Person) -> dict[str, Any]:
    return {
        "account_id": named("account", person.username),
        "username": person.username,
        "password_hash": password_hash(),
        "created_at": LONG_AGO,
    }


def _staff(person: Person) -> dict[str, Any]:
    given, family = person.name.split()
    return {
        "school_id": person.school_id,
        "staff_id": person.staff_id,
        "sourced_id": person.username,
        "given_name": given,
        "family_name": family,
        "display_name": person.name,
        "username": person.username,
        "role": person.role,
        "room": "12",
        "extension": "410",
        "account_id": named("account", person.username),
    }


def _device(person: Person) -> dict[str, Any]:
    return {
        "school_id": person.school_id,
        "device_id": person.device_id,
        "label": f"Tablet of {person.name}",
        "first_seen_at": LONG_AGO,
        "last_seen_at": LONG_AGO,
    }


def _grant(person: Person) -> dict[str, Any]:
    return {
        "school_id": person.school_id,
        "grant_id": person.grant_id,
        "staff_id": person.staff_id,
        "device_id": person.device_id,
        "created_at": LONG_AGO,
        "until_at": NEXT_SUMMER,
    }


def _num(one: Class, student_id: UUID) -> int:
    return one.students.index(student_id) + (31 if one.title == "8B" else 1)


def _students(one: Class) -> list[dict[str, Any]]:
    return [
        {
            "school_id": one.school_id,
            "student_id": student_id,
            "num": _num(one, student_id),
            "sourced_id": f"s{_num(one, student_id)}",
            "given_name": GIVEN[_num(one, student_id) % len(GIVEN)],
            "family_name": FAMILY[_num(one, student_id) % len(FAMILY)],
            "grade": "08",
        }
        for student_id in one.students
    ]


def _section(one: Class) -> dict[str, Any]:
    return {
        "school_id": one.school_id,
        "section_id": one.section_id,
        "sourced_id": one.title,
        "title": one.title,
        "course": "Mathematics 8",
        "room": "12",
        "kind": "scheduled",
        "grades": "08",
        "roster_rev": 1,
        "seq": 1 if one.title == "8A" else 2,
    }


def _enrollments(one: Class) -> list[dict[str, Any]]:
    return [
        {
            "school_id": one.school_id,
            "enrollment_id": named("enrollment", str(student_id)),
            "sourced_id": f"e{_num(one, student_id)}",
            "section_id": one.section_id,
            "student_id": student_id,
            "begin_on": date(2026, 8, 13),
            "end_on": None,
        }
        for student_id in one.students
    ]


def _teaching(cast: Cast) -> list[dict[str, Any]]:
    return [
        _assignment(cast.ruiz, cast.eight_a, "primary"),
        _assignment(cast.okafor, cast.eight_a, "co_teacher"),
        _assignment(cast.sato, cast.eight_a, "substitute", WEDNESDAY, WEDNESDAY),
        _assignment(cast.brandt, cast.eight_b, "primary"),
        _assignment(cast.stranger, cast.alder_8a, "primary"),
    ]


def _assignment(
    person: Person, one: Class, role: str, begin_on: date | None = None, end_on: date | None = None
) -> dict[str, Any]:
    return {
        "school_id": person.school_id,
        "assignment_id": named("teaching", f"{person.username}/{one.title}"),
        "sourced_id": f"t-{person.username}",
        "section_id": one.section_id,
        "staff_id": person.staff_id,
        "role": role,
        "begin_on": begin_on,
        "end_on": end_on,
    }


def _meeting(one: Class) -> dict[str, Any]:
    return {
        "school_id": one.school_id,
        "section_id": one.section_id,
        "period": one.period,
        "weekdays": "MTWRF",
        "day_labels": "",
    }


def _bells(school_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "school_id": school_id,
            "schedule": "regular",
            "period": period,
            "name": name,
            "starts_time": starts.strftime("%H:%M"),
            "ends_time": ends.strftime("%H:%M"),
        }
        for period, (name, starts, ends) in PERIODS.items()
    ]


def _calendar(school_id: UUID) -> list[dict[str, Any]]:
    taught = [
        {
            "school_id": school_id,
            "school_date": day,
            "grades": "*",
            "kind": "instructional",
            "schedule": "regular",
            "note": None,
        }
        for day in school_days()
    ]
    holiday = {
        "school_date": HOLIDAY,
        "kind": "holiday",
        "schedule": None,
        "note": "Indigenous Peoples",
    }
    return [*taught, {"school_id": school_id, "grades": "*", **holiday}]


def _rolls(one: Class) -> list[dict[str, Any]]:
    name, starts, ends = PERIODS[one.period]
    return [
        {
            "school_id": one.school_id,
            "roll_id": one.roll(day),
            "section_id": one.section_id,
            "school_date": day,
            "period": one.period,
            "period_name": name,
            "starts_at": local(day, starts.hour, starts.minute),
            "ends_at": local(day, ends.hour, ends.minute),
            "opens_at": local(day, starts.hour, starts.minute) - timedelta(minutes=5),
            "due_at": local(day, starts.hour, starts.minute) + timedelta(minutes=15),
            "check_at": local(day, starts.hour, starts.minute) + timedelta(minutes=30),
            "closes_at": local(day, 17),
            "expected": True,
            "seq": 10 + number,
        }
        for number, day in enumerate(school_days(), start=0 if one.title == "8A" else 40)
    ]
