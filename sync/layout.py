"""Which rolls are expected: calendar × bell schedule in force × meetings × enrollment (L)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from sync import band
from sync.deadline import due_times
from sync.model import ClassPeriod, Meeting, MeetingPattern, Policy, SchoolDay
from sync.policy import Rule, rule_for


class Void(StrEnum):
    """Why no roll is expected of a meeting."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    EMERGENCY = "emergency"
    CLOSED_EARLY = "closed_early"
    EXEMPT = "exempt"
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
class Exempt:
    """Meetings of a date that expect no roll: of a section, of a period, or of both at once."""

    on: date
    section_id: UUID | None
    period: str | None
    why: str

    def covers(self, section_id: UUID, period: str) -> bool:
        """Whether a meeting is one of them."""
        return self.section_id in {None, section_id} and self.period in {None, period}


@dataclass(frozen=True, slots=True)
class Voided:
    """Why no roll is expected, and the school's own words about it."""

    reason: Void
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that a school's rolls are laid out from. Times of day are in `zone`; `policy` holds where
    none of the `rules` does.

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
    rules: Sequence[Rule] = ()
    exemptions: Sequence[Exempt] = ()


Enrolled = Callable[[UUID, date], int]
"""How many students are in a section on a date."""


def expected_meetings(timetable: Timetable, enrolled: Enrolled) -> Iterator[Meeting]:
    """Every meeting of the timetable by date, section and period, each once; those of which no roll
    is expected carry the reason (L1–L12)."""
    patterns = sorted(timetable.patterns, key=_place)
    by_date = groupby(sorted(timetable.days, key=attrgetter("on")), key=attrgetter("on"))
    for on, bands in by_date:
        yield from _OneDate(timetable, on, list(bands), enrolled).meetings(patterns)


def _place(pattern: MeetingPattern) -> tuple[UUID, str, bool, str]:
    """Where two patterns give a section the same period, the double one counts."""
    through = pattern.through or ""
    return pattern.section_id, pattern.period, not through, through


class _OneDate:
    """A date being laid out: what holds on it for every section."""

    def __init__(
        self, timetable: Timetable, on: date, bands: list[SchoolDay], enrolled: Enrolled
    ) -> None:
        self.timetable, self.on, self.bands, self.enrolled = timetable, on, bands, enrolled
        self.exempt = [one for one in timetable.exemptions if one.on == on]
        self.rules = [one for one in timetable.rules if one.holds(on)]
        # Sections of the same grades have the same day, bells and deadlines, and there are many.
        self.day_of: dict[frozenset[str], SchoolDay | None] = {}
        self.slot_of: dict[tuple[int, str, str | None], ClassPeriod | None] = {}
        self.rule_of: dict[tuple[frozenset[str], str], Rule | None] = {}

    def meetings(self, patterns: Iterable[MeetingPattern]) -> Iterator[Meeting]:
        done: set[tuple[UUID, str]] = set()
        for pattern in patterns:
            slot = (pattern.section_id, pattern.period)
            section = self.timetable.sections.get(pattern.section_id)
            if section is None or slot in done or not runs(section, self.on):
                continue
            day = self._day(section.grades)
            if day is None or not meets(pattern, day):
                continue
            period = self._slot(day, pattern)
            if period is None:
                continue
            done.add(slot)
            yield self._meeting(section, day, period)

    def _day(self, grades: frozenset[str]) -> SchoolDay | None:
        if grades not in self.day_of:
            self.day_of[grades] = day_for(self.bands, grades)
        return self.day_of[grades]

    def _slot(self, day: SchoolDay, pattern: MeetingPattern) -> ClassPeriod | None:
        asked = (id(day), pattern.period, pattern.through)
        if asked not in self.slot_of:
            self.slot_of[asked] = slot_of(self.timetable, day, pattern)
        return self.slot_of[asked]

    def _meeting(self, section: SectionPlan, day: SchoolDay, period: ClassPeriod) -> Meeting:
        void = self._void(section, day, period)
        rule = self._rule(section.grades, period.period)
        policy = self.timetable.policy if rule is None else rule.policy
        bells = (self.on, period.starts_time, period.ends_time)
        return Meeting(
            section_id=section.section_id,
            on=self.on,
            period=period.period,
            period_name=period.name,
            times=_times(policy, *bells, self.timetable.zone),
            expected=void is None,
            void_reason=None if void is None else void.reason,
            void_note=None if void is None else void.note,
            policy=policy,
            rule_id=None if rule is None else rule.rule_id,
        )

    def _rule(self, grades: frozenset[str], period: str) -> Rule | None:
        if not self.rules:
            return None
        asked = (grades, period)
        if asked not in self.rule_of:
            self.rule_of[asked] = rule_for(self.rules, self.on, grades, period)
        return self.rule_of[asked]

    def _void(self, section: SectionPlan, day: SchoolDay, period: ClassPeriod) -> Voided | None:
        """Why no roll is expected, if so: the day before the exemption before the section before
        its students (L4–L6, L9, L10)."""
        if not day.instructional:
            return Voided(Void(day.kind) if day.kind in set(Void) else Void.CLOSED, day.note)
        if begins_after(period.starts_time, day.closed_from):
            return Voided(Void.CLOSED_EARLY, day.note)
        for one in self.exempt:
            if one.covers(section.section_id, period.period):
                return Voided(Void.EXEMPT, one.why)
        if not section.active:
            return Voided(Void.SECTION_INACTIVE)
        empty = self.enrolled(section.section_id, self.on) == 0
        return Voided(Void.NO_STUDENTS) if empty else None


# All sections of a period share its instants, and zone arithmetic is slow.
_times = lru_cache(maxsize=4096)(due_times)


def begins_after(starts_time: time, closed_from: time | None) -> bool:
    """Whether a meeting begins when school has been closed: one under way is still expected."""
    return closed_from is not None and starts_time >= closed_from


def day_for(bands: Iterable[SchoolDay], grades: frozenset[str]) -> SchoolDay | None:
    """The calendar's word for a section on a date: of the bands that cover all its grades the one
    with the fewest, else of those that cover some; "*" covers everybody, last (L3)."""
    fitting = [(rank, one) for one in bands if (rank := band.fit(one.grades, grades)) is not None]
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


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


def slot_of(timetable: Timetable, day: SchoolDay, pattern: MeetingPattern) -> ClassPeriod | None:
    """The slot that the bell schedule in force gives a pattern; none on a day that leaves its
    period out. A double period lasts to the end of its last one, where that day has it (L8)."""
    slots = _slots(timetable, day)
    first = next((slot for slot in slots if slot.period == pattern.period), None)
    last = next((slot for slot in slots if slot.period == pattern.through), None)
    if first is None or last is None or last.starts_time < first.ends_time:
        return first
    name = double_name(first.name, last.name)
    return ClassPeriod(first.period, name, first.starts_time, last.ends_time)


def _slots(timetable: Timetable, day: SchoolDay) -> Sequence[ClassPeriod]:
    schedule = day.schedule
    if schedule is None and not day.instructional:
        schedule = timetable.usual
    return timetable.periods.get(schedule, ()) if schedule is not None else ()


def double_name(first: str, last: str) -> str:
    """A double period's name: Period 3–4, or Lab–Lecture."""
    kind, _, of_first = first.rpartition(" ")
    other, _, of_last = last.rpartition(" ")
    return f"{kind} {of_first}–{of_last}" if kind and kind == other else f"{first}–{last}"
