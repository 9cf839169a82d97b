"""A person's week as a statement: the rolls of the sections that they taught, as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, or_, select

from server.models import OpEntry, Section, Teaching, WeekStatement, table_of
from server.record import unpack_marks
from server.services.facts import IDS, SCHOOL, load_prior, rows_of
from server.services.horizon import load_rosters
from server.services.known import open_roll
from server.services.rolls import ROLL_COLUMNS, rolls
from server.services.rosters import Roster
from sync.certify import TEACHES
from sync.model import Roll, RollState
from sync.phrases import date_of, day_of
from sync.sentence import Sentence, say
from sync.statement import Change, SignedRoll, Statement, changes_since

_roll, _op, _teaching = ROLL_COLUMNS, table_of(OpEntry).c, table_of(Teaching).c
_section, _statement = table_of(Section).c, table_of(WeekStatement).c
SIX_DAYS = timedelta(days=6)
TAUGHT = select(_teaching.section_id, _teaching.staff_id).where(
    _teaching.school_id == SCHOOL, _teaching.active
)
WEEK = (
    rolls()
    .where(
        _roll.expected,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
    )
    .order_by(_roll.school_date, _roll.starts_at, _roll.roll_id)
)
LAST_OPS = (
    select(_op.roll_id, func.max(_op.seq).label("seq"))
    .where(
        _op.school_id == SCHOOL,
        _op.roll_id.in_(IDS),
        _op.outcome == "accepted",
        or_(_op.kind == "submit", _op.kind == "rule"),
    )
    .group_by(_op.roll_id)
)
TITLES = select(_section.section_id, _section.title).where(
    _section.school_id == SCHOOL, _section.section_id.in_(IDS)
)
SIGNED = (
    select(table_of(WeekStatement))
    .where(_statement.school_id == SCHOOL, _statement.from_on == bindparam("from_on"))
    .order_by(_statement.seq)
)


@dataclass(frozen=True, slots=True)
class Week:
    """The rolls of one week with what it takes to tell them; `rows` are in the order of the day."""

    from_on: date
    to_on: date
    rows: Sequence[Any]
    rosters: Mapping[UUID, Roster]
    last_seq: Mapping[UUID, int]
    titles: Mapping[UUID, str]

    def of(self, staff_id: UUID) -> list[Any]:
        """The rolls that a person may sign (C6)."""
        return [
            row
            for row in self.rows
            if self.rosters[row.section_id].rank(staff_id, row.school_date) in TEACHES
        ]

    def people(self) -> set[UUID]:
        """Everybody who may sign any."""
        taught = ((row.school_date, self.rosters[row.section_id]) for row in self.rows)
        return {
            one.staff_id
            for on, roster in taught
            for one in roster.teachers
            if roster.rank(one.staff_id, on) in TEACHES
        }


def monday(on: date) -> date:
    """The first day of a date's week."""
    return on - timedelta(days=on.weekday())


def words_of(from_on: date, to_on: date) -> Sentence:
    """What is signed; kept with the signature in English, and told to its reader besides."""
    return say(
        "These are the rolls of the sections I taught in the week of {first} to {last}. To the best"
        " of my knowledge each of them is true and correct as it stands here. Where it says not"
        " taken, no roll was taken. What was received on a later day I took in class, at the time"
        " that is given.",
        first=day_of(from_on),
        last=date_of(to_on),
    )


def load_week(
    connection: Connection, school_id: UUID, from_on: date, staff_id: UUID | None = None
) -> Week:
    """A week's expected rolls; where a person is named, of the sections assigned to them."""
    asked = {"school_id": school_id, "from_on": from_on, "to_on": from_on + SIX_DAYS}
    statement = WEEK
    if staff_id is not None:
        mine = TAUGHT.where(_teaching.staff_id == staff_id)
        sections = connection.execute(mine, {"school_id": school_id}).all()
        statement = WEEK.where(_roll.section_id.in_(sorted({row.section_id for row in sections})))
    rows: list[Any] = [*connection.execute(statement, asked)]
    taken = [row.roll_id for row in rows if row.revision]
    last = rows_of(connection, LAST_OPS, school_id, taken)
    titles = rows_of(connection, TITLES, school_id, sorted({row.section_id for row in rows}))
    return Week(
        from_on,
        from_on + SIX_DAYS,
        rows,
        load_rosters(connection, school_id, rows),
        {row.roll_id: row.seq for row in last},
        {row.section_id: row.title for row in titles},
    )


