"""What a cell of our own files holds: dates, spans of them, times of day, numbers."""

from __future__ import annotations

from datetime import date

from server.roster.sheet import Line
from server.roster.values import Dates, Unreadable, is_slashed, time_of_day


def date_in(line: Line, column: str, dates: Dates) -> date | None:
    """A date; None for blank. Raises LeftOut."""
    try:
        return dates.read(line[column])
    except Unreadable:
        unclear = dates.order is None and is_slashed(line[column])
        raise line.lost("ambiguous_date" if unclear else "bad_date", column) from None


def needed_date(line: Line, column: str, dates: Dates) -> date:
    """A date that must be there. Raises LeftOut."""
    line.need(column)
    found = date_in(line, column, dates)
    assert found is not None, "a cell that is not blank is a date"
    return found


def span_in(line: Line, begin: str, end: str, dates: Dates) -> tuple[date | None, date | None]:
    """From–to, either of them blank. Raises LeftOut."""
    begins, ends = date_in(line, begin, dates), date_in(line, end, dates)
    if begins and ends and ends < begins:
        raise line.lost("ends_before", end)
    return begins, ends


def time_in(line: Line, column: str) -> str:
    """A time of day as "HH:MM". Raises LeftOut."""
    try:
        return time_of_day(line[column])
    except Unreadable:
        raise line.lost("bad_time", column) from None


def number_in(line: Line, column: str, usual: int, most: int) -> int:
    """A whole number, not negative; the usual one for blank. Raises LeftOut."""
    text = line[column]
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise line.lost("bad_number", column, most=most)
    return int(text)
