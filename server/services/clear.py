"""Gives all that a student missed on a day one reason, shown before; and takes it back (V8, V9)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert

from server.access import Viewer
from server.db import Turn, reading, school_turn
from server.models import ClearingAct, table_of
from server.problems import Problem
from server.services.cleared import act_of, tell_cleared, undone_of
from server.services.desk_rulings import (
    CLEARING,
    Cause,
    Wish,
    mark_of,
    meetings_of,
    rule_wishes,
    sender_of,
)
from server.services.may_set import check_reason, student_of
from server.services.poke import poke
from server.services.receive import receive
from server.services.school_pack import pack_of
from server.services.visits import Reader, missed, names_of
from sync.codes import Authorised, Role
from sync.excuse import Asked
from sync.front_desk import DeskWord
from sync.model import Flag, Mark, Presence
from sync.pack import Pack
from sync.sentence import say

MISSING = frozenset({Presence.ABSENT, Presence.LATE, Presence.LEFT_EARLY})
WHY, TAKEN_BACK = "The office was told why.", "The office took the reason back."
NOTHING = say("Nothing of that day waits for a reason: somebody gave one, or the marks changed.")
CHANGED = say("The rolls of that day changed meanwhile. Look at them again before you save.")
UNDONE = say("That reason was taken back already.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A meeting of which the student missed something that is not excused."""

    meeting: Any
    mark: Mark
    minutes: int


