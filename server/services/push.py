"""The push as the door has it: bytes in, the batch recorded, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Engine

from schemas.fast import MOST_OPS, read_handover, read_op, read_push
from server.access import Viewer
from server.columns import spell
from server.problems import Problem
from server.services.facts import Person
from server.services.judge import Sender
from server.services.render import to_json
from server.services.reply import Reply
from server.services.submit import Recorded, submit


def push(engine: Engine, viewer: Viewer, body: bytes, now: datetime) -> bytes:
    """Record a batch; the answer as JSON. Raises Problem for a batch that is no batch."""
    try:
        batch = read_push(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as failure:
        raise unreadable(failure) from failure
    if len(batch.ops) > MOST_OPS:
        raise Problem("too_large", f"Send at most {MOST_OPS} ops at once: halve the batch.")
    sender = _sender(viewer, UUID(batch.device_id), handed_over=False)
    recorded = submit(engine, sender, [read_op(bytes(raw)) for raw in batch.ops], now)
    return _answer(recorded, recorded.replies, now)


def hand_over(engine: Engine, viewer: Viewer, body: bytes, now: datetime) -> bytes:
    """Record the file that a tablet exported, some ops at a time; the answer as JSON."""
    try:
        file = read_handover(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as failure:
        raise unreadable(failure) from failure
    sender = _sender(viewer, UUID(file.device_id), handed_over=True)
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


def _sender(viewer: Viewer, device_id: UUID, *, handed_over: bool) -> Sender:
    person = Person(viewer.staff_id, viewer.name, viewer.role.value)
    return Sender(viewer.school_id, viewer.zone, device_id, person, handed_over)


def _answer(stand: Recorded, replies: Sequence[Reply], now: datetime) -> bytes:
    return to_json(
        {
            "protocol": 1,
            "epoch": stand.epoch,
            "server_time": spell(now),
            "backoff_s": 0,
            "safe_before": stand.safe_before,
            "results": [reply.result() for reply in replies],
        }
    )