def statement_of(week: Week, staff_id: UUID) -> Statement:
    """What a person would sign as it stands now."""
    signed = tuple(_signed(week, row) for row in week.of(staff_id))
    words = words_of(week.from_on, week.to_on).english
    return Statement(staff_id, week.from_on, week.to_on, words, signed)


def is_taken(row: Any) -> bool:
    """Whether anybody took the roll: a ruling on one student takes none."""
    return row.received_at is not None


def load_signed(connection: Connection, school_id: UUID, from_on: date) -> dict[UUID, Any]:
    """The last statement of a week by each person who signed it."""
    rows = connection.execute(SIGNED, {"school_id": school_id, "from_on": from_on})
    return {row.staff_id: row for row in rows}


def load_changes(
    connection: Connection, school_id: UUID, zone: str, week: Week, signed: Mapping[UUID, int]
) -> list[tuple[Any, Change]]:
    """What stands otherwise than it was signed (C10), in the order of the log; `signed` is each
    roll's place in the log when it was."""
    since = [
        row for row in week.rows if week.last_seq.get(row.roll_id, 0) > signed.get(row.roll_id, 0)
    ]
    later = [row for row in since if row.roll_id in signed]
    prior = load_prior(connection, school_id, [row.roll_id for row in later])
    found: list[tuple[Any, Change]] = []
    for row in later:
        roster = week.rosters[row.section_id]
        roll = open_roll(connection, school_id, row, roster, prior[row.roll_id], zone=zone)
        ops = [op for op, _ in roll.ops]
        enrolled = roster.ids_in(row)
        found += [(row, one) for one in changes_since(ops, enrolled, signed[row.roll_id])]
    return sorted(found, key=lambda one: one[1].seq)


def counts_of(row: Any, roster: Roster) -> dict[str, int]:
    """How many students of a roll are what, and how many nobody marked; of one that nobody took
    there is nothing to count."""
    counts: dict[str, int] = {}
    if not is_taken(row):
        return counts
    enrolled = roster.nums_in(row)
    folded = unpack_marks(row.marks)
    different = folded.different()
    said = {
        num: different[code].presence for num, code in zip(folded.nums, folded.codes, strict=True)
    }
    for num in enrolled:
        presence = said.get(num)
        word = "unmarked" if presence is None else presence.value
        counts[word] = counts.get(word, 0) + 1
    return counts


def _signed(week: Week, row: Any) -> SignedRoll:
    return SignedRoll(
        row.roll_id,
        row.section_id,
        row.school_date,
        row.period,
        week.last_seq.get(row.roll_id, 0),
        _folded(row, week.rosters[row.section_id]) if is_taken(row) else Roll(),
    )


def _folded(row: Any, roster: Roster) -> Roll:
    """A roll as its row keeps it, of who is expected in it."""
    enrolled = roster.ids_in(row)
    folded = unpack_marks(row.marks)
    known = {num: UUID(text) for num, text in roster.text_of.items()}
    here = [
        (num, code) for num, code in zip(folded.nums, folded.codes, strict=True) if num in known
    ]
    only = folded.of([num for num, _ in here], [code for _, code in here])
    marks = [mark for mark in only.marks(known) if mark.student_id in enrolled]
    marked = {mark.student_id for mark in marks if mark.presence is not None}
    return Roll(RollState.SUBMITTED, tuple(marks), tuple(sorted(enrolled - marked)))


def signed_places(rolls_signed: Iterable[Mapping[str, Any]]) -> dict[UUID, int]:
    """Each roll's place in the log when a statement was signed."""
    return {UUID(one["roll_id"]): one["seq"] for one in rolls_signed}
