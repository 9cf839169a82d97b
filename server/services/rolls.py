"""Reads rolls with what it takes to show them: rosters, names, absences known ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, select

from server.models import AbsenceNotice, RollRow, Section, table_of
from server.record import unpack_marks
from server.services import render
from server.services.facts import SCHOOL, load_people
from server.services.heard import Heard
from server.services.rosters import Roster
from server.services.voices import add_voices

ROLL_COLUMNS, SECTION_COLUMNS = table_of(RollRow).c, table_of(Section).c
_notice = table_of(AbsenceNotice).c
NOTICES = select(_notice.student_id, _notice.from_on, _notice.to_on, _notice.period).where(
    _notice.school_id == SCHOOL,
    _notice.active,
    _notice.to_on >= bindparam("from_on"),
    _notice.from_on <= bindparam("to_on"),
)


def rolls() -> Select[Any]:
    """A school's rolls with their sections' `roster_rev`; for the caller to narrow."""
    return (
        select(table_of(RollRow), SECTION_COLUMNS.roster_rev)
        .join_from(
            table_of(RollRow),
            table_of(Section),
            (SECTION_COLUMNS.school_id == ROLL_COLUMNS.school_id)
            & (SECTION_COLUMNS.section_id == ROLL_COLUMNS.section_id),
        )
        .where(ROLL_COLUMNS.school_id == SCHOOL)
    )


def sections() -> Select[Any]:
    """A school's sections; for the caller to narrow."""
    return select(
        SECTION_COLUMNS.section_id,
        SECTION_COLUMNS.seq,
        SECTION_COLUMNS.title,
        SECTION_COLUMNS.course,
        SECTION_COLUMNS.room,
        SECTION_COLUMNS.roster_rev,
        SECTION_COLUMNS.active,
    ).where(SECTION_COLUMNS.school_id == SCHOOL)


def render_rolls(
    connection: Connection,
    school_id: UUID,
    rows: Sequence[Row[Any]],
    rosters: Mapping[UUID, Roster],
    heard: Heard | None = None,
) -> list[dict[str, Any]]:
    """Rolls as the wire has them, in the order given; `heard` are their entries, if at hand."""
    if not rows:
        return []
    authors = {one for row in rows for one in unpack_marks(row.marks).people}
    authors |= {row.certified_by for row in rows if row.certified_by}
    authors |= {row.locked_by for row in rows if row.locked_by}
    people = load_people(connection, school_id, authors)
    dates = [row.school_date for row in rows]
    notices = connection.execute(
        NOTICES, {"school_id": school_id, "from_on": min(dates), "to_on": max(dates)}
    ).all()
    told = [
        render.roll(
            row,
            rosters[row.section_id],
            people,
            known_absences(notices, row, rosters[row.section_id]) if notices else (),
        )
        for row in rows
    ]
    add_voices(connection, school_id, told, rosters, heard)
    return told


def known_absences(notices: Iterable[Any], row: Row[Any], roster: Roster) -> list[UUID]:
    """Who is known to be absent from a meeting before it begins."""
    enrolled = roster.ids_in(row)
    return sorted(
        {
            notice.student_id
            for notice in notices
            if notice.from_on <= row.school_date <= notice.to_on
            and notice.period in {None, row.period}
            and notice.student_id in enrolled
        }
    )
