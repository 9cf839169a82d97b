"""What may become of an op that is held (A12, A13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sync.admit import Reason
from sync.model import RollState

HEARD_AGAIN = frozenset(
    {
        Reason.UNSUPPORTED_KIND,
        Reason.GRANT_UNKNOWN,
        Reason.UNKNOWN_ROLL,
        Reason.NO_SCHOOL,
        Reason.ROLL_VOID,
        Reason.NOT_ENROLLED,
        "server_error",
        "handed_over",
    }
)
"""Held for a reason that may pass by itself: judged again when the school knows more. The others
wait for a person, who has to look at them."""


class Obstacle(StrEnum):
    """Why a held op cannot be taken over."""

    RESOLVED = "resolved"
    UNREADABLE = "unreadable"
    NO_ROLL = "no_roll"
    LOCKED = "locked"
    NOT_YET = "not_yet"
    NOBODY_ENROLLED = "nobody_enrolled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known about an op that is held.

    `roll` is the state of its roll, None where the school knows no such roll; `ahead`: the roll's
    date has not begun; `enrolled`: it states something about students of that roll.
    """

    resolved: bool
    readable: bool
    roll: RollState | None
    ahead: bool
    enrolled: bool


def obstacle(op: Waiting) -> Obstacle | None:
    """What stands against taking it over, the first that applies. A day without school, a
    cancelled meeting and a certified roll do not: the office's word is for exactly that."""
    if op.resolved:
        return Obstacle.RESOLVED
    if not op.readable:
        return Obstacle.UNREADABLE
    if op.roll is None:
        return Obstacle.NO_ROLL
    if op.roll is RollState.LOCKED:
        return Obstacle.LOCKED
    if op.ahead:
        return Obstacle.NOT_YET
    return None if op.enrolled else Obstacle.NOBODY_ENROLLED


def may_be_heard(reason: str | None) -> bool:
    """Whether a person may have it judged again: not what came before its day, for the instant of
    receipt stays, and nobody can have seen that meeting then."""
    return reason != Reason.NOT_OPEN
