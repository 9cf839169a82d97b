"""Day passes at the desk: issued for a named person and listed rolls, given a new code, withdrawn.

A pass gives no teaching assignment: its holder's word counts for the rolls that it lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from schemas.passes import PassState
from server.access import Viewer
from server.db import reading, school_turn, writing
from server.models import DayPass, Device, PassMeeting, Staff, table_of
from server.problems import Problem
from server.services.acts import Act, note_act
from server.services.add_staff import Guest, account_of_staff, add_guest
from server.services.codes import hash_code, new_code
from server.services.facts import IDS, SCHOOL, load_people, rows_of
from server.services.horizon import load_rosters, today_at
from server.services.receive import receive
from server.services.revoke import Leave, end_leave
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, rolls
from server.services.rosters import covers
from sync.sentence import say

AFTER_THE_LAST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)

_pass, _listed = table_of(DayPass).c, table_of(PassMeeting).c
_staff, _device = table_of(Staff).c, table_of(Device).c
PASSES = (
    select(table_of(DayPass), _staff.display_name, _device.label)
    .join_from(
        table_of(DayPass),
        table_of(Staff),
        (_staff.school_id == _pass.school_id) & (_staff.staff_id == _pass.staff_id),
    )
    .join(
        table_of(Device),
        (_device.school_id == _pass.school_id) & (_device.device_id == _pass.redeemed_on),
        isouter=True,
    )
    .where(_pass.school_id == SCHOOL)
    .order_by(_pass.issued_at, _pass.pass_id)
)
OF_DATE = PASSES.where(_pass.school_date == bindparam("on"))
ONE = PASSES.where(_pass.pass_id == bindparam("pass_id"))
LISTED = (
    select(_listed.pass_id, _listed.roll_id)
    .join_from(
        table_of(PassMeeting),
        ROLL_COLUMNS.roll_id.table,
        (ROLL_COLUMNS.school_id == _listed.school_id) & (ROLL_COLUMNS.roll_id == _listed.roll_id),
    )
    .where(_listed.school_id == SCHOOL, _listed.pass_id.in_(IDS))
    .order_by(ROLL_COLUMNS.starts_at, _listed.roll_id)
)
STAFF = (
    select(_staff.staff_id, _staff.display_name.label("name"), _staff.role)
    .where(_staff.school_id == SCHOOL, _staff.active)
    .order_by(_staff.display_name, _staff.staff_id)
)
ROLLS_OF_DATE = (
    rolls()
    .add_columns(SECTION_COLUMNS.title.label("section_title"))
    .where(ROLL_COLUMNS.school_date == bindparam("on"))
    .order_by(ROLL_COLUMNS.starts_at, SECTION_COLUMNS.title, ROLL_COLUMNS.roll_id)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The pass that somebody of the office wants: for one of the staff, or for a guest."""

    on: date
    roll_ids: Sequence[UUID]
    staff_id: UUID | None
    guest: Guest | None
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A pass with its code, which is stored nowhere."""

    told: Mapping[str, Any]
    code: str


def list_passes(engine: Engine, viewer: Viewer, on: date | None, now: datetime) -> dict[str, Any]:
    """The passes of a date (today's by default), the staff and the rolls to choose from."""
    on = on or today_at(viewer.zone, now)
    asked = {"school_id": viewer.school_id}
    with reading(engine) as connection:
        passes = connection.execute(OF_DATE, asked | {"on": on}).all()
        meetings = connection.execute(ROLLS_OF_DATE, asked | {"on": on}).all()
        expected = [row for row in meetings if row.expected]
        rosters = load_rosters(connection, viewer.school_id, expected)
        return {
            "on": on,
            "passes": _tell(connection, viewer.school_id, passes, now),
            "staff": connection.execute(STAFF, asked).all(),
            "rolls": [_choice(row, rosters[row.section_id]) for row in expected],
        }


def _choice(row: Any, roster: Any) -> dict[str, Any]:
    teachers = [one.name for one in roster.teachers if covers(one, row.school_date)]
    return {
        "roll_id": row.roll_id,
        "section_title": row.section_title,
        "period_name": row.period_name,
        "teacher_names": list(dict.fromkeys(teachers)),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
    }


def _tell(
    connection: Connection, school_id: UUID, passes: Sequence[Any], now: datetime
) -> list[dict[str, Any]]:
    listed = rows_of(connection, LISTED, school_id, [row.pass_id for row in passes])
    named = {one for row in passes for one in (row.issued_by, row.revoked_by) if one}
    people = load_people(connection, school_id, named)
    return [
        {
            "pass_id": row.pass_id,
            "on": row.school_date,
            "name": row.display_name,
            "staff_id": row.staff_id,
            "until_at": row.until_at,
            "roll_ids": [one.roll_id for one in listed if one.pass_id == row.pass_id],
            "issued_by": people[row.issued_by].by(),
            "issued_at": row.issued_at,
            "redeemed_at": row.redeemed_at,
            "device_label": row.label if row.redeemed_at else None,
            "revoked_at": row.revoked_at,
            "revoked_by": people[row.revoked_by].by() if row.revoked_by else None,
            "state": state_of(row, now),
        }
        for row in passes
    ]


def state_of(row: Any, now: datetime) -> PassState:
    """Where a pass stands."""
    if row.revoked_at is not None:
        return PassState.REVOKED
    if row.until_at <= now:
        return PassState.ENDED
    return PassState.OPEN if row.redeemed_at is None else PassState.IN_USE


def issue_pass(engine: Engine, viewer: Viewer, wanted: Wanted, now: datetime) -> Issued:
    """Issue a pass. Raises Problem `invalid` where it names no roll or person of the school."""
    code, pass_id = new_code(), uuid4()
    with writing(engine) as connection:
        until_at = _until(connection, viewer.school_id, wanted, now)
        staff_id = _holder(connection, viewer.school_id, wanted, now)
        connection.execute(
            insert(DayPass).values(
                school_id=viewer.school_id,
                pass_id=pass_id,
                staff_id=staff_id,
                on=wanted.on,
                code_hash=hash_code(code),
                until_at=until_at,
                issued_by=viewer.staff_id,
                issued_at=now,
            )
        )
        connection.execute(
            insert(PassMeeting),
            [
                {"school_id": viewer.school_id, "pass_id": pass_id, "roll_id": roll_id}
                for roll_id in dict.fromkeys(wanted.roll_ids)
            ],
        )
        facts = {"staff_id": staff_id, "rolls": list(wanted.roll_ids), "until_at": until_at}
        act = Act("pass_issued", viewer.staff_id, pass_id, facts)
        note_act(connection, viewer.school_id, act, now)
        return Issued(_one(connection, viewer.school_id, pass_id, now), code)


def _until(connection: Connection, school_id: UUID, wanted: Wanted, now: datetime) -> datetime:
    """When the pass ends, if its rolls are the school's, of its date, and not over already."""
    asked = {"school_id": school_id, "on": wanted.on}
    ends = {row.roll_id: row.ends_at for row in connection.execute(ROLLS_OF_DATE, asked)}
    if not ends.keys() >= set(wanted.roll_ids):
        raise _wrong("roll_ids", say("Not rolls of this school on that date."))
    last = max(ends[roll_id] for roll_id in wanted.roll_ids)
    until_at = wanted.until_at or last + AFTER_THE_LAST
    if until_at <= now:
        field = "until_at" if wanted.until_at else "roll_ids"
        raise _wrong(field, say("That is over already."))
    if until_at > last + LONGEST:
        raise _wrong("until_at", say("Too long after the last of the rolls."))
    return until_at


def _holder(connection: Connection, school_id: UUID, wanted: Wanted, now: datetime) -> UUID:
    if (wanted.staff_id is None) == (wanted.guest is None):
        raise _wrong("staff_id", say("Name somebody of the staff, or a given and a family name."))
    if wanted.guest is not None:
        return add_guest(connection, school_id, wanted.guest, now)
    assert wanted.staff_id is not None, "one of the two is given"
    if account_of_staff(connection, school_id, wanted.staff_id, now) is None:
        raise _wrong("staff_id", say("Nobody at this school."))
    return wanted.staff_id


def _wrong(field: str, said: str) -> Problem:
    return Problem("invalid", errors={field: [said]})


def renew_code(engine: Engine, viewer: Viewer, pass_id: UUID, now: datetime) -> Issued:
    """A new code for the same pass; the old one is none any more. Whoever uses the new one on
    another device takes the pass there. Raises Problem: not_found, pass_ended."""
    code = new_code()
    with school_turn(engine, viewer.school_id) as turn:
        row = _lock(turn.connection, viewer.school_id, pass_id)
        if state_of(row, now) in {PassState.REVOKED, PassState.ENDED}:
            raise Problem("pass_ended")
        _change(turn.connection, row, code_hash=hash_code(code), redeemed_at=None)
        note_act(turn.connection, viewer.school_id, Act("pass_code", viewer.staff_id, pass_id), now)
        return Issued(_one(turn.connection, viewer.school_id, pass_id, now), code)


def revoke_pass(engine: Engine, viewer: Viewer, pass_id: UUID, now: datetime) -> dict[str, Any]:
    """Withdraw a pass, once. Raises Problem `not_found`."""
    with school_turn(engine, viewer.school_id) as turn:
        row = _lock(turn.connection, viewer.school_id, pass_id)
        if row.revoked_at is None:
            at = receive(turn, now)
            end_leave(turn.connection, Leave(viewer.school_id, pass_id=pass_id), at)
            _change(turn.connection, row, revoked_at=at, revoked_by=viewer.staff_id)
            act = Act("pass_revoked", viewer.staff_id, pass_id)
            note_act(turn.connection, viewer.school_id, act, now)
        return _one(turn.connection, viewer.school_id, pass_id, now)


def _lock(connection: Connection, school_id: UUID, pass_id: UUID) -> Any:
    row = connection.execute(
        select(table_of(DayPass))
        .where(_pass.school_id == school_id, _pass.pass_id == pass_id)
        .with_for_update()
    ).first()
    if row is None:
        raise Problem("not_found")
    return row


def _change(connection: Connection, row: Any, **values: Any) -> None:
    connection.execute(
        update(DayPass)
        .where(_pass.school_id == row.school_id, _pass.pass_id == row.pass_id)
        .values(**values)
    )


def _one(connection: Connection, school_id: UUID, pass_id: UUID, now: datetime) -> dict[str, Any]:
    rows = connection.execute(ONE, {"school_id": school_id, "pass_id": pass_id}).all()
    return _tell(connection, school_id, rows, now)[0]
