"""Dates and lists as they stand in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce

from sync.sentence import Sentence, say

MONTHS = (
    say("January"),
    say("February"),
    say("March"),
    say("April"),
    say("May"),
    say("June"),
    say("July"),
    say("August"),
    say("September"),
    say("October"),
    say("November"),
    say("December"),
)
SHORT_MONTHS = (
    say("Jan"),
    say("Feb"),
    say("Mar"),
    say("Apr"),
    say("a short month¦May"),
    say("Jun"),
    say("Jul"),
    say("Aug"),
    say("Sep"),
    say("Oct"),
    say("Nov"),
    say("Dec"),
)
WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


def day_of(on: date) -> Sentence:
    """October 6."""
    return say("{month} {day}", month=MONTHS[on.month - 1], day=on.day)


def short_day_of(on: date) -> Sentence:
    """Oct 6."""
    return say("a short date¦{month} {day}", month=SHORT_MONTHS[on.month - 1], day=on.day)


def date_of(on: date) -> Sentence:
    """October 6, 2026."""
    return say("{month} {day}, {year}", month=MONTHS[on.month - 1], day=on.day, year=on.year)


def month_of(on: date) -> Sentence:
    """October 2026."""
    return say("{month} {year}", month=MONTHS[on.month - 1], year=on.year)


def weekday_of(on: date) -> Sentence:
    """Tuesday, October 6."""
    return say("{weekday}, {date}", weekday=WEEKDAYS[on.weekday()], date=day_of(on))


def all_of(words: Iterable[str]) -> str:
    """Periods 1, 2 and 3."""
    *first, last = words
    return say("{all} and {last}", all=reduce(_then, first), last=last) if first else last


def any_of(words: Iterable[str]) -> str:
    """Late, absent or elsewhere."""
    *first, last = words
    return say("{all} or {last}", all=reduce(_then, first), last=last) if first else last


def row_of(words: Iterable[str]) -> str:
    """One after the other: late, absent."""
    return reduce(_then, words)


def _then(before: str, word: str) -> Sentence:
    return say("{before}, {word}", before=before, word=word)
