"""Which rolls are expected: calendar × bell schedule in force × meetings × enrollment (L)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.deadline import due_times
from sync.model import ClassPeriod, Meeting, MeetingPattern, Policy, SchoolDay

ALL_GRADES = "*"


class Void(StrEnum):
    """Why no roll is expected of a meeting."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    EMERGENCY = "emergency"
    SECTION_INACTIVE = "section_inactive"
    NO_STUDENTS = "no_students"


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """What layout asks of a section: its grades decide which band of the calendar it follows, its
    terms (from–to, inclusive; none: the whole calendar) when it runs."""

    section_id: UUID
    grades: frozenset[str] = frozenset()
    active: bool = True
    terms: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that a school's rolls are laid out from. Times of day are in `zone`.

    `usual` names the bell schedule of a day without school that names none: its meetings are laid
    out too, as not expected, so that a roll taken in error meets a row that tells why it waits.
    """

    days: Sequence[SchoolDay]
    periods: Mapping[str, Sequence[ClassPeriod]]
    patterns: Sequence[MeetingPattern]
    sections: Mapping[UUID, SectionPlan]
    zone: ZoneInfo
    policy: Policy = field(default_factory=Policy)
    usual: str | None = None


Enrolled = Callable[[UUID, date], int]
"""How many students are in a section on a date."""


def expected_meetings(timetable: Timetable, enrolled: Enrolled) -> Iterator[Meeting]:
    """Every meeting of the timetable by date, section and period, each once; those of which no roll
    is expected carry the reason (L1–L7)."""
    patterns = sorted(timetable.patterns, key=attrgetter("section_id", "period"))
    by_date = groupby(sorted(timetable.days, key=attrgetter("on")), key=attrgetter("on"))
    for on, bands in by_date:
        yield from _on_one_date(timetable, on, list(bands), patterns, enrolled)


def _on_one_date(
    timetable: Timetable,
    on: date,
    bands: list[SchoolDay],
    patterns: Iterable[MeetingPattern],
    enrolled: Enrolled,
) -> Iterator[Meeting]:
    done: set[tuple[UUID, str]] = set()
    for pattern in patterns:
        slot = (pattern.section_id, pattern.period)
        section = timetable.sections.get(pattern.section_id)
        if section is None or slot in done or not runs(section, on):
            continue
        day = day_for(bands, section.grades)
        if day is None or not meets(pattern, day):
            continue
        period = period_of(timetable, day, pattern.period)
        if period is None:
            continue
        done.add(slot)
        yield meeting(timetable, section, day, period, enrolled)


def meeting(
    timetable: Timetable,
    section: SectionPlan,
    day: SchoolDay,
    period: ClassPeriod,
    enrolled: Enrolled,
) -> Meeting:
    """Lay out one meeting."""
    void = void_reason(section, day, enrolled)
    times = _times(timetable.policy, day.on, period.starts_time, period.ends_time, timetable.zone)
    return Meeting(
        section_id=section.section_id,
        on=day.on,
        period=period.period,
        period_name=period.name,
        times=times,
        expected=void is None,
        void_reason=void,
        policy=timetable.policy,
    )


# All sections of a period share its instants, and zone arithmetic is slow.
_times = lru_cache(maxsize=4096)(due_times)


def void_reason(section: SectionPlan, day: SchoolDay, enrolled: Enrolled) -> Void | None:
    """Why no roll is expected, if so: the day before the section before its students (L4–L6)."""
    if not day.instructional:
        return Void(day.kind) if day.kind in set(Void) else Void.CLOSED
    if not section.active:
        return Void.SECTION_INACTIVE
    return Void.NO_STUDENTS if enrolled(section.section_id, day.on) == 0 else None


def day_for(bands: Iterable[SchoolDay], grades: frozenset[str]) -> SchoolDay | None:
    """The calendar's word for a section on a date: of the bands that cover all its grades the one
    with the fewest, else of those that cover some; "*" covers everybody, last (L3)."""
    fitting = [(rank, band) for band in bands if (rank := _fit(band, grades)) is not None]
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def _fit(band: SchoolDay, grades: frozenset[str]) -> tuple[int, int, str] | None:
    if band.grades.strip() == ALL_GRADES:
        return 2, 0, ALL_GRADES
    covered = {grade.strip() for grade in band.grades.split(",")}
    if not covered & grades:
        return None
    return (0 if grades <= covered else 1), len(covered), band.grades


def runs(section: SectionPlan, on: date) -> bool:
    """Whether a section runs on a date by its terms."""
    return not section.terms or any(begin <= on <= end for begin, end in section.terms)


def meets(pattern: MeetingPattern, day: SchoolDay) -> bool:
    """Whether a pattern falls on a day: its dates, its weekdays and its day labels (L2)."""
    return (
        (pattern.begin_on is None or pattern.begin_on <= day.on)
        and (pattern.end_on is None or day.on <= pattern.end_on)
        and day.on.weekday() in pattern.weekdays
        and (not pattern.day_labels or day.day_label in pattern.day_labels)
    )


def period_of(timetable: Timetable, day: SchoolDay, period: str) -> ClassPeriod | None:
    """The slot that the bell schedule in force gives a period; none on a day that leaves it out."""
    schedule = day.schedule
    if schedule is None and not day.instructional:
        schedule = timetable.usual
    slots = timetable.periods.get(schedule, ()) if schedule is not None else ()
    return next((slot for slot in slots if slot.period == period), None)
