"""The timetable as the office sees it: dates with their rolls, bells, deadlines, exemptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, and_, bindparam, func, or_, select

from schemas.timetable import MOST_DATES
from schemas.words import Role
from server.access import Viewer
from server.db import reading
from server.models import (
    BellPeriod,
    CalendarDay,
    DeadlinePolicy,
    Exemption,
    RollRow,
    School,
    Section,
    SectionMeeting,
    Staff,
    StaffLeave,
    table_of,
)
from server.problems import Problem
from server.services.facts import SCHOOL, load_people
from server.services.horizon import today_at
from server.services.plan import band_of, grades_of
from sync.deadline import late_at
from sync.model import Policy
from sync.sentence import say

FROM: Any = bindparam("from_on")
TO: Any = bindparam("to_on")
_school, _day, _bell = table_of(School).c, table_of(CalendarDay).c, table_of(BellPeriod).c
_policy, _exempt, _leave = (table_of(one).c for one in (DeadlinePolicy, Exemption, StaffLeave))
_roll, _section, _meets = table_of(RollRow).c, table_of(Section).c, table_of(SectionMeeting).c
_staff = table_of(Staff).c

REVISION = select(_school.timetable_rev).where(_school.school_id == SCHOOL)
BOUNDS = select(func.min(_day.school_date), func.max(_day.school_date)).where(
    _day.school_id == SCHOOL
)
DAYS = (
    select(table_of(CalendarDay))
    .where(_day.school_id == SCHOOL, _day.school_date >= FROM, _day.school_date <= TO)
    .order_by(_day.school_date, _day.grades)
)
_taken = _roll.received_at.is_not(None)
COUNTED = ("expected", "taken", "late", "voided")
COUNTS = (
    select(
        _roll.school_date,
        _roll.expected,
        _taken.label("taken"),
        _roll.due_at,
        _roll.grace_min,
        func.count().label("rolls"),
    )
    .where(_roll.school_id == SCHOOL, _roll.school_date >= FROM, _roll.school_date <= TO)
    .group_by(_roll.school_date, _roll.expected, _taken, _roll.due_at, _roll.grace_min)
)
BELLS = (
    select(table_of(BellPeriod))
    .where(_bell.school_id == SCHOOL)
    .order_by(_bell.schedule, _bell.starts_time, _bell.period)
)
IN_FORCE = (
    select(_day.schedule, func.count(_day.school_date.distinct()).label("dates"))
    .where(_day.school_id == SCHOOL, _day.school_date >= FROM, _day.schedule.is_not(None))
    .group_by(_day.schedule)
)
POLICIES = (
    select(table_of(DeadlinePolicy))
    .where(_policy.school_id == SCHOOL)
    .order_by(_policy.grades, _policy.period, _policy.from_on, _policy.set_at, _policy.policy_id)
)
STILL_HELD = or_(_policy.until_on.is_(None), _policy.until_on > _policy.from_on)
LIVE = or_(
    _policy.until_on.is_(None), and_(_policy.until_on > FROM, _policy.until_on > _policy.from_on)
)
EXEMPTIONS = (
    select(table_of(Exemption))
    .where(
        _exempt.school_id == SCHOOL,
        _exempt.school_date >= FROM,
        _exempt.school_date <= TO,
        _exempt.ended_at.is_(None),
    )
    .order_by(_exempt.school_date, _exempt.set_at, _exempt.exemption_id)
)
LEAVES = (
    select(table_of(StaffLeave))
    .where(
        _leave.school_id == SCHOOL,
        _leave.to_on >= FROM,
        _leave.from_on <= TO,
        _leave.ended_at.is_(None),
    )
    .order_by(_leave.from_on, _leave.set_at, _leave.leave_id)
)
SECTIONS = (
    select(_section.section_id, _section.title, _section.grades)
    .where(_section.school_id == SCHOOL, _section.active)
    .order_by(_section.title, _section.section_id)
)
MEETINGS = (
    select(_meets.section_id, _meets.period)
    .where(_meets.school_id == SCHOOL)
    .distinct()
    .order_by(_meets.period)
)
STAFF = (
    select(_staff.staff_id, _staff.display_name.label("name"), _staff.role)
    .where(_staff.school_id == SCHOOL, _staff.active)
    .order_by(_staff.family_name, _staff.given_name, _staff.staff_id)
)


def show_timetable(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The timetable between two dates. Raises Problem `invalid` where they make no sense."""
    today = today_at(viewer.zone, now)
    from_on, to_on = _span(query, today)
    asked = {"school_id": viewer.school_id, "from_on": from_on, "to_on": to_on, "now": now}
    with reading(engine) as connection:
        told = _choices(connection, viewer.school_id, today)
        first_on, last_on = connection.execute(BOUNDS, asked).one()
        return {
            "today": today,
            "zone": viewer.zone,
            "from": from_on,
            "to": to_on,
            "first_on": first_on,
            "last_on": last_on,
            "days": _dates(connection, asked),
            "policies": _policies(connection, asked, bool(query.get("policies"))),
            "may_set_policies": viewer.role is Role.ADMINISTRATOR,
            "exemptions": exemptions_of(connection, asked),
            "leaves": _leaves(connection, asked),
            **told,
        }


def _span(query: Mapping[str, Any], today: date) -> tuple[date, date]:
    first = query.get("from") or today.replace(day=1)
    last = query.get("to") or _month_end(first)
    if last < first:
        raise Problem("invalid", errors={"to": [say("This date lies before the first one.")]})
    if (last - first).days >= MOST_DATES:
        raise Problem(
            "invalid",
            errors={"to": [say("Ask for {most} dates at most.", most=MOST_DATES)]},
        )
    return first, last


