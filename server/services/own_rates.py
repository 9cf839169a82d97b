"""One's own rolls of the term: how many came and how, which were late or are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any

from sqlalchemy import Engine

from server.access import Viewer
from server.db import reading
from server.services.count_people import OfPerson, rolls_of_one
from server.services.count_rolls import is_open, met_now, tally_by
from server.services.rates import weeks_of
from server.services.spans import read_span
from sync.rates import RollMet

WELL = frozenset({RollMet.ON_TIME, RollMet.DELIVERED_LATER, RollMet.PENDING})
SECOND = timedelta(seconds=1)


def own_rates(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The rolls that count for whoever asks, between two dates. Raises Problem `invalid`."""
    with reading(engine) as connection:
        asked = read_span(connection, viewer, query, now)
        rows = rolls_of_one(connection, viewer.school_id, viewer.staff_id, asked)
    known = [(row, met_now(row, now)) for row in rows]
    counted = [
        OfPerson(viewer.staff_id, row.school_date, how, 1, is_open(row, now)) for row, how in known
    ]
    of_days = tally_by(counted, lambda one: (one.staff_id, one.on))
    return {
        "server_time": now,
        **asked.told,
        "partial": any(one.open for one in counted),
        **weeks_of(of_days, viewer.staff_id),
        "odd": [_told(row, how) for row, how in reversed(known) if how not in WELL],
        "median_s": _median_s(rows),
    }


def _told(row: Any, how: RollMet) -> dict[str, Any]:
    return {
        "roll_id": row.roll_id,
        "on": row.school_date,
        "period_name": row.period_name,
        "section_title": row.section_title,
        "due_at": row.due_at,
        "met": how.value,
        "taken_at": row.taken_at,
        "received_at": row.received_at,
    }


def _median_s(rows: Iterable[Any]) -> int | None:
    """Half of the rolls were taken within so many seconds of the bell; before it is none."""
    took = [
        max(0, (row.taken_at - row.starts_at) // SECOND) for row in rows if row.taken_at is not None
    ]
    return median_low(took) if took else None
