"""Takes a batch of ops into the school's record: a serial turn, an outcome each, one commit.

The fast path hears the whole batch in a handful of statements. If anything goes wrong there, all
of it is rolled back and the careful path hears each op in a savepoint of its own, so that one that
makes the server stumble is kept raw for a person while the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from schemas.fast import Sent
from server.ask import ask
from server.db import DATABASE_ERRORS, NoSuchSchool, Turn, Unavailable, school_turn, still_stands
from server.services.facts import Facts, load, questions
from server.services.hearing import Sender
from server.services.judge import Sitting, wanted
from server.services.poke import poke
from server.services.receive import receive
from server.services.reply import Reply
from server.services.write import log_refusals, write

log = logging.getLogger("rollbook")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A batch after its commit: where the school's history stands, and an answer each."""

    epoch: str
    safe_before: str | None
    replies: list[Reply]


def submit(engine: Engine, sender: Sender, batch: Sequence[Sent], now: datetime) -> Recorded:
    """Record a batch.

    Raises Unavailable when nothing of the batch was recorded.
    """
    try:
        answer = record(engine, sender, batch, now)
    except (Unavailable, NoSuchSchool):
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it was, the ops are heard one by one
        log.warning("a batch is taken op by op", extra={"facts": {"why": type(failure).__name__}})
        answer = record_one_by_one(engine, sender, batch, now)
    poke(sender.school_id)
    return answer


def record(engine: Engine, sender: Sender, batch: Sequence[Sent], now: datetime) -> Recorded:
    """The fast path: all ops at once."""
    asked = wanted(sender.school_id, batch)
    with school_turn(engine, sender.school_id, questions(sender.school_id, asked)) as turn:
        now = receive(turn, now)
        facts = load(turn.connection, sender.school_id, asked, turn.answers)
        sitting = Sitting(turn, sender, now, facts)
        replies = [sitting.hear(sent) for sent in batch]
        log_refusals(turn.connection, sender.school_id, sitting.ledger)
        turn.hasten()
        write(turn.connection, sender.school_id, sitting.ledger)
        return Recorded(turn.epoch, turn.safe_before, replies)


def record_one_by_one(
    engine: Engine, sender: Sender, batch: Sequence[Sent], now: datetime
) -> Recorded:
    """The careful path: each op in its own savepoint."""
    with school_turn(engine, sender.school_id) as turn:
        now = receive(turn, now)
        replies = [_record_alone(turn, sender, sent, now) for sent in batch]
        return Recorded(turn.epoch, turn.safe_before, replies)


def _record_alone(turn: Turn, sender: Sender, sent: Sent, now: datetime) -> Reply:
    """One op; kept raw if it makes the server stumble. Raises Unavailable if the transaction fell:
    then the ops before it are gone too, and nothing may be answered."""
    seq = turn.seq
    if not still_stands(turn.connection):
        raise Unavailable("the transaction fell")
    try:
        with turn.connection.begin_nested():
            return _hear_alone(turn, sender, sent, now)
    except Exception as failure:  # anything at all may be wrong with one op
        if not still_stands(turn.connection):
            raise Unavailable("the transaction fell") from failure
        if sent.op is None and sent.header is None:
            raise
        log.exception("an op is kept raw", extra={"facts": {"op_id": sent.said_id}})
    turn.seq = seq
    try:
        with turn.connection.begin_nested():
            return _keep_raw(turn, sender, sent, now)
    except DATABASE_ERRORS as failure:
        raise Unavailable("an op could not be kept") from failure


def _hear_alone(turn: Turn, sender: Sender, sent: Sent, now: datetime) -> Reply:
    asked = wanted(sender.school_id, [sent])
    answers = ask(turn.connection, questions(sender.school_id, asked))
    sitting = Sitting(turn, sender, now, load(turn.connection, sender.school_id, asked, answers))
    reply = sitting.hear(sent)
    _write(turn, sitting)
    return reply


def _keep_raw(turn: Turn, sender: Sender, sent: Sent, now: datetime) -> Reply:
    sitting = Sitting(turn, sender, now, Facts())
    reply = sitting.keep_raw(sent, "server_error")
    _write(turn, sitting)
    return reply


def _write(turn: Turn, sitting: Sitting) -> None:
    log_refusals(turn.connection, turn.school_id, sitting.ledger)
    write(turn.connection, turn.school_id, sitting.ledger)
