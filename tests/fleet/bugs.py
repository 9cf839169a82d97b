"""The server, broken on purpose: each bug is one that a system in the field has. In test code only.

with broken("reply before commit", simulation):
    …                                    # the invariants must notice
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch
from uuid import UUID

import msgspec

from server.blueprints import sync as doors
from server.db import school_turn
from server.models import Resolution, table_of
from server.services import backup as backups
from server.services import judge, pull, push, refold, rehear, sign_in, submit
from server.services.horizon import View
from server.services.reply import Reply, again
from sync import fold as folding
from sync.model import Timeliness
from tests.fleet.simulation import Simulation
from tests.fleet.world import OPS, ROLLS, Killed

RESOLUTIONS = table_of(Resolution)
Patch = AbstractContextManager[Any]


def reply_before_commit(simulation: Simulation) -> Patch:
    """The answer leaves before the commit: a process that dies between the two has lied."""
    real = school_turn

    @contextlib.contextmanager
    def early(*asked: Any) -> Iterator[Any]:
        try:
            with real(*asked) as turn:
                yield turn
        except Killed:
            return

    return patch.object(submit, "school_turn", early)


def counter_instead_of_id(simulation: Simulation) -> Patch:
    """Ops are known by their device's counter: a device put back to an old image repeats it."""
    real = judge.Sitting.hear
    first: dict[tuple[str, int], str] = {}

    def counter_of(op_id: str) -> int | None:
        for tablet in simulation.tablets:
            if op_id in tablet.store.entries:
                return tablet.store.entries[op_id].counter
        return None

    def hear(self: Any, sent: Any) -> Any:
        named = sent.op or sent.header
        counter = named and counter_of(named.id)
        if counter is None:
            return real(self, sent)
        known = first.setdefault((str(self.sender.device_id), counter), named.id)
        if known == named.id:
            return real(self, sent)
        return Reply(named.id, "accepted", self.now, sent.digest, seq=1, replayed=True)

    return patch.object(judge.Sitting, "hear", hear)


def held_but_not_stored(simulation: Simulation) -> Patch:
    """What is held is answered and forgotten."""
    real = judge.Sitting._enter

    def enter(self: Any, hearing: Any, reply: Any, *more: Any) -> None:
        if reply.outcome != "held":
            real(self, hearing, reply, *more)

    return patch.object(judge.Sitting, "_enter", enter)


def poison_fails_the_batch(simulation: Simulation) -> Patch:
    """One op that makes the server stumble takes its batch with it."""

    def all_or_nothing(*asked: Any) -> Any:
        raise RuntimeError("the batch failed")

    return patch.object(submit, "record_one_by_one", all_or_nothing)


def last_writer_by_clock(simulation: Simulation) -> Patch:
    """The op with the latest capture time decides, whoever saw what."""
    return _only_the_last(lambda op: op.taken_at)


def arrival_order_decides(simulation: Simulation) -> Patch:
    """The op that came last decides."""
    return _only_the_last(lambda op: op.seq)


def _only_the_last(key: Callable[[Any], Any]) -> Patch:
    def fold(ops: Any, roster: Any) -> Any:
        said: dict[UUID, UUID] = {}
        for op in sorted(ops, key=key):
            said |= {one.student_id: op.op_id for one in op.observations}
        last = [
            dataclasses.replace(
                op,
                observations=tuple(
                    one for one in op.observations if said[one.student_id] == op.op_id
                ),
            )
            for op in ops
        ]
        return folding.fold(last, roster)

    return patch.object(refold, "fold", fold)


def restore_without_new_epoch(simulation: Simulation) -> Patch:
    """A backup is put back, and nobody is told."""
    return patch.object(backups, "new_epoch", lambda *_: 0)


def epoch_only_in_pull(simulation: Simulation) -> Patch:
    """A push answers with the epoch that the tablet believes in."""
    real = push.push

    def answer(engine: Any, viewer: Any, body: bytes, now: Any) -> bytes:
        told = msgspec.json.decode(real(engine, viewer, body, now))
        told["epoch"] = msgspec.json.decode(body)["epoch"] or told["epoch"]
        return bytes(msgspec.json.encode(told))

    return patch.object(doors, "push", answer)