def preview_clearing(engine: Engine, viewer: Viewer, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the reason would be given to. Raises Problem `invalid`, `not_possible`."""
    with reading(engine) as connection:
        student, pieces = look(connection, viewer, body)
        reader = Reader(viewer, pack_of(connection, viewer.school_id), {})
        names = names_of(connection, viewer.school_id, [student.student_id])
        return {
            "student": names[student.student_id],
            "on": body["on"],
            "reason": reader.reason(body["code"], body["on"]),
            "pieces": [tell_piece(reader, one) for one in pieces],
            "seen": seen_of(pieces),
        }


def clear(engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Give the reason; what was given. The same sent again is given once.

    Raises Problem `invalid`, `not_possible`, `changed_meanwhile`.
    """
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        if act_of(turn.connection, viewer.school_id, body["clearing_id"]) is None:
            student, pieces = look(turn.connection, viewer, body)
            if seen_of(pieces) != body["seen"]:
                raise Problem("changed_meanwhile", CHANGED)
            give(turn, viewer, body, student, pieces, now)
        told = _told(turn.connection, viewer, body["clearing_id"])
    poke(viewer.school_id)
    return told


def undo_clearing(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Take a reason back: the absence waits again. Raises Problem `invalid`, `not_possible`."""
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        given = take_back(turn, viewer, body, now)
        told = _told(turn.connection, viewer, given.clearing_id)
    poke(viewer.school_id)
    return told


def look(
    connection: Connection, viewer: Viewer, body: Mapping[str, Any]
) -> tuple[Any, list[Piece]]:
    """Whom the reason is for and what it would explain, where it may be given. Raises Problem
    `invalid`, `not_possible`."""
    student = student_of(connection, viewer.school_id, body["student_id"])
    pack = pack_of(connection, viewer.school_id)
    pieces = _pieces(connection, viewer, student, pack, body)
    if not pieces:
        raise Problem("not_possible", NOTHING)
    for presence, minutes in _marks(pieces):
        one = _of_excuse(viewer, student, body, presence, minutes)
        check_reason(connection, viewer.school_id, student, [one])
    return student, pieces


def _marks(pieces: Sequence[Piece]) -> list[tuple[Presence, int]]:
    """Each presence once, with the fewest minutes that were missed so."""
    fewest: dict[Presence, int] = {}
    for one in pieces:
        assert one.mark.presence is not None, "a piece was missed"
        minutes = min(fewest.get(one.mark.presence, one.minutes), one.minutes)
        fewest[one.mark.presence] = minutes
    return sorted(fewest.items())


def _of_excuse(
    viewer: Viewer, student: Any, body: Mapping[str, Any], presence: Presence, minutes: int
) -> Asked:
    names = ("code", "on", "note", "evidence", "incident", "discretion")
    return Asked(
        presence=presence,
        role=Role(viewer.role.value),
        grade=student.grade,
        minutes=minutes,
        **{name: body[name] for name in names},
    )


def _pieces(
    connection: Connection, viewer: Viewer, student: Any, pack: Pack, body: Mapping[str, Any]
) -> list[Piece]:
    on = body["on"]
    found = []
    for meeting in meetings_of(connection, viewer.school_id, student.student_id, on, on):
        mark = mark_of(meeting, student)
        if mark is None or mark.presence not in MISSING or Flag.CONTESTED in mark.flags:
            continue
        code = pack.meaning(mark.reason, on) if mark.reason else None
        excused = mark.excused is True or (code and code.authorised is Authorised.YES)
        if not excused and mark.reason != body["code"]:
            found.append(Piece(meeting, mark, _minutes(meeting, mark)))
    return found


def _minutes(meeting: Any, mark: Mark) -> int:
    if mark.presence is Presence.ABSENT:
        return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return missed(_Times(meeting, mark))


class _Times:
    """A mark beside its bells, as the desk's lines have it."""

    def __init__(self, meeting: Any, mark: Mark) -> None:
        """Take both."""
        self.starts_at, self.ends_at = meeting.starts_at, meeting.ends_at
        self.presence = mark.presence
        self.arrived_at, self.left_at = mark.arrived_at, mark.left_at


def tell_piece(reader: Reader, one: Piece) -> dict[str, Any]:
    """A meeting's mark as the wire has it."""
    return {
        "roll_id": one.meeting.roll_id,
        "period_name": one.meeting.period_name,
        "section_title": one.meeting.title,
        "presence": one.mark.presence,
        "minutes": one.minutes,
        "before": reader.reason(one.mark.reason, one.meeting.school_date),
    }


def seen_of(pieces: Sequence[Piece]) -> str:
    """What the marks were when they were looked at; another one is another answer."""
    facts = [
        f"{one.meeting.roll_id}/{one.mark.presence}/{one.mark.reason}/{sorted(one.mark.heads)}"
        for one in pieces
    ]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


def give(
    turn: Turn,
    viewer: Viewer,
    body: Mapping[str, Any],
    student: Any,
    pieces: Sequence[Piece],
    now: datetime,
) -> None:
    """Give the reason to what was looked at."""
    names = ("clearing_id", "student_id", "code", "incident", "discretion", "note", "evidence")
    row = {**_signed(viewer, now), **{name: body[name] for name in names}, "replaces": None}
    turn.connection.execute(insert(table_of(ClearingAct)), row | {"school_date": body["on"]})
    word = DeskWord(body["clearing_id"], reason=body["code"])
    beside = (body["evidence"], body["incident"], body["discretion"])
    wishes = [Wish(one.meeting, word, WHY, one.mark.heads, *beside) for one in pieces]
    rule_wishes(turn, sender_of(viewer), Cause(CLEARING, body["clearing_id"], student), wishes, now)


def take_back(turn: Turn, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> Any:
    """Take a reason back, once; the line that gave it. Raises Problem `invalid`, `not_possible`."""
    given = act_of(turn.connection, viewer.school_id, body["clearing_id"])
    if given is None or given.replaces is not None:
        raise Problem("invalid", errors={"clearing_id": [say("No reason that this office gave.")]})
    undone = undone_of(turn.connection, viewer.school_id, [given.clearing_id])
    before = undone.get(given.clearing_id)
    if before is not None and before.clearing_id != body["undo_id"]:
        raise Problem("not_possible", UNDONE)
    if before is None:
        _take_back(turn, viewer, given, body, now)
    return given


def _take_back(
    turn: Turn, viewer: Viewer, given: Any, body: Mapping[str, Any], now: datetime
) -> None:
    student = student_of(turn.connection, viewer.school_id, given.student_id)
    row = {
        **_signed(viewer, now),
        "clearing_id": body["undo_id"],
        "student_id": given.student_id,
        "school_date": given.school_date,
        "code": None,
        "incident": None,
        "discretion": None,
        "note": body["note"],
        "evidence": None,
        "replaces": given.clearing_id,
    }
    turn.connection.execute(insert(table_of(ClearingAct)), row)
    on = given.school_date
    meetings = meetings_of(turn.connection, viewer.school_id, student.student_id, on, on)
    wishes = [Wish(one, None, TAKEN_BACK) for one in meetings]
    rule_wishes(turn, sender_of(viewer), Cause(CLEARING, body["undo_id"], student), wishes, now)


def _signed(viewer: Viewer, now: datetime) -> dict[str, Any]:
    return {
        "school_id": viewer.school_id,
        "by": viewer.staff_id,
        "device_id": viewer.device_id,
        "noted_at": now,
    }


def _told(connection: Connection, viewer: Viewer, clearing_id: Any) -> dict[str, Any]:
    row = act_of(connection, viewer.school_id, clearing_id)
    (told,) = tell_cleared(connection, viewer, [row])
    return told
