"""Puts a desk's word on a student into the log: ordinary rulings, one for each roll that changes.

A desk follows its own words alone: what somebody else ruled meanwhile is left as it stands (V4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from schemas.fast import CANONICAL, instant, read_op
from server.access import Viewer
from server.ask import ask
from server.columns import spell
from server.db import Turn
from server.models import DeskRuling, Enrollment, RollRow, Section, table_of
from server.record import unpack_marks
from server.services.facts import SCHOOL, Person, load, questions
from server.services.hearing import Sender
from server.services.judge import Sitting, wanted
from server.services.reply import Reply
from server.services.write import log_refusals, write
from sync.front_desk import DeskWord
from sync.model import Mark

WINDOW, NOTICE, CLEARING = "window", "notice", "clearing"
MOST_PARENTS = 50
NOT_SAID = (None, None, None)
BEYOND = "Beyond the limit"

_roll, _section = table_of(RollRow).c, table_of(Section).c
_enrollment, _ruling = table_of(Enrollment).c, table_of(DeskRuling).c
MEETINGS = (
    select(
        _roll.roll_id,
        _roll.school_date,
        _roll.period,
        _roll.period_name,
        _roll.starts_at,
        _roll.ends_at,
        _roll.state,
        _roll.revision,
        _roll.marks,
        _section.title,
        _section.room,
    )
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .join(
        table_of(Enrollment),
        (_enrollment.school_id == _roll.school_id) & (_enrollment.section_id == _roll.section_id),
    )
    .where(
        _roll.school_id == SCHOOL,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
        _roll.expected,
        _enrollment.student_id == bindparam("student_id"),
        _enrollment.active,
        or_(_enrollment.begin_on.is_(None), _enrollment.begin_on <= _roll.school_date),
        or_(_enrollment.end_on.is_(None), _enrollment.end_on >= _roll.school_date),
        or_(_enrollment.begin_at.is_(None), _enrollment.begin_at <= _roll.starts_at),
        or_(_enrollment.end_at.is_(None), _enrollment.end_at > _roll.starts_at),
    )
    .order_by(_roll.starts_at, _roll.roll_id)
)
SAID = (
    select(table_of(DeskRuling))
    .where(
        _ruling.school_id == SCHOOL,
        _ruling.student_id == bindparam("student_id"),
        _ruling.desk == bindparam("desk"),
        _ruling.outcome == "accepted",
    )
    .order_by(_ruling.seq)
)
RENUMBER = (
    update(table_of(RollRow))
    .where(_roll.school_id == bindparam("of_school"), _roll.roll_id == bindparam("of"))
    .values(seq=bindparam("to_seq"))
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is ruled: which desk says it, by which of its lines, about which student."""

    desk: str
    cause_id: UUID
    student: Any


@dataclass(frozen=True, slots=True)
class Wish:
    """What a desk wants said of a meeting now, and in what words; no word: nothing any more.

    `saw`: the ops whose word was looked at before; `evidence` and `incident` go with a reason, and
    `discretion`, an administrator's word beyond its limit.
    """

    meeting: Any
    word: DeskWord | None
    why: str
    saw: tuple[UUID, ...] = ()
    evidence: str | None = None
    incident: str | None = None
    discretion: str | None = None


def sender_of(viewer: Viewer) -> Sender:
    """Whoever is asking, as the author of what is ruled."""
    person = Person(viewer.staff_id, viewer.name, viewer.role.value)
    return Sender(viewer.school_id, viewer.zone, viewer.device_id, person)


def meetings_of(
    connection: Connection, school_id: UUID, student_id: UUID, from_on: date, to_on: date
) -> list[Any]:
    """The meetings in which a student is expected on some dates, both inclusive."""
    asked = {"student_id": student_id, "from_on": from_on, "to_on": to_on}
    rows = connection.execute(MEETINGS, {"school_id": school_id, **asked})
    return list({row.roll_id: row for row in rows}.values())


def rule_wishes(
    turn: Turn, sender: Sender, cause: Cause, wishes: Iterable[Wish], now: datetime
) -> frozenset[UUID]:
    """Rule what differs from what the desk said last; the rolls that have a new place for it."""
    said = _said(turn, cause)
    listed = [(wish, said.get(wish.meeting.roll_id, ())) for wish in wishes]
    lines = [(wish, line) for wish, own in listed if (line := _line(cause, wish, own))]
    if not lines:
        return frozenset()
    trees = [_tree(turn.school_id, cause, wish, line, now) for wish, line in lines]
    replies = hear_rulings(turn, sender, trees, now)
    rows = [
        _row(turn.school_id, cause, wish, tree, reply, said.get(wish.meeting.roll_id, ()))
        for (wish, _), tree, reply in zip(lines, trees, replies, strict=True)
    ]
    turn.connection.execute(insert(table_of(DeskRuling)), rows)
    return frozenset(row["roll_id"] for row in rows if row["outcome"] == "accepted")


