"""A tablet's clocks and what it knows of the server's: pwa/src/core/clock.ts in Python."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from server.columns import spell

KEPT = 8
DRIFT = 50e-6
JUMP_MS = 2000.0
SLEW_MS = 100.0
JITTER_MS = 20.0
PUT_RIGHT_MS = 86_400_000.0
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

    @property
    def gap(self) -> float:
        """How far the wall clock is ahead of the monotonic one."""
        return self.wall - self.mono


@dataclass(frozen=True, slots=True)
class Timepiece:
    """What the tablet keeps; immutable, so that an image of a tablet keeps it too."""

    samples: tuple[Sample, ...] = ()
    server_seen: float | None = None
    gap: float | None = None
    """The greatest gap of this run; None before it was looked at."""
    base: float | None = None
    """The gap as it was first seen after the last contact."""
    unwatched: float = 0.0
    """Wall time from the last contact to that look, in which the app did not run."""
    suspect: bool = False
    wall_seen: float | None = None
    """The newest wall time since the last contact, in any run of the app."""
    skew_ms: float = field(default=0.0)
    """By how much the wall clock is wrong: what nobody but the simulation knows."""

    def read(self, truth: datetime) -> Reading:
        """Both clocks at a true instant."""
        return Reading(ms_of(truth) + self.skew_ms, ms_of(truth))

    def stepped(self, skew_ms: float) -> Timepiece:
        """The wall clock was set by somebody."""
        return replace(self, skew_ms=skew_ms)

    def restarted(self) -> Timepiece:
        """Another run of the app: its monotonic clock knows nothing of the last one's."""
        return replace(self, gap=None, base=None, unwatched=0.0)

    def observed(self, now: Reading) -> Timepiece:
        """The app looks at both clocks."""
        before = self.wall_seen if self.gap is None else self.gap + now.mono
        back = before is not None and before - now.wall > JUMP_MS
        looked = replace(
            self,
            suspect=self.suspect or back,
            wall_seen=max(now.wall, self.wall_seen or now.wall),
        )
        if self.gap is None:
            last = self.samples[-1].wall if self.samples else now.wall
            return replace(looked, gap=now.gap, base=now.gap, unwatched=max(0.0, now.wall - last))
        return replace(looked, gap=max(self.gap, now.gap))

    def measured(self, sent: Reading, got: Reading, server: datetime) -> Timepiece:
        """After an exchange that was answered with the server's time."""
        took = max(0.0, got.mono - sent.mono)
        offset = round(ms_of(server) - (got.wall - took / 2))
        sample = Sample(offset, math.ceil(took / 2) + 1, got.wall)
        watched = self.base is not None and not self.unwatched and not self.suspect
        kept = self.samples if watched and abs(got.gap - (self.base or 0)) <= SLEW_MS else ()
        seen = ms_of(server)
        if self.server_seen is not None and self.server_seen - seen <= PUT_RIGHT_MS:
            seen = max(seen, self.server_seen)
        samples = (*kept, sample)[-KEPT:]
        return replace(
            self,
            samples=samples,
            server_seen=seen,
            gap=got.gap,
            base=got.gap,
            unwatched=0.0,
            suspect=False,
            wall_seen=got.wall,
        )

    def stated(self, now: Reading) -> dict[str, Any] | None:
        """What an op says of the clock; None when the server was never met."""
        if not self.samples:
            return None
        best = min(self.samples, key=lambda sample: _reach(sample, now.wall))
        looked = self.observed(now)
        ahead = looked.asleep()
        seen = self.server_seen
        went = seen is not None and now.wall + best.offset < seen - JUMP_MS
        stated: dict[str, Any] = {
            "offset_ms": best.offset,
            "uncertainty_ms": _reach(best, now.wall) + (ahead if ahead <= JITTER_MS else 0),
            "server_seen_at": None if seen is None else spell(at_ms(seen)),
            "suspect": looked.suspect or went,
        }
        return stated | ({"asleep_ms": ahead} if ahead > JITTER_MS else {})

    def asleep(self) -> int:
        """By how much the wall clock may have run ahead of the truth since the last contact."""
        return math.ceil(self.unwatched + max(0.0, (self.gap or 0.0) - (self.base or 0.0)))


def _reach(sample: Sample, wall: float) -> int:
    return math.ceil(sample.uncertainty + abs(wall - sample.wall) * DRIFT)
