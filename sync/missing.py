"""Which rolls are missing: at the check, and after closing, until it is known why (B3, B4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Expectation:
    """A roll as far as it is missing or not; `explained`: somebody said why nobody took it."""

    expected: bool
    taken: bool
    check_at: datetime
    closes_at: datetime
    explained: bool = False


class Missing(StrEnum):
    """What a roll is on the lists of what is missing.

    `due`: it is not looked for yet · `not_submitted`: it is, today · `unresolved`: the school has
    closed and nobody said why · `resolved`: somebody did; it stays not taken for ever.
    """

    NO = "no"
    DUE = "due"
    NOT_SUBMITTED = "not_submitted"
    UNRESOLVED = "unresolved"
    RESOLVED = "resolved"


def missing(roll: Expectation, now: datetime) -> Missing:
    """Where a roll stands at an instant."""
    if roll.taken or not roll.expected:
        return Missing.NO
    if roll.explained:
        return Missing.RESOLVED
    if now >= roll.closes_at:
        return Missing.UNRESOLVED
    return Missing.NOT_SUBMITTED if now >= roll.check_at else Missing.DUE
