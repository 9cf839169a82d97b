"""Changes a school's timetable, in one transaction with the rolls that it moves, or only shows it.

A preview does everything and keeps nothing: it says what the change says.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from server.access import Viewer
from server.db import school_turn, writing
from server.problems import Problem
from server.services.acts import Act, note_act
from server.services.change_calendar import change_day, change_schedule, remove_day
from server.services.change_deadlines import end_policy, set_policy
from server.services.change_exemptions import (
    add_exemption,
    add_leave,
    end_exemption,
    end_leave,
)
from server.services.effects import effects_of
from server.services.follow_notices import follow_notices
from server.services.horizon import today_at
from server.services.lay_out import LaidOut, Only, lay_out
from server.services.places import number_calendar, number_timetable
from server.services.poke import poke
from server.services.rehear import hear_again
from server.services.show_timetable import REVISION
from server.services.timetable_desk import Desk, Done, Wrong
from sync.band import EVERYBODY
from sync.policy import EVERY_PERIOD
from sync.sentence import say

HOW: Mapping[str, Callable[[Desk, Mapping[str, Any]], Done]] = {
    "day": change_day,
    "remove_day": remove_day,
    "schedule": change_schedule,
    "policy": set_policy,
    "end_policy": end_policy,
    "exemption": add_exemption,
    "end_exemption": end_exemption,
    "leave": add_leave,
    "end_leave": end_leave,
}
LOOK_AGAIN = say("The timetable changed since you looked. Look again, then decide.")


class OnlyLooked(Exception):
    """Ends the transaction of a preview without keeping anything."""


def change_timetable(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Carry out changes, all or none, or see what they would move. Raises Problem
    `changed_meanwhile`, `not_possible`, `invalid` with the place of the change and its field."""
    carry_out = _preview if body["preview"] else _change
    return carry_out(engine, viewer, body, now)


def _preview(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What a change would say. It neither takes the school's lock nor writes a roll, so that rolls
    come in meanwhile; on SQLite they wait."""
    told: dict[str, Any] = {"preview": True, "revision": body["revision"], "undo": []}
    with contextlib.suppress(OnlyLooked), writing(engine) as connection:
        desk = Desk(connection, viewer, now, today_at(viewer.zone, now))
        _check_revision(connection, viewer.school_id, body["revision"])
        told |= effects_of(_lay_out(desk, _carry_out(desk, body["changes"]), dry=True))
        raise OnlyLooked
    return told


def _change(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    with school_turn(engine, viewer.school_id) as turn:
        desk = Desk(turn.connection, viewer, now, today_at(viewer.zone, now))
        _check_revision(turn.connection, viewer.school_id, body["revision"])
        done = _carry_out(desk, body["changes"])
        _note(desk, done)
        told = {
            "preview": False,
            "undo": [change for one in reversed(done) for change in one.undo],
            **effects_of(_lay_out(desk, done)),
            "revision": number_timetable(turn.connection, viewer.school_id),
        }
    hear_again(engine, viewer.school_id, now=now)
    follow_notices(engine, viewer.school_id, now)
    poke(viewer.school_id)
    return told


def _check_revision(connection: Connection, school_id: UUID, named: int) -> None:
    revision = connection.execute(REVISION, {"school_id": school_id}).scalar_one()
    if named != revision:
        raise Problem("changed_meanwhile", LOOK_AGAIN, more={"revision": revision})


def _carry_out(desk: Desk, changes: Sequence[Mapping[str, Any]]) -> list[Done]:
    """Every change in turn. Raises Problem `invalid` that names all that were wrong."""
    done: list[Done] = []
    wrong: dict[str, dict[str, list[str]]] = {}
    for place, change in enumerate(changes):
        try:
            done.append(HOW[change["type"]](desk, change))
        except Wrong as fault:
            wrong[str(place)] = {fault.field: [fault.said]}
    if wrong:
        raise Problem("invalid", errors={"changes": wrong})
    return done


def _note(desk: Desk, done: Sequence[Done]) -> None:
    """Notes every change with who made it; a calendar that changed gets a new place."""
    for one in done:
        act = Act(one.act, desk.viewer.staff_id, one.subject, one.facts)
        note_act(desk.connection, desk.school_id, act, desk.now)
    if any(one.calendar for one in done):
        number_calendar(desk.connection, desk.school_id)


def _lay_out(desk: Desk, done: Sequence[Done], *, dry: bool = False) -> LaidOut:
    """Lays out the rolls that changes touch."""
    touched = [one.touches for one in done if one.touches is not None]
    if not touched:
        return LaidOut()
    dates = frozenset(on for one in touched for on in one.dates)
    grades, periods = ({getattr(one, name) for one in touched} for name in ("grades", "period"))
    only = Only(
        dates,
        grades.pop() if len(grades) == 1 else EVERYBODY,
        periods.pop() if len(periods) == 1 else EVERY_PERIOD,
    )
    return lay_out(desk.connection, desk.school_id, desk.now, only=only, dry=dry)
