"""What does not fit together on a date, and what a person did about it (X)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, insert, select

from server.access import Viewer
from server.db import reading, writing
from server.models import FindingLine, table_of
from server.problems import Problem
from server.services.facts import SCHOOL, Person, load_people
from server.services.horizon import today_at
from server.services.noticed import LINES
from server.services.notices import OF_FILES
from server.services.quick_rolls import SHOWN, office_habits, said_of_habits
from server.services.seen_marks import seen_marks, taken_rolls
from server.services.visits import lines_of, names_of, school_facts, standing
from sync.finding import At, DeskTime, Evidence, Finding, Notice, Step
from sync.radar import contradictions
from sync.sentence import say

OPEN, SET_ASIDE = "open", "set_aside"
# Two lines of one instant still have an order.
A_MOMENT = timedelta(milliseconds=1)
NEEDS_WHY = say("Write why it is set aside: the reason is kept with your name.")
NO_FINDING = say("Nothing of that kind stands there. Look at the list again.")

_line = table_of(FindingLine).c
LINES_OF_DAY = (
    select(table_of(FindingLine))
    .where(_line.school_id == SCHOOL, _line.school_date == bindparam("on"))
    .order_by(_line.noted_at, _line.line_id)
)


def list_contradictions(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The findings of a date, today's when none is named."""
    on: date = query.get("on") or today_at(viewer.zone, now)
    with reading(engine) as connection:
        return {
            "server_time": now,
            "school": school_facts(viewer),
            "on": on,
            **_told(connection, viewer, on, now),
        }


def say_of_finding(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Note that somebody looked at a finding, set it aside or opened it again; the finding as it
    stands then. Raises Problem `invalid`."""
    if body["state"] == SET_ASIDE and not body["why"]:
        raise Problem("invalid", errors={"why": [NEEDS_WHY]})
    on = body["on"]
    with writing(engine) as connection:
        found = _of_key(_told(connection, viewer, on, now)["findings"], body["key"])
        if found is None:
            raise Problem("invalid", errors={"key": [NO_FINDING]})
        if (found["state"], found["why"]) == (body["state"], body["why"]):
            return found
        lines = _lines(connection, viewer.school_id, on)
        last = max((line.noted_at for line in lines), default=now)
        row = {
            "school_id": viewer.school_id,
            "line_id": body["line_id"],
            "key": body["key"],
            "school_date": on,
            "what": body["state"],
            "why": body["why"],
            "by": viewer.staff_id,
            "device_id": viewer.device_id,
            "noted_at": max(now, last + A_MOMENT),
        }
        connection.execute(insert(table_of(FindingLine)), row)
        return _of_key(_told(connection, viewer, on, now)["findings"], body["key"]) or found


def _of_key(told: Iterable[dict[str, Any]], key: str) -> dict[str, Any] | None:
    return next((one for one in told if one["key"] == key), None)


def _lines(connection: Connection, school_id: UUID, on: date) -> list[Any]:
    """What was said of the findings of a date, the last line last."""
    of_day = connection.execute(LINES_OF_DAY, {"school_id": school_id, "on": on})
    return [*of_day, *said_of_habits(connection, school_id, on)]


def _told(connection: Connection, viewer: Viewer, on: date, now: datetime) -> dict[str, Any]:
    rows = taken_rolls(connection, viewer.school_id, on)
    quick = office_habits(connection, viewer.school_id, on)
    found = [*find_on(connection, viewer.school_id, viewer.zone, rows, on, now), *quick.found]
    lines = _lines(connection, viewer.school_id, on)
    said = {line.key: line for line in lines if line.what != SHOWN}
    students = names_of(
        connection, viewer.school_id, (one for finding in found for one in finding.students)
    )
    staff = {row.submitted_by for row in rows if row.submitted_by}
    staff |= {line.by for line in said.values()} | {row.submitted_by for row in quick.rows.values()}
    people = load_people(connection, viewer.school_id, staff)
    teller = _Teller({row.roll_id: row for row in rows} | quick.rows, people, students, said)
    return {"rolls": len(rows), "findings": [teller.finding(one) for one in found]}


def find_on(
    connection: Connection, school_id: UUID, zone: str, rows: list[Any], on: date, now: datetime
) -> tuple[Finding, ...]:
    """The findings of a date by its rolls that were taken, the desks' lines and the notices."""
    marks = seen_marks(connection, school_id, on, rows)
    visits = standing(lines_of(connection, school_id, on))
    lines = [
        DeskTime(one.student_id, At(one.what), one.at, one.until_at, one.place) for one in visits
    ]
    running = now if on == today_at(zone, now) else None
    return contradictions(on, marks, lines, _notices(connection, school_id, on), running)


def _notices(connection: Connection, school_id: UUID, on: date) -> list[Notice]:
    """What the office was told, and what came with files; of a desk's own lines X3 to X5 speak."""
    asked = {"school_id": school_id, "from_on": on, "to_on": on}
    last = {line.notice_id: line for line in connection.execute(LINES, asked)}
    told = [
        Notice(line.student_id, period)
        for line in last.values()
        if line.from_on <= on <= line.to_on
        for period in (line.periods.split(",") if line.periods else [None])
    ]
    filed = connection.execute(OF_FILES, asked)
    return told + [Notice(one.student_id, one.period) for one in filed if one.active]


class _Teller:
    """Tells findings as the wire has them."""

    def __init__(
        self,
        rolls: Mapping[UUID, Any],
        people: Mapping[UUID, Person],
        students: Mapping[UUID, dict[str, Any]],
        said: Mapping[str, Any],
    ) -> None:
        """Take what findings name."""
        self._rolls, self._people = rolls, people
        self._students, self._said = students, said

    def finding(self, one: Finding) -> dict[str, Any]:
        """A finding with what somebody said of it last."""
        line = self._said.get(one.key)
        return {
            "key": one.key,
            "kind": one.kind,
            "urgent": one.urgent,
            "students": [self._students[student] for student in one.students],
            "periods": one.periods,
            "evidence": [self._fact(fact) for fact in one.evidence],
            "steps": [self._step(step) for step in one.steps],
            "state": line.what if line else OPEN,
            "by": self._by(line.by) if line else None,
            "said_at": line.noted_at if line else None,
            "why": line.why if line else None,
        }

    def _by(self, staff_id: UUID | None) -> dict[str, Any] | None:
        person = None if staff_id is None else self._people.get(staff_id)
        return None if person is None else person.by()

    def _fact(self, fact: Evidence) -> dict[str, Any]:
        roll = None if fact.roll_id is None else self._rolls.get(fact.roll_id)
        return {
            "at": fact.at,
            "roll_id": fact.roll_id,
            "period_name": roll and roll.period_name,
            "section_title": roll and roll.title,
            "presence": fact.presence,
            "by": self._by(fact.staff_id),
            "what": fact.what,
            "place": fact.place,
        }

    def _step(self, step: Step) -> dict[str, Any]:
        roll = None if step.roll_id is None else self._rolls.get(step.roll_id)
        return {
            "do": step.do,
            "roll_id": step.roll_id,
            "section_title": roll and roll.title,
            "who": self._by(roll.submitted_by) if roll else None,
            "at": step.at,
            "place": step.place,
        }
