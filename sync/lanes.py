"""A lane is one register under one authority; between its heads the rules F3 and F4 choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sync.heads import Line, Seen, heads
from sync.model import Presence, Rank

RANKS = {Rank.DAYPASS: 3, Rank.SUBSTITUTE: 3, Rank.TEACHER: 2, Rank.STAFF: 1, Rank.OFFICE: 1}
EVIDENCE = {
    Presence.LEFT_EARLY: 5,
    Presence.LATE: 4,
    Presence.PRESENT: 3,
    Presence.ELSEWHERE: 2,
    Presence.ABSENT: 1,
    None: 0,
}
"""A sighting beats not-seen, and the sighting that tells more beats the one that tells less."""

SIGHTINGS = frozenset({Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY})

Weight = Callable[[Any], float]


@dataclass(frozen=True, slots=True)
class Lane:
    """One register under one authority: its heads, one candidate a person, and who stands."""

    heads: tuple[Line, ...] = ()
    candidates: tuple[Line, ...] = ()
    stands: Line | None = None


NOBODY = Lane()


def choose(lines: Iterable[Line], seen: Seen, field: str, weight: Weight) -> Lane:
    """Fold one lane: `lines` are those that speak in it, `field` is what they say."""
    value = attrgetter(f"said.{field}")
    nobody_superseded = heads(lines, seen)
    if not nobody_superseded:
        return NOBODY
    if len(nobody_superseded) == 1:
        (only,) = nobody_superseded
        return Lane((only,), (only,), only)
    candidates = tuple(own[-1] for own in by_person(nobody_superseded))
    stands = min(
        candidates,
        key=lambda line: (-RANKS[line.op.rank], -weight(value(line)), line.op.op_id.int),
    )
    return Lane(tuple(nobody_superseded), candidates, stands)


def by_person(lines: Iterable[Line]) -> list[list[Line]]:
    """Each person's own lines, the latest by corrected capture time last (rule F3)."""
    ordered = sorted(lines, key=lambda one: (one.op.author.int, one.op.taken_at, one.op.op_id.int))
    return [list(own) for _, own in groupby(ordered, key=attrgetter("op.author"))]


def presence_weight(presence: Presence | None) -> float:
    """How much a presence tells (rule F4)."""
    return EVIDENCE[presence]


def earliest_weight(at: datetime | None) -> float:
    """Of two arrivals the earlier was the first sighting; none is less than any."""
    return float("-inf") if at is None else -at.timestamp()


def latest_weight(at: datetime | None) -> float:
    """Of two departures the later was the last sighting; none is less than any."""
    return float("-inf") if at is None else at.timestamp()


def no_weight(_: object) -> float:
    """Where no value tells more than another the op id alone decides."""
    return 0.0
