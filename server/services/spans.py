"""Between which school dates a report looks: the term so far, or as somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from server.access import Viewer
from server.models import Term, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from sync.rates import Span, this_term
from sync.sentence import say

LONGEST = timedelta(days=400)

_term = table_of(Term).c
TERMS = (
    select(_term.title, _term.starts_on, _term.ends_on)
    .where(_term.school_id == SCHOOL, _term.active)
    .order_by(_term.starts_on, _term.ends_on, _term.title)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about, and what else may be chosen; nothing of it lies ahead of today."""

    span: Span
    today: date
    terms: tuple[Span, ...]

    @property
    def told(self) -> dict[str, Any]:
        """As the wire has it."""
        return {"from": self.span.from_on, "to": self.span.to_on}


def read_span(
    connection: Connection, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> Asked:
    """The dates that a query names, the term so far where it names none. Raises Problem
    `invalid` for dates the wrong way round or too many of them."""
    today = today_at(viewer.zone, now)
    rows = connection.execute(TERMS, {"school_id": viewer.school_id})
    terms = tuple(Span(row.starts_on, row.ends_on, row.title) for row in rows)
    usual = this_term(terms, today)
    from_on = query.get("from") or usual.from_on
    to_on = min(query.get("to") or (usual.to_on if "from" not in query else today), today)
    if from_on > to_on:
        raise Problem("invalid", errors={"from": [say("Begins after it ends, or has not begun.")]})
    if to_on - from_on > LONGEST:
        raise Problem(
            "invalid", errors={"from": [say("At most {days} days at once.", days=LONGEST.days)]}
        )
    return Asked(Span(from_on, to_on), today, terms)


def terms_told(asked: Asked) -> list[dict[str, Any]]:
    """The parts of the year that have begun."""
    return [
        {"title": one.title, "from": one.from_on, "to": min(one.to_on, asked.today)}
        for one in asked.terms
        if one.from_on <= asked.today
    ]
