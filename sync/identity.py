"""Ids that are computed, so that two who never met agree on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from datetime import date

ROLLBOOK = UUID("6f1c3a52-1f0e-5c8e-9a57-0c1b8d6e4f21")


def imported(kind: str, sourced_id: str) -> UUID:
    """Name a thing that came from a roster, so that importing it again meets it."""
    return uuid5(ROLLBOOK, f"{kind}/{sourced_id}")


def roll_id(school_id: UUID, section_id: UUID, on: date, period: str) -> UUID:
    """Name the roll of one meeting: the same on every device that takes it."""
    return uuid5(school_id, f"{on.isoformat()}/{period}/{section_id}")
