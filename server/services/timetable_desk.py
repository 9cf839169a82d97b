"""The desk at which the timetable is changed: who changes it, what the school has, what was wrong.

A change is carried out on the database at once; the next of the same request sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from schemas.words import Role
from server.access import Viewer
from server.models import BellPeriod, CalendarDay, Section, table_of
from server.problems import Problem
from server.services.lay_out import Only
from server.services.plan import INSTRUCTIONAL, band_of, grades_of
from sync.band import EVERYBODY
from sync.sentence import say

_bell, _day, _section = table_of(BellPeriod).c, table_of(CalendarDay).c, table_of(Section).c
ADMINISTRATORS_ONLY = say("Only an administrator changes bell schedules and deadlines.")


class Wrong(Exception):
    """A change that cannot be carried out: which of its fields, and a sentence."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(said)
        self.field, self.said = name, said


@dataclass(frozen=True, slots=True)
class Done:
    """What one change did: for the list of acts, which rolls it touches, what takes it back.

    `calendar`: tablets have to learn the calendar anew.
    """

    act: str
    subject: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    touches: Only | None = None
    undo: tuple[Mapping[str, Any], ...] = ()
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Who changes the timetable of which school, on which of its dates."""

    connection: Connection
    viewer: Viewer
    now: datetime
    today: date

    @property
    def school_id(self) -> UUID:
        """The school."""
        return self.viewer.school_id

    def rows(self, query: Any) -> list[Any]:
        """What a query finds."""
        return list(self.connection.execute(query))

    def must_be_administrator(self) -> None:
        """Bells and deadlines are an administrator's to set. Raises Problem `not_possible`."""
        if self.viewer.role is not Role.ADMINISTRATOR:
            raise Problem("not_possible", ADMINISTRATORS_ONLY)

    def band(self, spelled: str) -> str:
        """A band of grades as it is kept, of grades that sections have. Raises Wrong."""
        band = band_of(spelled)
        if band == EVERYBODY:
            return band
        asked = select(_section.grades).where(_section.school_id == self.school_id, _section.active)
        known = {one for row in self.rows(asked.distinct()) for one in grades_of(row.grades)}
        for grade in band.split(","):
            if grade not in known:
                raise Wrong(
                    "grades", say("No section of this school has grade {grade}.", grade=grade)
                )
        return band

    def period(self, period: str) -> str:
        """A class period that some bell schedule has. Raises Wrong."""
        asked = select(_bell.period).where(
            _bell.school_id == self.school_id, _bell.period == period
        )
        if not self.rows(asked.limit(1)):
            raise Wrong("period", say("No bell schedule has a period {period}.", period=period))
        return period

    def school_dates(self, since: date) -> frozenset[date]:
        """The calendar's dates from a date on."""
        asked = select(_day.school_date).where(
            _day.school_id == self.school_id, _day.school_date >= since
        )
        return frozenset(row.school_date for row in self.rows(asked.distinct()))

    def is_school_day(self, on: date) -> bool:
        """Whether there is school for anybody on a date."""
        asked = select(_day.kind).where(
            _day.school_id == self.school_id, _day.school_date == on, _day.kind.in_(INSTRUCTIONAL)
        )
        return bool(self.rows(asked.limit(1)))
