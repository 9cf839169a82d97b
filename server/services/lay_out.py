"""Lays expected rolls out as rows, and again when calendar, bells, meetings or enrollment change.

Rolls that were taken are never touched. What is no longer met stays as a row that says why, so that
tablets learn of it from the feed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from server.models import Base
from server.models.timetable import ALL_GRADES
from server.roster.load import load
from server.roster.values import grades
from sync.identity import roll_id
from sync.layout import SectionPlan, Timetable, expected_meetings
from sync.model import ClassPeriod, Meeting, MeetingPattern, SchoolDay

T = Base.metadata.tables
LOOK_BACK_DAYS = 7
"""A tablet opens the last five school days; rolls before them are history."""
WEEKDAYS = "MTWRFSU"
MEETS_NO_MORE = "no_meeting"
INSTRUCTIONAL = {"instructional", "make_up"}
FACTS = (
    "period_name", "starts_at", "ends_at", "opens_at", "due_at", "check_at", "closes_at",
    "expected", "void_reason",
)  # fmt: skip


@dataclass
class LaidOut:
    """How many rolls one school got, lost or had moved."""

    new: int = 0
    changed: int = 0
    void: int = 0

    def counts(self) -> dict[str, int]:
        """By name."""
        return asdict(self)


def lay_out(
    connection: Connection, school_id: UUID, now: datetime, since: date | None = None
) -> LaidOut:
    """Lays out a school's rolls to the end of its calendar, from a week ago unless `since` says
    otherwise; idempotent. The caller holds the school's lock, or has just made the school.
    """
    zone = ZoneInfo(_one(connection, select(T["school"].c.zone), "school", school_id))
    today = now.astimezone(zone).date()
    since = since or today - timedelta(days=LOOK_BACK_DAYS)
    timetable = _timetable(connection, school_id, since, zone)
    enrolled = _enrolled(connection, school_id)
    wanted = {
        roll_id(school_id, each.section_id, each.on, each.period): each
        for each in expected_meetings(timetable, enrolled)
        if each.on >= today or timetable.sections[each.section_id].active
    }
    rows = _existing(connection, school_id, since)
    seq = _one(connection, select(T["school_sync"].c.seq), "school_sync", school_id)
    work = _Work(connection, school_id, seq)
    work.move(wanted, rows, timetable, today)
    work.insert(wanted[key] for key in wanted if key not in rows)
    work.finish()
    return work.done


class _Work:
    """The writing of one layout: each row that changes gets the school's next place."""

    def __init__(self, connection: Connection, school_id: UUID, seq: int) -> None:
        self.connection = connection
        self.school_id = school_id
        self.first = self.seq = seq
        self.done = LaidOut()

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def move(
        self, wanted: dict[UUID, Meeting], rows: dict[UUID, Any], timetable: Timetable, today: date
    ) -> None:
        """Brings the rolls that are there up to date, but for those that were taken."""
        changes = []
        for key, row in rows.items():
            if row.revision > 0 or row.state != "not_taken" or _owed(row, timetable, today):
                continue
            meeting = wanted.get(key)
            facts = facts_of(meeting) if meeting else _void(row)
            if any(getattr(row, fact) != facts[fact] for fact in FACTS):
                self.done.changed += facts["expected"]
                self.done.void += not facts["expected"]
                changes.append({"of": key, "to_seq": self.next_seq(), **_bound(facts)})
        if changes:
            self.connection.execute(_UPDATE, [{"school": self.school_id, **c} for c in changes])

    def insert(self, meetings: Iterable[Meeting]) -> None:
        """Adds the rolls that are missing."""
        load(self.connection, T["roll"], (self._row(each) for each in meetings))

    def finish(self) -> None:
        """Moves the school's clock on by what was given out."""
        if self.seq != self.first:
            clock = T["school_sync"]
            moved = update(clock).where(clock.c.school_id == self.school_id)
            self.connection.execute(moved.values(seq=self.seq))

    def _row(self, meeting: Meeting) -> tuple[Any, ...]:
        self.done.new += 1
        facts: dict[str, Any] = {
            "school_id": self.school_id,
            "roll_id": roll_id(self.school_id, meeting.section_id, meeting.on, meeting.period),
            "section_id": meeting.section_id,
            "school_date": meeting.on,
            "period": meeting.period,
            "seq": self.next_seq(),
            **FRESH,
            **facts_of(meeting),
        }
        return tuple(facts.get(column.name) for column in T["roll"].columns)


