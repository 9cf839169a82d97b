"""The only doors to guarded rows. What one may not see answers 404, as if it did not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, or_, select

from schemas.words import Role
from server.models import RollRow, Teaching
from server.problems import Problem

WIDE = frozenset({Role.OFFICE, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: a person at one school, on one device. Names stay out of its repr."""

    account_id: UUID
    school_id: UUID
    staff_id: UUID
    device_id: UUID
    role: Role
    epoch: str
    expires_at: datetime
    device_revoked: bool
    token_hash: bytes = field(repr=False)
    name: str = field(repr=False)
    username: str = field(repr=False)
    school_name: str = field(repr=False)
    zone: str

    @property
    def is_wide(self) -> bool:
        """Whether the role reads the whole school."""
        return self.role in WIDE


def access_school(viewer: Viewer, school_id: UUID) -> UUID:
    """The school, if it is the one that this person is signed in at."""
    if viewer.school_id != school_id:
        raise Problem("not_found")
    return school_id


def access_section(connection: Connection, viewer: Viewer, section_id: UUID, on: date) -> UUID:
    """The section, if this person teaches it on the date or reads the whole school."""
    if not viewer.is_wide and section_id not in sections_taught(connection, viewer, on, on):
        raise Problem("not_found")
    return section_id


def access_roll(connection: Connection, viewer: Viewer, roll_id: UUID) -> Row[Any]:
    """The roll's row, if this person teaches its section on its date or reads the whole school."""
    roll = RollRow.__table__
    row = connection.execute(
        select(roll).where(roll.c.school_id == viewer.school_id, roll.c.roll_id == roll_id)
    ).first()
    if row is None:
        raise Problem("not_found")
    access_section(connection, viewer, row.section_id, row.school_date)
    return row


def sections_taught(
    connection: Connection, viewer: Viewer, from_on: date, to_on: date
) -> frozenset[UUID]:
    """The sections that this person is assigned to on any of the dates, both inclusive."""
    teaching = Teaching.__table__.c
    rows = connection.execute(
        select(teaching.section_id).where(
            teaching.school_id == viewer.school_id,
            teaching.staff_id == viewer.staff_id,
            teaching.active,
            and_(
                or_(teaching.begin_on.is_(None), teaching.begin_on <= to_on),
                or_(teaching.end_on.is_(None), teaching.end_on >= from_on),
            ),
        )
    )
    return frozenset(rows.scalars())
