"""Reads what a school's rolls are laid out from: calendar, bells, meetings, deadlines, rosters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, or_, select

from server.models import Base
from server.models.timetable import ALL_GRADES
from server.roster.values import grades
from sync.band import EVERYBODY, fit
from sync.layout import Enrolled, Exempt, SectionPlan, Timetable
from sync.model import ClassPeriod, MeetingPattern, Policy, SchoolDay
from sync.policy import EVERY_PERIOD, Rule

T = Base.metadata.tables
WEEKDAYS = "MTWRFSU"
INSTRUCTIONAL = ("instructional", "make_up")
FEW_DATES = 5
"""Up to so many dates the database counts who is enrolled on each; beyond, all dates are read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rolls that are asked about: of dates from `since` on, or of just these `dates`; of
    sections of some grades, and of a period."""

    since: date
    dates: frozenset[date] | None = None
    grades: str = EVERYBODY
    period: str = EVERY_PERIOD

    def covers(self, on: Any) -> Any:
        """The condition on a column of dates."""
        return on >= self.since if self.dates is None else on.in_(sorted(self.dates))

    def is_about(self, grades: frozenset[str]) -> bool:
        """Whether a section of these grades is asked about."""
        return fit(self.grades, grades) is not None


def read_timetable(
    connection: Connection, school_id: UUID, zone: ZoneInfo, stretch: Stretch
) -> Timetable:
    """A school's timetable for some dates."""
    rows = _rows(connection, "calendar_day", school_id, stretch.covers(_day.school_date))
    sections = _sections(connection, school_id)
    patterns = (_pattern(row) for row in _rows(connection, "section_meeting", school_id))
    return Timetable(
        days=[day_of(row) for row in rows],
        periods=_periods(connection, school_id),
        patterns=[one for one in patterns if stretch.period in {EVERY_PERIOD, one.period}],
        sections={key: one for key, one in sections.items() if stretch.is_about(one.grades)},
        zone=zone,
        usual=usual_schedule(connection, school_id),
        rules=[rule_of(row) for row in _rows(connection, "deadline_policy", school_id)],
        exemptions=_exemptions(connection, school_id, stretch),
    )


_day, _exemption = T["calendar_day"].c, T["exemption"].c
_enrollment = T["enrollment"].c


def day_of(row: Any) -> SchoolDay:
    """A date of the calendar for a band of grades."""
    return SchoolDay(
        on=row.school_date,
        instructional=row.kind in INSTRUCTIONAL,
        schedule=row.schedule,
        kind=row.kind,
        note=row.note,
        day_label=row.day_label,
        grades=band_of(row.grades),
        closed_from=row.closed_from_time and time.fromisoformat(row.closed_from_time),
    )


def band_of(spelled: str) -> str:
    """A band of grades as all are compared: without leading zeros, ranges spelled out."""
    return ALL_GRADES if spelled.strip() in {"", ALL_GRADES} else grades(spelled)


def rule_of(row: Any) -> Rule:
    """Deadlines as the school set them."""
    return Rule(
        rule_id=row.policy_id,
        from_on=row.from_on,
        until_on=row.until_on,
        set_at=row.set_at,
        grades=band_of(row.grades),
        period=row.period,
        policy=Policy(
            open_before_min=row.open_before_min,
            due_after_min=row.due_after_min,
            check_after_min=row.check_after_min,
            close_time=time.fromisoformat(row.close_time),
            grace_min=row.grace_min,
            lock_after_days=row.lock_after_days,
        ),
    )


def _periods(connection: Connection, school_id: UUID) -> dict[str, list[ClassPeriod]]:
    periods: dict[str, list[ClassPeriod]] = {}
    for row in _rows(connection, "bell_period", school_id):
        starts, ends = time.fromisoformat(row.starts_time), time.fromisoformat(row.ends_time)
        slot = ClassPeriod(row.period, row.name, starts, ends)
        periods.setdefault(row.schedule, []).append(slot)
    return periods


def _pattern(row: Any) -> MeetingPattern:
    return MeetingPattern(
        section_id=row.section_id,
        period=row.period,
        weekdays=frozenset(WEEKDAYS.index(letter) for letter in row.weekdays),
        day_labels=frozenset(filter(None, row.day_labels.split(","))),
        begin_on=row.begin_on,
        end_on=row.end_on,
        through=row.through,
    )


