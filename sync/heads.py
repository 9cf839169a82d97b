"""Who had seen what: an op supersedes what its author had seen (rules F2, F8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sync.model import Observation, Op

Seen = Mapping[UUID, frozenset[UUID]]
"""For each op about a student, the ops its author had seen, directly or through others."""


class Line(NamedTuple):
    """What one op says about one student."""

    op: Op
    said: Observation


def seen_by_each(lines: Sequence[Line]) -> Seen:
    """Follow the named parents as far as the ops at hand lead; unknown ones lead nowhere."""
    named = {line.op.op_id: line.said.parents for line in lines}
    if not any(named.values()):
        return dict.fromkeys(named, frozenset())
    return {op_id: _reachable(op_id, named) for op_id in named}


def _reachable(op_id: UUID, named: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    found: set[UUID] = set()
    ahead = list(named[op_id])
    while ahead:
        parent = ahead.pop()
        if parent in named and parent not in found:
            found.add(parent)
            ahead.extend(named[parent])
    return frozenset(found)


def heads(lines: Iterable[Line], seen: Seen) -> list[Line]:
    """The lines that none of the others supersedes.

    Two ops that claim to have seen each other (a cycle: a fault) supersede neither, so that no
    faulty tablet can make a value vanish.
    """
    speaking = list(lines)
    if len(speaking) < 2:
        return speaking
    return [line for line in speaking if not any(supersedes(o, line, seen) for o in speaking)]


def supersedes(later: Line, earlier: Line, seen: Seen) -> bool:
    """Whether one op was made in knowledge of the other and not the other way round."""
    one, other = later.op.op_id, earlier.op.op_id
    return other in seen[one] and one not in seen[other]
