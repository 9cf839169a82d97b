"""Gives several absences one reason, looked at first; and takes them all back (V10)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from server.access import Viewer
from server.db import Turn, school_turn
from server.problems import Problem
from server.services.clear import CHANGED, give, look, seen_of, take_back, tell_piece
from server.services.cleared import act_of
from server.services.poke import poke
from server.services.receive import receive
from server.services.school_pack import pack_of
from server.services.visits import Reader, names_of
from sync.sentence import say

SHARED = ("code", "note", "evidence", "incident", "discretion")
TWICE = say("Two of them are about one absence.")
NOBODY = say("No student of this school.")


class _OnlyLooked(Exception):
    """Ends the transaction of a preview without keeping anything."""


def clear_many(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What becomes of each absence, or would: those that may not be cleared are told beside the
    others. A preview does everything and keeps nothing, so that it says the same. The same request
    sent again is made once. Raises Problem `invalid`."""
    asked = body["absences"]
    _check_distinct((one["student_id"], one["on"]) for one in asked)
    lines: list[dict[str, Any]] = []
    with contextlib.suppress(_OnlyLooked), school_turn(engine, viewer.school_id) as turn:
        desk = _Desk(turn, viewer, body, receive(turn, now))
        lines = [desk.line(one) for one in asked]
        if body["preview"]:
            raise _OnlyLooked
    return _told(viewer, lines, preview=body["preview"])


def undo_many(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Take reasons back; those that are not there any more are told beside the others. What
    somebody else ruled meanwhile stays (V9). Raises Problem `invalid`."""
    asked = body["undone"]
    _check_distinct(one["clearing_id"] for one in asked)
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        given = {
            one["clearing_id"]: act_of(turn.connection, viewer.school_id, one["clearing_id"])
            for one in asked
        }
        if None in given.values():
            raise Problem("invalid", errors={"undone": [say("No reason that this office gave.")]})
        students = names_of(
            turn.connection, viewer.school_id, [act.student_id for act in given.values()]
        )
        lines = []
        for one in asked:
            act = given[one["clearing_id"]]
            facts = {"clearing_id": act.clearing_id, "student": students[act.student_id]}
            says = _refusal(turn, viewer, one | {"note": body["note"]}, now)
            lines.append(_line(facts | {"on": act.school_date}, says))
    return _told(viewer, lines, preview=False)


def _refusal(turn: Turn, viewer: Viewer, one: Mapping[str, Any], now: datetime) -> str | None:
    """Take one reason back; why not, where it cannot be."""
    try:
        take_back(turn, viewer, one, now)
    except Problem as problem:
        return problem.detail
    return None


class _Desk:
    """One request at the school's turn. A student's days are judged one after another, so that each
    that is given counts for the cap of the next (K7.2)."""

    def __init__(self, turn: Turn, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> None:
        self.turn, self.viewer, self.now = turn, viewer, now
        self.shared = {name: body[name] for name in SHARED}
        self.preview: bool = body["preview"]
        self.reader = Reader(viewer, pack_of(turn.connection, viewer.school_id), {})
        asked = [one["student_id"] for one in body["absences"]]
        self.students = names_of(turn.connection, viewer.school_id, asked)
        if not set(asked) <= self.students.keys():
            raise Problem("invalid", errors={"absences": [NOBODY]})

    def line(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """What becomes of one absence."""
        facts = {
            "clearing_id": one["clearing_id"],
            "student": self.students[one["student_id"]],
            "on": one["on"],
        }
        if act_of(self.turn.connection, self.viewer.school_id, one["clearing_id"]) is not None:
            return _line(facts, None)
        asked = {**self.shared, **one}
        try:
            student, pieces = look(self.turn.connection, self.viewer, asked)
        except Problem as problem:
            return _line(facts, problem.detail)
        seen = seen_of(pieces)
        if not self.preview and one["seen"] != seen:
            return _line(facts, CHANGED)
        give(self.turn, self.viewer, asked, student, pieces, self.now)
        told = [tell_piece(self.reader, piece) for piece in pieces]
        return _line(facts | {"pieces": told, "seen": seen}, None)


def _line(facts: dict[str, Any], says: str | None) -> dict[str, Any]:
    return {"pieces": [], "seen": None, **facts, "made": says is None, "says": says}


def _told(viewer: Viewer, lines: Sequence[dict[str, Any]], *, preview: bool) -> dict[str, Any]:
    if not preview:
        poke(viewer.school_id)
    made = sum(line["made"] for line in lines)
    return {"preview": preview, "made": made, "refused": len(lines) - made, "lines": lines}


def _check_distinct(named: Iterable[UUID | tuple[Any, ...]]) -> None:
    listed = list(named)
    if len(set(listed)) < len(listed):
        raise Problem("invalid", errors={"absences": [TWICE]})
