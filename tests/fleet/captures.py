"""What an op says of when it was taken, read by the harness itself."""

from __future__ import annotations

from datetime import datetime

from sync.deadline import corrected_taken_at
from sync.model import Capture
from tests.fleet.wire import Tree


def capture_of(op: Tree, received_at: datetime) -> Capture:
    """The corrected capture (D7)."""
    clock = op.get("clock")
    seen = clock and clock["server_seen_at"]
    server_seen_at = datetime.fromisoformat(seen) if seen else None
    offset, doubt = (clock["offset_ms"], clock["uncertainty_ms"]) if clock else (0, 0)
    taken_at = datetime.fromisoformat(op["taken_at"])
    at, clamped = corrected_taken_at(taken_at, offset, server_seen_at, received_at, doubt)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    suspect = bool(clock and clock["suspect"])
    return Capture(
        at,
        doubt,
        suspect,
        clamped,
        server_seen_at,
        measured=clock is not None,
        asleep_ms=clock.get("asleep_ms", 0) if clock else 0,
    )
