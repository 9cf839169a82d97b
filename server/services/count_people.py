"""Counts expected rolls by whom they count for (rules B6): a teacher's history, and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, or_, select

from server.models import (
    DayPass,
    PassMeeting,
    RollRow,
    Section,
    StaffLeave,
    Teaching,
    table_of,
)
from server.services.count_rolls import EXPECTED, halves, is_open, met_now, past_met
from server.services.in_charge import SUBSTITUTE
from server.services.spans import Asked
from sync.rates import RollMet

_roll, _section, _leave = table_of(RollRow).c, table_of(Section).c, table_of(StaffLeave).c
_listed, _pass = table_of(PassMeeting).c, table_of(DayPass).c
OWN, OTHER = table_of(Teaching).alias("own"), table_of(Teaching).alias("other")


@dataclass(frozen=True, slots=True)
class OfPerson:
    """So many rolls of a date that count for somebody and met their deadlines alike."""

    staff_id: UUID
    on: date
    how: RollMet
    count: int
    open: bool = False


def _covers(teaching: Any) -> Any:
    return and_(
        teaching.c.active,
        or_(teaching.c.begin_on.is_(None), teaching.c.begin_on <= _roll.school_date),
        or_(teaching.c.end_on.is_(None), teaching.c.end_on >= _roll.school_date),
    )


def _away(staff_id: Any) -> Any:
    return (
        exists()
        .where(
            _leave.school_id == _roll.school_id,
            _leave.staff_id == staff_id,
            _leave.from_on <= _roll.school_date,
            _leave.to_on >= _roll.school_date,
            _leave.ended_at.is_(None),
        )
        .correlate_except(table_of(StaffLeave))
    )


# An assigned substitute, or somebody with a day pass, has the roll in the teachers' place.
SUBSTITUTED = (
    exists()
    .where(
        OTHER.c.school_id == _roll.school_id,
        OTHER.c.section_id == _roll.section_id,
        OTHER.c.role == SUBSTITUTE,
        _covers(OTHER),
        ~_away(OTHER.c.staff_id),
    )
    .correlate_except(OTHER)
)
ON_PASS = (
    exists()
    .where(
        _listed.school_id == _roll.school_id,
        _listed.roll_id == _roll.roll_id,
        _pass.school_id == _listed.school_id,
        _pass.pass_id == _listed.pass_id,
        _pass.revoked_at.is_(None),
        ~_away(_pass.staff_id),
    )
    .correlate_except(table_of(PassMeeting), table_of(DayPass))
)


def _of_people(*columns: Any) -> Select[Any]:
    """Expected rolls, a row for each person whom they count for (B6.1)."""
    return (
        select(OWN.c.staff_id, *columns)
        .join_from(
            table_of(RollRow),
            OWN,
            and_(OWN.c.school_id == _roll.school_id, OWN.c.section_id == _roll.section_id),
        )
        .where(
            *EXPECTED,
            _covers(OWN),
            ~_away(OWN.c.staff_id),
            or_(OWN.c.role == SUBSTITUTE, and_(~SUBSTITUTED, ~ON_PASS)),
        )
    )


# Somebody may be assigned to a section twice; a roll counts once.
COUNTED = _of_people(
    _roll.school_date, _roll.timeliness, func.count(_roll.roll_id.distinct()).label("rolls")
).group_by(OWN.c.staff_id, _roll.school_date, _roll.timeliness)
FACTS = (
    _roll.roll_id,
    _roll.school_date,
    _roll.timeliness,
    _roll.starts_at,
    _roll.due_at,
    _roll.grace_min,
    _roll.closes_at,
    _roll.taken_at,
    _roll.received_at,
    _roll.period_name,
)
RECENT = _of_people(*FACTS).distinct()
OF_ONE = (
    _of_people(*FACTS, _section.title.label("section_title"))
    .join(
        table_of(Section),
        and_(_section.school_id == _roll.school_id, _section.section_id == _roll.section_id),
    )
    .where(OWN.c.staff_id == bindparam("staff_id"))
    .distinct()
    .order_by(_roll.starts_at, _roll.roll_id)
)


def count_people(
    connection: Connection, school_id: UUID, asked: Asked, now: datetime
) -> list[OfPerson]:
    """Everybody's rolls between two dates, in no order."""
    past, recent = halves(school_id, asked)
    counted = [
        OfPerson(row.staff_id, row.school_date, past_met(row), row.rolls)
        for row in connection.execute(COUNTED, past)
    ]
    counted += [
        OfPerson(row.staff_id, row.school_date, met_now(row, now), 1, is_open(row, now))
        for row in connection.execute(RECENT, recent)
    ]
    return counted


def rolls_of_one(
    connection: Connection, school_id: UUID, staff_id: UUID, asked: Asked
) -> Sequence[Any]:
    """One person's rolls between two dates, in their order."""
    span = {"from_on": asked.span.from_on, "to_on": asked.span.to_on}
    return connection.execute(OF_ONE, {"school_id": school_id, "staff_id": staff_id, **span}).all()
