"""Rolls with everybody present in two seconds: shown to their teacher first (X8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Engine, bindparam, insert, select

from server.access import Viewer
from server.db import reading, writing
from server.models import FindingLine, OpEntry, RollRow, Section, table_of
from server.problems import Problem
from server.record import unpack_op
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from sync.admit import Outcome
from sync.finding import Audience, Finding, FindingKind
from sync.model import Kind, Presence
from sync.radar_quick import Taking, key_of, too_quick
from sync.sentence import say

SHOWN = "shown"
# Three weeks of rolls, with the longest holidays between them.
LOOK_BACK = timedelta(days=56)
# As long holds what the office said of one (X8.2).
SAID_FOR = timedelta(days=56)
NO_HABIT = say("Nothing of that kind stands there any more.")

_op, _roll = table_of(OpEntry).c, table_of(RollRow).c
_section, _line = table_of(Section).c, table_of(FindingLine).c
STAFF: BindParameter[Any] = bindparam("staff", expanding=True)
SUBMITTED = (
    select(
        _roll.roll_id,
        _roll.section_id,
        _roll.school_date,
        _roll.period,
        _roll.period_name,
        _section.title,
        _op.op_id,
        _op.author.label("submitted_by"),
        _op.taken_at,
        _op.payload,
    )
    .join_from(
        table_of(RollRow),
        table_of(OpEntry),
        (_op.school_id == _roll.school_id) & (_op.roll_id == _roll.roll_id),
    )
    .join(
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(
        _roll.school_id == SCHOOL,
        _roll.expected,
        _roll.school_date > bindparam("after"),
        _roll.school_date <= bindparam("on"),
        _op.kind == Kind.SUBMIT.value,
        _op.outcome == Outcome.ACCEPTED.value,
        _op.author.in_(STAFF),
    )
    .order_by(_op.taken_at, _op.op_id)
)
LINES = (
    select(table_of(FindingLine))
    .where(_line.school_id == SCHOOL, _line.key.startswith(f"{FindingKind.TOO_QUICK}|"))
    .order_by(_line.noted_at, _line.line_id)
)


@dataclass(slots=True)
class Quick:
    """Habits as they stand on a date, with the rolls that they rest on, and since when each was
    shown to its person, by key."""

    found: list[Finding] = field(default_factory=list)
    rows: dict[UUID, Any] = field(default_factory=dict)
    shown_on: Mapping[str, date] = field(default_factory=dict)


def own_habits(engine: Engine, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """One's own, as they stand today."""
    with reading(engine) as connection:
        return _told(_own(connection, viewer, now), now)


def note_shown(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Note that one was shown a habit, the first time alone; all of one's own as they stand then.
    Raises Problem `invalid`."""
    with writing(engine) as connection:
        quick = _own(connection, viewer, now)
        one = next((one for one in quick.found if one.key == body["key"]), None)
        if one is None:
            raise Problem("invalid", errors={"key": [NO_HABIT]})
        if one.key not in quick.shown_on:
            row = {
                "school_id": viewer.school_id,
                "line_id": body["line_id"],
                "key": one.key,
                "school_date": one.on,
                "what": SHOWN,
                "why": None,
                "by": viewer.staff_id,
                "device_id": viewer.device_id,
                "noted_at": now,
            }
            connection.execute(insert(table_of(FindingLine)), row)
        return _told(_own(connection, viewer, now), now)


def said_of_habits(connection: Connection, school_id: UUID, on: date) -> list[Any]:
    """What the office said of habits and what still holds on a date (X8.2), the last line last."""
    lines = connection.execute(LINES, {"school_id": school_id})
    return [one for one in lines if one.what != SHOWN and abs(one.school_date - on) < SAID_FOR]


def office_habits(connection: Connection, school_id: UUID, on: date) -> Quick:
    """Those of a date that the office is shown: the others are shown to their people first."""
    shown = _shown(connection, school_id)
    quick = _find(connection, school_id, on, {line.by for line in shown.values()}, shown)
    quick.found = [one for one in quick.found if one.audience is Audience.OFFICE and one.on == on]
    return quick


def _own(connection: Connection, viewer: Viewer, now: datetime) -> Quick:
    on, shown = today_at(viewer.zone, now), _shown(connection, viewer.school_id)
    return _find(connection, viewer.school_id, on, {viewer.staff_id}, shown)


def _shown(connection: Connection, school_id: UUID) -> dict[str, Any]:
    """The line by which each habit was first shown."""
    found: dict[str, Any] = {}
    for line in connection.execute(LINES, {"school_id": school_id}):
        if line.what == SHOWN:
            found.setdefault(line.key, line)
    return found


def _find(
    connection: Connection,
    school_id: UUID,
    on: date,
    staff: Collection[UUID],
    shown: Mapping[str, Any],
) -> Quick:
    if not staff:
        return Quick()
    asked = {"school_id": school_id, "after": on - LOOK_BACK, "on": on, "staff": sorted(staff)}
    rows: dict[UUID, Any] = {}
    for row in connection.execute(SUBMITTED, asked):
        rows.setdefault(row.roll_id, row)  # what took the roll (F11.2)
    found = [
        one
        for staff_id, own in _by_person(map(_taking, rows.values())).items()
        for one in too_quick(own, _told_on(own, staff_id, shown))
    ]
    dates = {key: line.school_date for key, line in shown.items()}
    return Quick(sorted(found, key=attrgetter("key")), rows, dates)


def _by_person(takings: Iterable[Taking]) -> dict[UUID, list[Taking]]:
    found: dict[UUID, list[Taking]] = {}
    for one in takings:
        found.setdefault(one.staff_id, []).append(one)
    return found


def _told_on(own: Iterable[Taking], staff_id: UUID, shown: Mapping[str, Any]) -> dict[UUID, date]:
    keys = {one.section_id: key_of(one.section_id, staff_id) for one in own}
    return {section: shown[key].school_date for section, key in keys.items() if key in shown}


def _taking(row: Any) -> Taking:
    """Whom a submission names, by num alone: nobody's name is needed."""
    op = unpack_op(row.payload, _Nums())
    took = op.get("took_ms")
    present = [one for one in op["marks"] if one.get("presence") == Presence.PRESENT]
    return Taking(
        roll_id=row.roll_id,
        section_id=row.section_id,
        staff_id=row.submitted_by,
        on=row.school_date,
        period=row.period,
        students=len(op["marks"]),
        present=len(present),
        taken_at=row.taken_at,
        took_s=took / 1000 if isinstance(took, int) else None,
    )


class _Nums(dict[int, str]):
    """Any student is as good as another here."""

    def __missing__(self, num: int) -> str:
        return str(num)


def _told(quick: Quick, now: datetime) -> dict[str, Any]:
    return {"server_time": now, "habits": [_habit(quick, one) for one in quick.found]}


def _habit(quick: Quick, one: Finding) -> dict[str, Any]:
    rolls = [quick.rows[fact.roll_id] for fact in one.evidence if fact.roll_id]
    return {
        "key": one.key,
        "section_id": rolls[-1].section_id,
        "section_title": rolls[-1].title,
        "rolls": len(rolls),
        "since_on": rolls[0].school_date,
        "on": one.on,
        "shown_on": quick.shown_on.get(one.key),
    }
