"""Reads the values that real exports write in many ways: words, yes and no, lists, dates."""

from __future__ import annotations

import re
from datetime import date

YES = {"true", "1", "yes", "y", "t"}
NO = {"false", "0", "no", "n", "f"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:.*)?$")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: \d{1,2}:.*)?$")
WORDED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})$")
WORDED_US = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$")
# What exports write for "never": open-ended here.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Unreadable(ValueError):
    """A value that could mean two things, or nothing."""


def word(text: str) -> str:
    """An enumeration's value without regard to case, spaces and hyphens."""
    return re.sub(r"[\s_-]+", "", text).casefold()


def yes_or_no(text: str) -> bool | None:
    """True, false, or None for blank. Raises Unreadable."""
    plain = text.strip().casefold()
    if not plain:
        return None
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Unreadable(text)


def listed(text: str) -> list[str]:
    """The ids in one cell: separated by commas (or semicolons, bars), spaces and blanks dropped."""
    if not text:
        return []
    return [part for part in (raw.strip().strip('"') for raw in re.split(r"[,;|]", text)) if part]


class Dates:
    """Reads school dates; `order` says how 8/9/2025 is to be read: "mdy", "dmy" or unknown."""

    def __init__(self, order: str | None = None) -> None:
        self.order = order
        self._known: dict[str, date | None] = {"": None}

    def read(self, text: str) -> date | None:
        """The date, None for blank. A time of day is dropped. Raises Unreadable."""
        try:
            return self._known[text]
        except KeyError:
            found = self._known[text] = self._read(text)
            return found

    def _read(self, text: str) -> date | None:
        year, month, day = self._parts(text)
        try:
            return date(year, month, day)
        except ValueError as no:
            raise Unreadable(text) from no

    def _parts(self, text: str) -> tuple[int, int, int]:
        if match := ISO.match(text) or COMPACT.match(text):
            return int(match[1]), int(match[2]), int(match[3])
        if match := DOTTED.match(text):
            return int(match[3]), int(match[2]), int(match[1])
        if match := SLASHED.match(text):
            first, second, year = int(match[1]), int(match[2]), int(match[3])
            order = self.order or ("same" if first == second else None)
            if order is None:
                raise Unreadable(text)
            return (year, second, first) if order == "dmy" else (year, first, second)
        if match := WORDED.match(text):
            return int(match[3]), _month(match[2]), int(match[1])
        if match := WORDED_US.match(text):
            return int(match[3]), _month(match[1]), int(match[2])
        raise Unreadable(text)


def _month(name: str) -> int:
    try:
        return MONTHS.index(name.casefold()) + 1
    except ValueError as no:
        raise Unreadable(name) from no


def is_slashed(text: str) -> bool:
    """Whether the date's day and month could be either way round."""
    return SLASHED.match(text) is not None


def shows_order(text: str) -> str | None:
    """What a slashed date shows about its order: 8/14 is month first, 14/8 day first."""
    match = SLASHED.match(text)
    if not match:
        return None
    if int(match[1]) > 12:
        return "dmy"
    return "mdy" if int(match[2]) > 12 else None


def is_placeholder(day: date) -> bool:
    """Whether a date stands for "never" or "always", as 9999-12-31 and 1900-01-01 do."""
    return not FIRST_YEAR <= day.year <= LAST_YEAR
