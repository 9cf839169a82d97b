"""The days of a school year, and counting along them (T1). Dates, never instants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
Span = tuple[date, date]
"""From–to, both inclusive."""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The days on which school was actually taught, ascending, each once.

    `semesters` and `months` are what caps count over; where a school has no months of its own,
    the calendar's serve.
    """

    days: tuple[date, ...]
    semesters: tuple[Span, ...] = ()
    months: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for days that do not ascend: counting along them would lie."""
        if any(earlier >= later for earlier, later in zip(self.days, self.days[1:], strict=False)):
            raise ValueError("The days of a school year ascend, each once.")

    def nth(self, number: int) -> date:
        """The first school day is number 1."""
        if not 1 <= number <= len(self.days):
            raise IndexError(f"The year has {len(self.days)} days.")
        return self.days[number - 1]

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from one date to another, both inclusive."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def after(self, on: date, days: int) -> date | None:
        """The day that is so many school days after a date; none where the year ends before."""
        place = bisect_right(self.days, on) + days - 1
        return self.days[place] if place < len(self.days) else None

    def semester_of(self, on: date) -> Span | None:
        """The semester that a date lies in."""
        return _holding(self.semesters, on)

    def month_of(self, on: date) -> Span:
        """The school month that a date lies in, else the calendar's."""
        first = on.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return _holding(self.months, on) or (first, following - timedelta(days=1))

    def span(self) -> Span | None:
        """From its first day to its last."""
        return (self.days[0], self.days[-1]) if self.days else None


def weekdays_but(first: date, last: date, closed: Collection[date]) -> tuple[date, ...]:
    """Monday to Friday from one date to another, both inclusive, without the closed ones."""
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(on for on in every if on.weekday() < SATURDAY and on not in closed)


def _holding(spans: Iterable[Span], on: date) -> Span | None:
    return next((span for span in spans if span[0] <= on <= span[1]), None)
