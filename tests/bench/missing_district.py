"""A district whose rolls are all missing: schools, teachers, tablets set to remind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Engine, Table, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from server.models import (
    Device,
    PushSubscription,
    RollRow,
    School,
    SchoolSync,
    Section,
    Staff,
    Teaching,
    table_of,
)
from server.roster.load import load
from sync.identity import roll_id

ON = date(2026, 10, 6)
FIRST_BELL = datetime(2026, 10, 6, 15, tzinfo=UTC)
OTHERS = (1, 2, 3, 4, 5)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shape:
    """How large it is: in the first period every teacher has a section, in each of five more a
    part of them; `reminded` of ten teachers have a tablet that is set to remind them."""

    schools: int = 500
    teachers: int = 50
    in_others: int = 34
    reminded: int = 8

    @property
    def rolls(self) -> int:
        """A day's rolls."""
        return self.schools * (self.teachers + len(OTHERS) * self.in_others)


def make(engine: Engine, shape: Shape) -> None:
    """Writes it; every roll of the day, and of the next one, is expected and not taken."""
    rows = _Rows()
    for number in range(shape.schools):
        _school(rows, shape, number)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # no FK checks
        for table, some in rows.of.items():
            load(connection, table, (_in_order(table, row) for row in some))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


class _Rows:
    def __init__(self) -> None:
        order = (School, SchoolSync, Staff, Device, Section, Teaching, PushSubscription, RollRow)
        self.of: dict[Table, list[dict[str, Any]]] = {table_of(one): [] for one in order}

    def add(self, model: Any, **row: Any) -> None:
        self.of[table_of(model)].append(row)


def _in_order(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(column.name, _usual(column)) for column in table.columns)


def _usual(column: Column[Any]) -> Any:
    """What the models say where nothing is said."""
    default = column.default
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


def _school(rows: _Rows, shape: Shape, number: int) -> None:
    school_id = uuid4()
    rows.add(
        School,
        school_id=school_id,
        sourced_id=f"s{number}",
        name=f"School {number}",
        zone="America/Los_Angeles",
        active=True,
        calendar_seq=0,
    )
    rows.add(SchoolSync, school_id=school_id, epoch="e", seq=0)
    for place in range(3):
        role = "administrator" if place == 0 else "office"
        _staff(rows, school_id, f"{number}.o{place}", role, reminded=True)
    for place in range(shape.teachers):
        reminded = place % 10 < shape.reminded
        staff_id = _staff(rows, school_id, f"{number}.{place}", "teacher", reminded=reminded)
        periods = [0, *(OTHERS if place < shape.in_others else ())]
        for period in periods:
            _section(rows, school_id, staff_id, period)


def _staff(rows: _Rows, school_id: UUID, name: str, role: str, *, reminded: bool) -> UUID:
    staff_id, device_id = uuid4(), uuid4()
    rows.add(
        Staff,
        school_id=school_id,
        staff_id=staff_id,
        sourced_id=name,
        given_name="Bench",
        family_name=name,
        display_name=f"B. {name}",
        username=name,
        role=role,
        active=True,
    )
    rows.add(
        Device,
        school_id=school_id,
        device_id=device_id,
        first_seen_at=LONG_AGO,
        last_seen_at=LONG_AGO,
    )
    if reminded:
        rows.add(
            PushSubscription,
            school_id=school_id,
            subscription_id=uuid4(),
            staff_id=staff_id,
            device_id=device_id,
            endpoint=f"https://push.example/{staff_id}",
            p256dh=b"4" * 65,
            auth=b"a" * 16,
            key_id=uuid4(),
            created_at=LONG_AGO,
            failures=0,
        )
    return staff_id


def _section(rows: _Rows, school_id: UUID, staff_id: UUID, period: int) -> None:
    section_id = uuid4()
    named = {"school_id": school_id, "section_id": section_id}
    rows.add(
        Section,
        **named,
        sourced_id=str(section_id),
        title="A section",
        kind="scheduled",
        active=True,
        roster_rev=1,
        seq=0,
    )
    rows.add(
        Teaching,
        **named,
        assignment_id=uuid4(),
        sourced_id=str(section_id),
        staff_id=staff_id,
        role="primary",
        active=True,
    )
    for day in (0, 1):
        rows.add(RollRow, **named, **_roll(school_id, section_id, period, day))


def _roll(school_id: UUID, section_id: UUID, period: int, day: int) -> dict[str, Any]:
    on = ON + timedelta(days=day)
    bell = FIRST_BELL + timedelta(days=day, hours=period)
    return {
        "roll_id": roll_id(school_id, section_id, on, str(period + 1)),
        "school_date": on,
        "period": str(period + 1),
        "period_name": f"Period {period + 1}",
        "starts_at": bell,
        "ends_at": bell + timedelta(minutes=50),
        "opens_at": bell - timedelta(minutes=5),
        "due_at": bell + timedelta(minutes=15),
        "check_at": bell + timedelta(minutes=30),
        "closes_at": FIRST_BELL + timedelta(days=day, hours=9),
        "remind_at": bell + timedelta(minutes=10),
        "grace_min": 0,
        "expected": True,
        "state": "not_taken",
        "revision": 0,
        "next_day": False,
        "countersign": False,
        "contested": 0,
        "safety": 0,
        "seq": 0,
    }
