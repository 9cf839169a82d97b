"""Ends a held op by a person's word: taken over, set aside, or judged again (A13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from schemas.fast import CANONICAL, read_op
from schemas.held import Choice
from server.access import Viewer
from server.ask import ask
from server.columns import spell
from server.db import Turn, school_turn
from server.problems import Problem
from server.record import unpack_marks
from server.services.facts import Person, load, load_people, questions
from server.services.hearing import Sender
from server.services.held import items, said
from server.services.judge import Sitting, wanted
from server.services.list_held import find_entry, find_roll, in_words, weigh
from server.services.poke import poke
from server.services.receive import receive
from server.services.rehear import Occasion, end, hear
from server.services.render import to_json
from server.services.rosters import Roster
from server.services.waiting import WHY_NOT
from server.services.write import write
from sync.model import Kind, Presence, RollState
from sync.resolve import may_be_heard, obstacle
from sync.sentence import say

RULED = ("presence", "arrived_at", "left_at", "note", "reason", "excused", "evidence")
NOBODY = UUID(int=0)


def resolve(
    engine: Engine, viewer: Viewer, op_id: UUID, asked: Mapping[str, Any], now: datetime
) -> bytes:
    """Decide about a held op; the item as it stands then, as JSON.

    Saying the same twice is saying it once. Raises Problem `not_found`, `already_resolved`,
    `not_possible`.
    """
    with school_turn(engine, viewer.school_id) as turn:
        row = find_entry(turn.connection, viewer.school_id, op_id)
        if row.how is None:
            DO[Choice(asked["how"])](turn, viewer, row, asked, receive(turn, now))
            row = find_entry(turn.connection, viewer.school_id, op_id)
        elif not _said_before(row, viewer, asked):
            raise _decided(turn, row)
        item = items(turn.connection, viewer.school_id, [row], wide=True)[0]
    poke(viewer.school_id)
    return to_json(item)


def _said_before(row: Any, viewer: Viewer, asked: Mapping[str, Any]) -> bool:
    """Whether it is this request again, whose answer was lost."""
    how = Choice(asked["how"])
    if row.how == "accepted":
        return how is Choice.HEAR_AGAIN
    before = (row.ended_by, row.ended_why, row.how, row.ruling)
    if how is Choice.TAKE_OVER:
        return before == (viewer.staff_id, asked["why"], "taken_over", asked.get("op_id"))
    return before == (viewer.staff_id, asked["why"], how.value, None)


def _decided(turn: Turn, row: Any) -> Problem:
    if row.how == "accepted":
        return Problem("already_resolved", say("It was judged again and is on the record now."))
    people = load_people(turn.connection, turn.school_id, [row.ended_by])
    who = people[row.ended_by].name if row.ended_by in people else say("Somebody")
    told = {"who": who, "why": row.ended_why}
    if row.how == "taken_over":
        return Problem("already_resolved", say("{who} took it over: {why}", **told))
    return Problem("already_resolved", say("{who} set it aside: {why}", **told))


def _set_aside(
    turn: Turn, viewer: Viewer, row: Any, asked: Mapping[str, Any], now: datetime
) -> None:
    end(turn, row, "set_aside", turn.next_seq(), now, by=viewer.staff_id, why=asked["why"])


def _hear_again(
    turn: Turn, viewer: Viewer, row: Any, asked: Mapping[str, Any], now: datetime
) -> None:
    if not may_be_heard(row.reason):
        raise Problem("not_possible", say("It came before its day. Take it over, or set it aside."))
    sent = read_op(row.payload)
    occasion = Occasion(viewer.zone, now, viewer.staff_id, asked["why"])
    if not hear(turn, row, sent, occasion):
        raise Problem(
            "not_possible", say("It was judged again and is held still. Nothing has changed.")
        )


def _take_over(
    turn: Turn, viewer: Viewer, row: Any, asked: Mapping[str, Any], now: datetime
) -> None:
    """The office's own op says what the held one said; it names it as its source."""
    if asked.get("op_id") is None:
        raise Problem("invalid", errors={"op_id": [say("Name the op that is to be made.")]})
    tree = in_words(turn.connection, turn.school_id, said(turn.connection, turn.school_id, row))
    roll, roster = find_roll(turn.connection, turn.school_id, row.roll_id)
    against = obstacle(weigh(row, tree, roll, roster, viewer.zone, now))
    if against is not None or roll is None or roster is None:
        raise Problem("not_possible", against and WHY_NOT[against])
    made = office_op(row, tree, roll, roster, asked, now)
    person = Person(viewer.staff_id, viewer.name, viewer.role.value)
    sender = Sender(turn.school_id, viewer.zone, viewer.device_id, person, knows_better=True)
    _record(turn, sender, made, now)
    end(
        turn, row, "taken_over", turn.next_seq(), now,
        by=viewer.staff_id, why=asked["why"], ruling=asked["op_id"],
    )  # fmt: skip


