"""The audit and the months on paper: what is printed, and the digest of the same file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from schemas.words import AuditKind, Role
from server.access import Viewer
from server.db import reading
from server.paper import Column, Report
from server.services.attendance_tables import exactly, in_percent, months_table, rounded
from server.services.audit_tables import audit_table
from server.services.facts import load_people
from server.services.verdict_words import MARKS
from server.spreadsheet import Table, as_csv, local_time
from sync.phrases import date_of, month_of, row_of
from sync.sentence import say

DONE = {
    AuditKind.ENTERED: say("Entered the roll"),
    AuditKind.CHANGED: say("Changed the roll"),
    AuditKind.RULED: say("Ruled the roll"),
    AuditKind.CERTIFY: say("Certified the roll"),
    AuditKind.LOCK: say("Locked the roll"),
    AuditKind.REOPEN: say("Opened again the roll"),
}
CHANGED = say("Changed {fact} of {student} from {old} to {new}")
RULED = say("Ruled {fact} of {student} from {old} to {new}")
SECRET = say("confidential")
TITLE = say("Entries and changes")
ROLES = {
    Role.TEACHER: say("teacher"),
    Role.OFFICE: say("office"),
    Role.ADMINISTRATOR: say("administrator"),
    Role.SUBSTITUTE: say("substitute"),
}
FACTS = {
    "presence": say("the mark"),
    "arrived_at": say("the arrival"),
    "left_at": say("the departure"),
    "reason": say("the reason"),
    "excused": say("the excuse"),
    "evidence": say("the evidence"),
}
ENTRIES = (
    Column(say("Roll"), 40),
    Column(say("Teachers"), 30),
    Column(say("What was done"), 92),
    Column(say("By whom"), 44),
    Column(say("Taken"), 30),
    Column(say("Received"), 32),
)
MONTHS = (
    Column(say("Month"), 34),
    *(
        Column(title, 18, numbers=True)
        for title in (
            say("Days taught"), say("Student days"), say("Attended"), say("Share, percent"),
            say("Excused"), say("Not excused"), say("Waiting for a reason"), say("Suspended"),
            say("Study not completed"), say("Without any roll"),
        )
    ),
    Column(say("ADA"), 18, numbers=True),
    Column(say("ADA, exactly"), 26, numbers=True),
)  # fmt: skip

SESSIONS = (
    Column(say("Month"), 34),
    *(
        Column(title, 24, numbers=True)
        for title in (
            say("Days taught"), say("Sessions possible"), say("Sessions attended"),
            say("Share, percent"), say("Authorised"), say("Unauthorised"),
            say("Waiting for a reason"),
        )
    ),
    Column(say("Share, exactly"), 32, numbers=True),
)  # fmt: skip


def audit_pages(engine: Engine, viewer: Viewer, told: Mapping[str, Any], now: datetime) -> Report:
    """Entries and changes on paper."""
    about = _span(told)
    if told["about"]:
        about = say("{about}, {span}", about=told["about"], span=about)
    rows = (row for roll in told["rolls"] for row in _entries(roll, viewer.zone))
    asked = _asked(engine, viewer, now)
    return _report(TITLE, viewer, about, asked, audit_table(told), ENTRIES, rows)


def month_pages(engine: Engine, viewer: Viewer, told: Mapping[str, Any], now: datetime) -> Report:
    """The summary of the months on paper."""
    lines = [(month_of(one["month_on"]), one) for one in told["months"]]
    columns, row_for = (SESSIONS, _sessions) if told["sessions"] else (MONTHS, _month)
    rows = (row_for(name, one) for name, one in [*lines, (say("All together"), told)])
    asked = _asked(engine, viewer, now)
    table = months_table(told)
    return _report(say("Attendance by month"), viewer, _span(told), asked, table, columns, rows)


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
    first, last = date_of(told["from"]), date_of(told["to"])
    return first if first == last else say("{first} to {last}", first=first, last=last)


def _entries(roll: Mapping[str, Any], zone: str) -> Iterator[tuple[Any, ...]]:
    """A line for each thing that was done; the roll is named on each, so that any page reads."""
    name = row_of((date_of(roll["on"]), roll["period_name"], roll["section_title"]))
    teachers = ", ".join(roll["teacher_names"])
    if not roll["taken"]:
        yield name, teachers, say("Not taken"), None, None, None
    for line in roll["lines"]:
        received: Any = local_time(line["received_at"], zone)
        if line["later_day"]:
            received = say("{time}, a later day", time=received)
        yield (
            name, teachers, _done(line), _by(line["by"]), local_time(line["taken_at"], zone),
            received,
        )  # fmt: skip


def _done(line: Mapping[str, Any]) -> str:
    what: str = _changed(line) if line["fact"] else DONE[line["kind"]]
    if line["summary"]:
        counts = (
            say("{count} {mark}", count=count, mark=MARKS.get(name, name))
            for name, count in line["summary"].items()
        )
        what = say("{what}: {counts}", what=what, counts=row_of(counts))
    return say("{what}. Why: {why}", what=what, why=line["why"]) if line["why"] else what


def _changed(line: Mapping[str, Any]) -> str:
    said = RULED if line["kind"] is AuditKind.RULED else CHANGED
    old, new = (SECRET, SECRET) if line["hidden"] else (_value(line["old"]), _value(line["new"]))
    fact, student = FACTS[line["fact"]], line["student_name"]
    return said.format(fact=fact, student=student, old=old, new=new)


def _value(value: str | None) -> str:
    """A mark by its word; anything else as it is kept."""
    return MARKS.get(value, value) if value else say("nothing")


def _by(person: Mapping[str, Any] | None) -> str:
    if person is None:
        return say("By the school's deadlines")
    role = ROLES.get(person["role"], person["role"])
    told = {"name": person["name"], "employee": person["employee_id"], "role": role}
    return say("{name}, employee {employee}, {role}", **told)


def _month(name: str, sums: Mapping[str, Any]) -> tuple[Any, ...]:
    days = sums["days"]
    return (
        name, sums["days_taught"], days["expected"], days["attended"], in_percent(sums["rate"]),
        days["excused"], days["unexcused"], days["pending"], days["suspension"],
        days["study_incomplete"], days["undetermined"], rounded(sums["ada"]),
        exactly(sums["ada"]),
    )  # fmt: skip


def _sessions(name: str, sums: Mapping[str, Any]) -> tuple[Any, ...]:
    """The same where the school counts in mornings and afternoons (T10.2)."""
    of = sums["sessions"]
    return (
        name, sums["days_taught"], of["possible"], of["attended"], in_percent(sums["rate"]),
        of["authorised"], of["unauthorised"], of["pending"], exactly(sums["rate"]),
    )  # fmt: skip
