"""How rows end that a file of ours no longer names: some go, some are kept with an end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Row = dict[str, Any]


def _nothing(*_: Any) -> Row:
    """The row is deleted."""
    return {}


@dataclass(frozen=True, slots=True)
class Ends:
    """Which rows of a table end on a date, and what they become then (nothing: they go)."""

    ends: Callable[[Any, date], bool]
    becomes: Callable[[Row, datetime, date], Row] = _nothing


def _ended(_row: Row, now: datetime, _today: date) -> Row:
    return {"ended_at": now}


ENDS = {
    "bell_period": Ends(lambda _row, _today: True),
    "section_meeting": Ends(lambda _row, _today: True),
    # What has passed stays, and people's contacts are only ever added to.
    "calendar_day": Ends(lambda row, today: row["school_date"] >= today),
    "staff": Ends(lambda _row, _today: False),
    "absence_notice": Ends(
        lambda row, today: row["active"] and row["to_on"] >= today,
        lambda _row, _now, _today: {"active": False},
    ),
    "deadline_policy": Ends(
        lambda row, today: row["until_on"] is None or row["until_on"] > max(today, row["from_on"]),
        lambda row, _now, today: {"until_on": max(today, row["from_on"])},
    ),
    "exemption": Ends(
        lambda row, today: row["ended_at"] is None and row["school_date"] >= today, _ended
    ),
    "staff_leave": Ends(
        lambda row, today: row["ended_at"] is None and row["to_on"] >= today, _ended
    ),
}
