"""What a whole school's days come to: by date, by month, and by weekday and period (T19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sync.attendance import Bucket, Totals
from sync.model import Presence
from sync.period import PeriodMark, is_here, is_scheduled


@dataclass(frozen=True, slots=True)
class Slot:
    """The marks of one period on one weekday (Monday 0) that are known, and how many of them say
    that the student was not there; where sessions are counted, those of a half of that day."""

    weekday: int
    period: str
    known: int
    absent: int


def sum_buckets(counts: Mapping[Bucket, int]) -> Totals:
    """So many students' days of one date."""
    sums = {
        "in_person" if into is Bucket.ATTENDED else into.value: count
        for into, count in counts.items()
        if into is not Bucket.NOT_EXPECTED
    }
    return Totals(**sums)


def add_totals(many: Iterable[Totals]) -> Totals:
    """Sums over dates or over students."""
    listed = tuple(many)
    return Totals(
        **{one.name: sum(getattr(of, one.name) for of in listed) for one in fields(Totals)}
    )


def by_month(dates: Mapping[date, Totals]) -> dict[date, dict[date, Totals]]:
    """The dates of each month, by its first day, in order."""
    months: dict[date, dict[date, Totals]] = {}
    for on in sorted(dates):
        months.setdefault(on.replace(day=1), {})[on] = dates[on]
    return months


class Slots:
    """Counts marks by weekday and period as dates go by (T19.1)."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._known: Counter[tuple[int, str]] = Counter()
        self._absent: Counter[tuple[int, str]] = Counter()

    def add(self, on: date, marks: Iterable[PeriodMark]) -> None:
        """One student's marks of a date."""
        for mark in marks:
            if mark.known and is_scheduled(mark):
                slot = (on.weekday(), mark.period)
                self._known[slot] += 1
                self._absent[slot] += mark.presence is Presence.ABSENT and not is_here(mark)

    def counted(self) -> list[Slot]:
        """What has been counted, by weekday and period."""
        return [
            Slot(weekday, period, self._known[weekday, period], self._absent[weekday, period])
            for weekday, period in sorted(self._known)
        ]
