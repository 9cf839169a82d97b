"""Lays expected rolls out as rows, and again when calendar, bells, deadlines or rosters change.

Rolls that were taken are never touched. What is no longer met stays as a row that says why, so that
tablets learn of it from the feed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from server.models import Base
from server.roster.load import load
from server.services.ladder import load_reminding
from server.services.plan import Stretch, read_enrolled, read_timetable
from server.services.roll_rows import (
    ROLL,
    TOLD,
    UPDATE,
    Slot,
    Told,
    new_row,
    no_more,
    passed,
    read_rows,
    said_by,
    told_of,
)
from sync.band import EVERYBODY
from sync.layout import Timetable, expected_meetings
from sync.model import Meeting
from sync.policy import EVERY_PERIOD
from sync.remind import Ladder, first_at

T = Base.metadata.tables
LOOK_BACK_DAYS = 7
"""A tablet opens the last five school days; rolls before them are history."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A roll's row, what it said, and what it says now (or, of one that was taken, would say)."""

    row: Any
    before: Told
    after: Told


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

    def add(self, other: LaidOut) -> None:
        """What was laid out in a second go."""
        self.new += other.new
        self.changed += other.changed
        self.void += other.void
        self.added += other.added
        self.moved += other.moved
        self.kept += other.kept

    def counts(self) -> dict[str, int]:
        """By name."""
        return {"new": self.new, "changed": self.changed, "void": self.void}


@dataclass(frozen=True, slots=True)
class Only:
    """The rolls of these dates; of sections of some grades and of a period, where not of all."""

    dates: frozenset[date]
    grades: str = EVERYBODY
    period: str = EVERY_PERIOD


def lay_out(
    connection: Connection,
    school_id: UUID,
    now: datetime,
    since: date | None = None,
    *,
    only: Only | None = None,
    dry: bool = False,
) -> LaidOut:
    """Lays out a school's rolls to the end of its calendar, from a week ago unless `since` says
    otherwise, or `only` some of them; idempotent. What has passed keeps its times, but where
    `since` or `only` asks for it (D16). The caller holds the school's lock, or has just made the
    school, or asks what would be done: `dry` writes nothing.
    """
    zone = ZoneInfo(_one(connection, select(T["school"].c.zone), "school", school_id))
    today = now.astimezone(zone).date()
    keeps = today if since is None and only is None else date.min
    stretch = Stretch(since or today - timedelta(days=LOOK_BACK_DAYS))
    if only is not None:
        stretch = Stretch(stretch.since, only.dates, only.grades, only.period)
    timetable = read_timetable(connection, school_id, zone, stretch)
    enrolled = read_enrolled(connection, school_id, stretch)
    wanted = {
        (each.section_id, each.on, each.period): each
        for each in expected_meetings(timetable, enrolled)
        if each.on >= today or timetable.sections[each.section_id].active
    }
    rows = read_rows(connection, school_id, stretch, timetable.sections)
    seq = _one(connection, select(T["school_sync"].c.seq), "school_sync", school_id)
    ladder = load_reminding(connection, school_id).ladder
    work = _Work(connection, school_id, seq, Occasion(now, today, keeps, ladder, dry))
    work.move(wanted, rows, timetable)
    work.insert(wanted[slot] for slot in wanted if slot not in rows)
    work.finish()
    return work.done


@dataclass(frozen=True, slots=True)
class Occasion:
    """When rolls are laid out, by which reminders; rolls of dates before `keeps` keep their times.
    `dry`: nothing is written."""

    now: datetime
    today: date
    keeps: date
    ladder: Ladder
    dry: bool


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
        self.reminders: dict[datetime, datetime | None] = {}

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def move(
        self, wanted: Mapping[Slot, Meeting], rows: Mapping[Slot, Any], timetable: Timetable
    ) -> None:
        """Brings the rolls that are there up to date, but for those that were taken."""
        writes = []
        for slot, row in rows.items():
            if _owed(row, timetable, self.occasion.today):
                continue
            one = self._looked_at(row, wanted.get(slot))
            if row.revision > 0 or row.state != "not_taken":
                if one.before != one.after:
                    self.done.kept.append(one)
                continue
            remind_at = self._remind_at(one)
            if one.before != one.after or remind_at != row.remind_at:
                writes.append(self._write(one, remind_at))
        if writes and not self.occasion.dry:
            self.connection.execute(UPDATE, writes)

    def _looked_at(self, row: Any, meeting: Meeting | None) -> Changed:
        before = said_by(row)
        after = told_of(meeting) if meeting else no_more(before)
        if row.school_date < self.occasion.keeps:
            after = passed(before, after)
        return Changed(row, before, after)

    def _write(self, one: Changed, remind_at: datetime | None) -> dict[str, Any]:
        """What the database is told; who was only reminded otherwise keeps the place in the
        feed."""
        seq = one.row.seq
        if one.before != one.after:
            seq = self.next_seq()
            self.done.changed += one.after.expected
            self.done.void += not one.after.expected
            self.done.moved.append(one)
        named = {"school": self.school_id, "of": one.row.roll_id, "to_seq": seq}
        facts = zip(TOLD, one.after, strict=True)
        return {**named, "to_remind_at": remind_at, **{f"to_{name}": fact for name, fact in facts}}

    def _remind_at(self, one: Changed) -> datetime | None:
        """A reminder that was made already, or missed, is not made anew: where nothing moved the
        row's own place on the ladder stays."""
        before, after = one.before, one.after
        first = self._first_reminder(one.row.school_date, after)
        moved = after.due_at != before.due_at or after.expected != before.expected
        ahead = first is not None and first > self.occasion.now
        stays = after.expected and not moved and not ahead
        return one.row.remind_at if stays else first

    def _first_reminder(self, on: date, told: Told) -> datetime | None:
        """When the first step of the ladder is due; of past school dates nobody is reminded."""
        if not told.expected or on < self.occasion.today:
            return None
        if told.due_at not in self.reminders:
            self.reminders[told.due_at] = first_at(self.occasion.ladder, told.due_at)
        return self.reminders[told.due_at]

    def insert(self, meetings: Iterable[Meeting]) -> None:
        """Adds the rolls that are missing."""
        rows = (self._row(each) for each in meetings)
        if self.occasion.dry:
            deque(rows, maxlen=0)
        else:
            load(self.connection, ROLL, rows)

    def _row(self, meeting: Meeting) -> tuple[Any, ...]:
        self.done.new += 1
        self.done.added.append(meeting)
        remind_at = self._first_reminder(meeting.on, told_of(meeting))
        return new_row(self.school_id, meeting, self.next_seq(), remind_at)

    def finish(self) -> None:
        """Moves the school's clock on by what was given out."""
        if self.seq != self.first and not self.occasion.dry:
            clock = T["school_sync"]
            moved = update(clock).where(clock.c.school_id == self.school_id)
            self.connection.execute(moved.values(seq=self.seq))


def _owed(row: Any, timetable: Timetable, today: date) -> bool:
    """Whether the roll is from before its section ended: it is still missing."""
    if row.school_date >= today:
        return False
    section = timetable.sections.get(row.section_id)
    return section is None or not section.active


def _one(connection: Connection, asked: Any, name: str, school_id: UUID) -> Any:
    return connection.execute(asked.where(T[name].c.school_id == school_id)).scalar_one()
