"""The push as the door has it: bytes in, the batch recorded, bytes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Engine

from schemas.fast import MOST_OPS, read_handover, read_op, read_push
from schemas.words import SessionWord
from server.access import Courier, Viewer
from server.columns import spell
from server.problems import Problem
from server.services.facts import Person
from server.services.hearing import Sender
from server.services.render import to_json
from server.services.reply import Reply
from server.services.submit import Recorded, submit
from sync.sentence import say


def push(engine: Engine, carrier: Viewer | Courier, body: bytes, now: datetime) -> bytes:
    """Record a batch; the answer as JSON. Raises Problem for a batch that is no batch."""
    try:
        batch = read_push(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as failure:
        raise unreadable(failure) from failure
    if len(batch.ops) > MOST_OPS:
        raise Problem(
            "too_large",
            say("Send at most {most} ops at once: halve the batch.", most=MOST_OPS),
        )
    sender = _sender(carrier, UUID(batch.device_id))
    recorded = submit(engine, sender, [read_op(bytes(raw)) for raw in batch.ops], now)
    if isinstance(carrier, Viewer):
        return _answer(recorded, recorded.replies, now)
    return _answer(recorded, map(_without_names, recorded.replies), now, carrier.session)


def hand_over(engine: Engine, viewer: Viewer, body: bytes, now: datetime) -> bytes:
    """Record the file that a tablet exported, some ops at a time; the answer as JSON."""
    try:
        file = read_handover(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as failure:
        raise unreadable(failure) from failure
    sender = replace(_sender(viewer, UUID(file.device_id)), handed_over=True)
    batches = [file.ops[at : at + MOST_OPS] for at in range(0, len(file.ops), MOST_OPS)]
    recorded = [
        submit(engine, sender, [read_op(bytes(raw)) for raw in batch], now) for batch in batches
    ]
    return _answer(recorded[-1], [reply for one in recorded for reply in one.replies], now)


def unreadable(failure: Exception) -> Problem:
    """Which problem an envelope has that could not be read."""
    if isinstance(failure, msgspec.ValidationError):
        return Problem("invalid", errors={"_schema": [str(failure)]})
    return Problem("malformed")


def _sender(carrier: Viewer | Courier, device_id: UUID) -> Sender:
    """Who is signed in. Nobody by a day pass alone: its holder's ops carry its grant."""
    person = None
    if isinstance(carrier, Viewer) and carrier.pass_id is None:
        person = Person(carrier.staff_id, carrier.name, carrier.role.value)
    return Sender(carrier.school_id, carrier.zone, device_id, person)


def _without_names(reply: Reply) -> Reply:
    """The same without who stands behind which mark: nobody who may read that is signed in."""
    return replace(reply, marks=())


def _answer(
    stand: Recorded,
    replies: Iterable[Reply],
    now: datetime,
    session: SessionWord = SessionWord.OK,
) -> bytes:
    return to_json(
        {
            "protocol": 1,
            "session": session,
            "epoch": stand.epoch,
            "server_time": spell(now),
            "backoff_s": 0,
            "safe_before": stand.safe_before,
            "results": [reply.result() for reply in replies],
        }
    )
