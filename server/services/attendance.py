"""A school's attendance between two dates: each student's days, months, ADA, chronic absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from server.access import Viewer
from server.db import reading
from server.models import School, Student, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.fold_days import fold_days
from server.services.school_pack import pack_of, rules_of
from server.services.school_years import year_of
from server.services.session_sums import SessionSums, told_sessions
from server.services.spans import Asked, read_span, terms_told
from sync.attendance import Bucket, Totals, ada, attendance_rate, bucket, chronic_of, totals
from sync.clearing import lapsed_excuses
from sync.codes import Authorised
from sync.day import Day, Outcome
from sync.pack import Rules, Unit
from sync.school_totals import Slot, Slots, add_totals, by_month, sum_buckets
from sync.sessions import Counting, Sessions, add_sessions, session_rate

_student, _school = table_of(Student).c, table_of(School).c
STUDENTS = (
    select(
        _student.student_id,
        _student.given_name,
        _student.family_name,
        _student.local_id,
        _student.grade,
    )
    .where(_student.school_id == SCHOOL)
    .order_by(_student.family_name, _student.given_name, _student.num)
)


ZONE = select(_school.zone).where(_school.school_id == SCHOOL)


@dataclass(slots=True)
class Counted:
    """The days of students, and what of them was looked at; `lapsed` are excuses whose time is
    over by now, by student and date; `sessions` where the school counts in them."""

    taught: list[date] = field(default_factory=list)
    days: dict[UUID, list[Day]] = field(default_factory=dict)
    lapsed: dict[UUID, Mapping[date, Authorised]] = field(default_factory=dict)
    slots: Slots = field(default_factory=Slots)
    sessions: SessionSums | None = None

    def bucket(self, student: UUID, day: Day) -> Bucket:
        """Where one day is summed."""
        return bucket(day, self.lapsed[student].get(day.on))


def school_attendance(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Everybody's days between two dates. Raises Problem `invalid`."""
    with reading(engine) as connection:
        asked = read_span(connection, viewer, query, now)
        by = count_by(connection, viewer.school_id, asked.today)
        counted = count_days(connection, viewer.school_id, asked, by)
        people = connection.execute(STUDENTS, {"school_id": viewer.school_id}).all()
    dates = _dates(counted)
    sessions = _sessions(counted)
    return {
        **head(viewer, asked, now),
        "pack": by.pack.name,
        **_sums(dates, sessions),
        "students": [
            {**named(one), **student_sums(counted, one.student_id, by.rules)}
            for one in people
            if one.student_id in counted.days
        ],
        "months": [
            {"month_on": on, **_sums(each, sessions)} for on, each in by_month(dates).items()
        ],
        "dates": [
            {
                "on": on,
                "days": told(each),
                "sessions": None if sessions is None else told_sessions(sessions[on]),
            }
            for on, each in dates.items()
        ],
        "slots": [asdict(one) for one in _slots(counted)],
    }


