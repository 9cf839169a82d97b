"""How a school reminds, as it is stored; what nobody has changed comes with Rollbook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from server.ask import Question, ask
from server.models import ReminderPolicy, School, table_of
from server.services.facts import SCHOOL
from sync.remind import Ladder, Quiet, Step, To

DIGEST_TIME = time(17)
"""When the office is told of the day by mail, where the school says nothing."""
_policy, _school = table_of(ReminderPolicy).c, table_of(School).c
POLICY = (
    select(
        _school.zone,
        _policy.steps,
        _policy.quiet_from_time,
        _policy.quiet_to_time,
        _policy.office_staff,
        _policy.administrators,
        _policy.digest_time,
        _policy.set_by,
        _policy.set_at,
    )
    .join_from(
        table_of(School),
        table_of(ReminderPolicy),
        _policy.school_id == _school.school_id,
        isouter=True,
    )
    .where(_school.school_id == SCHOOL)
)


@dataclass(frozen=True, slots=True)
class Reminding:
    """How one school reminds. An empty list is everybody with that role."""

    ladder: Ladder
    office: tuple[UUID, ...] = ()
    administrators: tuple[UUID, ...] = ()
    digest_time: time | None = None
    set_by: UUID | None = None
    set_at: datetime | None = field(default=None, compare=False)


def load_reminding(connection: Connection, school_id: UUID) -> Reminding:
    """How a school reminds."""
    ((row,),) = ask(connection, [Question(POLICY, {"school_id": school_id})])
    return read_reminding(row)


def read_reminding(row: Any) -> Reminding:
    """How the school of a row of `POLICY` reminds."""
    zone = ZoneInfo(row.zone)
    if row.set_at is None:
        return Reminding(Ladder(zone), digest_time=DIGEST_TIME)
    steps = [Step(one["after_min"], To(one["to"])) for one in json.loads(row.steps)]
    return Reminding(
        make_ladder(steps, row.quiet_from_time, row.quiet_to_time, zone),
        _ids(row.office_staff),
        _ids(row.administrators),
        _time(row.digest_time),
        row.set_by,
        row.set_at,
    )


def make_ladder(
    steps: Iterable[Step], quiet_from: str | None, quiet_to: str | None, zone: ZoneInfo
) -> Ladder:
    """A ladder with its steps in order."""
    begins, ends = _time(quiet_from), _time(quiet_to)
    quiet = Quiet(begins, ends) if begins is not None and ends is not None else None
    return Ladder(zone, tuple(sorted(steps)), quiet)


def _ids(stored: str) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in json.loads(stored))


def _time(stored: str | None) -> time | None:
    return time.fromisoformat(stored) if stored else None
