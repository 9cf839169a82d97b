"""Writes tables as CSV that a spreadsheet opens without running anything in it (rule B7).

UTF-8 with a byte order mark, because spreadsheets take names for another alphabet's without one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# What a spreadsheet takes for the beginning of a formula.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Table:
    """A head and its lines, before anybody says as which file."""

    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def as_csv(table: Table) -> bytes:
    """A table as CSV."""
    return write_csv(table.head, table.rows)


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table with its head; None is an empty cell."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return (MARK + table.getvalue()).encode()


def local_time(at: datetime | str | None, zone: str) -> str | None:
    """An instant, spelled or not, as the school's clock showed it; in a form that sorts."""
    if at is None:
        return None
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _cell(value: Any) -> Any:
    """Text that would be taken for a formula gets a quote before it; numbers stay numbers."""
    if value is None or isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text