DO = {
    Choice.TAKE_OVER: _take_over,
    Choice.SET_ASIDE: _set_aside,
    Choice.HEAR_AGAIN: _hear_again,
}


def _record(turn: Turn, sender: Sender, made: Mapping[str, Any], now: datetime) -> None:
    sent = read_op(CANONICAL.encode(made))
    asked = wanted(turn.school_id, [sent])
    answers = ask(turn.connection, questions(turn.school_id, asked))
    facts = load(turn.connection, turn.school_id, asked, answers)
    sitting = Sitting(turn, sender, now, facts)
    reply = sitting.hear(sent)
    if reply.outcome != "accepted" or reply.replayed:
        raise Problem("not_possible", reply.result()["detail"])
    write(turn.connection, turn.school_id, sitting.ledger)


def office_op(
    row: Any,
    tree: Mapping[str, Any],
    roll: Any,
    roster: Roster,
    asked: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """What the office says in a held op's place: a submission where nobody took the roll, else a
    ruling. It names all that stands about a student, so that nothing is left to settle."""
    taken = roll.state != RollState.NOT_TAKEN
    kind = Kind.RULE if taken or row.kind == Kind.RULE else Kind.SUBMIT
    enrolled = roster.names_in(roll)
    chosen = enrolled.intersection(map(str, asked.get("students") or enrolled))
    why = asked["why"] if kind is Kind.RULE else None
    heads = _heads(roll, roster)
    marks = [
        {"student_id": student, **said_of, **_named(why, heads.get(student))}
        for student, said_of in _words(row.kind, tree)
        if student in chosen and said_of
    ]
    if not marks:
        raise Problem("not_possible", say("It says nothing of the chosen students."))
    return {
        "id": str(asked["op_id"]),
        "v": 1,
        "kind": kind.value,
        "roll_id": str(row.roll_id),
        "taken_at": spell(now),
        "source": {"how": "held", "op_id": str(row.op_id)},
        "marks": marks,
    }


def _words(kind: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an op says of each student. *Elsewhere* and no presence at all are for rulings only."""
    for mark in tree["marks"]:
        told = {name: mark[name] for name in RULED if name in mark}
        if kind == Kind.SUBMIT and told.get("presence") in {None, Presence.ELSEWHERE}:
            told.pop("presence", None)
        yield mark["student_id"], told


def _named(why: str | None, heads: Sequence[UUID] | None) -> dict[str, Any]:
    parents = {"parents": [str(head) for head in heads]} if heads else {}
    return parents if why is None else {**parents, "why": why}


def _heads(roll: Any, roster: Roster) -> dict[str, tuple[UUID, ...]]:
    """The ops that stand about each student of the roll's section."""
    folded = unpack_marks(roll.marks)
    ids = dict.fromkeys(folded.nums, NOBODY) | {one.num: one.student_id for one in roster.enrolled}
    return {str(mark.student_id): mark.heads for mark in folded.marks(ids)}
