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
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:([AaPp])\.?[Mm]\.?)?$")
WEEKDAY_LETTERS = "MTWRFSU"
WEEKDAY_NAMES = dict(zip(("mo", "tu", "we", "th", "fr", "sa", "su"), WEEKDAY_LETTERS, strict=True))
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


def time_of_day(text: str) -> str:
    """A time of day as "HH:MM", also from "8:30 AM". Raises Unreadable."""
    match = CLOCK.match(text.strip())
    if not match:
        raise Unreadable(text)
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        raise Unreadable(text)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable(text)
    return f"{hour:02}:{minute:02}"


def weekdays(text: str) -> str:
    """Days of the week as letters of MTWRFSU; blank is every day. Raises Unreadable."""
    if not text.strip():
        return WEEKDAY_LETTERS
    found: set[str] = set()
    for part in re.split(r"[,;|/\s]+", text.strip()):
        first, _, last = part.partition("-")
        days = [_weekday(first), _weekday(last)] if last else []
        if days:
            start, end = (WEEKDAY_LETTERS.index(day) for day in days)
            found |= set(WEEKDAY_LETTERS[start : end + 1])
        elif part[:2].casefold() in WEEKDAY_NAMES and len(part) > 1 and not part.isupper():
            found.add(_weekday(part))
        else:
            found |= {_weekday(letter) for letter in part}
    return "".join(letter for letter in WEEKDAY_LETTERS if letter in found)


def _weekday(text: str) -> str:
    if text.upper() in WEEKDAY_LETTERS and len(text) == 1:
        return text.upper()
    try:
        return WEEKDAY_NAMES[text[:2].casefold()]
    except KeyError as no:
        raise Unreadable(text) from no


def grades(text: str) -> str:
    """Grades as a comma list without leading zeros, "6-8" spelled out; blank is "*", all."""
    found: list[str] = []
    for part in listed(text):
        first, dash, last = part.partition("-")
        if dash and first.isdigit() and last.isdigit():
            found += [str(grade) for grade in range(int(first), int(last) + 1)]
        else:
            found.append(part.lstrip("0") or part[-1])
    return ",".join(dict.fromkeys(found)) or "*"


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
