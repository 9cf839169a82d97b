"""The rolls that were looked for and were not there, by whom to call (rules B3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, func, select

from server.access import Viewer
from server.db import reading
from server.services.beside import Beside, load_beside, load_seen
from server.services.board import (
    ROLLS,
    TEACHERS,
    day_of,
    periods_of,
    reached,
    teacher,
)
from server.services.count_rolls import met_now
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.horizon import today_at
from server.services.in_charge import Charge, load_charge
from server.services.past import read_past
from server.services.reach import Reach, reach_of
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS
from sync.missing import Expectation, Missing, missing
from sync.rates import RollMet, tally
from sync.sentence import say

NOBODY: Mapping[str, Any] = {
    "staff_id": None,
    "name": say("Nobody to take it"),
    "room": None,
    "extension": None,
}
SECTIONS = select(SECTION_COLUMNS.section_id, SECTION_COLUMNS.title, SECTION_COLUMNS.room).where(
    SECTION_COLUMNS.school_id == SCHOOL, SECTION_COLUMNS.section_id.in_(IDS)
)
DAY_BEFORE = select(func.max(ROLL_COLUMNS.school_date)).where(
    ROLL_COLUMNS.school_id == SCHOOL,
    ROLL_COLUMNS.school_date < bindparam("on"),
    ROLL_COLUMNS.expected,
)


@dataclass(slots=True)
class Facts:
    """What the lines of the report are written from."""

    charge: Charge
    beside: Beside
    sections: Mapping[UUID, Any]
    people: Mapping[UUID, Any]
    seen: Mapping[UUID, datetime] = field(default_factory=dict)
    reach: Mapping[UUID, Reach] = field(default_factory=dict)
    last_day: Mapping[UUID, dict[str, Any]] = field(default_factory=dict)


def not_submitted(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime, *, mails: bool
) -> dict[str, Any]:
    """What is missing of a date: now, or at an instant as it was known then (W4)."""
    at: datetime = query.get("at") or now
    on: date = query.get("on") or today_at(viewer.zone, at)
    past_at = at if at < now else None
    with reading(engine) as connection:
        asked = {"school_id": viewer.school_id, "on": on}
        today = connection.execute(ROLLS, asked).all()
        rows = read_past(connection, viewer, today, past_at).rows
        stands = [(row, stand_of_row(row, at)) for row in rows]
        lacking = [row for row, stand in stands if stand in LOOKED_FOR]
        facts = _facts(connection, viewer, lacking, on, now, past_at)
        if past_at is None:
            _of_now(connection, viewer, facts, on, now, mails=mails)
        return {
            "server_time": now,
            "school": {
                "school_id": viewer.school_id,
                "name": viewer.school_name,
                "zone": viewer.zone,
            },
            "on": on,
            "at": at,
            "past": past_at is not None,
            "day": day_of(connection, viewer.school_id, on),
            "periods": periods_of(today),
            "expected": sum(row.expected for row in rows),
            "received": sum(row.expected and row.received_at is not None for row in rows),
            "waiting": sum(stand is Missing.DUE for _, stand in stands),
            "people": _people(lacking, facts),
        }


LOOKED_FOR = frozenset({Missing.NOT_SUBMITTED, Missing.UNRESOLVED})


def stand_of_row(row: Any, at: datetime, *, explained: bool = False) -> Missing:
    """Where the roll of a row stands at an instant."""
    taken = row.received_at is not None
    return missing(Expectation(row.expected, taken, row.check_at, row.closes_at, explained), at)


def _facts(
    connection: Connection,
    viewer: Viewer,
    rows: Sequence[Any],
    on: date,
    now: datetime,
    past_at: datetime | None,
) -> Facts:
    charge = load_charge(connection, viewer.school_id, rows)
    named = {one for row in rows for one in charge.of(row).staff}
    sections = {row.section_id for row in rows}
    return Facts(
        charge,
        load_beside(connection, viewer.school_id, on, now, past_at),
        _by(rows_of(connection, SECTIONS, viewer.school_id, sorted(sections)), "section_id"),
        _by(rows_of(connection, TEACHERS, viewer.school_id, sorted(named)), "staff_id"),
        last_day=_last_day(connection, viewer.school_id, named, on, now),
    )


def _of_now(
    connection: Connection, viewer: Viewer, facts: Facts, on: date, now: datetime, *, mails: bool
) -> None:
    """What is known of now alone."""
    facts.seen = load_seen(connection, viewer.school_id, viewer.zone, on)
    facts.reach = reach_of(connection, viewer.school_id, facts.people, now, mails=mails)


def _last_day(
    connection: Connection, school_id: UUID, staff: Iterable[UUID], on: date, now: datetime
) -> dict[UUID, dict[str, Any]]:
    """How some people's rolls came on the last school day before."""
    wanted = set(staff)
    asked = {"school_id": school_id, "on": on}
    before = connection.execute(DAY_BEFORE, asked).scalar() if wanted else None
    if before is None:
        return {}
    rows = [row for row in connection.execute(ROLLS, asked | {"on": before}) if row.expected]
    charge = load_charge(connection, school_id, rows)
    met: dict[UUID, list[tuple[RollMet, int]]] = {}
    for row in rows:
        for one in wanted.intersection(charge.of(row).staff):
            met.setdefault(one, []).append((met_now(row, now), 1))
    return {one: {"on": before, "rate": asdict(tally(how))} for one, how in met.items()}


def _people(rows: Iterable[Any], facts: Facts) -> list[dict[str, Any]]:
    """Each roll under the first who was to take it; people by name, nobody last."""
    under: dict[tuple[UUID | None, str | None], list[dict[str, Any]]] = {}
    for row in rows:
        people = facts.charge.of(row)
        first = next((one for one in people.staff if one in facts.people), None)
        why = people.why.value if people.why else None
        others = [facts.people[one].display_name for one in people.staff if one != first]
        under.setdefault((first, why), []).append(_roll(row, others, facts))
    order: list[UUID | None] = [*facts.people, None]
    return [
        _person(staff_id, why, facts) | {"rolls": under[staff_id, why]}
        for staff_id, why in sorted(under, key=lambda one: order.index(one[0]))
    ]


def _person(staff_id: UUID | None, why: str | None, facts: Facts) -> dict[str, Any]:
    known = facts.people.get(staff_id) if staff_id else None
    told = teacher(known) if known else dict(NOBODY)
    who = staff_id or UUID(int=0)
    return {
        **told,
        **reached(who, facts.seen, facts.reach),
        "why": why,
        "last_day": facts.last_day.get(who),
    }


def _roll(row: Any, others: Sequence[str], facts: Facts) -> dict[str, Any]:
    section = facts.sections[row.section_id]
    return {
        "roll_id": row.roll_id,
        "period": row.period,
        "period_name": row.period_name,
        "section_title": section.title,
        "room": section.room,
        "due_at": row.due_at,
        "check_at": row.check_at,
        "with_names": others,
        **facts.beside.of(row.roll_id),
    }


def _by(rows: Iterable[Any], name: str) -> dict[UUID, Any]:
    return {getattr(row, name): row for row in rows}
