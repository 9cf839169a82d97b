"""Who was to take rolls (rule R1): substitutes and pass holders before the teachers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import DayPass, PassMeeting, StaffLeave, table_of
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.horizon import load_rosters
from server.services.rosters import Roster, covers
from sync.remind import People, people_of

_listed, _pass, _leave = table_of(PassMeeting).c, table_of(DayPass).c, table_of(StaffLeave).c
SUBSTITUTE = "substitute"
HOLDERS = (
    select(_listed.roll_id, _pass.staff_id)
    .join_from(
        table_of(PassMeeting),
        table_of(DayPass),
        (_pass.school_id == _listed.school_id) & (_pass.pass_id == _listed.pass_id),
    )
    .where(_listed.school_id == SCHOOL, _listed.roll_id.in_(IDS), _pass.revoked_at.is_(None))
    .order_by(_pass.issued_at, _pass.pass_id)
)
AWAY = select(_leave.staff_id, _leave.from_on, _leave.to_on).where(
    _leave.school_id == SCHOOL,
    _leave.to_on >= bindparam("from_on"),
    _leave.from_on <= bindparam("to_on"),
    _leave.ended_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Charge:
    """The people of some rolls of one school."""

    rosters: Mapping[UUID, Roster]
    holders: Mapping[UUID, Sequence[UUID]]
    leaves: Sequence[Any]

    def of(self, row: Any) -> People:
        """Who is to take a roll; of record before co-teachers."""
        on = row.school_date
        here = [one for one in self.rosters[row.section_id].teachers if covers(one, on)]
        instead = [one.staff_id for one in here if one.role == SUBSTITUTE]
        usual = [one.staff_id for one in here if one.role != SUBSTITUTE]
        return people_of([*instead, *self.holders.get(row.roll_id, ())], usual, self._away(on))

    def _away(self, on: date) -> frozenset[UUID]:
        return frozenset(one.staff_id for one in self.leaves if one.from_on <= on <= one.to_on)


def load_charge(connection: Connection, school_id: UUID, rows: Sequence[Any]) -> Charge:
    """Who was to take the rolls of some rows, which name their sections' `roster_rev`."""
    if not rows:
        return Charge({}, {}, ())
    dates = [row.school_date for row in rows]
    between = {"school_id": school_id, "from_on": min(dates), "to_on": max(dates)}
    holders: dict[UUID, list[UUID]] = {}
    for one in rows_of(connection, HOLDERS, school_id, [row.roll_id for row in rows]):
        holders.setdefault(one.roll_id, []).append(one.staff_id)
    leaves = connection.execute(AWAY, between).all()
    return Charge(load_rosters(connection, school_id, rows), holders, leaves)