def student_attendance(
    engine: Engine, viewer: Viewer, student_id: UUID, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """One student's days, a date each. Raises Problem `not_found`, `invalid`."""
    only = STUDENTS.where(_student.student_id == student_id)
    with reading(engine) as connection:
        person = connection.execute(only, {"school_id": viewer.school_id}).first()
        if person is None:
            raise Problem("not_found")
        asked = read_span(connection, viewer, query, now)
        by = count_by(connection, viewer.school_id, asked.today)
        counted = count_days(connection, viewer.school_id, asked, by, student_id)
    counted.days.setdefault(student_id, [])
    counted.lapsed.setdefault(student_id, {})
    return {
        **head(viewer, asked, now),
        "student": {**named(person), **student_sums(counted, student_id, by.rules)},
        "dates": [_date(counted, student_id, day) for day in counted.days[student_id]],
    }


def count_by(connection: Connection, school_id: UUID, as_of: date) -> Counting:
    """What a school's days are counted by on a date."""
    return Counting(
        pack_of(connection, school_id),
        rules_of(connection, school_id),
        year_of(connection, school_id, as_of),
        as_of,
    )


def zone_of(connection: Connection, school_id: UUID) -> ZoneInfo:
    """The school's zone, in which noon is."""
    zone: str = connection.execute(ZONE, {"school_id": school_id}).scalar_one()
    return ZoneInfo(zone)


def count_days(
    connection: Connection,
    school_id: UUID,
    asked: Asked,
    by: Counting,
    only: UUID | None = None,
) -> Counted:
    """The days of a span. What came after it up to today is read too, because whether the time for
    an excuse is over hangs on the student's return."""
    counted, later = Counted(), dict[UUID, list[Day]]()
    if by.rules.unit is Unit.SESSION:
        counted.sessions = SessionSums(by, zone_of(connection, school_id))
    span = (asked.span.from_on, asked.today)
    students = None if only is None else frozenset({only})
    for one in fold_days(connection, school_id, by.pack, span, students):
        within = one.on <= asked.span.to_on
        for student, day in one.days.items():
            (counted.days if within else later).setdefault(student, []).append(day)
        if within:
            counted.taught.append(one.on)
            if counted.sessions is not None:
                counted.sessions.add(one)
            for marks in one.marks.values():
                counted.slots.add(one.on, marks)
    for student, days in counted.days.items():
        every = [*days, *later.get(student, ())]
        counted.lapsed[student] = lapsed_excuses(by.pack, every, by.year, by.as_of)
    return counted


def student_sums(counted: Counted, student: UUID, rules: Rules) -> dict[str, Any]:
    """What one student's days come to."""
    days = counted.days[student]
    sums = totals(days, counted.lapsed[student])
    sessions = counted.sessions
    measured = chronic_of(days, rules) if sessions is None else sessions.measured(student)
    return {
        "days": told(sums),
        "part_days": sum(day.outcome is Outcome.PART_DAY for day in days),
        "present_min": sum(day.taken_min - day.missed_min for day in days),
        "missed_min": sum(day.missed_min for day in days),
        "rate": ratio(
            attendance_rate(sums) if sessions is None else session_rate(sessions.of(student))
        ),
        "sessions": None if sessions is None else told_sessions(sessions.of(student)),
        "chronic": {**asdict(measured), "share": ratio(measured.share)},
    }


def told(sums: Totals) -> dict[str, int]:
    """Sums as the wire has them."""
    return {
        **asdict(sums),
        "attended": sums.attended,
        "absent": sums.absent,
        "expected": sums.expected,
    }


def ratio(exact: Fraction | None) -> dict[str, int] | None:
    """An exact share, in lowest terms."""
    return None if exact is None else {"top": exact.numerator, "bottom": exact.denominator}


def named(student: Any) -> dict[str, Any]:
    """Who a student is."""
    names = ("student_id", "given_name", "family_name", "local_id", "grade")
    return {name: getattr(student, name) for name in names}


def head(viewer: Viewer, asked: Asked, now: datetime) -> dict[str, Any]:
    """What a report is about."""
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        **asked.told,
        "terms": terms_told(asked),
    }


def _dates(counted: Counted) -> dict[date, Totals]:
    """The sums of each date that is taught."""
    found: dict[date, Counter[Bucket]] = {on: Counter() for on in counted.taught}
    for student, days in counted.days.items():
        for day in days:
            found[day.on][counted.bucket(student, day)] += 1
    return {on: sum_buckets(counts) for on, counts in found.items()}


def _sessions(counted: Counted) -> Mapping[date, Sessions] | None:
    """The sessions of each date that is taught; None where days are counted."""
    if counted.sessions is None:
        return None
    found = counted.sessions.by_date()
    return {on: found.get(on, Sessions()) for on in counted.taught}


def _slots(counted: Counted) -> list[Slot]:
    sessions = counted.sessions
    return counted.slots.counted() if sessions is None else sessions.slots()


def _sums(dates: Mapping[date, Totals], sessions: Mapping[date, Sessions] | None) -> dict[str, Any]:
    """What some dates come to; their rate is of sessions where these are counted (T10.2)."""
    every = add_totals(dates.values())
    counted = None if sessions is None else add_sessions(sessions[on] for on in dates)
    rate = attendance_rate(every) if counted is None else session_rate(counted)
    return {
        "days_taught": len(dates),
        "days": told(every),
        "sessions": None if counted is None else told_sessions(counted),
        "ada": ratio(ada([every], len(dates))) if dates else None,
        "rate": ratio(rate),
    }


def _date(counted: Counted, student: UUID, day: Day) -> dict[str, Any]:
    return {
        "on": day.on,
        "outcome": day.outcome,
        "counts_as": counted.bucket(student, day),
        "present_min": day.taken_min - day.missed_min,
        "missed_min": day.missed_min,
        "not_taken": list(day.missing),
        "contested": list(day.contested),
        "untimed": list(day.untimed),
        "sessions": [] if counted.sessions is None else counted.sessions.told_on(student, day.on),
        "halves": [] if counted.sessions is None else counted.sessions.counts_on(student, day.on),
    }
