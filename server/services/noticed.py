"""What the office was told of absences ahead, as it stands: of whom, for which days, why (V6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import DeskRuling, NoticeLine, table_of
from server.services.desk_rulings import NOTICE
from server.services.facts import IDS, SCHOOL, rows_of

TOLD, ENDED = "told", "ended"

_line, _ruling = table_of(NoticeLine).c, table_of(DeskRuling).c
LINES = (
    select(table_of(NoticeLine))
    .where(
        _line.school_id == SCHOOL,
        _line.notice_id.in_(
            select(_line.notice_id).where(
                _line.school_id == SCHOOL,
                _line.what == TOLD,
                _line.from_on <= bindparam("to_on"),
                _line.to_on >= bindparam("from_on"),
            )
        ),
    )
    .order_by(_line.noted_at, _line.line_id)
)

SPOKE = select(_ruling.student_id, _ruling.roll_id).where(
    _ruling.school_id == SCHOOL, _ruling.desk == NOTICE, _ruling.student_id.in_(IDS)
)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that gave a reason: the line that told it, until when it holds, and of which
    periods; None is the whole day."""

    line: Any
    to_on: date
    periods: frozenset[str] | None

    def holds(self, on: date, period: str) -> bool:
        """Whether it is about a meeting."""
        named = self.periods is None or period in self.periods
        return named and self.line.from_on <= on <= self.to_on


@dataclass(frozen=True, slots=True)
class Noticed:
    """The notices of some dates, by student, each one's oldest first; and of whom on which rolls
    one spoke already, whatever became of its word."""

    of: Mapping[UUID, tuple[Told, ...]] = field(default_factory=dict)
    spoke: AbstractSet[tuple[UUID, UUID]] = frozenset()

    def reason(self, student_id: UUID, row: Any) -> str | None:
        """The reason that was told last for a roll on which no notice spoke; None: nobody did."""
        if (student_id, row.roll_id) in self.spoke:
            return None
        told = self.of.get(student_id, ())
        held = [one.line.code for one in told if one.holds(row.school_date, row.period)]
        return held[-1] if held else None


def load_noticed(connection: Connection, school_id: UUID, from_on: date, to_on: date) -> Noticed:
    """The notices with a reason that hold on any of the dates, both inclusive."""
    asked = {"school_id": school_id, "from_on": from_on, "to_on": to_on}
    lines = connection.execute(LINES, asked).all()
    told = [one for one in standing(lines) if one.line.code and one.to_on >= from_on]
    by_student = attrgetter("line.student_id")
    listed = sorted(told, key=by_student)  # stable: each student's stay in the order of the log
    of = {student: tuple(own) for student, own in groupby(listed, key=by_student)}
    rows = rows_of(connection, SPOKE, school_id, list(of))
    return Noticed(of, {(row.student_id, row.roll_id) for row in rows})


def standing(lines: Iterable[Any]) -> list[Told]:
    """Each notice as its last line leaves it, in the order in which they were told."""
    first: dict[UUID, Any] = {}
    last: dict[UUID, Any] = {}
    for line in lines:
        first.setdefault(line.notice_id, line)
        last[line.notice_id] = line
    return [
        Told(line, last[notice_id].to_on, _periods(line.periods))
        for notice_id, line in first.items()
    ]


def _periods(listed: str | None) -> frozenset[str] | None:
    return frozenset(listed.split(",")) if listed else None
