"""Lays expected rolls out as rows, and again when calendar, bells, deadlines or rosters change.

Rolls that were taken are never touched. What is no longer met stays as a row that says why, so that
tablets learn of it from the feed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from server.models import Base
from server.roster.load import load
from server.services.ladder import load_reminding
from server.services.plan import Stretch, read_enrolled, read_timetable
from sync.identity import roll_id
from sync.layout import Timetable, Void, expected_meetings
from sync.model import Meeting
from sync.remind import Ladder, first_at

T = Base.metadata.tables
LOOK_BACK_DAYS = 7
"""A tablet opens the last five school days; rolls before them are history."""
MEETS_NO_MORE = "no_meeting"
TIMES = (
    "period_name", "starts_at", "ends_at", "opens_at", "due_at", "grace_min", "check_at",
    "closes_at", "locks_at", "policy_id",
)  # fmt: skip
TOLD = (*TIMES, "expected", "void_reason", "void_note")
"""What a roll's row says of its meeting; tablets learn of any change in it."""
FACTS = (*TOLD, "remind_at")


@dataclass(frozen=True, slots=True)
class Changed:
    """A roll's row as it was, and what it says now (or, of one that was taken, would say)."""

    row: Any
    facts: dict[str, Any]


@dataclass
class LaidOut:
    """How many rolls one school got, lost or had moved; and which, for whoever asks.

    `kept` were taken already and stay as they are, though they would be laid out otherwise now.
    """

    new: int = 0
    changed: int = 0
    void: int = 0
    added: list[Meeting] = field(default_factory=list)
    moved: list[Changed] = field(default_factory=list)
    kept: list[Changed] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """By name."""
        return {"new": self.new, "changed": self.changed, "void": self.void}


def lay_out(
    connection: Connection,
    school_id: UUID,
    now: datetime,
    since: date | None = None,
    dates: Collection[date] | None = None,
) -> LaidOut:
    """Lays out a school's rolls to the end of its calendar, from a week ago unless `since` says
    otherwise, or those of some `dates` alone; idempotent. What has passed keeps its times, but
    where `since` or `dates` asks for it (D16). The caller holds the school's lock, or has just
    made the school.
    """
    zone = ZoneInfo(_one(connection, select(T["school"].c.zone), "school", school_id))
    today = now.astimezone(zone).date()
    passed = today if since is None and dates is None else date.min
    since = since or today - timedelta(days=LOOK_BACK_DAYS)
    stretch = Stretch(since, None if dates is None else frozenset(dates))
    timetable = read_timetable(connection, school_id, zone, stretch)
    enrolled = read_enrolled(connection, school_id, stretch)
    wanted = {
        roll_id(school_id, each.section_id, each.on, each.period): each
        for each in expected_meetings(timetable, enrolled)
        if each.on >= today or timetable.sections[each.section_id].active
    }
    rows = _existing(connection, school_id, stretch)
    seq = _one(connection, select(T["school_sync"].c.seq), "school_sync", school_id)
    ladder = load_reminding(connection, school_id).ladder
    work = _Work(connection, school_id, seq, Occasion(now, today, passed, ladder))
    work.move(wanted, rows, timetable)
    work.insert(wanted[key] for key in wanted if key not in rows)
    work.finish()
    return work.done


@dataclass(frozen=True, slots=True)
class Occasion:
    """When rolls are laid out: rolls of dates before `passed` keep their times."""

    now: datetime
    today: date
    passed: date
    ladder: Ladder


