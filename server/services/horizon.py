"""How far a device looks: from five school days back to ten ahead, and what a person sees there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, or_, select

from server.access import Viewer
from server.models import CalendarDay, PassMeeting, RollRow, Section, Teaching, table_of
from server.services.facts import SCHOOL
from server.services.rosters import Roster, rosters_of
from server.services.sift import sift_held, sift_roll

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
_listed, _roll = table_of(PassMeeting).c, table_of(RollRow).c
LISTED = (
    select(_roll.roll_id, _roll.section_id, _roll.school_date)
    .join_from(
        table_of(PassMeeting),
        table_of(RollRow),
        (_roll.school_id == _listed.school_id) & (_roll.roll_id == _listed.roll_id),
    )
    .where(_listed.school_id == SCHOOL, _listed.pass_id == bindparam("pass_id"))
)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The school dates that a device keeps, both inclusive, and the calendar between them."""

    from_on: date
    to_on: date
    days: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class View:
    """What one person sees: the whole school, the sections assigned while they are, or the rolls
    that a pass lists and who is enrolled for them.

    `scope` changes whenever that does, and every day: a device that has another one starts anew.
    """

    horizon: Horizon
    wide: bool
    sections: frozenset[UUID]
    staff_id: UUID
    scope: str
    listed: frozenset[UUID] | None = None

    def shows(self, row: Any, rosters: Mapping[UUID, Roster]) -> bool:
        """Whether the roll of a row is for this person to see."""
        return self.wide or self.takes(row, rosters)

    def takes(self, row: Any, rosters: Mapping[UUID, Roster]) -> bool:
        """Whether the roll of a row is one of this person's own."""
        if self.listed is not None:
            return row.roll_id in self.listed
        return rosters[row.section_id].rank(self.staff_id, row.school_date) is not None

    def shows_held(self, row: Any) -> bool:
        """Whether a held op that is theirs, or anybody's for the office, is about what they see."""
        return self.listed is None or row.roll_id in self.listed

    def sift_roll(self, told: dict[str, Any]) -> dict[str, Any]:
        """As much of a roll as this person may know."""
        return told if self.listed is None else sift_roll(told)

    def sift_held(self, told: dict[str, Any]) -> dict[str, Any]:
        """As much of a held item as this person may know."""
        return told if self.listed is None else sift_held(told)

    def roster(self, roster: Roster) -> Roster:
        """As much of a section's roster as this person sees."""
        return roster if self.listed is None else roster.only_on(self.horizon.from_on)


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
    if viewer.pass_id is not None:
        return _view_of_pass(connection, viewer, viewer.pass_id)
    horizon = load_horizon(connection, viewer.school_id, today_at(viewer.zone, now))
    mine = load_mine(connection, viewer, horizon)
    facts = [viewer.staff_id, viewer.role.value, horizon.from_on, horizon.to_on]
    facts += [part for row in mine for part in row[:4]]
    scope = hashlib.sha256("\n".join(map(str, facts)).encode()).hexdigest()[:16]
    sections = frozenset(row.section_id for row in mine)
    return View(horizon, viewer.is_wide, sections, viewer.staff_id, scope)


def _view_of_pass(connection: Connection, viewer: Viewer, pass_id: UUID) -> View:
    """What the holder of a day pass sees: its date, its rolls, their sections."""
    asked = {"school_id": viewer.school_id, "pass_id": pass_id}
    rows = connection.execute(LISTED, asked).all()
    on = rows[0].school_date  # a pass lists a roll at least
    dates = {"school_id": viewer.school_id, "from_on": on, "to_on": on}
    horizon = Horizon(on, on, one_a_date(connection.execute(DAYS, dates)))
    listed = frozenset(row.roll_id for row in rows)
    scope = hashlib.sha256("\n".join(map(str, [pass_id, *sorted(listed)])).encode())
    sections = frozenset(row.section_id for row in rows)
    return View(horizon, False, sections, viewer.staff_id, scope.hexdigest()[:16], listed)


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
