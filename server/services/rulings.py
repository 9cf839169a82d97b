"""Makes rulings of the desk: many at once, looked at first, each an entry of the log (rules H)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Engine

from schemas.cells import ChangedCell
from schemas.fast import CANONICAL, MOST_MARKS, read_op
from server.access import Viewer
from server.ask import ask
from server.columns import spell
from server.db import Turn, school_turn
from server.problems import Problem
from server.record import nums_of_op
from server.services.desk_rulings import sender_of
from server.services.facts import RECEIVED, load, load_prior, questions, rows_of
from server.services.grid_rolls import Reader, grid_rolls, reader_of
from server.services.horizon import load_rosters
from server.services.judge import Sitting, wanted
from server.services.poke import poke
from server.services.receive import receive
from server.services.render import to_json
from server.services.reply import Reply
from server.services.ruling_cases import ROLLS, Case, changed_cells, open_cases
from server.services.ruling_codes import judge_codes
from server.services.ruling_words import (
    AGAINST,
    NOT_SAVED,
    NOT_TAKEN_IN,
    NOT_THEN,
    becomes,
    mark_words,
)
from server.services.write import write
from sync.codes import Role
from sync.model import Mark
from sync.ruling import against, changed
from sync.sentence import say

CHANGED = say(
    "Somebody changed what you are about to rule on. Nothing was saved: look, then decide."
)


def rule(engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> bytes:
    """Look at rulings or make them; what becomes of each, as JSON.

    Raises Problem `changed_meanwhile` with the marks that others changed: then nothing is made
    (H1). `invalid` where two rulings are about one mark.
    """
    _check_distinct(body["rulings"])
    with school_turn(engine, viewer.school_id) as turn:
        desk = Desk(turn, viewer, receive(turn, now), body["ruling_id"])
        told = desk.look(body["rulings"]) if body["preview"] else desk.make(body["rulings"])
    if not body["preview"]:
        poke(viewer.school_id)
    return to_json(told)


@dataclass(frozen=True, slots=True)
class Heard:
    """The entries of a request, judged: what has to be written, and an answer each."""

    sitting: Sitting
    replies: Mapping[UUID, Reply]

    def marks_then(self) -> dict[tuple[UUID, UUID], Mark]:
        """How the marks of the rolls stand after it, by roll and student."""
        return {
            (roll_id, mark.student_id): mark
            for roll_id, (_, refolded) in self.sitting.ledger.rolls.items()
            for mark in refolded.roll.marks
        }


class Desk:
    """One request at the school's turn."""

    def __init__(self, turn: Turn, viewer: Viewer, now: datetime, ruling_id: UUID) -> None:
        """Take who asks, when, and the request's own id."""
        self.turn, self.viewer, self.now, self.ruling_id = turn, viewer, now, ruling_id
        self.reader: Reader = reader_of(turn.connection, viewer)

    def look(self, asked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What would become of them; nothing is written, and no place in the log is taken."""
        cases = self._open(asked)
        stale = [case for case in cases if _is_stale(case)]
        for case, cell in zip(stale, self._cells(stale), strict=True):
            case.no = cell["says"]
        before = self.turn.seq
        heard = self._judge(cases)
        self.turn.seq = before
        return self._told(cases, heard.marks_then(), preview=True)

    def make(self, asked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Make them: those that may not be made are told beside the others."""
        cases = self._open(asked)
        if self._made_before(cases):
            return self._told(cases, {}, preview=False)
        stale = [case for case in cases if _is_stale(case)]
        if stale:
            raise Problem(
                "changed_meanwhile", CHANGED, more={"cells": _spelled(self._cells(stale))}
            )
        before = self.turn.seq
        heard = self._judge(cases)
        if any(reply.outcome != "accepted" for reply in heard.replies.values()):
            self.turn.seq = before
            heard = self._hear(cases)
        write(self.turn.connection, self.turn.school_id, heard.sitting.ledger)
        return self._told(cases, heard.marks_then(), preview=False)

    def _open(self, asked: Sequence[Mapping[str, Any]]) -> list[Case]:
        return open_cases(self.turn.connection, self.turn.school_id, asked, self.viewer.zone)

    def _cells(self, cases: Iterable[Case]) -> list[dict[str, Any]]:
        return changed_cells(
            self.turn.connection, self.turn.school_id, cases, self.viewer.zone, self.reader
        )

    def _judge(self, cases: Sequence[Case]) -> Heard:
        """Note against each case why it is not made, the first reason that applies."""
        for case in cases:
            reason = None if case.no else against(case.said, case.mark)
            case.no = case.no or (AGAINST[reason] if reason else None)
        role = Role(self.viewer.role.value)
        judge_codes(self.turn.connection, self.turn.school_id, cases, self.reader.pack, role)
        heard = self._hear(cases)
        for op_id, reply in heard.replies.items():
            if reply.outcome != "accepted":
                for case in cases:
                    if case.op_id == op_id:
                        case.no = NOT_TAKEN_IN.get(str(reply.reason), NOT_SAVED)
                        case.op_id = None
        return heard

    def _hear(self, cases: Sequence[Case]) -> Heard:
        """The ops that make what may be made, judged as any other entry of the log."""
        ops = list(self._ops([case for case in cases if case.no is None]))
        sent = [read_op(CANONICAL.encode(op)) for op in ops]
        school_id, connection = self.turn.school_id, self.turn.connection
        asked = wanted(school_id, sent)
        answers = ask(connection, questions(school_id, asked)) if sent else []
        facts = load(connection, school_id, asked, answers)
        sitting = Sitting(self.turn, sender_of(self.viewer), self.now, facts)
        return Heard(sitting, {UUID(one.said_id): sitting.hear(one) for one in sent})

    def _ops(self, cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
        """An op a roll, its marks in the order of the request; long ones in parts."""
        of_roll: dict[UUID, list[Case]] = defaultdict(list)
        for case in cases:
            of_roll[case.roll_id].append(case)
        for roll_id, own in of_roll.items():
            for part, at in enumerate(range(0, len(own), MOST_MARKS)):
                op_id = self._op_id(roll_id, part)
                for case in own[at : at + MOST_MARKS]:
                    case.op_id = op_id
                yield {
                    "id": str(op_id),
                    "v": 1,
                    "kind": "rule",
                    "roll_id": str(roll_id),
                    "taken_at": spell(self.now),
                    "marks": [_line(case) for case in own[at : at + MOST_MARKS]],
                }

    def _op_id(self, roll_id: UUID, part: int) -> UUID:
        """The same for the same request, so that what is sent twice is made once."""
        return uuid5(self.ruling_id, f"{self.viewer.staff_id}/{roll_id}/{part}")

    def _made_before(self, cases: Sequence[Case]) -> bool:
        """Whether this request was made already, and its answer lost; then says what it made."""
        connection, school_id = self.turn.connection, self.turn.school_id
        roll_ids = sorted({case.roll_id for case in cases})
        first = [self._op_id(roll_id, 0) for roll_id in roll_ids]
        if not rows_of(connection, RECEIVED, school_id, first):
            return False
        prior = load_prior(connection, school_id, roll_ids)
        named = {
            (one.op_id, num)
            for rows in prior.values()
            for one in rows
            for num in nums_of_op(one.payload)
        }
        for case in cases:
            mine = (self._op_id(case.roll_id, part) for part in range(len(cases)))
            num = None if case.enrolled is None else case.enrolled.num
            case.op_id = next((one for one in mine if (one, num) in named), None)
            case.no = None if case.op_id else NOT_THEN
        return True

    def _told(
        self, cases: Sequence[Case], then: Mapping[tuple[UUID, UUID], Mark], *, preview: bool
    ) -> dict[str, Any]:
        lines = [self._line_told(case, then, preview=preview) for case in cases]
        made = sum(line["made"] for line in lines)
        rolls = [] if preview else self._rolls({one.roll_id for one in cases if one.op_id})
        return {
            "preview": preview,
            "made": made,
            "refused": len(lines) - made,
            "lines": lines,
            "rolls": rolls,
        }

    def _line_told(
        self, case: Case, then: Mapping[tuple[UUID, UUID], Mark], *, preview: bool
    ) -> dict[str, Any]:
        after = then.get((case.roll_id, case.student_id), case.mark)
        return {
            "roll_id": case.roll_id,
            "student_id": case.student_id,
            "made": case.no is None,
            "says": case.no or self._says(case, after),
            "op_id": None if preview or case.no else case.op_id,
            "heads": case.heads if preview or case.no or after is None else after.heads,
        }

    def _says(self, case: Case, after: Mark | None) -> str:
        before = mark_words(case.mark, case.row, self.viewer.zone, self.reader)
        words = mark_words(after, case.row, self.viewer.zone, self.reader)
        return becomes(before, words) if after is not case.mark else say("{Mark}.", mark=words)

    def _rolls(self, roll_ids: set[UUID]) -> list[dict[str, Any]]:
        connection, school_id = self.turn.connection, self.turn.school_id
        rows = rows_of(connection, ROLLS, school_id, sorted(roll_ids))
        rosters = load_rosters(connection, school_id, rows)
        return grid_rolls(connection, school_id, rows, rosters, self.reader)


def _line(case: Case) -> dict[str, Any]:
    """What the op says of a student."""
    said, asked = case.said, case.asked
    line: dict[str, Any] = {"student_id": str(case.student_id)}
    if said.rules:
        line["presence"] = said.presence
    for name in ("arrived_at", "left_at"):
        at = getattr(said, name)
        if at is not None:
            line[name] = spell(at)
    for name in ("reason", "evidence", "note", "why"):
        words = getattr(said, name)
        if words is not None:
            line[name] = words
    if case.incident:
        line["incident"] = case.incident
    if asked.get("noticed_on"):
        line["noticed_on"] = asked["noticed_on"].isoformat()
    if case.heads:
        line["parents"] = [str(head) for head in case.heads]
    return line


def _spelled(cases: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Changed cells as a problem carries them."""
    return [ChangedCell().dump(one) for one in cases]


def _is_stale(case: Case) -> bool:
    return case.enrolled is not None and changed(case.mark, frozenset(case.asked["seen"]))


def _check_distinct(asked: Sequence[Mapping[str, Any]]) -> None:
    marks = {(one["roll_id"], one["student_id"]) for one in asked}
    if len(marks) < len(asked):
        raise Problem("invalid", errors={"rulings": [say("Two of them are about one mark.")]})
