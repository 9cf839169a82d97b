"""What a roll's row says of its meeting: laid out, kept as it was, or meeting no more.

Told as tuples in the order of `TOLD`, because a big school has a hundred thousand a year.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from server.models import RollRow, table_of
from server.services.plan import Stretch
from sync.band import EVERYBODY
from sync.identity import roll_id
from sync.layout import Void
from sync.model import Meeting
from sync.policy import EVERY_PERIOD

ROLL = table_of(RollRow)
MEETS_NO_MORE = "no_meeting"
EXCUSED = frozenset({Void.EXEMPT, Void.CLOSED_EARLY})
FRESH = {
    "state": "not_taken",
    "revision": 0,
    "next_day": False,
    "countersign": False,
    "contested": 0,
    "safety": 0,
}


class Told(NamedTuple):
    """What tablets learn of, if it changes. One that nobody expects need not be locked."""

    period_name: Any
    starts_at: Any
    ends_at: Any
    opens_at: Any
    due_at: Any
    grace_min: Any
    check_at: Any
    closes_at: Any
    policy_id: Any
    locks_at: Any
    expected: Any
    void_reason: Any
    void_note: Any


TOLD = Told._fields
TIMES = TOLD.index("locks_at")
"""So many of them are times, which what has passed keeps (D16)."""
KEYS = (
    ROLL.c.roll_id, ROLL.c.section_id, ROLL.c.school_date, ROLL.c.period, ROLL.c.state,
    ROLL.c.revision, ROLL.c.seq, ROLL.c.remind_at,
)  # fmt: skip
UPDATE = (
    update(ROLL)
    .where(ROLL.c.school_id == bindparam("school"), ROLL.c.roll_id == bindparam("of"))
    .values(
        {
            "seq": bindparam("to_seq"),
            "remind_at": bindparam("to_remind_at"),
            **{fact: bindparam(f"to_{fact}") for fact in TOLD},
        }
    )
)
Slot = tuple[UUID, date, str]


def read_rows(
    connection: Connection, school_id: UUID, stretch: Stretch, sections: Collection[UUID]
) -> dict[Slot, Any]:
    """The rolls that are there, by section, date and period; where not all grades are asked about,
    of these sections."""
    asked = select(*KEYS, *(ROLL.c[fact] for fact in TOLD)).where(
        ROLL.c.school_id == school_id, stretch.covers(ROLL.c.school_date)
    )
    if stretch.period != EVERY_PERIOD:
        asked = asked.where(ROLL.c.period == stretch.period)
    if stretch.grades != EVERYBODY:
        asked = asked.where(ROLL.c.section_id.in_(sorted(sections)))
    return {(row.section_id, row.school_date, row.period): row for row in connection.execute(asked)}


def said_by(row: Any) -> Told:
    """What a row says now."""
    return Told(*row[len(KEYS) :])


def told_of(meeting: Meeting) -> Told:
    """What the row of a meeting is to say."""
    times = meeting.times
    return Told(
        meeting.period_name,
        times.starts_at,
        times.ends_at,
        times.opens_at,
        times.due_at,
        meeting.policy.grace_min,
        times.check_at,
        times.closes_at,
        meeting.rule_id,
        times.locks_at if meeting.expected else None,
        meeting.expected,
        str(meeting.void_reason) if meeting.void_reason else None,
        meeting.void_note,
    )


def passed(before: Told, now: Told) -> Told:
    """What has passed keeps its times; whether it was expected may still change (D16)."""
    locks_at = before.locks_at if before.expected else now.locks_at
    kept = Told(*before[:TIMES], *now[TIMES:])
    return kept._replace(locks_at=locks_at if now.expected else None)


def no_more(before: Told) -> Told:
    """What the row of a meeting that is no more says. What a roll was excused by is no reason any
    more where it does not meet at all."""
    gone = before._replace(expected=False, locks_at=None)
    if before.void_reason is None or before.void_reason in EXCUSED:
        return gone._replace(void_reason=MEETS_NO_MORE, void_note=None)
    return gone


def new_row(school_id: UUID, meeting: Meeting, seq: int, remind_at: Any) -> tuple[Any, ...]:
    """A whole row of the table."""
    facts: dict[str, Any] = {
        "school_id": school_id,
        "roll_id": roll_id(school_id, meeting.section_id, meeting.on, meeting.period),
        "section_id": meeting.section_id,
        "school_date": meeting.on,
        "period": meeting.period,
        "seq": seq,
        "remind_at": remind_at,
        **FRESH,
        **told_of(meeting)._asdict(),
    }
    return tuple(facts.get(column.name) for column in ROLL.columns)