def page_moves_the_cursor_to_the_end(simulation: Simulation) -> Patch:
    """A page that was cut still hands out the newest cursor."""
    real = pull.cut

    def cut(found: Any, known_to: int, most: int, end: int) -> Any:
        page = real(found, known_to, most, end)
        return page and pull.Page(page.changes, end, more=False)

    return patch.object(pull, "cut", cut)


def everybody_sees_the_school(simulation: Simulation) -> Patch:
    """The feed forgets to ask whose section it is."""
    stack = contextlib.ExitStack()
    stack.enter_context(patch.object(pull, "NARROW", pull.WIDE))
    stack.enter_context(patch.object(View, "shows", lambda *_: True))
    return stack


def judged_by_the_tablets_clock(simulation: Simulation) -> Patch:
    """Whether a roll was in time is read off the tablet's own clock."""

    def naive(due_at: Any, received_at: Any, capture: Any) -> Timeliness:
        if received_at <= due_at:
            return Timeliness.ON_TIME
        return Timeliness.TAKEN_ON_TIME if capture.taken_at <= due_at else Timeliness.LATE

    return patch.object(refold, "timeliness", naive)


def late_is_refused(simulation: Simulation) -> Patch:
    """What comes an hour after it was taken is sent away."""
    real = judge.Sitting._accept

    def accept(self: Any, hearing: Any, *more: Any) -> Any:
        if (self.now - hearing.capture.taken_at).total_seconds() > 900:
            return Reply(hearing.sent.said_id, "refused", self.now, b"", "wrong_school")
        return real(self, hearing, *more)

    return patch.object(judge.Sitting, "_accept", accept)


def hearing_again_doubles(simulation: Simulation) -> Patch:
    """What is heard again and accepted joins the log as another op."""
    real = rehear.end

    def end(turn: Any, row: Any, *more: Any, **named: Any) -> None:
        real(turn, row, *more, **named)
        log = rehear._op
        entry = dict(
            turn.connection.execute(OPS.select().where(log.op_id == row.op_id)).one()._mapping
        )
        turn.connection.execute(
            OPS.insert(), entry | {"op_id": UUID(int=row.op_id.int ^ 1), "seq": turn.next_seq()}
        )

    return patch.object(rehear, "end", end)


def a_resolution_has_no_place(simulation: Simulation) -> Patch:
    """What was heard again keeps its old place in the school's history, and so do the rolls."""
    real = rehear.hear

    def hear(turn: Any, row: Any, *more: Any) -> bool:
        seq, connection = turn.seq, turn.connection
        accepted = real(turn, row, *more)
        for table in (OPS, ROLLS, RESOLUTIONS) if accepted else ():
            connection.execute(table.update().where(table.c.seq > seq).values(seq=row.seq))
            turn.seq = seq
        return accepted

    return patch.object(rehear, "hear", hear)


def nothing_is_heard_again(simulation: Simulation) -> Patch:
    """Whoever signs in after a restore is welcome; what her tablet sent before waits for ever."""
    return patch.object(sign_in, "hear_again", lambda *_, **__: 0)


def a_restored_school_knows_no_leave(simulation: Simulation) -> Patch:
    """The leaves that a device holds are not asked for."""
    return patch.object(sign_in, "recover_grants", lambda *_: [])


def the_courier_is_the_author(simulation: Simulation) -> Patch:
    """Whoever is signed in while a queue is sent has taken its rolls."""
    real = judge.hearing_of

    def hearing_of(sent: Any, sender: Any, *more: Any) -> Any:
        found = real(sent, sender, *more)
        carrier = sender.person
        return dataclasses.replace(found, author=carrier) if carrier and found.author else found

    return patch.object(judge, "hearing_of", hearing_of)


