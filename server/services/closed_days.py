"""Which days and months of a school are closed, by whom."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, select

from schemas.words import CloseAct, ClosedSpan
from server.models import Closing, RollRow, table_of
from server.services.facts import SCHOOL, load_people

_roll, _closing = table_of(RollRow).c, table_of(Closing).c
DAYS = (
    select(
        _roll.school_date,
        func.count().label("rolls"),
        func.sum(case((_roll.received_at.is_(None), 1), else_=0)).label("not_taken"),
    )
    .where(
        _roll.school_id == SCHOOL,
        _roll.expected,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
    )
    .group_by(_roll.school_date)
    .order_by(_roll.school_date)
)
CLOSINGS = (
    select(table_of(Closing))
    .where(
        _closing.school_id == SCHOOL,
        _closing.first_on >= bindparam("from_on"),
        _closing.first_on <= bindparam("to_on"),
    )
    .order_by(_closing.seq)
)


def last_of(month_on: date) -> date:
    """The last date of a month."""
    return month_on.replace(day=monthrange(month_on.year, month_on.month)[1])


def load_last_acts(
    connection: Connection, school_id: UUID, from_on: date, to_on: date
) -> dict[tuple[str, date], Any]:
    """The last thing that was done to each day and month between two dates."""
    asked = {"school_id": school_id, "from_on": from_on, "to_on": to_on}
    return {(row.span, row.first_on): row for row in connection.execute(CLOSINGS, asked)}


def is_closed(last: Mapping[tuple[str, date], Any], span: ClosedSpan, first_on: date) -> bool:
    """Whether a day or a month is closed."""
    row = last.get((span.value, first_on))
    return row is not None and row.act == CloseAct.CLOSE


def month_told(connection: Connection, school_id: UUID, month_on: date) -> dict[str, Any]:
    """The days of a month on which rolls are expected, with who closed them or opened them last."""
    asked = {"school_id": school_id, "from_on": month_on, "to_on": last_of(month_on)}
    last = load_last_acts(connection, school_id, month_on, last_of(month_on))
    people = load_people(connection, school_id, {row.by for row in last.values()})
    days = connection.execute(DAYS, asked).all()
    return {
        "month_on": month_on,
        "month_closed": is_closed(last, ClosedSpan.MONTH, month_on),
        "days": [
            {
                "on": row.school_date,
                "rolls": row.rolls,
                "not_taken": int(row.not_taken),
                "closed": is_closed(last, ClosedSpan.DAY, row.school_date),
                **_who(last.get((ClosedSpan.DAY.value, row.school_date)), people),
            }
            for row in days
        ],
    }


def _who(act: Any, people: Mapping[UUID, Any]) -> dict[str, Any]:
    if act is None:
        return {"by": None, "at": None, "why": None}
    return {"by": people[act.by].by(), "at": act.at, "why": act.why}
