"""What a desk's lines about one student say of the meetings of a day (V).

The desk writes down what it saw: who came, who left, who sat with the nurse. What a meeting's roll
is told follows from all lines that stand, so that a line that is taken back takes its word with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sync.finding import At
from sync.intervals import Interval, minutes
from sync.model import Presence

ALWAYS = Interval(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A line that stands: who came, left, or was with somebody from an instant until another.

    `until` None: nobody wrote down the end. `code` is the reason that was given for being away:
    before an arrival, after a departure.
    """

    line_id: UUID
    what: At
    at: datetime
    until: datetime | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A meeting in which the student is expected."""

    roll_id: UUID
    span: Interval


@dataclass(frozen=True, slots=True)
class DeskWord:
    """What the desk says of one meeting: a presence with its times, a reason, or either.

    `minutes` missed by the bell; `line_id` is the line that says it.
    """

    line_id: UUID
    presence: Presence | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    reason: str | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a student's day, by which line: not at the school, or on a sheet."""

    span: Interval
    line: DeskLine


def desk_words(lines: Iterable[DeskLine], slots: Iterable[Slot]) -> Mapping[UUID, DeskWord]:
    """The desk's word on each meeting about which it has one (V1–V4)."""
    listed = sorted(lines, key=lambda one: (one.at, one.what, one.line_id))
    away = _away(listed)
    sheets = [
        _Stretch(Interval(one.at, one.until), one)
        for one in listed
        if one.what is At.VISIT and one.until is not None
    ]
    said = {slot.roll_id: _word(slot, away, sheets) for slot in slots}
    return {roll_id: word for roll_id, word in said.items() if word is not None}


def known_away(lines: Iterable[DeskLine], span: Interval) -> bool:
    """Whether a desk knows at the beginning of a meeting that the student is not in its room (V5):
    signed out, or on a sheet whose end somebody wrote down and that lies after the bell."""
    listed = sorted(lines, key=lambda one: (one.at, one.what, one.line_id))
    stretches = [one.span for one in _away(listed) if one.line.what is At.LEFT]
    stretches += [
        Interval(one.at, one.until)
        for one in listed
        if one.what is At.VISIT and one.until is not None
    ]
    return any(one.from_at <= span.from_at < one.to_at for one in stretches)


def _away(lines: Sequence[DeskLine]) -> list[_Stretch]:
    """From the day's beginning until the first arrival, and from each departure until the next."""
    found: list[_Stretch] = []
    left: DeskLine | None = None
    came_or_left = [one for one in lines if one.what is not At.VISIT]
    for place, line in enumerate(came_or_left):
        if line.what is At.LEFT:
            left = left or line
        elif left is not None:
            found.append(_Stretch(Interval(left.at, line.at), left))
            left = None
        elif place == 0:
            found.append(_Stretch(Interval(ALWAYS.from_at, line.at), line))
    return found if left is None else [*found, _Stretch(Interval(left.at, ALWAYS.to_at), left)]


def _word(slot: Slot, away: Sequence[_Stretch], sheets: Sequence[_Stretch]) -> DeskWord | None:
    span = slot.span
    whole = next((one for one in away if _covers(one.span, span)), None)
    if whole is not None:
        code = whole.line.code
        return DeskWord(whole.line.line_id, reason=code) if code else None
    sheet = next((one for one in sheets if _covers(one.span, span)), None)
    if sheet is not None:
        return DeskWord(sheet.line.line_id, Presence.ELSEWHERE)
    return _times(span, away)


def _times(span: Interval, away: Sequence[_Stretch]) -> DeskWord | None:
    """Late, left early or both, where at least a minute of the meeting was missed."""
    before = next((one for one in away if one.span.from_at <= span.from_at < one.span.to_at), None)
    after = next((one for one in away if one.span.from_at < span.to_at <= one.span.to_at), None)
    late = minutes(before.span.to_at - span.from_at) if before else 0
    early = minutes(span.to_at - after.span.from_at) if after else 0
    if after is not None and early:
        arrived_at = before.span.to_at if before and late else None
        return DeskWord(
            after.line.line_id,
            Presence.LEFT_EARLY,
            arrived_at,
            after.span.from_at,
            after.line.code,
            late + early,
        )
    if before is not None and late:
        line = before.line
        return DeskWord(line.line_id, Presence.LATE, before.span.to_at, None, line.code, late)
    return None


def _covers(outer: Interval, inner: Interval) -> bool:
    return outer.from_at <= inner.from_at and inner.to_at <= outer.to_at
