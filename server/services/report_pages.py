"""The audit and the months on paper: what is printed, and the digest of the same file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from schemas.words import AuditKind
from server.access import Viewer
from server.db import reading
from server.paper import Column, Report
from server.services.attendance_tables import exactly, in_percent, months_table, rounded
from server.services.audit_tables import HIDDEN, NOT_TAKEN, audit_table
from server.services.facts import load_people
from server.spreadsheet import Table, as_csv, local_time

DONE = {
    AuditKind.ENTERED: "Entered",
    AuditKind.CHANGED: "Changed",
    AuditKind.RULED: "Ruled",
    AuditKind.CERTIFY: "Certified",
    AuditKind.LOCK: "Locked",
    AuditKind.REOPEN: "Opened again",
}
FACTS = {
    "presence": "the mark",
    "arrived_at": "the arrival",
    "left_at": "the departure",
    "reason": "the reason",
    "excused": "the excuse",
    "evidence": "the evidence",
}
ENTRIES = (
    Column("Roll", 40),
    Column("Teachers", 30),
    Column("What was done", 92),
    Column("By whom", 44),
    Column("Taken", 30),
    Column("Received", 32),
)
MONTHS = (
    Column("Month", 34),
    *(
        Column(title, 18, numbers=True)
        for title in (
            "Days taught", "Student days", "Attended", "Share, percent", "Excused", "Not excused",
            "Waiting for a reason", "Suspended", "Study not completed", "Without any roll",
        )
    ),
    Column("ADA", 18, numbers=True),
    Column("ADA, exactly", 26, numbers=True),
)  # fmt: skip


def audit_pages(engine: Engine, viewer: Viewer, told: Mapping[str, Any], now: datetime) -> Report:
    """Entries and changes on paper."""
    about = f"{told['about']}, {_span(told)}" if told["about"] else _span(told)
    rows = (row for roll in told["rolls"] for row in _entries(roll, viewer.zone))
    asked = _asked(engine, viewer, now)
    return _report("Entries and changes", viewer, about, asked, audit_table(told), ENTRIES, rows)


def month_pages(engine: Engine, viewer: Viewer, told: Mapping[str, Any], now: datetime) -> Report:
    """The summary of the months on paper."""
    lines = [(f"{one['month_on']:%B %Y}", one) for one in told["months"]]
    rows = (_month(name, one) for name, one in [*lines, ("All together", told)])
    asked = _asked(engine, viewer, now)
    table = months_table(told)
    return _report("Attendance by month", viewer, _span(told), asked, table, MONTHS, rows)


def _report(
    title: str,
    viewer: Viewer,
    about: str,
    asked: tuple[str, str],
    table: Table,
    columns: tuple[Column, ...],
    rows: Iterator[tuple[Any, ...]],
) -> Report:
    digest = hashlib.sha256(as_csv(table)).hexdigest()
    return Report(title, viewer.school_name, viewer.zone, about, *asked, digest, columns, rows)


def _asked(engine: Engine, viewer: Viewer, now: datetime) -> tuple[str, str]:
    """By whom, and when by the school's clock."""
    with reading(engine) as connection:
        people = load_people(connection, viewer.school_id, {viewer.staff_id})
    return people[viewer.staff_id].name, str(local_time(now, viewer.zone))


def _span(told: Mapping[str, Any]) -> str:
    first, last = _day(told["from"]), _day(told["to"])
    return first if first == last else f"{first} to {last}"


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


def _entries(roll: Mapping[str, Any], zone: str) -> Iterator[tuple[Any, ...]]:
    """A line for each thing that was done; the roll is named on each, so that any page reads."""
    name = f"{_day(roll['on'])}, {roll['period_name']}, {roll['section_title']}"
    teachers = ", ".join(roll["teacher_names"])
    if not roll["taken"]:
        yield name, teachers, NOT_TAKEN.capitalize(), None, None, None
    for line in roll["lines"]:
        later = ", a later day" if line["later_day"] else ""
        yield (
            name, teachers, _done(line), _by(line["by"]), local_time(line["taken_at"], zone),
            f"{local_time(line['received_at'], zone)}{later}",
        )  # fmt: skip


def _done(line: Mapping[str, Any]) -> str:
    what = DONE[line["kind"]]
    if line["fact"]:
        old, new = (HIDDEN, HIDDEN) if line["hidden"] else (line["old"], line["new"])
        told = f"from {old or 'nothing'} to {new or 'nothing'}"
        what = f"{what} {FACTS[line['fact']]} of {line['student_name']} {told}"
    else:
        what = f"{what} the roll"
    counts = ", ".join(f"{count} {name}" for name, count in line["summary"].items())
    what = f"{what}: {counts}" if counts else what
    return f"{what}. Why: {line['why']}" if line["why"] else what


def _by(person: Mapping[str, Any] | None) -> str:
    if person is None:
        return "By the school's deadlines"
    return f"{person['name']}, employee {person['employee_id']}, {person['role']}"


def _month(name: str, sums: Mapping[str, Any]) -> tuple[Any, ...]:
    days = sums["days"]
    return (
        name, sums["days_taught"], days["expected"], days["attended"], in_percent(sums["rate"]),
        days["excused"], days["unexcused"], days["pending"], days["suspension"],
        days["study_incomplete"], days["undetermined"], rounded(sums["ada"]),
        exactly(sums["ada"]),
    )  # fmt: skip
