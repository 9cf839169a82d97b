"""Tells a person's week as it would be signed, and who of the school has signed which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from server.access import Viewer
from server.db import reading
from server.models import NextDayAcceptance, Staff, table_of
from server.problems import Problem
from server.services.closed_days import month_told
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from server.services.horizon import today_at
from server.services.tell_changes import tell_changes
from server.services.week_content import read_content
from server.services.weeks import (
    Week,
    counts_of,
    is_taken,
    load_changes,
    load_signed,
    load_week,
    monday,
    signed_places,
    statement_of,
    words_of,
)
from sync.statement import digest, is_over

A_WEEK = timedelta(days=7)
WORDS = ("present", "late", "left_early", "absent", "elsewhere", "unmarked")
_staff = table_of(Staff).c
_accepted = table_of(NextDayAcceptance).c
PEOPLE = (
    select(_staff.staff_id, _staff.display_name)
    .where(_staff.school_id == SCHOOL, _staff.staff_id.in_(IDS))
    .order_by(_staff.family_name, _staff.given_name, _staff.staff_id)
)
ACCEPTED = select(table_of(NextDayAcceptance)).where(
    _accepted.school_id == SCHOOL, _accepted.roll_id.in_(IDS)
)


def show_week(
    engine: Engine,
    viewer: Viewer,
    staff_id: UUID,
    query: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """One person's rolls of a week. Raises Problem `not_found` for who does not work there."""
    with reading(engine) as connection:
        return tell_week(connection, viewer, staff_id, week_asked(viewer, query, now), now)


def week_asked(viewer: Viewer, query: Mapping[str, Any], now: datetime) -> date:
    """The Monday of the week that is named, else of the last that is over."""
    named: date | None = query.get("week")
    return monday(named or today_at(viewer.zone, now) - A_WEEK)


def tell_week(
    connection: Connection, viewer: Viewer, staff_id: UUID, from_on: date, now: datetime
) -> dict[str, Any]:
    """The same on a connection. Raises Problem `not_found`."""
    people = load_people(connection, viewer.school_id, {staff_id})
    if staff_id not in people:
        raise Problem("not_found")
    week = load_week(connection, viewer.school_id, from_on, staff_id)
    statement = statement_of(week, staff_id)
    signed = load_signed(connection, viewer.school_id, from_on).get(staff_id)
    rows = week.of(staff_id)
    return {
        **_head(viewer, week, now),
        "person": people[staff_id].by(),
        "words": statement.words,
        "meaning": words_of(statement.from_on, statement.to_on),
        "digest": digest(statement),
        "rolls": _rolls(connection, viewer.school_id, week, rows),
        "signed": None if signed is None else _signed(connection, viewer, week, signed),
    }


def show_weeks(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Everybody's week, and the closed days of its month."""
    from_on = week_asked(viewer, query, now)
    month_on = (query.get("week") or from_on).replace(day=1)
    with reading(engine) as connection:
        week = load_week(connection, viewer.school_id, from_on)
        signed = load_signed(connection, viewer.school_id, from_on)
        named = rows_of(connection, PEOPLE, viewer.school_id, sorted(week.people() | signed.keys()))
        return {
            **_head(viewer, week, now),
            "people": [_person(connection, viewer, week, one, signed) for one in named],
            **month_told(connection, viewer.school_id, month_on),
        }


def _head(viewer: Viewer, week: Week, now: datetime) -> dict[str, Any]:
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        "week_on": week.from_on,
        "to": week.to_on,
        "over": is_over(week.to_on, today_at(viewer.zone, now)),
    }


def _person(
    connection: Connection, viewer: Viewer, week: Week, person: Any, signed: Mapping[UUID, Any]
) -> dict[str, Any]:
    rows = week.of(person.staff_id)
    statement = signed.get(person.staff_id)
    changes: Sequence[Any] = ()
    if statement is not None:
        places = signed_places(read_content(statement.content)["rolls"])
        changes = load_changes(connection, viewer.school_id, viewer.zone, week, places)
    return {
        "staff_id": person.staff_id,
        "name": person.display_name,
        "rolls": len(rows),
        "not_taken": sum(not is_taken(row) for row in rows),
        "next_day": sum(row.next_day for row in rows),
        "signed_at": None if statement is None else statement.signed_at,
        "changes": len(changes),
    }


def _rolls(
    connection: Connection, school_id: UUID, week: Week, rows: Sequence[Any]
) -> list[dict[str, Any]]:
    late = [row.roll_id for row in rows if row.next_day]
    accepted = {row.roll_id: row for row in rows_of(connection, ACCEPTED, school_id, late)}
    people = load_people(connection, school_id, {row.by for row in accepted.values()})
    return [
        {
            "roll_id": row.roll_id,
            "on": row.school_date,
            "period": row.period,
            "period_name": row.period_name,
            "section_title": week.titles[row.section_id],
            "taken": is_taken(row),
            "taken_at": row.taken_at,
            "received_at": row.received_at,
            "next_day": row.next_day,
            "accepted": _acceptance(accepted.get(row.roll_id), people),
            "counts": dict.fromkeys(WORDS, 0) | counts_of(row, week.rosters[row.section_id]),
        }
        for row in rows
    ]


def _acceptance(row: Any, people: Mapping[UUID, Person]) -> dict[str, Any] | None:
    return None if row is None else {"by": people[row.by].by(), "at": row.at, "why": row.why}


def _signed(connection: Connection, viewer: Viewer, week: Week, signed: Any) -> dict[str, Any]:
    places = signed_places(read_content(signed.content)["rolls"])
    changes = load_changes(connection, viewer.school_id, viewer.zone, week, places)
    return {
        "statement_id": signed.statement_id,
        "signed_at": signed.signed_at,
        "digest": signed.digest,
        "words": signed.words,
        "changes": tell_changes(connection, viewer, changes),
    }