def _month_end(on: date) -> date:
    try:
        return (on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    except OverflowError:
        return date.max


def _choices(connection: Connection, school_id: UUID, today: date) -> dict[str, Any]:
    """What there is to choose from."""
    asked = {"school_id": school_id, "from_on": today}
    bells = connection.execute(BELLS, asked).all()
    in_force = {row.schedule: row.dates for row in connection.execute(IN_FORCE, asked)}
    slots: dict[str, list[dict[str, Any]]] = {}
    for row in bells:
        slots.setdefault(row.schedule, []).append(_slot(row))
    periods: dict[UUID, list[str]] = {}
    for section_id, period in connection.execute(MEETINGS, asked):
        periods.setdefault(section_id, []).append(period)
    sections = connection.execute(SECTIONS, asked).all()
    return {
        "revision": connection.execute(REVISION, asked).scalar_one(),
        "schedules": [
            {"schedule": name, "periods": slots[name], "dates": in_force.get(name, 0)}
            for name in slots
        ],
        "usual": usual(),
        "grades": sorted({one for row in sections for one in grades_of(row.grades)}, key=_grade),
        "periods": list(dict.fromkeys(row.period for row in bells)),
        "sections": [
            {
                "section_id": row.section_id,
                "title": row.title,
                "grades": ",".join(sorted(grades_of(row.grades), key=_grade)),
                "periods": periods.get(row.section_id, []),
            }
            for row in sections
        ],
        "staff": connection.execute(STAFF, asked).all(),
    }


def _grade(grade: str) -> tuple[bool, int, str]:
    """Kindergarten and what else has a name before the numbers, and these as numbers."""
    return grade.isdigit(), int(grade) if grade.isdigit() else 0, grade


def _slot(row: Any) -> dict[str, Any]:
    return {
        "period": row.period,
        "name": row.name,
        "starts_time": row.starts_time,
        "ends_time": row.ends_time,
    }


def usual() -> dict[str, Any]:
    """The deadlines where a school has set none."""
    policy = Policy()
    return {
        "open_before_min": policy.open_before_min,
        "due_after_min": policy.due_after_min,
        "check_after_min": policy.check_after_min,
        "grace_min": policy.grace_min,
        "close_time": policy.close_time.strftime("%H:%M"),
        "lock_after_days": policy.lock_after_days,
    }


def _dates(connection: Connection, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    bands = bands_by_date(connection, asked)
    counts: dict[date, Counter[str]] = {}
    for row in connection.execute(COUNTS, asked):
        for what in _counted_as(row, asked["now"]):
            counts.setdefault(row.school_date, Counter())[what] += row.rolls
    first, last = asked["from_on"], asked["to_on"]
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        {
            "on": on,
            "bands": bands.get(on, []),
            **{what: counts.get(on, Counter())[what] for what in COUNTED},
        }
        for on in dates
    ]


def _counted_as(row: Any, now: datetime) -> Iterator[str]:
    if not row.expected:
        yield "voided"
        return
    yield "expected"
    if row.taken:
        yield "taken"
    elif now > late_at(row.due_at, row.grace_min):
        yield "late"


def bands_by_date(
    connection: Connection, asked: Mapping[str, Any]
) -> dict[date, list[dict[str, Any]]]:
    """What the calendar says of some dates, a line a band of grades."""
    bands: dict[date, list[dict[str, Any]]] = {}
    for row in connection.execute(DAYS, asked):
        bands.setdefault(row.school_date, []).append(
            {
                "grades": band_of(row.grades),
                "kind": row.kind,
                "schedule": row.schedule,
                "day_label": row.day_label,
                "note": row.note,
                "closed_from_time": row.closed_from_time,
            }
        )
    return bands


def _policies(
    connection: Connection, asked: Mapping[str, Any], every: bool
) -> list[dict[str, Any]]:
    wanted = POLICIES.where(STILL_HELD if every else LIVE)
    return policies_told(connection, asked["school_id"], connection.execute(wanted, asked).all())


def policies_told(
    connection: Connection, school_id: UUID, rows: Iterable[Any]
) -> list[dict[str, Any]]:
    """Deadlines with who set them."""
    rows = list(rows)
    people = load_people(connection, school_id, {row.set_by for row in rows if row.set_by})
    return [
        {
            "policy_id": row.policy_id,
            "grades": band_of(row.grades),
            "period": row.period,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "open_before_min": row.open_before_min,
            "due_after_min": row.due_after_min,
            "check_after_min": row.check_after_min,
            "grace_min": row.grace_min,
            "close_time": row.close_time,
            "lock_after_days": row.lock_after_days,
            "set_by": people[row.set_by].by() if row.set_by in people else None,
            "set_at": row.set_at,
        }
        for row in rows
    ]


def exemptions_of(connection: Connection, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The exemptions of some dates."""
    rows = connection.execute(EXEMPTIONS, asked).all()
    people = load_people(connection, asked["school_id"], {row.set_by for row in rows if row.set_by})
    return [
        {
            "exemption_id": row.exemption_id,
            "on": row.school_date,
            "section_id": row.section_id,
            "period": row.period,
            "why": row.why,
            "set_by": people[row.set_by].by() if row.set_by in people else None,
            "set_at": row.set_at,
        }
        for row in rows
    ]


def _leaves(connection: Connection, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = connection.execute(LEAVES, asked).all()
    people = load_people(connection, asked["school_id"], {row.set_by for row in rows if row.set_by})
    return [
        {
            "leave_id": row.leave_id,
            "staff_id": row.staff_id,
            "from_on": row.from_on,
            "to_on": row.to_on,
            "set_by": people[row.set_by].by() if row.set_by in people else None,
            "set_at": row.set_at,
        }
        for row in rows
    ]