def _exemptions(connection: Connection, school_id: UUID, stretch: Stretch) -> list[Exempt]:
    rows = _rows(
        connection,
        "exemption",
        school_id,
        stretch.covers(_exemption.school_date),
        _exemption.ended_at.is_(None),
    )
    ordered = sorted(rows, key=lambda row: (row.set_at, row.exemption_id))
    return [Exempt(row.school_date, row.section_id, row.period, row.why) for row in ordered]


def usual_schedule(connection: Connection, school_id: UUID) -> str | None:
    """The bell schedule that is in force most often."""
    often = (
        select(_day.schedule)
        .where(
            _day.school_id == school_id, _day.schedule.is_not(None), _day.kind.in_(INSTRUCTIONAL)
        )
        .group_by(_day.schedule)
        .order_by(func.count().desc(), _day.schedule)
        .limit(1)
    )
    return connection.execute(often).scalar()


def _sections(connection: Connection, school_id: UUID) -> dict[UUID, SectionPlan]:
    term, of = T["term"].c, T["section_term"].c
    asked = select(of.section_id, term.starts_on, term.ends_on).where(
        of.school_id == school_id,
        term.school_id == of.school_id,
        term.term_id == of.term_id,
        term.active,
    )
    terms: dict[UUID, list[tuple[date, date]]] = {}
    for section_id, starts_on, ends_on in connection.execute(asked):
        terms.setdefault(section_id, []).append((starts_on, ends_on))
    return {
        row.section_id: SectionPlan(
            row.section_id,
            grades_of(row.grades),
            row.active,
            tuple(sorted(terms.get(row.section_id, ()))),
        )
        for row in _rows(connection, "section", school_id)
    }


def grades_of(spelled: str | None) -> frozenset[str]:
    """A section's grades, as bands are compared with."""
    return frozenset(grades(spelled).split(",")) if spelled else frozenset()


def read_enrolled(connection: Connection, school_id: UUID, stretch: Stretch) -> Enrolled:
    """How many students a section has on a date."""
    if stretch.dates is not None and len(stretch.dates) <= FEW_DATES:
        return _counted(connection, school_id, stretch.dates)
    return _all_dates(connection, school_id)


def _counted(connection: Connection, school_id: UUID, dates: Collection[date]) -> Enrolled:
    """By the database, a statement a date: a big school has tens of thousands of enrollments."""
    counts: dict[tuple[UUID, date], int] = {}
    for on in dates:
        asked = (
            select(_enrollment.section_id, func.count())
            .where(
                _enrollment.school_id == school_id,
                _enrollment.active,
                or_(_enrollment.begin_on.is_(None), _enrollment.begin_on <= on),
                or_(_enrollment.end_on.is_(None), _enrollment.end_on >= on),
            )
            .group_by(_enrollment.section_id)
        )
        counts.update({(of, on): count for of, count in connection.execute(asked)})
    return lambda section_id, on: counts.get((section_id, on), 0)


def _all_dates(connection: Connection, school_id: UUID) -> Enrolled:
    """From two sorted lists a section."""
    begins: dict[UUID, list[date]] = {}
    ends: dict[UUID, list[date]] = {}
    asked = select(_enrollment.section_id, _enrollment.begin_on, _enrollment.end_on).where(
        _enrollment.school_id == school_id, _enrollment.active
    )
    for row in connection.execute(asked):
        begins.setdefault(row.section_id, []).append(row.begin_on or date.min)
        ends.setdefault(row.section_id, []).append(row.end_on or date.max)
    for dates in (*begins.values(), *ends.values()):
        dates.sort()

    def count(section_id: UUID, on: date) -> int:
        if section_id not in begins:
            return 0
        return bisect_right(begins[section_id], on) - bisect_left(ends[section_id], on)

    return count


def _rows(connection: Connection, name: str, school_id: UUID, *where: Any) -> Iterator[Any]:
    table = T[name]
    asked = select(table).where(table.c.school_id == school_id, *where)
    yield from connection.execute(asked)
