"""Seen in two rooms at one time (X1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from sync.finding import Do, Finding, FindingKind, SeenMark, Step, of_mark
from sync.intervals import Interval
from sync.model import Presence


def two_rooms(on: date, day: Sequence[SeenMark]) -> Iterator[Finding]:
    """Pairs of sightings of one student that cannot both be."""
    sighted = [one for one in day if one.sighted and not one.pull_out]
    for first, second in combinations(sighted, 2):
        if not _is_one_place(first, second) and _clash(_claimed(first), _claimed(second)):
            pair = (first, second)
            yield Finding(
                kind=FindingKind.TWO_ROOMS,
                on=on,
                students=(first.student_id,),
                periods=tuple(dict.fromkeys(one.period for one in pair)),
                evidence=tuple(map(of_mark, pair)),
                steps=tuple(Step(Do.ASK_TEACHER, one.roll_id) for one in pair),
                about=tuple(one.roll_id for one in pair),
            )


def _is_one_place(first: SeenMark, second: SeenMark) -> bool:
    """One meeting may serve several sections, and one person stands in one room."""
    same_room = first.room is not None and first.room == second.room
    same_person = first.staff_id is not None and first.staff_id == second.staff_id
    return first.roll_id == second.roll_id or same_room or same_person


def _claimed(mark: SeenMark) -> Interval:
    """From when to when a roll says that the student was there, at the least: from the bell or the
    arrival until the roll was taken or she left. A roll taken after its meeting tells only of its
    beginning, and *late* without a time of the moment in which the roll was taken."""
    taken = mark.taken_at if mark.starts_at <= mark.taken_at <= mark.ends_at else mark.starts_at
    if mark.presence is Presence.LATE:
        arrived_at = mark.arrived_at or taken
        return Interval(arrived_at, max(arrived_at, taken))
    if mark.presence is Presence.LEFT_EARLY:
        return Interval(mark.starts_at, max(mark.starts_at, mark.left_at or mark.starts_at))
    return Interval(mark.starts_at, taken)


def _clash(first: Interval, second: Interval) -> bool:
    """Whether two claims share an instant. Leaving one room as one comes into the other is none."""
    begins, ends = max(first.from_at, second.from_at), min(first.to_at, second.to_at)
    touch = first.to_at == second.from_at or second.to_at == first.from_at
    return begins < ends or (begins == ends and (first.from_at == second.from_at or not touch))