def hear_rulings(
    turn: Turn, sender: Sender, trees: Sequence[Mapping[str, Any]], now: datetime
) -> list[Reply]:
    """Take rulings into the log as if this person's own page had sent them."""
    batch = [read_op(CANONICAL.encode(tree)) for tree in trees]
    asked = wanted(turn.school_id, batch)
    answers = ask(turn.connection, questions(turn.school_id, asked))
    facts = load(turn.connection, turn.school_id, asked, answers)
    sitting = Sitting(turn, sender, now, facts)
    replies = [sitting.hear(sent) for sent in batch]
    log_refusals(turn.connection, turn.school_id, sitting.ledger)
    write(turn.connection, turn.school_id, sitting.ledger)
    return replies


def renumber(turn: Turn, roll_ids: Iterable[UUID]) -> None:
    """Give rolls new places in the feed: what is known ahead on them changed."""
    places = [
        {"of_school": turn.school_id, "of": one, "to_seq": turn.next_seq()}
        for one in sorted(roll_ids)
    ]
    if places:
        turn.connection.execute(RENUMBER, places)


def _said(turn: Turn, cause: Cause) -> dict[UUID, list[Any]]:
    asked = {
        "school_id": turn.school_id,
        "student_id": cause.student.student_id,
        "desk": cause.desk,
    }
    found: dict[UUID, list[Any]] = {}
    for row in turn.connection.execute(SAID, asked):
        found.setdefault(row.roll_id, []).append(row)
    return found


def _line(cause: Cause, wish: Wish, own: Sequence[Any]) -> dict[str, Any] | None:
    """What the ruling says of the student; None where nothing has to be said."""
    last = own[-1] if own else None
    word = wish.word
    times = NOT_SAID if word is None else (word.presence, word.arrived_at, word.left_at)
    reason = word.reason if word else None
    told = NOT_SAID if last is None else (last.presence, last.arrived_at, last.left_at)
    told_reason = last.reason if last else None
    mark = mark_of(wish.meeting, cause.student) if last else None
    own_ids = {one.op_id for one in own}
    written = bool(reason and last and _written(wish) != (last.incident, last.discretion))
    line: dict[str, Any] = {}
    if times != told and (told[0] is None or (mark is not None and mark.ruled_by in own_ids)):
        line |= _presence(times)
    if (reason != told_reason or written) and (
        not told_reason or (mark and mark.reason == told_reason)
    ):
        line["reason"] = reason or ""
        beside = {"evidence": wish.evidence, "incident": wish.incident}
        line |= {name: words for name, words in beside.items() if words}
    if not line:
        return None
    why = f"{wish.why} {BEYOND}: {wish.discretion}" if wish.discretion and reason else wish.why
    seen = dict.fromkeys([*wish.saw, *(one.op_id for one in own)])
    parents = [str(one) for one in list(seen)[-MOST_PARENTS:]]
    return {"student_id": str(cause.student.student_id), **line, "why": why} | (
        {"parents": parents} if parents else {}
    )


def _written(wish: Wish) -> tuple[str | None, str | None]:
    """What a limit is counted by, and the word beyond it: another one is another reason."""
    return wish.incident, wish.discretion


def _presence(times: tuple[Any, ...]) -> dict[str, Any]:
    presence, arrived_at, left_at = times
    told: dict[str, Any] = {"presence": presence and presence.value}
    if arrived_at is not None:
        told["arrived_at"] = spell(arrived_at)
    if left_at is not None:
        told["left_at"] = spell(left_at)
    return told


def mark_of(meeting: Any, student: Any) -> Mark | None:
    """How a student stands on a meeting's roll; None where it says nothing about her."""
    folded = unpack_marks(meeting.marks)
    codes = dict(zip(folded.nums, folded.codes, strict=True))
    code = codes.get(student.num)
    return None if code is None else folded.different()[code]


def _tree(
    school_id: UUID, cause: Cause, wish: Wish, line: dict[str, Any], now: datetime
) -> dict[str, Any]:
    return {
        "id": str(uuid5(school_id, f"{cause.desk}/{cause.cause_id}/{wish.meeting.roll_id}")),
        "v": 1,
        "kind": "rule",
        "roll_id": str(wish.meeting.roll_id),
        "taken_at": spell(now),
        "marks": [line],
    }


def _row(
    school_id: UUID,
    cause: Cause,
    wish: Wish,
    tree: Mapping[str, Any],
    reply: Reply,
    own: Sequence[Any],
) -> dict[str, Any]:
    """What the desk has said of the roll with this op: what it states, and what stood before."""
    (line,) = tree["marks"]
    told = (own[-1].presence, own[-1].arrived_at, own[-1].left_at) if own else NOT_SAID
    if "presence" in line:
        times = (line.get("arrived_at"), line.get("left_at"))
        told = (line["presence"], *(instant(one) if one else None for one in times))
    reason = line.get("reason", own[-1].reason if own else None)
    return {
        "school_id": school_id,
        "op_id": UUID(tree["id"]),
        "cause_id": cause.cause_id,
        "desk": cause.desk,
        "student_id": cause.student.student_id,
        "roll_id": UUID(tree["roll_id"]),
        "seq": reply.seq,
        "outcome": reply.outcome,
        **dict(zip(("presence", "arrived_at", "left_at"), told, strict=True)),
        "reason": reason or None,
        "incident": wish.incident if reason else None,
        "discretion": wish.discretion if reason else None,
    }
