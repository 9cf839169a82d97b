"""Alder Creek's year around any date: terms, minimum days, late starts, holidays; today is always
school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

REGULAR, MINIMUM, LATE, TODAY = "Regular", "Minimum day", "Late start", "Today"
WEDNESDAY, THURSDAY = 2, 3


@dataclass(frozen=True)
class DemoDay:
    """One date of the calendar; `schedule` names its bells."""

    on: date
    kind: str
    schedule: str = ""
    note: str = ""


@dataclass(frozen=True)
class DemoYear:
    """The school year that `today` lies in; both ends inclusive."""

    starts_on: date
    winter_on: date
    ends_on: date

    def terms(self) -> list[tuple[str, str, date, date]]:
        """Key, title, first and last day."""
        spring = self.winter_on + timedelta(days=1)
        return [
            ("fall", "Fall semester", self.starts_on, self.winter_on),
            ("spring", "Spring semester", spring, self.ends_on),
        ]


def year_around(today: date) -> DemoYear:
    """A year from mid-August to mid-June with at least six weeks behind today and some ahead."""
    begins = today.year if today >= date(today.year, 6, 5) else today.year - 1
    nominal = _monday(date(begins, 8, 16))
    return DemoYear(
        starts_on=min(nominal, _monday(today - timedelta(weeks=6))),
        winter_on=date(begins, 12, 31),
        ends_on=max(_monday(date(begins + 1, 6, 13)) - timedelta(days=3), today),
    )


def days(year: DemoYear, today: date) -> Iterator[DemoDay]:
    """Every date that is school or would have been: weekdays, and today whatever it is."""
    off = dict(_holidays(year.starts_on.year)) | dict(_holidays(year.starts_on.year + 1))
    on = year.starts_on
    while on <= year.ends_on:
        usual = on.weekday() < 5 and on not in off
        if on == today:
            note = "" if usual else "Make-up day"
            yield DemoDay(on, "instructional" if usual else "make_up", TODAY, note)
        elif on.weekday() < 5 and on in off:
            yield DemoDay(on, "holiday", note=off[on])
        elif usual and on.weekday() == WEDNESDAY:
            yield DemoDay(on, "instructional", MINIMUM, "Minimum day")
        elif usual and on == _nth(on.year, on.month, THURSDAY, 1):
            yield DemoDay(on, "instructional", LATE, "Late start: teachers plan together")
        elif usual:
            yield DemoDay(on, "instructional", REGULAR)
        on += timedelta(days=1)


def next_school_days(year: DemoYear, today: date) -> list[date]:
    """The school days after today, the next one first."""
    return [day.on for day in days(year, today) if day.on > today and day.kind == "instructional"]


def _holidays(year: int) -> Iterator[tuple[date, str]]:
    """One calendar year's days off, as most American schools keep them."""
    yield from _span(date(year, 1, 1), 4, "Winter break")
    yield _nth(year, 1, 0, 3), "Martin Luther King Jr. Day"
    yield _nth(year, 2, 0, 3), "Presidents’ Day"
    yield from _span(_nth(year, 4, 0, 1), 5, "Spring break")
    yield _monday(date(year, 5, 31)), "Memorial Day"
    yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield _nth(year, 9, 0, 1), "Labor Day"
    yield date(year, 11, 11), "Veterans Day"
    yield from _span(_nth(year, 11, 3, 4), 2, "Thanksgiving")
    yield from _span(date(year, 12, 21), 11, "Winter break")


def _span(first: date, count: int, note: str) -> Iterator[tuple[date, str]]:
    return ((first + timedelta(days=step), note) for step in range(count))


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) … Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _monday(on: date) -> date:
    """The Monday of that week."""
    return on - timedelta(days=on.weekday())
