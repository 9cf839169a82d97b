"""Whom and what our own files may name: schools, sections, students and staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from server.roster.sheet import Line
from sync.sentence import say


@dataclass
class Names:
    """Things of one school by what people call them; a name that two share finds neither."""

    what: str
    _by_id: dict[str, UUID] = field(default_factory=dict)
    _by_name: dict[str, set[UUID]] = field(default_factory=dict)

    def add(self, key: UUID, sourced_id: str, names: Iterable[str | None]) -> None:
        """Make a thing known by its id and its names."""
        self._by_id[sourced_id] = key
        for name in names:
            if name:
                self._by_name.setdefault(name.casefold(), set()).add(key)

    def find(self, line: Line, column: str, school: str) -> UUID:
        """What a column names. Raises LeftOut."""
        line.need(column)
        found = self._by_id.get(line[column])
        if found:
            return found
        several = self._by_name.get(line[column].casefold(), set())
        if len(several) == 1:
            return next(iter(several))
        raise line.lost("several" if several else "unknown", column, what=self.what, school=school)


@dataclass
class SchoolNames:
    """One school, and what its files may name."""

    school_id: UUID
    name: str
    zone: str
    sections: Names = field(default_factory=lambda: Names("section"))
    students: Names = field(default_factory=lambda: Names("student"))
    staff: Names = field(default_factory=lambda: Names("member of staff"))
    schedules: dict[str, set[str]] = field(default_factory=dict)
    terms: list[tuple[date, date]] = field(default_factory=list)
    grades: set[str] = field(default_factory=set)

    def has_period(self, period: str) -> bool:
        """Whether any bell schedule has a class period."""
        return any(period in periods for periods in self.schedules.values())

    def in_term(self, on: date) -> bool:
        """Whether a date lies in a term, where terms are known."""
        return not self.terms or any(starts <= on <= ends for starts, ends in self.terms)


@dataclass
class Directory:
    """All schools, by the roster's id and by name."""

    schools: dict[str, SchoolNames] = field(default_factory=dict)
    only: SchoolNames | None = None

    def school(self, line: Line) -> SchoolNames:
        """The school of a row: the one it names, or the only one. Raises LeftOut."""
        if not line["school"]:
            if self.only is None:
                raise line.lost("which_school", "school")
            return self.only
        found = self.schools.get(line["school"].casefold())
        if found is None:
            raise line.lost(
                "unknown", "school", what=say("school"), school=say("this installation")
            )
        return found
