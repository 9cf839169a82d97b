"""Counts a school's expected rolls by how they met their deadlines (rules B5).

Of days that lie behind everything is due, so the database counts, a year in a statement; of
yesterday and today each roll is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from server.models import RollRow, table_of
from server.services.facts import SCHOOL
from server.services.spans import Asked
from sync.deadline import late_at
from sync.model import Timeliness
from sync.rates import RollMet, Tally, met, met_once_due, tally

A_DAY = timedelta(days=1)

_roll = table_of(RollRow).c
EXPECTED = (
    _roll.school_id == SCHOOL,
    _roll.school_date >= bindparam("from_on"),
    _roll.school_date <= bindparam("to_on"),
    _roll.expected,
)
COUNTED = (
    select(
        _roll.school_date,
        _roll.period,
        func.max(_roll.period_name).label("period_name"),
        _roll.timeliness,
        func.count().label("rolls"),
    )
    .where(*EXPECTED)
    .group_by(_roll.school_date, _roll.period, _roll.timeliness)
)
RECENT = select(
    _roll.school_date,
    _roll.period,
    _roll.period_name,
    _roll.timeliness,
    _roll.due_at,
    _roll.grace_min,
    _roll.closes_at,
).where(*EXPECTED)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rolls of a date and a period that met their deadlines alike; `open`: they may still
    come before they close."""

    on: date
    period: str
    name: str
    how: RollMet
    count: int
    open: bool = False


def count_rolls(
    connection: Connection, school_id: UUID, asked: Asked, now: datetime
) -> list[Counted]:
    """A school's rolls between two dates, in no order."""
    past, recent = halves(school_id, asked)
    counted = [
        Counted(row.school_date, row.period, row.period_name, past_met(row), row.rolls)
        for row in connection.execute(COUNTED, past)
    ]
    for row in connection.execute(RECENT, recent):
        how, still = met_now(row, now), is_open(row, now)
        counted.append(Counted(row.school_date, row.period, row.period_name, how, 1, still))
    return counted


def halves(school_id: UUID, asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dates on which all is due by now, and those on which a roll may still be pending."""
    yesterday = asked.today - A_DAY
    span = asked.span
    past = {"school_id": school_id, "from_on": span.from_on, "to_on": span.to_on}
    return (
        past | {"to_on": min(span.to_on, yesterday - A_DAY)},
        past | {"from_on": max(span.from_on, yesterday)},
    )


def past_met(row: Any) -> RollMet:
    """How rolls met their deadline that lies days behind."""
    return met_once_due(Timeliness(row.timeliness) if row.timeliness else None)


def met_now(row: Any, now: datetime) -> RollMet:
    """How a roll meets its deadline."""
    known = Timeliness(row.timeliness) if row.timeliness else None
    return met(known, late_at(row.due_at, row.grace_min), now)


def is_open(row: Any, now: datetime) -> bool:
    """Whether it is missing and may still come before it closes."""
    return row.timeliness is None and now < row.closes_at


def tally_by(counted: Iterable[Any], key: Any) -> dict[Any, Tally]:
    """Counts added up by what a key says of them."""
    grouped: dict[Any, list[tuple[RollMet, int]]] = {}
    for one in counted:
        grouped.setdefault(key(one), []).append((one.how, one.count))
    return {each: tally(counts) for each, counts in grouped.items()}
