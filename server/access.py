"""The only doors to guarded rows. What one may not see answers 404, as if it did not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, or_, select

from schemas.words import Role, SessionWord
from server.models import PassMeeting, RollRow, Teaching
from server.problems import Problem

WIDE = frozenset({Role.OFFICE, Role.ADMINISTRATOR})
READS_ALL = WIDE | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: a person at one school, on one device. Names stay out of its repr.

    `pass_id`: by a day pass; then nothing may be seen but the rolls that it lists.
    """

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
    pass_id: UUID | None = None

    @property
    def is_wide(self) -> bool:
        """Whether the role reads the whole school."""
        return self.role in READS_ALL


@dataclass(frozen=True, slots=True)
class Courier:
    """A device that the school knows and that delivers with nobody signed in, because a session
    ended or there was none. It learns nothing but what became of the ops."""

    school_id: UUID
    device_id: UUID
    zone: str
    epoch: str
    session: SessionWord
    staff_id: None = None


def access_school(viewer: Viewer, school_id: UUID) -> UUID:
    """The school, if it is the one that this person is signed in at."""
    if viewer.school_id != school_id:
        raise Problem("not_found")
    return school_id


def access_section(connection: Connection, viewer: Viewer, section_id: UUID, on: date) -> UUID:
    """The section, if this person teaches it on the date or reads the whole school; a pass is for
    rolls, never for a section."""
    if viewer.pass_id is not None:
        raise Problem("not_found")
    if not viewer.is_wide and section_id not in sections_taught(connection, viewer, on, on):
        raise Problem("not_found")
    return section_id


def access_roll(connection: Connection, viewer: Viewer, roll_id: UUID) -> Row[Any]:
    """The roll's row, if this person teaches its section on its date, reads the whole school, or
    has it on a pass."""
    roll = RollRow.__table__
    row = connection.execute(
        select(roll).where(roll.c.school_id == viewer.school_id, roll.c.roll_id == roll_id)
    ).first()
    if row is None:
        raise Problem("not_found")
    if viewer.pass_id is None:
        access_section(connection, viewer, row.section_id, row.school_date)
    elif roll_id not in rolls_of_pass(connection, viewer.school_id, viewer.pass_id):
        raise Problem("not_found")
    return row


def rolls_of_pass(connection: Connection, school_id: UUID, pass_id: UUID) -> frozenset[UUID]:
    """The rolls that a day pass lists."""
    meeting = PassMeeting.__table__.c
    rows = connection.execute(
        select(meeting.roll_id).where(meeting.school_id == school_id, meeting.pass_id == pass_id)
    )
    return frozenset(rows.scalars())


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
