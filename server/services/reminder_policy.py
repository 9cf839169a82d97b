"""Shows how a school reminds, and changes it from now on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from server.access import WIDE, Viewer
from server.db import reading, writing
from server.models import ReminderPolicy, RollRow, Staff, table_of
from server.problems import Problem
from server.services.acts import Act, note_act
from server.services.facts import SCHOOL, load_people
from server.services.ladder import load_reminding, make_ladder
from server.services.tick import ticked_at
from sync.remind import Ladder, Step, To, next_at
from sync.sentence import say

_policy, _roll, _staff = table_of(ReminderPolicy), table_of(RollRow).c, table_of(Staff).c
STAFF = (
    select(_staff.staff_id, _staff.display_name.label("name"), _staff.role)
    .where(_staff.school_id == SCHOOL, _staff.active, _staff.role.in_(sorted(WIDE)))
    .order_by(_staff.display_name, _staff.staff_id)
)
OPEN = (
    _roll.school_id == bindparam("of_school"),
    _roll.state == "not_taken",
    _roll.expected,
    _roll.closes_at > bindparam("now"),
)
DEADLINES = select(_roll.due_at).where(*OPEN).distinct()
AGAIN = (
    update(table_of(RollRow))
    .where(*OPEN, _roll.due_at == bindparam("of_due"))
    .values(remind_at=bindparam("to_at"))
)


def show_reminder_policy(engine: Engine, viewer: Viewer, *, mails: bool) -> dict[str, Any]:
    """How the school reminds, and who may be on its lists."""
    with reading(engine) as connection:
        return _told(connection, viewer.school_id, mails=mails)


def change_reminder_policy(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime, *, mails: bool
) -> dict[str, Any]:
    """Remind otherwise from now on. Raises Problem `invalid`, `changed_meanwhile`."""
    with writing(engine) as connection:
        known = load_reminding(connection, viewer.school_id)
        if known.set_at != body["seen"]:
            raise Problem("changed_meanwhile", say("Somebody else changed how the school reminds."))
        _check(body, connection.execute(STAFF, {"school_id": viewer.school_id}).all())
        row = _row(body)
        _keep(connection, viewer, row, now)
        steps = [Step(one["after_min"], To(one["to"])) for one in body["steps"]]
        zone = ZoneInfo(viewer.zone)
        ladder = make_ladder(steps, row["quiet_from_time"], row["quiet_to_time"], zone)
        if ladder != known.ladder:
            _set_rolls(connection, viewer.school_id, ladder, now)
        return _told(connection, viewer.school_id, mails=mails)


def _told(connection: Connection, school_id: UUID, *, mails: bool) -> dict[str, Any]:
    known = load_reminding(connection, school_id)
    people = load_people(connection, school_id, [known.set_by] if known.set_by else [])
    quiet = known.ladder.quiet
    return {
        "steps": [{"after_min": one.after_min, "to": one.to} for one in known.ladder.steps],
        "quiet_from_time": quiet and f"{quiet.from_time:%H:%M}",
        "quiet_to_time": quiet and f"{quiet.to_time:%H:%M}",
        "office_staff": known.office,
        "administrators": known.administrators,
        "digest_time": known.digest_time and f"{known.digest_time:%H:%M}",
        "set_by": people[known.set_by].by() if known.set_by else None,
        "set_at": known.set_at,
        "staff": connection.execute(STAFF, {"school_id": school_id}).all(),
        "mails": mails,
        "ticked_at": ticked_at(connection),
    }


def _check(body: Mapping[str, Any], staff: Sequence[Any]) -> None:
    errors: dict[str, list[str]] = {}
    rungs = [(one["after_min"], one["to"]) for one in body["steps"]]
    if len(rungs) != len(set(rungs)):
        errors["steps"] = [say("The same people are told twice at the same minute.")]
    elif any(after < 0 and to != To.TEACHERS for after, to in rungs):
        errors["steps"] = [
            say("Before the deadline only teachers are reminded: nothing is missing.")
        ]
    begins, ends = body["quiet_from_time"], body["quiet_to_time"]
    if (begins is None) != (ends is None):
        errors["quiet_to_time" if ends is None else "quiet_from_time"] = [
            say("Quiet hours have a beginning and an end. Give both, or neither.")
        ]
    elif begins is not None and begins == ends:
        errors["quiet_to_time"] = [say("These quiet hours would never end.")]
    known = {one.staff_id: one.role for one in staff}
    for name in ("office_staff", "administrators"):
        if not known.keys() >= set(body[name]):
            errors[name] = [say("Name people of the office or administrators of this school.")]
    if errors:
        raise Problem("invalid", errors=errors)


def _row(body: Mapping[str, Any]) -> dict[str, Any]:
    rungs = [{"after_min": one["after_min"], "to": one["to"]} for one in body["steps"]]
    return {
        "steps": json.dumps(sorted(rungs, key=lambda one: (one["after_min"], one["to"]))),
        "quiet_from_time": body["quiet_from_time"],
        "quiet_to_time": body["quiet_to_time"],
        "office_staff": _ids(body["office_staff"]),
        "administrators": _ids(body["administrators"]),
        "digest_time": body["digest_time"],
    }


def _ids(staff: Sequence[UUID]) -> str:
    return json.dumps([str(one) for one in dict.fromkeys(staff)])


def _keep(connection: Connection, viewer: Viewer, row: Mapping[str, Any], now: datetime) -> None:
    """In the old one's place; what it became is on the desk's list of acts."""
    connection.execute(delete(_policy).where(_policy.c.school_id == viewer.school_id))
    kept = {"school_id": viewer.school_id, **row, "set_by": viewer.staff_id, "set_at": now}
    connection.execute(insert(_policy), kept)
    note_act(connection, viewer.school_id, Act("reminder_policy", viewer.staff_id, None, row), now)


def _set_rolls(connection: Connection, school_id: UUID, ladder: Ladder, now: datetime) -> None:
    """Every missing roll waits for its next step by the new ladder (R2.4)."""
    asked = {"of_school": school_id, "now": now}
    due = connection.execute(DEADLINES, asked).scalars().all()
    moves = [asked | {"of_due": at, "to_at": next_at(ladder, at, now)} for at in due]
    if moves:
        connection.execute(AGAIN, moves)