def leave_is_judged_by_the_receipt(simulation: Simulation) -> Patch:
    """What arrives after the leave ended is held, whenever it was captured."""
    real = judge.Sitting._admit

    def admit(self: Any, hearing: Any, *more: Any) -> Any:
        captured = dataclasses.replace(hearing.capture, taken_at=self.now)
        return real(self, dataclasses.replace(hearing, capture=captured), *more)

    return patch.object(judge.Sitting, "_admit", admit)


def a_courier_hears_names(simulation: Simulation) -> Patch:
    """A tablet on which nobody is signed in is told who stands behind each mark."""
    return patch.object(push, "_without_names", lambda reply: reply)


def sleep_counts_against_the_teacher(simulation: Simulation) -> Patch:
    """A clock that was set forward is believed."""
    real = refold.timeliness

    def awake(due_at: Any, received_at: Any, capture: Any) -> Timeliness:
        return real(due_at, received_at, dataclasses.replace(capture, asleep_ms=0))

    return patch.object(refold, "timeliness", awake)


def everything_waits_for_a_person(simulation: Simulation) -> Patch:
    """The server stumbles over each op and keeps it raw: nothing is lost, and nothing is taken."""

    def stumble(*asked: Any) -> Any:
        raise RuntimeError("stumbled")

    return patch.object(judge.Sitting, "_accept", stumble)


def replays_are_judged_anew(simulation: Simulation) -> Patch:
    """An op that came before is answered with today's time."""
    real = again

    def anew(row: Any, said_id: str) -> Any:
        reply = real(row, said_id)
        reply.seq = row.seq + 1
        return reply

    return patch.object(judge, "again", anew)


def a_replay_forgets_the_marks(simulation: Simulation) -> Patch:
    """An op that came before is answered without what has changed of it."""
    real = again

    def forgetful(row: Any, said_id: str) -> Any:
        return dataclasses.replace(real(row, said_id), marks=())

    return patch.object(judge, "again", forgetful)


BUGS: dict[str, tuple[Callable[[Simulation], Patch], frozenset[str]]] = {
    "reply before commit": (reply_before_commit, frozenset({"I1"})),
    "counter instead of op id": (counter_instead_of_id, frozenset({"I1", "I2"})),
    "held but not stored": (held_but_not_stored, frozenset({"I1"})),
    "poison fails the batch": (poison_fails_the_batch, frozenset({"I7"})),
    "last writer by clock": (last_writer_by_clock, frozenset({"I4"})),
    "arrival order decides": (arrival_order_decides, frozenset({"I4"})),
    "restore without new epoch": (restore_without_new_epoch, frozenset({"I1", "I2", "I3"})),
    "epoch only in pull": (epoch_only_in_pull, frozenset({"I1", "I6"})),
    "page moves the cursor to the end": (page_moves_the_cursor_to_the_end, frozenset({"I3", "I4"})),
    "everybody sees the school": (everybody_sees_the_school, frozenset({"I8"})),
    "judged by the tablet's clock": (judged_by_the_tablets_clock, frozenset({"I9"})),
    "late is refused": (late_is_refused, frozenset({"I6"})),
    "hearing again doubles": (hearing_again_doubles, frozenset({"I2"})),
    "a resolution has no place": (a_resolution_has_no_place, frozenset({"I2", "I3", "I4"})),
    "nothing is heard again": (nothing_is_heard_again, frozenset({"I6"})),
    "a restored school knows no leave": (a_restored_school_knows_no_leave, frozenset({"I6"})),
    "the courier is the author": (the_courier_is_the_author, frozenset({"I4", "I8", "I9"})),
    "leave is judged by the receipt": (leave_is_judged_by_the_receipt, frozenset({"I9"})),
    "a courier hears names": (a_courier_hears_names, frozenset({"I8"})),
    "sleep counts against the teacher": (sleep_counts_against_the_teacher, frozenset({"I9"})),
    "everything waits for a person": (everything_waits_for_a_person, frozenset({"I6"})),
    "replays are judged anew": (replays_are_judged_anew, frozenset({"I2"})),
    "a replay forgets the marks": (a_replay_forgets_the_marks, frozenset({"I2"})),
}
"""Each bug, and the invariants of which one must notice."""
