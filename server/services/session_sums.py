"""Sums what students' mornings and afternoons came to, where a school counts in sessions (T10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from server.services.fold_days import FoldedDate
from sync.attendance import Chronic
from sync.codes import Code
from sync.school_totals import Slot
from sync.sessions import (
    Counting,
    SessionCount,
    Sessions,
    count_sessions,
    counts_as,
    persistent,
    sessions_of,
)

NOON = time(12)
HALVES = ("AM", "PM")
Codes = tuple[Code | None, Code | None]


@dataclass(slots=True)
class SessionSums:
    """Each student's sessions of a span, by date."""

    by: Counting
    zone: ZoneInfo
    codes: dict[UUID, dict[date, Codes]] = field(default_factory=dict)

    def add(self, folded: FoldedDate) -> None:
        """One school date more."""
        noon = datetime.combine(folded.on, NOON, self.zone)
        for student, marks in folded.marks.items():
            found = sessions_of(folded.on, marks, noon, self.by)
            self.codes.setdefault(student, {})[folded.on] = found

    def of(self, student: UUID) -> Sessions:
        """One student's."""
        return count_sessions(code for pair in self._pairs(student) for code in pair)

    def every(self) -> Sessions:
        """Everybody's."""
        return count_sessions(
            code for student in self.codes for pair in self._pairs(student) for code in pair
        )

    def by_date(self) -> dict[date, Sessions]:
        """Everybody's of each date."""
        codes: dict[date, list[Code | None]] = {}
        for dates in self.codes.values():
            for on, pair in dates.items():
                codes.setdefault(on, []).extend(pair)
        return {on: count_sessions(listed) for on, listed in codes.items()}

    def slots(self) -> list[Slot]:
        """By weekday, mornings and afternoons (T10.2)."""
        codes: dict[tuple[int, str], list[Code | None]] = {}
        for dates in self.codes.values():
            for on, pair in dates.items():
                for half, code in zip(HALVES, pair, strict=True):
                    codes.setdefault((on.weekday(), half), []).append(code)
        sums = {key: count_sessions(listed) for key, listed in sorted(codes.items())}
        return [Slot(*key, of.possible, of.absent) for key, of in sums.items() if of.possible]

    def measured(self, student: UUID) -> Chronic:
        """Absence from sessions against the pack's measure."""
        return persistent(self.of(student), self.by.rules)

    def told_on(self, student: UUID, on: date) -> list[str | None]:
        """The codes of a morning and an afternoon; null where no roll says anything."""
        pair = self.codes.get(student, {}).get(on, (None, None))
        return [None if code is None else code.code for code in pair]

    def counts_on(self, student: UUID, on: date) -> list[SessionCount | None]:
        """What they count as; null where they count as nothing."""
        return [counts_as(code) for code in self.codes.get(student, {}).get(on, (None, None))]

    def _pairs(self, student: UUID) -> list[Codes]:
        return [*self.codes.get(student, {}).values()]


def told_sessions(sums: Sessions) -> Mapping[str, Any]:
    """Sums as the wire has them."""
    return {**asdict(sums), "absent": sums.absent, "possible": sums.possible}
