"""What the office may say of a mark at its desk, and what takes that back again (rules H)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.model import Mark, Observation, Presence


class Against(StrEnum):
    """Why a ruling is not made."""

    NOTHING_SAID = "nothing_said"
    NEEDS_WHY = "needs_why"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody at the desk says of a student on a roll.

    `rules`: it states a presence, or with none releases the office's own. `reason` and `evidence`
    None say nothing, an empty text withdraws.
    """

    rules: bool = False
    presence: Presence | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    reason: str | None = None
    evidence: str | None = None
    note: str | None = None
    why: str | None = None


def changed(mark: Mark | None, seen: frozenset[UUID]) -> bool:
    """Whether something else stands than what somebody saw who named these heads (H1)."""
    return frozenset(() if mark is None else mark.heads) != seen


def against(said: Said, mark: Mark | None) -> Against | None:
    """Why a ruling is not made, whatever its code is (H2)."""
    if not said.rules and not any((said.reason is not None, said.evidence is not None, said.note)):
        return Against.NOTHING_SAID
    if _corrects(said, mark) and not (said.why and said.why.strip()):
        return Against.NEEDS_WHY
    return None


def presence_then(said: Said, mark: Mark | None) -> Presence | None:
    """Which presence will stand, as far as the ruling decides it."""
    if not said.rules:
        return None if mark is None else mark.presence
    return said.presence or (None if mark is None else mark.seen)


def take_back(done: Observation, before: Mark | None, why: str) -> Said:
    """What puts back what stood before a ruling, a register that it spoke of each (H4)."""
    stood = before or Mark(done.student_id, None)
    ruled = stood.ruled if done.rules_presence or done.presence is not None else None
    return Said(
        rules=done.rules_presence or done.presence is not None,
        presence=ruled,
        arrived_at=None if ruled is None else stood.arrived_at,
        left_at=None if ruled is None else stood.left_at,
        reason=None if done.reason is None else stood.reason or "",
        evidence=None if done.evidence is None else stood.evidence or "",
        why=why,
    )


def _corrects(said: Said, mark: Mark | None) -> bool:
    """Whether another presence, or another time of it, will stand than does."""
    if not said.rules:
        return False
    if mark is None or mark.presence is None or said.presence is None:
        return True
    times = (said.arrived_at, said.left_at)
    return said.presence is not mark.presence or times != (mark.arrived_at, mark.left_at)
