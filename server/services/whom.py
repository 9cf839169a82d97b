"""Who is to take each missing roll, and who of the office hears of it (rules R1, R2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from schemas.words import Role
from server.access import WIDE
from server.ask import Question
from server.models import DayPass, PassMeeting, Staff, StaffLeave, Teaching, table_of
from server.services.facts import IDS, SCHOOL, question
from server.services.ladder import Reminding
from server.services.rosters import covers
from sync.remind import People, To, people_of

_teaching, _staff = table_of(Teaching).c, table_of(Staff).c
_listed, _pass, _leave = table_of(PassMeeting).c, table_of(DayPass).c, table_of(StaffLeave).c
TEACHERS = (
    select(
        _teaching.section_id,
        _teaching.staff_id,
        _teaching.role,
        _teaching.begin_on,
        _teaching.end_on,
    )
    .join_from(
        table_of(Teaching),
        table_of(Staff),
        (_staff.school_id == _teaching.school_id) & (_staff.staff_id == _teaching.staff_id),
    )
    .where(
        _teaching.school_id == SCHOOL,
        _teaching.section_id.in_(IDS),
        _teaching.active,
        _staff.active,
    )
    .order_by(_teaching.role.desc(), _teaching.assignment_id)
)
HOLDERS = (
    select(_listed.roll_id, _pass.staff_id)
    .join_from(
        table_of(PassMeeting),
        table_of(DayPass),
        (_pass.school_id == _listed.school_id) & (_pass.pass_id == _listed.pass_id),
    )
    .where(
        _listed.school_id == SCHOOL,
        _listed.roll_id.in_(IDS),
        _pass.revoked_at.is_(None),
        _pass.until_at > bindparam("now"),
    )
    .order_by(_pass.issued_at, _pass.pass_id)
)
LEAVES = select(_leave.staff_id, _leave.from_on, _leave.to_on).where(
    _leave.school_id == SCHOOL,
    _leave.to_on >= bindparam("since_on"),
    _leave.from_on <= bindparam("until_on"),
    _leave.ended_at.is_(None),
)
DESK = (
    select(_staff.staff_id, _staff.role)
    .where(
        _staff.school_id == SCHOOL,
        _staff.active,
        or_(*(_staff.role == role.value for role in sorted(WIDE))),
    )
    .order_by(_staff.staff_id)
)
DESK_OF = {To.OFFICE: Role.OFFICE, To.ADMINISTRATORS: Role.ADMINISTRATOR}


class RollLike(Protocol):
    """What is asked of a roll."""

    roll_id: UUID
    section_id: UUID
    school_date: date


@dataclass(frozen=True, slots=True)
class Whom:
    """The people of some rolls of one school."""

    reminding: Reminding
    teachers: Mapping[UUID, Sequence[Any]]
    holders: Mapping[UUID, Sequence[Any]]
    leaves: Sequence[Any]
    desk: Sequence[Any]
    _hearing: dict[tuple[To, date], tuple[UUID, ...]] = field(default_factory=dict)

    def people(self, roll: RollLike) -> People:
        """Who is to take a roll."""
        on = roll.school_date
        assigned = [row for row in self.teachers.get(roll.section_id, ()) if covers(row, on)]
        instead = [row.staff_id for row in assigned if row.role == "substitute"]
        instead += [row.staff_id for row in self.holders.get(roll.roll_id, ())]
        usual = [row.staff_id for row in assigned if row.role != "substitute"]
        return people_of(instead, usual, self._away(on))

    def hearing(self, to: To, on: date) -> tuple[UUID, ...]:
        """Who hears the steps to the office or to the administrators on a date; an office without
        people is the administrators."""
        if (to, on) not in self._hearing:
            found = self._hear(to, on)
            if not found and to is To.OFFICE:
                found = self._hear(To.ADMINISTRATORS, on)
            self._hearing[to, on] = found
        return self._hearing[to, on]

    def _hear(self, to: To, on: date) -> tuple[UUID, ...]:
        listed = self.reminding.office if to is To.OFFICE else self.reminding.administrators
        here = [row.staff_id for row in self.desk]
        everybody = [row.staff_id for row in self.desk if row.role == DESK_OF[to]]
        named = [one for one in listed if one in here] or everybody
        away = self._away(on)
        return tuple(one for one in named if one not in away)

    def _away(self, on: date) -> frozenset[UUID]:
        return frozenset(row.staff_id for row in self.leaves if row.from_on <= on <= row.to_on)


def ask_whom(school_id: UUID, rolls: Sequence[RollLike], now: datetime) -> list[Question]:
    """What is asked about some rolls, of which there is at least one."""
    dates = [roll.school_date for roll in rolls]
    sections = list(dict.fromkeys(roll.section_id for roll in rolls))
    between = {"school_id": school_id, "since_on": min(dates), "until_on": max(dates)}
    return [
        question(TEACHERS, school_id, sections),
        question(HOLDERS, school_id, [roll.roll_id for roll in rolls], now=now),
        Question(LEAVES, between),
        Question(DESK, {"school_id": school_id}),
    ]


def read_whom(reminding: Reminding, answers: Sequence[Sequence[Any]]) -> Whom:
    """What was answered."""
    teachers, holders, leaves, desk = answers
    return Whom(
        reminding,
        grouped(teachers, "section_id"),
        grouped(holders, "roll_id"),
        leaves,
        desk,
    )


def grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    """Rows by one of their columns."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found
