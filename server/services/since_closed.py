"""What changed of a month after it was closed, until it was closed again or until now (C11.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select

from schemas.words import CloseAct, ClosedSpan
from server.access import Viewer
from server.db import reading
from server.models import Closing, OpEntry, table_of
from server.services.closed_days import last_of
from server.services.facts import SCHOOL, load_people, load_prior
from server.services.horizon import load_rosters, today_at
from server.services.known import open_roll
from server.services.rolls import ROLL_COLUMNS, rolls
from server.services.tell_changes import tell_changes
from sync.statement import Change, changes_since

_closing, _op, _roll = table_of(Closing).c, table_of(OpEntry).c, ROLL_COLUMNS
OF_MONTH = (
    select(table_of(Closing))
    .where(
        _closing.school_id == SCHOOL,
        _closing.span == ClosedSpan.MONTH.value,
        _closing.first_on == bindparam("month_on"),
    )
    .order_by(_closing.seq)
)
TOUCHED = (
    select(_op.roll_id)
    .where(
        _op.school_id == SCHOOL,
        _op.seq > bindparam("after_seq"),
        _op.seq <= bindparam("until_seq"),
        _op.outcome == "accepted",
        _op.kind.in_(("submit", "rule")),
    )
    .distinct()
)
ROLLS = (
    rolls()
    .where(
        _roll.expected,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
        _roll.roll_id.in_(TOUCHED),
    )
    .order_by(_roll.roll_id)
)
FOR_EVER = 2**31 - 1


def since_closed(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The last time that a month was open after it was closed: what its days came to before and
    after it, and each change meanwhile."""
    named: date = query.get("month") or today_at(viewer.zone, now)
    month_on = named.replace(day=1)
    with reading(engine) as connection:
        closed, again = _closings(connection, viewer, month_on)
        changes = [] if closed is None else _changes(connection, viewer, month_on, closed, again)
        return {
            "server_time": now,
            "school": {
                "school_id": viewer.school_id,
                "name": viewer.school_name,
                "zone": viewer.zone,
            },
            "month_on": month_on,
            "closed": _told(connection, viewer, closed),
            "again": _told(connection, viewer, again),
            "changes": tell_changes(connection, viewer, changes),
        }


def _closings(connection: Connection, viewer: Viewer, month_on: date) -> tuple[Any, Any]:
    """The closing that the changes follow and the one that ended them: while the month is open
    there is only the first, and so there is where it was closed once."""
    asked = {"school_id": viewer.school_id, "month_on": month_on}
    acts = connection.execute(OF_MONTH, asked).all()
    closings = [row for row in acts if row.act == CloseAct.CLOSE]
    if len(closings) > 1 and acts[-1] is closings[-1]:
        return closings[-2], closings[-1]
    return (closings[-1] if closings else None), None


def _changes(
    connection: Connection, viewer: Viewer, month_on: date, closed: Any, again: Any
) -> list[tuple[Any, Change]]:
    until = FOR_EVER if again is None else again.seq
    asked = {
        "school_id": viewer.school_id,
        "from_on": month_on,
        "to_on": last_of(month_on),
        "after_seq": closed.seq,
        "until_seq": until,
    }
    rows: Sequence[Any] = connection.execute(ROLLS, asked).all()
    rosters = load_rosters(connection, viewer.school_id, rows)
    prior = load_prior(connection, viewer.school_id, [row.roll_id for row in rows])
    found: list[tuple[Any, Change]] = []
    for row in rows:
        roster = rosters[row.section_id]
        ops = prior[row.roll_id]
        roll = open_roll(connection, viewer.school_id, row, roster, ops, zone=viewer.zone)
        told = [op for op, _ in roll.ops if op.seq <= until]
        enrolled = roster.ids_in(row)
        found += [(row, one) for one in changes_since(told, enrolled, closed.seq)]
    return sorted(found, key=lambda one: one[1].seq)


def _told(connection: Connection, viewer: Viewer, closing: Any) -> dict[str, Any] | None:
    if closing is None:
        return None
    sums = json.loads(closing.sums)
    people = load_people(connection, viewer.school_id, {closing.by})
    return {
        "by": people[closing.by].by(),
        "at": closing.at,
        "days_taught": sums["days_taught"],
        "days": sums["days"],
    }
