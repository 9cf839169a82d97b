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
from sync.sessions import Counting, Sessions, count_sessions, persistent, sessions_of

NOON = time(12)
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

    def measured(self, student: UUID) -> Chronic:
        """Absence from sessions against the pack's measure."""
        return persistent(self.of(student), self.by.rules)

    def told_on(self, student: UUID, on: date) -> list[str | None]:
        """The codes of a morning and an afternoon; null where no roll says anything."""
        pair = self.codes.get(student, {}).get(on, (None, None))
        return [None if code is None else code.code for code in pair]

    def _pairs(self, student: UUID) -> list[Codes]:
        return [*self.codes.get(student, {}).values()]


def told_sessions(sums: Sessions) -> Mapping[str, Any]:
    """Sums as the wire has them."""
    return {**asdict(sums), "absent": sums.absent, "possible": sums.possible}