class _Work:
    """The writing of one layout: each row that changes gets the school's next place."""

    def __init__(
        self, connection: Connection, school_id: UUID, seq: int, occasion: Occasion
    ) -> None:
        self.connection = connection
        self.school_id = school_id
        self.first = self.seq = seq
        self.occasion = occasion
        self.done = LaidOut()

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def move(
        self, wanted: dict[UUID, Meeting], rows: dict[UUID, Any], timetable: Timetable
    ) -> None:
        """Brings the rolls that are there up to date, but for those that were taken."""
        changes = []
        for key, row in rows.items():
            if _owed(row, timetable, self.occasion.today):
                continue
            facts = self._facts(row, wanted.get(key))
            told = any(getattr(row, fact) != facts[fact] for fact in TOLD)
            if row.revision > 0 or row.state != "not_taken":
                if told:
                    self.done.kept.append(Changed(row, facts))
            elif told or row.remind_at != facts["remind_at"]:
                self._count(row, facts, told)
                seq = self.next_seq() if told else row.seq
                changes.append({"of": key, "to_seq": seq, **_bound(facts)})
        if changes:
            self.connection.execute(_UPDATE, [{"school": self.school_id, **c} for c in changes])

    def _count(self, row: Any, facts: dict[str, Any], told: bool) -> None:
        if told:
            self.done.changed += facts["expected"]
            self.done.void += not facts["expected"]
            self.done.moved.append(Changed(row, facts))

    def _facts(self, row: Any, meeting: Meeting | None) -> dict[str, Any]:
        """What the row is to say. A reminder that was made already, or missed, is not made anew:
        where nothing moved the row's own place on the ladder stays."""
        facts = facts_of(meeting) if meeting else _void(row)
        if row.school_date < self.occasion.passed:
            facts |= {fact: getattr(row, fact) for fact in TIMES}
        first = self._first_reminder(row.school_date, facts)
        moved = facts["due_at"] != row.due_at or facts["expected"] != row.expected
        ahead = first is not None and first > self.occasion.now
        stays = not moved and not ahead and facts["expected"]
        return {**facts, "remind_at": row.remind_at if stays else first}

    def _first_reminder(self, on: date, facts: dict[str, Any]) -> datetime | None:
        """When the first step of the ladder is due; of past school dates nobody is reminded."""
        if not facts["expected"] or on < self.occasion.today:
            return None
        return first_at(self.occasion.ladder, facts["due_at"])

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
        self.done.added.append(meeting)
        told = facts_of(meeting)
        facts: dict[str, Any] = {
            "school_id": self.school_id,
            "roll_id": roll_id(self.school_id, meeting.section_id, meeting.on, meeting.period),
            "section_id": meeting.section_id,
            "school_date": meeting.on,
            "period": meeting.period,
            "seq": self.next_seq(),
            **FRESH,
            **told,
            "remind_at": self._first_reminder(meeting.on, told),
        }
        return tuple(facts.get(column.name) for column in T["roll"].columns)


FRESH = {
    "state": "not_taken",
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
    """What a roll's row says of its meeting. One that nobody expects need not be locked."""
    times = meeting.times
    return {
        "period_name": meeting.period_name,
        "starts_at": times.starts_at,
        "ends_at": times.ends_at,
        "opens_at": times.opens_at,
        "due_at": times.due_at,
        "grace_min": meeting.policy.grace_min,
        "check_at": times.check_at,
        "closes_at": times.closes_at,
        "locks_at": times.locks_at if meeting.expected else None,
        "policy_id": meeting.rule_id,
        "expected": meeting.expected,
        "void_reason": str(meeting.void_reason) if meeting.void_reason else None,
        "void_note": meeting.void_note,
    }


def _owed(row: Any, timetable: Timetable, today: date) -> bool:
    """Whether the roll is from before its section ended: it is still missing."""
    section = timetable.sections.get(row.section_id)
    return row.school_date < today and (section is None or not section.active)


def _void(row: Any) -> dict[str, Any]:
    """What the row of a meeting that is no more says. What a roll was excused by is no reason any
    more where it does not meet at all."""
    facts = {fact: getattr(row, fact) for fact in TOLD}
    if row.void_reason in {None, Void.EXEMPT, Void.CLOSED_EARLY}:
        facts |= {"void_reason": MEETS_NO_MORE, "void_note": None}
    return {**facts, "expected": False, "locks_at": None}


def _bound(facts: dict[str, Any]) -> dict[str, Any]:
    return {f"to_{fact}": value for fact, value in facts.items()}


def _existing(connection: Connection, school_id: UUID, stretch: Stretch) -> dict[UUID, Any]:
    roll = T["roll"].c
    asked = select(
        roll.roll_id, roll.section_id, roll.school_date, roll.period, roll.state, roll.revision,
        roll.seq, *(roll[fact] for fact in FACTS),
    ).where(roll.school_id == school_id, stretch.covers(roll.school_date))  # fmt: skip
    return {row.roll_id: row for row in connection.execute(asked)}


def _one(connection: Connection, asked: Any, name: str, school_id: UUID) -> Any:
    return connection.execute(asked.where(T[name].c.school_id == school_id)).scalar_one()
