"""Lets notices speak on rolls that were laid out, or the student joined, later (V6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select

from server.db import Turn, reading, school_turn
from server.models import NoticeLine, School, table_of
from server.services.desk_rulings import NOTICE, Cause, Wish, mark_of, meetings_of, rule_wishes
from server.services.facts import SCHOOL, Person, knows_rules, load_people
from server.services.hearing import Sender
from server.services.horizon import today_at
from server.services.judge_reasons import Wanted, judge_reasons
from server.services.lay_out import LOOK_BACK_DAYS
from server.services.may_set import STUDENT
from server.services.noticed import Told, load_noticed
from server.services.poke import poke
from server.services.receive import receive
from server.services.school_pack import pack_of
from sync.codes import Role
from sync.excuse import Asked
from sync.front_desk import DeskWord
from sync.model import RollState

WHY = "The office was told ahead."
A_DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=LOOK_BACK_DAYS)

_line = table_of(NoticeLine).c
SCHOOLS = select(_line.school_id).where(_line.to_on >= bindparam("since")).distinct()
ZONE = select(School.zone).where(School.school_id == SCHOOL)


@dataclass(frozen=True, slots=True)
class Silent:
    """A notice, and the rolls on which it should speak and nobody gave a reason yet."""

    told: Told
    student: Any
    meetings: Sequence[Any]


def follow_everywhere(engine: Engine, now: datetime) -> int:
    """Let the notices of every school speak; answers on how many rolls they did."""
    since = now.date() - LOOK_BACK - A_DAY
    with reading(engine) as connection:
        schools = sorted(connection.execute(SCHOOLS, {"since": since}).scalars())
    return sum(follow_notices(engine, school_id, now) for school_id in schools)


def follow_notices(engine: Engine, school_id: UUID, now: datetime) -> int:
    """Let a school's notices speak; answers on how many rolls they did. Takes the school's turn
    only where one is silent; twice is once."""
    with reading(engine) as connection:
        zone = connection.execute(ZONE, {"school_id": school_id}).scalar_one()
        since = today_at(zone, now) - LOOK_BACK
        if not any(_silent(connection, school_id, since)):
            return 0
    with school_turn(engine, school_id) as turn:
        now = receive(turn, now)
        silent = list(_silent(turn.connection, school_id, since))
        done = sum(len(_speak(turn, one, zone, now)) for one in silent)
    poke(school_id)
    return done


def _silent(connection: Connection, school_id: UUID, since: date) -> Iterator[Silent]:
    """The newest word of a student comes first, so that of two notices about one roll it speaks."""
    noticed = load_noticed(connection, school_id, since, date.max)
    spoke = set(noticed.spoke)
    for student_id, own in noticed.of.items():
        asked = {"school_id": school_id, "student_id": student_id}
        student = connection.execute(STUDENT, asked).first()
        for told in reversed(own) if student is not None and student.active else ():
            meetings = [
                row
                for row in _meetings(connection, school_id, told, student, since)
                if (student_id, row.roll_id) not in spoke
            ]
            spoke |= {(student_id, row.roll_id) for row in meetings}
            if meetings:
                yield Silent(told, student, meetings)


def _meetings(
    connection: Connection, school_id: UUID, told: Told, student: Any, since: date
) -> list[Any]:
    from_on = max(told.line.from_on, since)
    return [
        row
        for row in meetings_of(connection, school_id, student.student_id, from_on, told.to_on)
        if told.holds(row.school_date, row.period)
        and row.state != RollState.LOCKED
        and not _reason(row, student)
    ]


def _reason(meeting: Any, student: Any) -> str | None:
    mark = mark_of(meeting, student)
    return mark and mark.reason


def _speak(turn: Turn, one: Silent, zone: str, now: datetime) -> frozenset[UUID]:
    """In the name of whoever wrote the notice, on the days on which the reason may be given."""
    line = one.told.line
    author = load_people(turn.connection, turn.school_id, [line.by])[line.by]
    if not knows_rules(author.role):  # what she was when she wrote it
        author = Person(author.staff_id, author.name, Role.OFFICE.value)
    may = _days(turn.connection, turn.school_id, one, Role(author.role), zone)
    word = DeskWord(line.line_id, reason=line.code)
    beside = (line.evidence, line.incident, line.discretion)
    wishes = [Wish(row, word, WHY, (), *beside) for row in one.meetings if row.school_date in may]
    sender = Sender(turn.school_id, zone, line.device_id, author)
    return rule_wishes(turn, sender, Cause(NOTICE, line.line_id, one.student), wishes, now)


def _days(
    connection: Connection, school_id: UUID, one: Silent, role: Role, zone: str
) -> frozenset[date]:
    line = one.told.line
    names = ("code", "note", "evidence", "incident", "discretion")
    asked = [
        Asked(
            on=on,
            presence=None,
            role=role,
            grade=one.student.grade,
            noticed_on=today_at(zone, line.noted_at),
            **{name: getattr(line, name) for name in names},
        )
        for on in dict.fromkeys(row.school_date for row in one.meetings)
    ]
    wanted = [Wanted(one.student.num, day) for day in asked]
    verdicts = judge_reasons(connection, school_id, pack_of(connection, school_id), wanted)
    return frozenset(day.on for day, verdict in zip(asked, verdicts, strict=True) if verdict.may)
