"""The office says when a student came or left on the date that the roster gives (F10.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select, update

from schemas.enrollment import CameOrLeft
from server.access import Viewer
from server.db import Turn, school_turn
from server.models import Enrollment, RollRow, Section, table_of
from server.problems import Problem
from server.services.acts import ENROLLMENT_TIMED, Act, note_act
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from server.services.poke import poke
from server.services.rehear import hear_again
from server.services.roster_versions import keep_versions
from sync.sentence import say

_enrollment, _section = table_of(Enrollment).c, table_of(Section).c
_roll = table_of(RollRow).c
ENDS = {CameOrLeft.CAME: ("begin_on", "begin_at"), CameOrLeft.LEFT: ("end_on", "end_at")}
NO_SUCH_DATE = {
    CameOrLeft.CAME: say("The roster has this student begin in no section on that date."),
    CameOrLeft.LEFT: say("The roster has this student leave no section on that date."),
}
HERS = (
    select(
        _enrollment.enrollment_id,
        _enrollment.begin_at,
        _enrollment.end_at,
        _section.section_id,
        _section.title,
    )
    .join_from(
        table_of(Enrollment),
        table_of(Section),
        (_section.school_id == _enrollment.school_id)
        & (_section.section_id == _enrollment.section_id),
    )
    .where(
        _enrollment.school_id == SCHOOL,
        _enrollment.student_id == bindparam("student_id"),
        _enrollment.active,
    )
    .order_by(_section.title, _section.section_id)
)


def time_enrollment(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Note the instant, or that none is known; what stands already is not noted twice. Raises
    Problem `invalid`, `not_possible`."""
    what, on, at = CameOrLeft(body["what"]), body["on"], body["at"]
    _check(viewer, on, at)
    with school_turn(engine, viewer.school_id) as turn:
        rows = _hers(turn.connection, viewer.school_id, body["student_id"], what, on)
        if not rows:
            raise Problem("not_possible", NO_SUCH_DATE[what])
        changed = [row for row in rows if getattr(row, ENDS[what][1]) != at]
        if changed:
            _write(turn, changed, {ENDS[what][1]: at}, now)
            facts = {"on": on, "what": what.value, "at": at}
            act = Act(ENROLLMENT_TIMED, viewer.staff_id, body["student_id"], facts)
            note_act(turn.connection, viewer.school_id, act, now)
    if changed:
        hear_again(engine, viewer.school_id, now=now)
    poke(viewer.school_id)
    sections = [{"section_id": row.section_id, "title": row.title} for row in rows]
    return {**body, "sections": sections}


def _check(viewer: Viewer, on: date, at: datetime | None) -> None:
    if at is not None and today_at(viewer.zone, at) != on:
        raise Problem("invalid", errors={"at": [say("Not on that date by the school’s clock.")]})


def _hers(
    connection: Connection, school_id: UUID, student_id: UUID, what: CameOrLeft, on: date
) -> Sequence[Any]:
    """The student's enrollments that begin or end on the date."""
    asked = HERS.where(_enrollment[ENDS[what][0]] == on)
    return connection.execute(asked, {"school_id": school_id, "student_id": student_id}).all()


def _write(turn: Turn, rows: Sequence[Any], said: Mapping[str, Any], now: datetime) -> None:
    """Change them; their sections' rosters and rolls get new places (W1), and versions (W4)."""
    mine = _enrollment.school_id == turn.school_id
    named = _enrollment.enrollment_id.in_([row.enrollment_id for row in rows])
    turn.connection.execute(update(table_of(Enrollment)).where(mine, named).values(said))
    touched = sorted({row.section_id for row in rows})
    for section_id in touched:
        _number(turn, section_id)
    which = select(_section.school_id, _section.section_id).where(
        _section.school_id == turn.school_id, _section.section_id.in_(touched)
    )
    keep_versions(turn.connection, which.subquery(), now)


def _number(turn: Turn, section_id: UUID) -> None:
    place = turn.next_seq()
    section = (_section.school_id == turn.school_id, _section.section_id == section_id)
    values = {"seq": place, "roster_rev": _section.roster_rev + 1}
    turn.connection.execute(update(table_of(Section)).where(*section).values(values))
    rolls = (_roll.school_id == turn.school_id, _roll.section_id == section_id)
    turn.connection.execute(update(table_of(RollRow)).where(*rolls).values(seq=place))
