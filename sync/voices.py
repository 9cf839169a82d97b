"""Who said what of a student where people disagree, to be told as a story (rule W2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync.heads import Line, heads, seen_by_each
from sync.model import Kind
from sync.registers import states_ruled, states_seen

MOST_VOICES = 6


def voices_of(lines: Sequence[Line]) -> list[Line]:
    """What stands against each other about a presence, the latest first; then, of each person who
    is not heard yet, what she said last."""
    seen = seen_by_each(lines)
    room = [line for line in lines if line.op.kind is Kind.SUBMIT and states_seen(line)]
    desk = [line for line in lines if line.op.kind is Kind.RULE and states_ruled(line)]
    standing = latest_first([*heads(desk, seen), *heads(room, seen)])
    heard = {line.op.author for line in standing}
    earlier = []
    for line in latest_first([*desk, *room]):
        if line.op.author not in heard:
            heard.add(line.op.author)
            earlier.append(line)
    return [*standing, *earlier][:MOST_VOICES]


def latest_first(lines: Iterable[Line]) -> list[Line]:
    """In the order of their capture, the same for everyone who has the same ops."""
    return sorted(lines, key=lambda one: (one.op.taken_at, one.op.op_id.int), reverse=True)
