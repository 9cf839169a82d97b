"""How many rolls came, and how: counts and exact shares, of days, periods, people (rules B5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from sync.model import Timeliness


class RollMet(StrEnum):
    """How an expected roll met its deadline; `pending`: it is not taken and not late yet."""

    ON_TIME = "on_time"
    DELIVERED_LATER = "delivered_later"
    LATE = "late"
    UNPROVEN = "unproven"
    NOT_TAKEN = "not_taken"
    PENDING = "pending"


MET_OF = {
    Timeliness.ON_TIME: RollMet.ON_TIME,
    Timeliness.TAKEN_ON_TIME: RollMet.DELIVERED_LATER,
    Timeliness.LATE: RollMet.LATE,
    Timeliness.LATE_UNPROVEN: RollMet.UNPROVEN,
}


def met(timeliness: Timeliness | None, late_at: datetime, now: datetime) -> RollMet:
    """How an expected roll stands at an instant (B5.1); `late_at` is the last instant in time."""
    return RollMet.PENDING if timeliness is None and now <= late_at else met_once_due(timeliness)


def met_once_due(timeliness: Timeliness | None) -> RollMet:
    """How an expected roll stands whose time is over."""
    return RollMet.NOT_TAKEN if timeliness is None else MET_OF[timeliness]


@dataclass(frozen=True, slots=True)
class Tally:
    """Expected rolls counted, each in one way. What is pending is part of no share."""

    on_time: int = 0
    delivered_later: int = 0
    late: int = 0
    unproven: int = 0
    not_taken: int = 0
    pending: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def due(self) -> int:
        """The rolls whose time has come: what shares are of."""
        return self.in_time + self.late + self.unproven + self.not_taken

    @property
    def in_time(self) -> int:
        """Taken by their deadline, whenever they were delivered."""
        return self.on_time + self.delivered_later

    @property
    def received(self) -> int:
        """Taken at all."""
        return self.in_time + self.late + self.unproven

    def share(self, part: int) -> Fraction | None:
        """A part of what was due, exactly; of nothing there is none."""
        return Fraction(part, self.due) if self.due else None


NOTHING = Tally()


def tally(counted: Iterable[tuple[RollMet, int]]) -> Tally:
    """Counts by how they met their deadline, added up."""
    counts = dict.fromkeys(RollMet, 0)
    for how, count in counted:
        counts[how] += count
    return Tally(**{how.value: count for how, count in counts.items()})


def total(tallies: Iterable[Tally]) -> Tally:
    """All together."""
    return sum(tallies, NOTHING)


def percent(part: int, whole: int) -> int | None:
    """The nearest whole percent, but 100 only of all and 0 only of none (B5.3)."""
    if whole == 0:
        return None
    nearest = (200 * part + whole) // (2 * whole)
    return part and min(nearest or 1, 99 if part < whole else 100)


def week_of(on: date) -> date:
    """The Monday of a date's week."""
    return on - timedelta(days=on.weekday())


def by_week(days: Mapping[date, Tally]) -> dict[date, Tally]:
    """Days added up by their weeks, in order."""
    weeks: dict[date, Tally] = {}
    for on in sorted(days):
        weeks[week_of(on)] = weeks.get(week_of(on), NOTHING) + days[on]
    return weeks


@dataclass(frozen=True, slots=True)
class Span:
    """Some school dates, both inclusive; a part of the year has a title."""

    from_on: date
    to_on: date
    title: str = ""


A_WHILE = timedelta(days=120)


def this_term(terms: Iterable[Span], today: date) -> Span:
    """The part of the year that today is in, the narrowest that began last; between two the one
    before; without any the last four months."""
    begun = [term for term in terms if term.from_on <= today]
    running = [term for term in begun if today <= term.to_on]
    if not begun:
        return Span(today - A_WHILE, today)
    if running:
        return max(running, key=lambda term: (term.from_on, -term.to_on.toordinal()))
    return max(begun, key=lambda term: (term.to_on, term.from_on))
