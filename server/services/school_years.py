"""The school year that a date lies in, from the school's terms and its calendar (T1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from server.services.horizon import DAYS, TAUGHT
from server.services.spans import TERMS
from sync.school_year import SchoolYear, Span

BETWEEN_TERMS = timedelta(days=40)
"""Two terms that are further apart are of two years: no recess within a year is that long."""


def year_of(connection: Connection, school_id: UUID, on: date) -> SchoolYear:
    """The days that are taught in the year of a date, those ahead as the calendar has them now; a
    year without terms is that of the calendar, from July to June."""
    asked = {"school_id": school_id}
    terms = [(row.starts_on, row.ends_on) for row in connection.execute(TERMS, asked)]
    semesters = _around(terms, on)
    first, last = _span(semesters, on)
    rows = connection.execute(DAYS, asked | {"from_on": first, "to_on": last})
    days = sorted({row.school_date for row in rows if row.kind in TAUGHT})
    return SchoolYear(tuple(days), semesters=semesters)


def _around(terms: Sequence[Span], on: date) -> tuple[Span, ...]:
    """The terms of one year: those that hang together with the one that the date is in, or after
    which it comes."""
    years: list[list[Span]] = []
    for term in sorted(terms):
        if years and term[0] - max(one[1] for one in years[-1]) <= BETWEEN_TERMS:
            years[-1].append(term)
        else:
            years.append([term])
    begun = [year for year in years if year[0][0] <= on]
    return tuple(begun[-1] if begun else years[0] if years else ())


def _span(semesters: Sequence[Span], on: date) -> Span:
    if semesters:
        return min(one[0] for one in semesters), max(one[1] for one in semesters)
    july = date(on.year if on.month >= 7 else on.year - 1, 7, 1)
    return july, date(july.year + 1, 6, 30)
