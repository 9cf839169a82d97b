"""Sends what teachers took before now, op by op, through the service that tablets' rolls meet."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, Engine, select

from schemas.fast import read_op
from schemas.fields import spell_instant
from schemas.words import Role
from server.db import reading
from server.demo.memory import PastMeeting, Sent, Stories, remember
from server.models import (
    AbsenceNotice,
    CaptureGrant,
    Enrollment,
    RollRow,
    Section,
    Staff,
    Student,
    Teaching,
)
from server.services.facts import Person
from server.services.hearing import Sender
from server.services.submit import submit

Advance = Callable[[str, int, int], None]
SAYING = "Taking the rolls of the last days"


@dataclass(frozen=True)
class Tablet:
    """The device that a teacher signed in on."""

    device_id: UUID
    grant_id: UUID
    person: Person


@dataclass(frozen=True)
class DemoPlace:
    """The school and everybody's tablet, by staff id."""

    school_id: UUID
    zone: str
    tablets: Mapping[UUID, Tablet]

    @property
    def desk(self) -> UUID | None:
        """Who sits at the office desk, if it was signed in at."""
        desks = (one.person for one in self.tablets.values() if one.person.role == Role.OFFICE)
        return next((person.staff_id for person in desks), None)


def relive(
    engine: Engine,
    place: DemoPlace,
    stories: Stories,
    *,
    span: tuple[date, date],
    now: datetime,
    advance: Advance,
) -> int:
    """Sends everything that was received in the span of dates until now and is not there yet."""
    with reading(engine) as connection:
        meetings = read_meetings(connection, place.school_id, span, now)
    sent = remember(meetings, stories, now, place.desk)
    for done, one in enumerate(sent, start=1):
        _send(engine, place, one)
        advance(SAYING, done, len(sent))
    return len(sent)


def _send(engine: Engine, place: DemoPlace, one: Sent) -> None:
    tablet = place.tablets[one.author]
    sender = Sender(place.school_id, place.zone, tablet.device_id, tablet.person)
    recorded = submit(engine, sender, [read_op(wire(one, tablet))], one.received_at)
    reply = recorded.replies[0]
    if reply.reason != one.held:
        raise RuntimeError(f"the demo's own roll was {reply.outcome}: {reply.reason}")


def wire(one: Sent, tablet: Tablet) -> bytes:
    """The op as a tablet sends it; its clock was measured at the bell and is good to 80 ms."""
    parents = {"parents": [str(op_id) for op_id in one.after]} if one.after else {}
    op = {
        "id": str(one.op_id),
        "v": 1,
        "kind": one.kind,
        "roll_id": str(one.meeting.roll_id),
        "grant": str(tablet.grant_id),
        "taken_at": spell_instant(one.taken_at),
        "clock": {
            "offset_ms": 0,
            "uncertainty_ms": 80,
            "server_seen_at": spell_instant(one.meeting.starts_at - timedelta(minutes=3)),
            "suspect": False,
        },
        "marks": [
            {"student_id": str(student), "presence": presence}
            | ({"arrived_at": spell_instant(arrived_at)} if arrived_at else {})
            | ({"why": one.why} if one.why else {})
            | parents
            for student, presence, arrived_at in one.marks
        ],
    }
    return json.dumps(op).encode()


# --- what the record says of meetings


def read_meetings(
    connection: Connection, school_id: UUID, span: tuple[date, date], now: datetime
) -> list[PastMeeting]:
    """The meetings of these dates that have begun, are expected and have no roll yet."""
    rolls = connection.execute(
        select(
            RollRow.roll_id,
            RollRow.section_id,
            RollRow.on.label("school_date"),
            RollRow.period,
            RollRow.starts_at,
            RollRow.due_at,
            Section.sourced_id,
        )
        .join(
            Section,
            (Section.school_id == RollRow.school_id) & (Section.section_id == RollRow.section_id),
        )
        .where(
            RollRow.school_id == school_id,
            RollRow.on.between(*span),
            RollRow.starts_at <= now,
            RollRow.expected,
            RollRow.state == "not_taken",
        )
        .order_by(RollRow.starts_at, RollRow.roll_id)
    ).all()
    teachers, students = _teachers(connection, school_id), _students(connection, school_id)
    notices = _notices(connection, school_id)
    return [
        PastMeeting(
            roll_id=row.roll_id,
            section=row.sourced_id,
            on=row.school_date,
            period=row.period,
            starts_at=row.starts_at,
            due_at=row.due_at,
            teachers=tuple(teachers[row.section_id]),
            students=tuple(students[row.section_id]),
            known=_known(notices, row.school_date, row.period),
        )
        for row in rolls
    ]


def tablet_id(username: str) -> UUID:
    """The device that a teacher of the demo signs in on."""
    return uuid5(NAMESPACE_URL, f"alder-creek/tablet/{username}")


def read_place(engine: Engine, school_id: UUID, zone: str) -> DemoPlace:
    """Everybody's tablet with its leave to record."""
    with reading(engine) as connection:
        people = read_people(connection, school_id)
        rows = connection.execute(
            select(CaptureGrant.device_id, CaptureGrant.grant_id).where(
                CaptureGrant.school_id == school_id
            )
        )
        grants = {row.device_id: row.grant_id for row in rows}
    tablets = {
        person.staff_id: Tablet(tablet_id(username), grants[tablet_id(username)], person)
        for username, person in people.items()
        if tablet_id(username) in grants
    }
    return DemoPlace(school_id, zone, tablets)


def read_people(connection: Connection, school_id: UUID) -> dict[str, Person]:
    """Everybody who works there, by username."""
    rows = connection.execute(
        select(Staff.username, Staff.staff_id, Staff.display_name, Staff.role).where(
            Staff.school_id == school_id, Staff.active
        )
    )
    return {row.username: Person(row.staff_id, row.display_name, row.role) for row in rows}


def _teachers(connection: Connection, school_id: UUID) -> dict[UUID, list[UUID]]:
    rows = connection.execute(
        select(Teaching.section_id, Teaching.staff_id)
        .where(Teaching.school_id == school_id, Teaching.active)
        .order_by(Teaching.role.desc())
    )
    return _by_section(rows)


def _students(connection: Connection, school_id: UUID) -> dict[UUID, list[UUID]]:
    rows = connection.execute(
        select(Enrollment.section_id, Enrollment.student_id)
        .join(
            Student,
            (Student.school_id == Enrollment.school_id)
            & (Student.student_id == Enrollment.student_id),
        )
        .where(Enrollment.school_id == school_id, Enrollment.active)
        .order_by(Student.num)
    )
    return _by_section(rows)


def _by_section(rows: Iterable[Any]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for section_id, person_id in rows:
        found[section_id].append(person_id)
    return found


def _notices(connection: Connection, school_id: UUID) -> Sequence[Any]:
    return connection.execute(
        select(
            AbsenceNotice.student_id,
            AbsenceNotice.from_on,
            AbsenceNotice.to_on,
            AbsenceNotice.period,
        ).where(AbsenceNotice.school_id == school_id, AbsenceNotice.active)
    ).all()


def _known(notices: Sequence[Any], on: date, period: str) -> frozenset[UUID]:
    return frozenset(
        notice.student_id
        for notice in notices
        if notice.from_on <= on <= notice.to_on and notice.period in {None, period}
    )
