"""Submission rates: of a school by day and period, of its teachers for administrators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from server.access import Viewer
from server.db import reading
from server.models import Staff, table_of
from server.services.count_people import OfPerson, count_people
from server.services.count_rolls import Counted, count_rolls, tally_by
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.spans import Asked, read_span, terms_told
from sync.rates import Tally, by_week, total

_staff = table_of(Staff).c
PEOPLE = (
    select(_staff.staff_id, _staff.display_name)
    .where(_staff.school_id == SCHOOL, _staff.staff_id.in_(IDS))
    .order_by(_staff.family_name, _staff.given_name, _staff.staff_id)
)


def school_rates(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """A school's rolls between two dates. Raises Problem `invalid`."""
    with reading(engine) as connection:
        asked = read_span(connection, viewer, query, now)
        counted = count_rolls(connection, viewer.school_id, asked, now)
    days, periods = tally_by(counted, _on), tally_by(counted, _period)
    open_on = {one.on for one in counted if one.open}
    names = {one.period: one.name for one in sorted(counted, key=_on)}
    return {
        **_head(viewer, asked, now),
        "partial": bool(open_on),
        "total": asdict(total(days.values())),
        "days": [
            {"on": on, "partial": on in open_on, "rate": asdict(days[on])} for on in sorted(days)
        ],
        "periods": [
            {"period": one, "name": names[one], "rate": asdict(periods[one])}
            for one in sorted(periods, key=_in_order)
        ],
    }


def teacher_rates(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Everybody's rolls between two dates, by name. Raises Problem `invalid`."""
    with reading(engine) as connection:
        asked = read_span(connection, viewer, query, now)
        counted = count_people(connection, viewer.school_id, asked, now)
        people = _people(connection, viewer.school_id, {one.staff_id for one in counted})
    of_days = tally_by(counted, lambda one: (one.staff_id, one.on))
    return {
        **_head(viewer, asked, now),
        "partial": any(one.open for one in counted),
        "teachers": [
            {"staff_id": staff_id, "name": name, **weeks_of(of_days, staff_id)}
            for staff_id, name in people.items()
        ],
    }


def weeks_of(of_days: Mapping[tuple[UUID, date], Tally], staff_id: UUID) -> dict[str, Any]:
    """One person's rolls, all together and week by week."""
    days = {on: each for (one, on), each in of_days.items() if one == staff_id}
    return {
        "total": asdict(total(days.values())),
        "weeks": [{"week_on": week, "rate": asdict(each)} for week, each in by_week(days).items()],
    }


def _people(connection: Connection, school_id: UUID, staff: Iterable[UUID]) -> dict[UUID, str]:
    rows = rows_of(connection, PEOPLE, school_id, sorted(staff))
    return {row.staff_id: row.display_name for row in rows}


def _head(viewer: Viewer, asked: Asked, now: datetime) -> dict[str, Any]:
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        **asked.told,
        "terms": terms_told(asked),
    }


def _on(one: Counted | OfPerson) -> date:
    return one.on


def _period(one: Counted) -> str:
    return one.period


def _in_order(period: str) -> tuple[Any, ...]:
    """Period 10 comes after period 9, and names after numbers."""
    number = re.match(r"\d+", period)
    return (number is None, int(number[0]) if number else 0, period)
