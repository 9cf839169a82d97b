"""Hears held ops again when the school may know more: a newer version, a roster, a sign-in (A12).

Each is judged as it would have been on the day it came, by what the school knows now. What is
accepted joins the log at a new place and keeps its first instant of receipt; what is held for
another reason than before says so. Hearing again twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from schemas.fast import Sent, read_op
from server.ask import ask
from server.db import Turn, Unavailable, reading, school_turn, still_stands
from server.models import OpEntry, Resolution, School, table_of
from server.services.facts import SCHOOL, Person, load, load_people, questions
from server.services.hearing import Sender
from server.services.held import WAITING
from server.services.judge import Sitting, wanted
from server.services.poke import poke
from server.services.write import write_rolls
from sync.resolve import HEARD_AGAIN

AT_ONCE = 100
_op = table_of(OpEntry).c
DUE = WAITING.where(_op.reason.in_([str(reason) for reason in HEARD_AGAIN]))
NEXT = DUE.where(_op.seq > bindparam("after"), _op.seq <= bindparam("upto")).order_by(_op.seq)
HIGHEST = select(_op.seq).where(_op.school_id == SCHOOL).order_by(_op.seq.desc()).limit(1)
SCHOOLS = select(_op.school_id).where(_op.outcome == "held").distinct()
ZONE = select(School.zone).where(School.school_id == SCHOOL)
FACTS = (
    "seq", "roll_id", "kind", "v", "author", "rank", "device_id", "taken_at",
    "outcome", "reason", "payload", "result",
)  # fmt: skip
JUDGED = (
    update(table_of(OpEntry))
    .where(_op.school_id == bindparam("of_school"), _op.op_id == bindparam("of_op"))
    .values({name: bindparam(f"to_{name}") for name in FACTS})
)
log = logging.getLogger("rollbook")


def hear_everywhere(engine: Engine, now: datetime) -> int:
    """Hear the held ops of every school again; answers how many were accepted."""
    with reading(engine) as connection:
        schools = sorted(connection.execute(SCHOOLS).scalars())
    return sum(hear_again(engine, school_id, now=now) for school_id in schools)


def hear_again(
    engine: Engine, school_id: UUID, *, grants: Collection[UUID] | None = None, now: datetime
) -> int:
    """Hear a school's held ops again, or those that carry one of some grants; answers how many
    were accepted. Takes the school's turn only where something waits, a hundred ops at a time.
    """
    accepted, after = 0, 0
    with reading(engine) as connection:
        upto = connection.execute(HIGHEST, {"school_id": school_id}).scalar() or 0
        if not _due(connection, school_id, after, upto):
            return 0
    while True:
        with school_turn(engine, school_id) as turn:
            rows = _due(turn.connection, school_id, after, upto)
            zone: str = turn.connection.execute(ZONE, {"school_id": school_id}).scalar_one()
            for row in rows:
                sent = read_op(row.payload)
                if grants is None or _grant(sent) in grants:
                    accepted += hear(turn, row, sent, Occasion(zone, now))
        if not rows:
            break
        after = rows[-1].seq
    poke(school_id)
    return accepted


def _due(connection: Connection, school_id: UUID, after: int, upto: int) -> list[Any]:
    asked = {"school_id": school_id, "after": after, "upto": upto}
    return list(connection.execute(NEXT.limit(AT_ONCE), asked).all())


def _grant(sent: Sent) -> UUID | None:
    """The grant that an op carries."""
    grant = getattr(sent.op or sent.header, "grant", None)
    return UUID(grant) if isinstance(grant, str) else None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and why an op is heard again; `by` nobody where the server does it by itself."""

    zone: str
    now: datetime
    by: UUID | None = None
    why: str | None = None


def hear(turn: Turn, row: Any, sent: Sent, occasion: Occasion) -> bool:
    """Hear one held op again at the school's turn; whether it was accepted. One that makes the
    server stumble waits on, and so does one that has no id of its own."""
    named = sent.op or sent.header
    if named is None or UUID(named.id) != row.op_id:
        return False
    seq = turn.seq
    try:
        with turn.connection.begin_nested():
            return _judge(turn, row, sent, occasion)
    except Exception as failure:  # anything at all may be wrong with one op
        if not still_stands(turn.connection):
            raise Unavailable("the transaction fell") from failure
        log.exception("an op waits on", extra={"facts": {"op_id": str(row.op_id)}})
    turn.seq = seq
    return False


def _judge(turn: Turn, row: Any, sent: Sent, occasion: Occasion) -> bool:
    seq = turn.seq
    sitting = _sitting(turn, row, sent, occasion.zone)
    reply = sitting.judge(sent)
    ops = sitting.ledger.ops
    if reply.outcome == "refused" or (reply.outcome, reply.reason) == (row.outcome, row.reason):
        turn.seq = seq
        return False
    told = {f"to_{name}": ops[0][name] for name in FACTS}
    turn.connection.execute(JUDGED, {"of_school": turn.school_id, "of_op": row.op_id, **told})
    if reply.outcome != "accepted":
        return False
    write_rolls(turn.connection, turn.school_id, list(sitting.ledger.rolls.values()))
    end(turn, row, "accepted", turn.seq, occasion.now, by=occasion.by, why=occasion.why)
    return True


def _sitting(turn: Turn, row: Any, sent: Sent, zone: str) -> Sitting:
    """The bench of the day the op came: received then, by whom the log says."""
    people = load_people(turn.connection, turn.school_id, [row.author] if row.author else [])
    person: Person | None = people.get(row.author) if row.author else None
    sender = Sender(turn.school_id, zone, row.device_id, person)
    asked = wanted(turn.school_id, [sent])
    answers = ask(turn.connection, questions(turn.school_id, asked))
    facts = load(turn.connection, turn.school_id, asked, answers)
    return Sitting(turn, sender, row.received_at, facts)


def end(
    turn: Turn,
    row: Any,
    how: str,
    seq: int,
    now: datetime,
    *,
    by: UUID | None = None,
    why: str | None = None,
    ruling: UUID | None = None,
) -> None:
    """Note for good what became of a held op."""
    turn.connection.execute(
        insert(table_of(Resolution)),
        {
            "school_id": turn.school_id,
            "op_id": row.op_id,
            "seq": seq,
            "at": turn.receive(now),
            "how": how,
            "reason": row.reason,
            "by": by,
            "why": why,
            "ruling": ruling,
        },
    )
