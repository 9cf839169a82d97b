"""Takes a batch of ops into the school's record: a serial turn, an outcome each, one commit.

The fast path hears the whole batch in a handful of statements. If anything goes wrong there, all
of it is rolled back and the careful path hears each op in a savepoint of its own, so that one that
makes the server stumble is kept raw for a person while the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from schemas.fast import Sent
from server.db import NoSuchSchool, Turn, Unavailable, school_turn, still_stands
from server.services.judge import Sender, Sitting
from server.services.poke import poke
from server.services.reply import Reply
from server.services.write import write

log = logging.getLogger("rollbook")

Record = Callable[[Turn, Sender, Sequence[Sent], datetime], list[Reply]]


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
        answer = _in_turn(engine, sender, batch, now, record)
    except (Unavailable, NoSuchSchool):
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it was, the ops are heard one by one
        log.warning("a batch is taken op by op", extra={"facts": {"why": type(failure).__name__}})
        answer = _in_turn(engine, sender, batch, now, record_one_by_one)
    poke(sender.school_id)
    return answer


def _in_turn(
    engine: Engine, sender: Sender, batch: Sequence[Sent], now: datetime, way: Record
) -> Recorded:
    with school_turn(engine, sender.school_id) as turn:
        replies = way(turn, sender, batch, now)
        return Recorded(turn.epoch, turn.safe_before, replies)


def record(turn: Turn, sender: Sender, batch: Sequence[Sent], now: datetime) -> list[Reply]:
    """The fast path: all ops at once."""
    sitting = Sitting(turn, sender, now, batch)
    replies = [sitting.hear(sent) for sent in batch]
    write(turn.connection, sender.school_id, sitting.ledger)
    return replies


def record_one_by_one(
    turn: Turn, sender: Sender, batch: Sequence[Sent], now: datetime
) -> list[Reply]:
    """The careful path: each op in its own savepoint."""
    return [_record_alone(turn, sender, sent, now) for sent in batch]


def _record_alone(turn: Turn, sender: Sender, sent: Sent, now: datetime) -> Reply:
    """One op; kept raw if it makes the server stumble. Raises Unavailable if the transaction fell:
    then the ops before it are gone too, and nothing may be answered."""
    seq = turn.seq
    if not still_stands(turn.connection):
        raise Unavailable("the transaction fell")
    try:
        with turn.connection.begin_nested():
            return record(turn, sender, [sent], now)[0]
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
    except DBAPIError as failure:
        raise Unavailable("an op could not be kept") from failure


def _keep_raw(turn: Turn, sender: Sender, sent: Sent, now: datetime) -> Reply:
    sitting = Sitting(turn, sender, now, ())
    reply = sitting.keep_raw(sent, "server_error")
    write(turn.connection, sender.school_id, sitting.ledger)
    return reply
