"""I4, I5, I9 at rest: every roll is folded anew from what the tablets sent, by `sync.fold` alone,
and delivered anew, in another order, to a second server."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from server.models import MarkException, RollRow, table_of
from server.services.check import check
from sync.deadline import timeliness
from sync.fold import fold
from sync.model import Kind, Observation, Op, Presence, Rank, RollState
from sync.model import Roll as Folded
from tests.fleet.captures import capture_of
from tests.fleet.ledger import Born, Broken, Ledger
from tests.fleet.tablet import Tablet
from tests.fleet.wire import Tree
from tests.fleet.world import World
from tests.support.cast import Class

ROLLS, EXCEPTIONS = table_of(RollRow), table_of(MarkException)
SHOWN = frozenset({"contested", "safety", "own_devices"})
Taken = Iterator[tuple[Class, Any]]


def folded(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I4: every roll that anybody sees is the fold of its ops, and the caches agree."""
    for one, row in _taken(world):
        ops = list(_ops(world, ledger, row))
        truth = _as_folded(fold(ops, world.enrolled(one, row.school_date)))
        for tablet in tablets:
            shown = tablet.store.mirror.rolls.get(str(row.roll_id))
            if shown and not tablet.only_pushes and _as_shown(shown) != truth:
                raise Broken("I4", f"{tablet.name} shows a roll that is not the fold of its ops")
    wrong = [one.what for found in check(world.school.engine) for one in found.differences]
    if wrong:
        raise Broken("I4", f"the caches differ from the log: {wrong[0]}")


def _taken(world: World) -> Taken:
    for one in (world.cast.eight_a, world.cast.eight_b, world.cast.alder_8a):
        for row in world.school.rows(ROLLS, section_id=one.section_id):
            if row.marks is not None:
                yield one, row


def _ops(world: World, ledger: Ledger, row: Any) -> Iterator[Op]:
    for entry in world.log():
        if entry.roll_id == row.roll_id and entry.outcome == "accepted":
            yield _op(world, ledger.born_ops[str(entry.op_id)], entry.received_at, row)


def _op(world: World, born: Born, received_at: datetime, row: Any) -> Op:
    kind = Kind(born.op["kind"])
    person = world.person(born.person)
    capture = capture_of(born.op, received_at)
    return Op(
        op_id=UUID(born.op["id"]),
        kind=kind,
        author=person.staff_id,
        rank=_rank(person.username, kind),
        device_id=UUID(int=0),
        taken_at=capture.taken_at,
        observations=tuple(_observation(mark, kind) for mark in born.op["marks"]),
        received_at=received_at,
    )


def _rank(username: str, kind: Kind) -> Rank:
    if kind is Kind.RULE:
        return Rank.OFFICE
    ranks = {"sato": Rank.SUBSTITUTE, "lind": Rank.STAFF}
    return ranks.get(username, Rank.TEACHER)


def _observation(mark: Tree, kind: Kind) -> Observation:
    said, arrived = mark.get("presence"), mark.get("arrived_at")
    return Observation(
        student_id=UUID(mark["student_id"]),
        presence=said and Presence(said),
        rules_presence=kind is Kind.RULE and "presence" in mark,
        arrived_at=datetime.fromisoformat(arrived) if arrived else None,
        reason=mark.get("reason"),
        parents=frozenset(map(UUID, mark.get("parents", ()))),
    )


def _as_shown(roll: Tree) -> Tree:
    marks = {
        mark["student_id"]: (
            mark["presence"],
            frozenset(mark.get("flags", ())) & SHOWN,
            frozenset(roll["ops"][at] for at in mark.get("heads", [0])),
        )
        for mark in roll["marks"]
    }
    return {"state": roll["state"], "unmarked": sorted(roll["unmarked"]), "marks": marks}


def _as_folded(roll: Folded) -> Tree:
    marks = {
        str(mark.student_id): (
            mark.presence and mark.presence.value,
            frozenset(flag.value for flag in mark.flags) & SHOWN,
            frozenset(map(str, mark.heads)),
        )
        for mark in roll.marks
    }
    taken = roll.state is not RollState.NOT_TAKEN
    unmarked = sorted(map(str, roll.unmarked)) if taken else []
    return {"state": roll.state.value, "unmarked": unmarked, "marks": marks}


def ordered(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I5: the same ops arriving in another order at another server give the same rolls."""
    log = [row for row in world.log() if row.outcome == "accepted"]
    random.Random(len(log)).shuffle(log)
    other = world.beside()
    carriers = {
        str(person.school_id): other.school.tablet(person)
        for person in (world.cast.ruiz, world.cast.stranger)
    }
    try:
        for row in log:
            born = ledger.born_ops[str(row.op_id)]
            other.set_clock(row.received_at)
            other.forget_receipts()
            (told,) = carriers[born.school_id].push(born.op)
            if told["outcome"] != "accepted":
                raise Broken("I5", f"another order of arrival: {told['outcome']}")
        if _stored(world) != _stored(other):
            raise Broken("I5", "another order of arrival gives another roll")
    finally:
        other.stop()


def _stored(world: World) -> list[Any]:
    """What no order of arrival may change."""
    rolls = [
        (row.roll_id, row.state, row.revision, row.contested, row.safety, row.timeliness)
        for _, row in _taken(world)
    ]
    odd = [
        (row.roll_id, row.num, row.presence, row.arrived_at, row.flags)
        for row in world.school.rows(EXCEPTIONS)
    ]
    return [sorted(rolls), sorted(odd, key=lambda one: one[:2])]


def timely(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I9: how a submission met its deadline follows from what it states and when it came; and
    nobody is called late who was not."""
    due = {row.roll_id: row.due_at for row in world.school.rows(ROLLS)}
    for row in world.log():
        if row.outcome != "accepted" or row.kind != "submit":
            continue
        born, due_at = ledger.born_ops[str(row.op_id)], due[row.roll_id]
        expected = timeliness(due_at, row.received_at, capture_of(born.op, row.received_at))
        if expected == "late" and born.truth <= due_at:
            raise Broken("I9", "a roll that was taken in time is called late")
        for told in ledger.answers.get(str(row.op_id), {}).values():
            same = datetime.fromisoformat(told["received_at"]) == row.received_at
            if same and told["roll"] and told["roll"]["timeliness"] != expected:
                raise Broken("I9", f"{told['roll']['timeliness']} instead of {expected}")
