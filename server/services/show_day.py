"""One date as the timetable makes it: every meeting, what its roll is due when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, or_, select

from server.access import Viewer
from server.db import reading
from server.models import DeadlinePolicy, Section, table_of
from server.services.board import ROLLS
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.horizon import load_rosters, today_at
from server.services.plan import grades_of
from server.services.rosters import Roster, covers
from server.services.show_timetable import (
    POLICIES,
    REVISION,
    bands_by_date,
    exemptions_of,
    policies_told,
    usual,
)
from sync.deadline import late_at

_policy, _section = table_of(DeadlinePolicy).c, table_of(Section).c
SECTIONS = select(_section.section_id, _section.title, _section.grades).where(
    _section.school_id == SCHOOL, _section.section_id.in_(IDS)
)


def show_day(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The meetings of a date, today's when none is named, in the order of the bells."""
    on: date = query.get("on") or today_at(viewer.zone, now)
    asked = {"school_id": viewer.school_id, "on": on, "from_on": on, "to_on": on}
    with reading(engine) as connection:
        return {
            "revision": connection.execute(REVISION, asked).scalar_one(),
            "on": on,
            "bands": bands_by_date(connection, asked).get(on, []),
            "exemptions": exemptions_of(connection, asked),
            "policies": _policies(connection, asked),
            "usual": usual(),
            "meetings": _meetings(connection, asked),
        }


def _policies(connection: Connection, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The deadlines in force on the date."""
    on = asked["on"]
    holds = and_(_policy.from_on <= on, or_(_policy.until_on.is_(None), _policy.until_on > on))
    rows = connection.execute(POLICIES.where(holds), asked).all()
    return policies_told(connection, asked["school_id"], rows)


def _meetings(connection: Connection, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = connection.execute(ROLLS, asked).all()
    rosters = load_rosters(connection, asked["school_id"], rows)
    found = rows_of(connection, SECTIONS, asked["school_id"], sorted(rosters))
    sections = {one.section_id: one for one in found}
    return [_meeting(row, sections[row.section_id], rosters[row.section_id]) for row in rows]


def _meeting(row: Any, section: Any, roster: Roster) -> dict[str, Any]:
    teachers = [one.name for one in roster.teachers if covers(one, row.school_date)]
    return {
        "roll_id": row.roll_id,
        "section_id": row.section_id,
        "section_title": section.title,
        "grades": ",".join(sorted(grades_of(section.grades))),
        "teacher_names": list(dict.fromkeys(teachers)),
        "period": row.period,
        "period_name": row.period_name,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "opens_at": row.opens_at,
        "due_at": row.due_at,
        "late_at": late_at(row.due_at, row.grace_min),
        "check_at": row.check_at,
        "closes_at": row.closes_at,
        "locks_at": row.locks_at,
        "remind_at": row.remind_at,
        "expected": row.expected,
        "void_reason": row.void_reason,
        "void_note": row.void_note,
        "state": row.state,
        "policy_id": row.policy_id,
    }
