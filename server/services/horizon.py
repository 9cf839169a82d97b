"""How far a device looks: from five school days back to ten ahead, and what a person sees there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, or_, select

from server.access import Viewer
from server.models import CalendarDay, Section, Teaching, table_of
from server.services.facts import SCHOOL
from server.services.rosters import Roster, rosters_of

BACK, AHEAD = 5, 10
# Where the calendar ends, this many days stand in for the school days that it does not list.
DAYS_BACK, DAYS_AHEAD = timedelta(days=7), timedelta(days=14)
# Long enough for the longest holidays.
LOOK = timedelta(days=120)
TAUGHT = frozenset({"instructional", "make_up"})

_day, _teaching = table_of(CalendarDay).c, table_of(Teaching).c
_section = table_of(Section).c
DAYS = (
    select(_day.school_date, _day.grades, _day.kind, _day.note, _day.schedule)
    .where(
        _day.school_id == SCHOOL,
        _day.school_date >= bindparam("from_on"),
        _day.school_date <= bindparam("to_on"),
    )
    .order_by(_day.school_date, _day.grades)
)
MINE = (
    select(
        _teaching.section_id,
        _teaching.role,
        _teaching.begin_on,
        _teaching.end_on,
        _section.roster_rev,
    )
    .join_from(
        table_of(Teaching),
        table_of(Section),
        (_section.school_id == _teaching.school_id) & (_section.section_id == _teaching.section_id),
    )
    .where(
        _teaching.school_id == SCHOOL,
        _teaching.staff_id == bindparam("staff_id"),
        _teaching.active,
        or_(_teaching.begin_on.is_(None), _teaching.begin_on <= bindparam("to_on")),
        or_(_teaching.end_on.is_(None), _teaching.end_on >= bindparam("from_on")),
    )
    .order_by(_teaching.section_id, _teaching.begin_on, _teaching.role)
)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The school dates that a device keeps, both inclusive, and the calendar between them."""

    from_on: date
    to_on: date
    days: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class View:
    """What one person sees: the whole school, or the sections assigned while they are.

    `scope` changes whenever that does, and every day: a device that has another one starts anew.
    """

    horizon: Horizon
    wide: bool
    sections: frozenset[UUID]
    staff_id: UUID
    scope: str


def today_at(zone: str, now: datetime) -> date:
    """The school's date at an instant."""
    return now.astimezone(ZoneInfo(zone)).date()


def load_horizon(connection: Connection, school_id: UUID, today: date) -> Horizon:
    """The horizon around a date, by the school's calendar."""
    found = connection.execute(
        DAYS, {"school_id": school_id, "from_on": today - LOOK, "to_on": today + LOOK}
    )
    days = one_a_date(found)
    taught = [row.school_date for row in days if row.kind in TAUGHT]
    back = [on for on in taught if on < today][-BACK:]
    ahead = [on for on in taught if on > today][:AHEAD]
    from_on = back[0] if len(back) == BACK else min([today - DAYS_BACK, *back])
    to_on = ahead[-1] if len(ahead) == AHEAD else max([today + DAYS_AHEAD, *ahead])
    return Horizon(from_on, to_on, [row for row in days if from_on <= row.school_date <= to_on])


def one_a_date(rows: Iterable[Any]) -> list[Row[Any]]:
    """One line a date: a day taught for some grades counts as taught, else all grades' line."""
    best: dict[date, Row[Any]] = {}
    for row in rows:
        known = best.get(row.school_date)
        if known is None or (row.kind in TAUGHT and known.kind not in TAUGHT):
            best[row.school_date] = row
    return list(best.values())


def load_view(connection: Connection, viewer: Viewer, now: datetime) -> View:
    """What this person sees today."""
    horizon = load_horizon(connection, viewer.school_id, today_at(viewer.zone, now))
    mine = load_mine(connection, viewer, horizon)
    facts = [viewer.staff_id, viewer.role.value, horizon.from_on, horizon.to_on]
    facts += [part for row in mine for part in row[:4]]
    scope = hashlib.sha256("\n".join(map(str, facts)).encode()).hexdigest()[:16]
    sections = frozenset(row.section_id for row in mine)
    return View(horizon, viewer.is_wide, sections, viewer.staff_id, scope)


def load_mine(connection: Connection, viewer: Viewer, horizon: Horizon) -> Sequence[Any]:
    """A person's assignments within a horizon."""
    return connection.execute(
        MINE,
        {
            "school_id": viewer.school_id,
            "staff_id": viewer.staff_id,
            "from_on": horizon.from_on,
            "to_on": horizon.to_on,
        },
    ).all()


def load_rosters(
    connection: Connection, school_id: UUID, rows: Iterable[Row[Any]]
) -> dict[UUID, Roster]:
    """The rosters of the sections that rows name beside their `roster_rev`."""
    revs = {row.section_id: row.roster_rev for row in rows}
    return rosters_of(connection).load(connection, school_id, revs) if revs else {}
