"""What a tablet says about rolls that the school does not have yet (B): shown, never the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TabletState(StrEnum):
    """Somebody has the roll before them, or it is saved on the tablet and waits."""

    OPEN = "open"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Said:
    """One word of a tablet: about which roll, under which leave, and when it was saved."""

    roll_id: UUID
    grant_id: UUID
    state: TabletState
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as the school keeps it; `at` is when the tablet last said so."""

    roll_id: UUID
    state: TabletState
    at: datetime
    taken_at: datetime | None


def spoken_at(said: Said, now: datetime) -> datetime:
    """The instant at which the speaker's leave has to stand (B2): of a saved roll, when it was
    taken; the future counts as now."""
    taken = said.taken_at if said.state is TabletState.WAITING else None
    return min(taken or now, now)


def shown(words: Iterable[Heard]) -> dict[UUID, Heard]:
    """One word a roll (B2): saved on any tablet before open on another, then the latest."""
    best: dict[UUID, Heard] = {}
    for word in sorted(words, key=_weight):
        best[word.roll_id] = word
    return best


def _weight(word: Heard) -> tuple[bool, datetime]:
    return word.state is TabletState.WAITING, word.at