FRESH = {
    "state": "not_taken",
    "grace_min": 0,
    "revision": 0,
    "next_day": False,
    "countersign": False,
    "contested": 0,
    "safety": 0,
}
_UPDATE = (
    update(T["roll"])
    .where(T["roll"].c.school_id == bindparam("school"), T["roll"].c.roll_id == bindparam("of"))
    .values({"seq": bindparam("to_seq"), **{fact: bindparam(f"to_{fact}") for fact in FACTS}})
)


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What a roll's row says of its meeting."""
    times = meeting.times
    return {
        "period_name": meeting.period_name,
        "starts_at": times.starts_at,
        "ends_at": times.ends_at,
        "opens_at": times.opens_at,
        "due_at": times.due_at,
        "check_at": times.check_at,
        "closes_at": times.closes_at,
        "expected": meeting.expected,
        "void_reason": str(meeting.void_reason) if meeting.void_reason else None,
    }


def _owed(row: Any, timetable: Timetable, today: date) -> bool:
    """Whether the roll is from before its section ended: it is still missing."""
    section = timetable.sections.get(row.section_id)
    return row.school_date < today and (section is None or not section.active)


def _void(row: Any) -> dict[str, Any]:
    """What the row of a meeting that is no more says."""
    facts = {fact: getattr(row, fact) for fact in FACTS}
    return {**facts, "expected": False, "void_reason": row.void_reason or MEETS_NO_MORE}


def _bound(facts: dict[str, Any]) -> dict[str, Any]:
    return {f"to_{fact}": value for fact, value in facts.items()}


def _existing(connection: Connection, school_id: UUID, since: date) -> dict[UUID, Any]:
    roll = T["roll"].c
    asked = select(
        roll.roll_id, roll.section_id, roll.school_date, roll.state, roll.revision,
        *(roll[fact] for fact in FACTS),
    ).where(roll.school_id == school_id, roll.school_date >= since)  # fmt: skip
    return {row.roll_id: row for row in connection.execute(asked)}


def _timetable(connection: Connection, school_id: UUID, since: date, zone: ZoneInfo) -> Timetable:
    day = T["calendar_day"].c
    days = [
        SchoolDay(
            on=row.school_date,
            instructional=row.kind in INSTRUCTIONAL,
            schedule=row.schedule,
            kind=row.kind,
            note=row.note,
            day_label=row.day_label,
            grades=grades(row.grades) if row.grades != ALL_GRADES else ALL_GRADES,
        )
        for row in _rows(connection, "calendar_day", school_id, day.school_date >= since)
    ]
    periods: dict[str, list[ClassPeriod]] = {}
    for row in _rows(connection, "bell_period", school_id):
        starts, ends = time.fromisoformat(row.starts_time), time.fromisoformat(row.ends_time)
        slot = ClassPeriod(row.period, row.name, starts, ends)
        periods.setdefault(row.schedule, []).append(slot)
    patterns = [
        MeetingPattern(
            section_id=row.section_id,
            period=row.period,
            weekdays=frozenset(WEEKDAYS.index(letter) for letter in row.weekdays),
            day_labels=frozenset(filter(None, row.day_labels.split(","))),
            begin_on=row.begin_on,
            end_on=row.end_on,
        )
        for row in _rows(connection, "section_meeting", school_id)
    ]
    return Timetable(
        days=days,
        periods=periods,
        patterns=patterns,
        sections=_sections(connection, school_id),
        zone=zone,
        usual=_usual(days),
    )


def _usual(days: Iterable[SchoolDay]) -> str | None:
    """The bell schedule that is in force most often."""
    counts: dict[str, int] = {}
    for day in days:
        if day.schedule and day.instructional:
            counts[day.schedule] = counts.get(day.schedule, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name], default=None)


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
            frozenset(grades(row.grades).split(",")) if row.grades else frozenset(),
            row.active,
            tuple(sorted(terms.get(row.section_id, ()))),
        )
        for row in _rows(connection, "section", school_id)
    }


def _enrolled(connection: Connection, school_id: UUID) -> Callable[[UUID, date], int]:
    """How many students a section has on a date, from two sorted lists a section."""
    begins: dict[UUID, list[date]] = {}
    ends: dict[UUID, list[date]] = {}
    enrollment = T["enrollment"].c
    for row in _rows(connection, "enrollment", school_id, enrollment.active):
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


def _one(connection: Connection, asked: Any, name: str, school_id: UUID) -> Any:
    return connection.execute(asked.where(T[name].c.school_id == school_id)).scalar_one()
