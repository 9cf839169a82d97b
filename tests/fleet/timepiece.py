"""A tablet's clocks and what it knows of the server's: pwa/src/core/clock.ts in Python."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from server.columns import spell

KEPT = 8
DRIFT = 50e-6
JUMP_MS = 2000.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ms_of(at: datetime) -> float:
    """Milliseconds since 1970."""
    return (at - EPOCH) / timedelta(milliseconds=1)


def at_ms(ms: float) -> datetime:
    """The instant, to the millisecond."""
    return EPOCH + timedelta(milliseconds=int(ms))


@dataclass(frozen=True, slots=True)
class Sample:
    offset: int
    uncertainty: int
    wall: float


@dataclass(frozen=True, slots=True)
class Reading:
    wall: float
    mono: float


@dataclass(frozen=True, slots=True)
class Timepiece:
    """What the tablet keeps; immutable, so that an image of a tablet keeps it too."""

    samples: tuple[Sample, ...] = ()
    server_seen: float | None = None
    gap: float | None = None
    suspect: bool = False
    skew_ms: float = field(default=0.0)
    """By how much the wall clock is wrong: what nobody but the simulation knows."""

    def read(self, truth: datetime) -> Reading:
        """Both clocks at a true instant."""
        return Reading(ms_of(truth) + self.skew_ms, ms_of(truth))

    def stepped(self, skew_ms: float) -> Timepiece:
        """The wall clock was set by somebody."""
        return replace(self, skew_ms=skew_ms)

    def measured(self, sent: Reading, got: Reading, server: datetime) -> Timepiece:
        """After an exchange that was answered with the server's time."""
        took = max(0.0, got.mono - sent.mono)
        offset = round(ms_of(server) - (got.wall - took / 2))
        sample = Sample(offset, int(took / 2) + 1, got.wall)
        gap = got.wall - got.mono
        moved = self.gap is not None and abs(gap - self.gap) > JUMP_MS
        kept = () if moved or self.suspect else self.samples
        seen = max(self.server_seen or 0.0, ms_of(server))
        samples = (*kept, sample)[-KEPT:]
        return replace(self, samples=samples, server_seen=seen, gap=gap, suspect=False)

    def stated(self, now: Reading) -> dict[str, Any] | None:
        """What an op says of the clock; None when the server was never met."""
        if not self.samples:
            return None
        best = min(self.samples, key=lambda sample: _reach(sample, now.wall))
        back = self.gap is not None and self.gap - (now.wall - now.mono) > JUMP_MS
        seen = self.server_seen
        went = seen is not None and now.wall + best.offset < seen - JUMP_MS
        return {
            "offset_ms": best.offset,
            "uncertainty_ms": _reach(best, now.wall),
            "server_seen_at": None if seen is None else spell(at_ms(seen)),
            "suspect": self.suspect or back or went,
        }


def _reach(sample: Sample, wall: float) -> int:
    return int(sample.uncertainty + abs(wall - sample.wall) * DRIFT) + 1
