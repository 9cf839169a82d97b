"""Contradictions in one school date: what rolls, desks and notices say against each other (X).

Pure and idempotent: the same facts give the same findings, in the same order. A finding accuses
nobody; it is a question to somebody who was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from sync.finding import DeskTime, Finding, Notice, SeenMark
from sync.radar_absence import absences, seen_after_all
from sync.radar_groups import by_roll
from sync.radar_rooms import two_rooms

Line = TypeVar("Line", bound=DeskTime | Notice)


def contradictions(
    on: date,
    marks: Iterable[SeenMark],
    desk: Iterable[DeskTime] = (),
    notices: Iterable[Notice] = (),
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """All that does not fit together on a date (X1–X6), what concerns one class as one finding.

    `marks` are those of rolls that were taken and nothing else: a roll that is not there says
    nothing. `now` within the school day makes urgent what may be a student who is gone.
    """
    listed = sorted(set(marks), key=lambda one: (one.student_id, one.starts_at, one.roll_id))
    lines, told = _by_student(desk), _by_student(notices)
    found: list[Finding] = []
    for student, own in groupby(listed, key=attrgetter("student_id")):
        day = tuple(own)
        found += two_rooms(on, day)
        found += absences(on, day, lines.get(student, ()), now)
        found += seen_after_all(on, day, told.get(student, ()))
    return tuple(sorted(by_roll(on, found, listed), key=_order))


def _by_student(lines: Iterable[Line]) -> dict[UUID, tuple[Line, ...]]:
    found: dict[UUID, tuple[Line, ...]] = {}
    for line in lines:
        found[line.student_id] = (*found.get(line.student_id, ()), line)
    return found


def _order(finding: Finding) -> tuple[bool, datetime, str]:
    """What is urgent first, then by the earliest evidence."""
    return not finding.urgent, min(one.at for one in finding.evidence), finding.key
