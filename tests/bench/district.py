"""The schools that are measured: a school for each connection, its sections, rosters and rolls."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert

from server.models import (
    Account,
    Enrollment,
    RollRow,
    School,
    SchoolSync,
    Section,
    Staff,
    Student,
    Teaching,
)
from sync.identity import roll_id

if TYPE_CHECKING:
    from sqlalchemy import Engine

SECTIONS = 10
STUDENTS = 35
PASSWORD = "a bench signs in here"


@dataclass(frozen=True)
class BenchSchool:
    """One school with one teacher, who has every roll of it to take."""

    school_id: UUID
    username: str
    rolls: list[tuple[UUID, list[UUID]]]
    """Roll id and the students on it."""


def lay_out(engine: Engine, password_hash: str, schools: int, rolls: int) -> list[BenchSchool]:
    """Makes `schools` schools with `rolls` expected rolls each."""
    made = [_school(number, rolls) for number in range(schools)]
    with engine.begin() as connection:
        for table in (School, SchoolSync, Account, Staff, Section, Student, Enrollment, Teaching):
            rows = [row for _, tables in made for row in tables.get(table, [])]
            for row in rows:
                if table is Account:
                    row["password_hash"] = password_hash
            connection.execute(insert(table), rows)
        for _, tables in made:
            connection.execute(insert(RollRow), tables[RollRow])
    return [school for school, _ in made]


def _school(number: int, rolls: int) -> tuple[BenchSchool, dict[Any, list[dict[str, Any]]]]:
    school_id, staff_id, account_id = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    username = f"bench{number}"
    now = datetime.now(UTC).replace(microsecond=0)
    rows: dict[Any, list[dict[str, Any]]] = {
        School: [
            {
                "school_id": school_id,
                "sourced_id": username,
                "name": f"Bench School {number}",
                "zone": "America/Los_Angeles",
            }
        ],
        SchoolSync: [{"school_id": school_id, "epoch": str(uuid.uuid4()), "seq": 0}],
        Account: [{"account_id": account_id, "username": username, "created_at": now}],
        Staff: [_staff(school_id, staff_id, account_id, username)],
        Section: [],
        Student: [],
        Enrollment: [],
        Teaching: [],
        RollRow: [],
    }
    sections = [_section(rows, school_id, staff_id, n) for n in range(SECTIONS)]
    todo = []
    for place in range(rolls):
        section_id, students = sections[place % SECTIONS]
        on = date.today() - timedelta(days=1 + place // (SECTIONS * 7))  # noqa: DTZ011 - any past dates do
        period = str(1 + place // SECTIONS % 7)
        rows[RollRow].append(_roll(school_id, section_id, on, period))
        todo.append((rows[RollRow][-1]["roll_id"], students))
    return BenchSchool(school_id, username, todo), rows


def _staff(school_id: UUID, staff_id: UUID, account_id: UUID, username: str) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "staff_id": staff_id,
        "account_id": account_id,
        "sourced_id": username,
        "given_name": "Bench",
        "family_name": username,
        "display_name": f"B. {username}",
        "username": username,
        "role": "teacher",
    }


def _section(
    rows: dict[Any, list[dict[str, Any]]], school_id: UUID, staff_id: UUID, number: int
) -> tuple[UUID, list[UUID]]:
    section_id = uuid.uuid4()
    named = {"school_id": school_id, "section_id": section_id}
    rows[Section].append(
        {**named, "sourced_id": f"s{number}", "title": f"Section {number}", "kind": "scheduled"}
    )
    students = [uuid.uuid4() for _ in range(STUDENTS)]
    for place, student_id in enumerate(students):
        rows[Student].append(
            {
                "school_id": school_id,
                "student_id": student_id,
                "num": 1 + number * STUDENTS + place,
                "sourced_id": str(student_id),
                "given_name": f"Given {place}",
                "family_name": f"Family {number}",
            }
        )
        rows[Enrollment].append(
            {
                **named,
                "enrollment_id": uuid.uuid4(),
                "sourced_id": str(student_id),
                "student_id": student_id,
            }
        )
    rows[Teaching].append(
        {
            **named,
            "assignment_id": uuid.uuid4(),
            "sourced_id": f"t{number}",
            "staff_id": staff_id,
            "role": "primary",
        }
    )
    return section_id, students


def _roll(school_id: UUID, section_id: UUID, on: date, period: str) -> dict[str, Any]:
    bell = datetime(on.year, on.month, on.day, 15 + int(period), tzinfo=UTC)
    minutes = {"opens_at": -5, "starts_at": 0, "due_at": 15, "check_at": 30, "ends_at": 50}
    return {
        "school_id": school_id,
        "roll_id": roll_id(school_id, section_id, on, period),
        "section_id": section_id,
        "school_date": on,
        "period": period,
        "period_name": f"Period {period}",
        "closes_at": bell + timedelta(hours=9),
        **{name: bell + timedelta(minutes=after) for name, after in minutes.items()},
    }
