"""Changes to what is expected of one date or person: exemptions and leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from server.models import Exemption, Section, Staff, StaffLeave, table_of
from server.services.lay_out import Only
from server.services.timetable_desk import Desk, Done, Wrong
from sync.phrases import date_of
from sync.sentence import say

Body = Mapping[str, Any]
NAME_SOMETHING = say("Name a section or a period; to close school, change the day.")
_exempt, _leave = table_of(Exemption).c, table_of(StaffLeave).c
_section, _staff = table_of(Section).c, table_of(Staff).c


def add_exemption(desk: Desk, asked: Body) -> Done:
    """No roll is expected of a section, a period, or both, on a date. Raises Wrong."""
    on, section_id, period = asked["on"], asked["section_id"], asked["period"]
    if section_id is None and period is None:
        raise Wrong("period", NAME_SOMETHING)
    if not desk.is_school_day(on):
        raise Wrong("on", say("There is no school on {date}.", date=date_of(on)))
    if period is not None:
        desk.period(period)
    _check_section(desk, section_id)
    key = {"school_date": on, "section_id": section_id, "period": period}
    _check_new(desk, key)
    exemption_id = uuid4()
    row = {"school_id": desk.school_id, "exemption_id": exemption_id, **key, "why": asked["why"]}
    row |= {"set_by": desk.viewer.staff_id, "set_at": desk.now}
    desk.connection.execute(insert(table_of(Exemption)), row)
    return Done(
        act="exemption_set",
        subject=exemption_id,
        facts={**key, "why": asked["why"]},
        touches=Only(frozenset({on})),
        undo=({"type": "end_exemption", "exemption_id": exemption_id},),
    )


def _check_section(desk: Desk, section_id: UUID | None) -> None:
    known = select(_section.section_id).where(
        _section.school_id == desk.school_id, _section.section_id == section_id, _section.active
    )
    if section_id is not None and not desk.rows(known):
        raise Wrong("section_id", say("There is no such section at this school."))


def _check_new(desk: Desk, key: Body) -> None:
    same = select(_exempt.exemption_id).where(
        _exempt.school_id == desk.school_id,
        _exempt.ended_at.is_(None),
        *(_exempt[name].is_(value) if value is None else _exempt[name] == value
          for name, value in key.items()),
    )  # fmt: skip
    if desk.rows(same):
        raise Wrong("on", say("That is exempt already."))


def end_exemption(desk: Desk, asked: Body) -> Done:
    """Take an exemption back. Raises Wrong."""
    exemption_id = asked["exemption_id"]
    rows = desk.rows(
        select(table_of(Exemption)).where(
            _exempt.school_id == desk.school_id, _exempt.exemption_id == exemption_id
        )
    )
    if not rows or rows[0].ended_at is not None:
        raise Wrong("exemption_id", say("There is no such exemption."))
    (row,) = rows
    desk.connection.execute(
        update(table_of(Exemption))
        .where(_exempt.school_id == desk.school_id, _exempt.exemption_id == exemption_id)
        .values(ended_at=desk.now)
    )
    again = {"on": row.school_date, "section_id": row.section_id, "period": row.period}
    return Done(
        act="exemption_ended",
        subject=exemption_id,
        facts={**again, "why": row.why},
        touches=Only(frozenset({row.school_date})),
        undo=({"type": "exemption", **again, "why": row.why},),
    )


def add_leave(desk: Desk, asked: Body) -> Done:
    """Somebody is away and is not reminded. Raises Wrong."""
    span = {name: asked[name] for name in ("staff_id", "from_on", "to_on")}
    if span["to_on"] < span["from_on"]:
        raise Wrong("to_on", say("The last day lies before the first."))
    known = select(_staff.staff_id).where(
        _staff.school_id == desk.school_id, _staff.staff_id == span["staff_id"], _staff.active
    )
    if not desk.rows(known):
        raise Wrong("staff_id", say("Nobody at this school."))
    leave_id = uuid4()
    row = {"school_id": desk.school_id, "leave_id": leave_id, **span}
    row |= {"set_by": desk.viewer.staff_id, "set_at": desk.now}
    desk.connection.execute(insert(table_of(StaffLeave)), row)
    return Done(
        act="leave_set",
        subject=leave_id,
        facts=span,
        undo=({"type": "end_leave", "leave_id": leave_id},),
    )


def end_leave(desk: Desk, asked: Body) -> Done:
    """Take a leave back. Raises Wrong."""
    leave_id = asked["leave_id"]
    rows = desk.rows(
        select(table_of(StaffLeave)).where(
            _leave.school_id == desk.school_id, _leave.leave_id == leave_id
        )
    )
    if not rows or rows[0].ended_at is not None:
        raise Wrong("leave_id", say("There is no such leave."))
    (row,) = rows
    desk.connection.execute(
        update(table_of(StaffLeave))
        .where(_leave.school_id == desk.school_id, _leave.leave_id == leave_id)
        .values(ended_at=desk.now)
    )
    again = {"staff_id": row.staff_id, "from_on": row.from_on, "to_on": row.to_on}
    return Done(
        act="leave_ended",
        subject=leave_id,
        facts=again,
        undo=({"type": "leave", **again},),
    )
