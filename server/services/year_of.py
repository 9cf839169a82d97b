"""The school year around a date, from the school's calendar (T1)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import CalendarDay, Term, table_of
from server.services.facts import SCHOOL
from server.services.horizon import TAUGHT
from sync.school_year import SchoolYear, Span

JULY = 7
SEMESTERS = 2
_day, _term = table_of(CalendarDay).c, table_of(Term).c
DAYS = (
    select(_day.school_date)
    .where(
        _day.school_id == SCHOOL,
        _day.school_date >= bindparam("from_on"),
        _day.school_date <= bindparam("to_on"),
        _day.kind.in_(sorted(TAUGHT)),
    )
    .distinct()
    .order_by(_day.school_date)
)
TERMS = (
    select(_term.starts_on, _term.ends_on)
    .where(
        _term.school_id == SCHOOL,
        _term.active,
        _term.starts_on >= bindparam("from_on"),
        _term.ends_on <= bindparam("to_on"),
    )
    .order_by(_term.starts_on)
)


def year_of(connection: Connection, school_id: UUID, on: date) -> SchoolYear:
    """The days on which school is taught in the year of a date, July to June. The terms are its
    semesters where there are two of them; else the semester of a date is not known (K7)."""
    from_on, to_on = _span(on)
    asked = {"school_id": school_id, "from_on": from_on, "to_on": to_on}
    terms = [(row.starts_on, row.ends_on) for row in connection.execute(TERMS, asked)]
    return SchoolYear(
        tuple(connection.execute(DAYS, asked).scalars()),
        tuple(terms) if len(terms) == SEMESTERS else (),
    )


def _span(on: date) -> Span:
    first = on.year if on.month >= JULY else on.year - 1
    return date(first, JULY, 1), date(first + 1, JULY - 1, 30)
