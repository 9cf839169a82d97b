"""What a bulk action may touch (rule F9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID


def blanks(
    displayed: Sequence[UUID], marked: Collection[UUID], known_absent: Collection[UUID]
) -> tuple[UUID, ...]:
    """The students that *all present* fills, in the order of the screen: displayed, without a mark
    and without a known absence."""
    return tuple(one for one in displayed if one not in marked and one not in known_absent)
