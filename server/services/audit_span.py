"""Between which dates an audit looks: few enough that it is read at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from server.access import Viewer
from server.problems import Problem
from server.services.horizon import today_at
from sync.school_year import Span
from sync.sentence import say

LONGEST = timedelta(days=31)


def audit_span(viewer: Viewer, query: Mapping[str, Any], now: datetime) -> Span:
    """The dates that a query names, today where it names none; one date where it names one. Raises
    Problem `invalid`."""
    today = today_at(viewer.zone, now)
    from_on: date = query.get("from") or query.get("to") or today
    to_on: date = query.get("to") or from_on
    if from_on > to_on:
        raise Problem("invalid", errors={"from": [say("Begins after it ends.")]})
    if to_on - from_on > LONGEST:
        raise Problem(
            "invalid", errors={"from": [say("At most {days} days at once.", days=LONGEST.days)]}
        )
    return from_on, to_on
