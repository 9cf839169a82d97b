"""Gives out places in a school's history by the database itself, for whoever holds its lock."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, select, update

from server.models import School, SchoolSync, table_of

CLOCK, SCHOOL = table_of(SchoolSync), table_of(School)


def give_places(connection: Connection, school_id: UUID, count: int) -> int:
    """The last of `count` new places in the school's history."""
    mine = CLOCK.c.school_id == school_id
    connection.execute(update(CLOCK).where(mine).values(seq=CLOCK.c.seq + count))
    last: int = connection.execute(select(CLOCK.c.seq).where(mine)).scalar_one()
    return last


def number_calendar(connection: Connection, school_id: UUID) -> None:
    """The calendar as a whole gets the school's next place: tablets learn of it."""
    seq = give_places(connection, school_id, 1)
    moved = update(SCHOOL).where(SCHOOL.c.school_id == school_id)
    connection.execute(moved.values(calendar_seq=seq))


def number_timetable(connection: Connection, school_id: UUID) -> int:
    """The timetable's next revision, which whoever changes it has to name."""
    mine = SCHOOL.c.school_id == school_id
    moved = update(SCHOOL).where(mine).values(timetable_rev=SCHOOL.c.timetable_rev + 1)
    connection.execute(moved)
    revision: int = connection.execute(select(SCHOOL.c.timetable_rev).where(mine)).scalar_one()
    return revision
