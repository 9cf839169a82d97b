"""Changes a school's timetable, in one transaction with the rolls that it moves, or only shows it.

A preview does everything and keeps nothing: it says what the change says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from server.access import Viewer
from server.db import school_turn
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
from server.services.horizon import today_at
from server.services.lay_out import LaidOut, lay_out
from server.services.places import number_calendar, number_timetable
from server.services.poke import poke
from server.services.rehear import hear_again
from server.services.show_timetable import REVISION
from server.services.timetable_desk import Desk, Done, Wrong

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
LOOK_AGAIN = "The timetable changed since you looked. Look again, then decide."


class OnlyLooked(Exception):
    """Ends the transaction of a preview without keeping anything."""


def change_timetable(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Carry out changes, all or none; what they move. Raises Problem `changed_meanwhile`,
    `not_possible`, `invalid` with the place of the change and its field."""
    told: dict[str, Any] = {}
    try:
        with school_turn(engine, viewer.school_id) as turn:
            desk = Desk(turn.connection, viewer, now, today_at(viewer.zone, now))
            _check_revision(turn.connection, viewer.school_id, body["revision"])
            done = _carry_out(desk, body["changes"])
            told = {"preview": body["preview"], **effects_of(_record(desk, done))}
            _keep(desk, body["preview"])
            told["revision"] = number_timetable(turn.connection, viewer.school_id)
            told["undo"] = [change for one in reversed(done) for change in one.undo]
    except OnlyLooked:
        return {**told, "revision": body["revision"], "undo": []}
    hear_again(engine, viewer.school_id, now=now)
    poke(viewer.school_id)
    return told


def _keep(desk: Desk, preview: bool) -> None:
    """A preview ends here."""
    if preview:
        raise OnlyLooked(desk.school_id)


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


def _record(desk: Desk, done: Sequence[Done]) -> LaidOut:
    """Notes every change, and lays out the dates that they touch."""
    for one in done:
        act = Act(one.act, desk.viewer.staff_id, one.subject, one.facts)
        note_act(desk.connection, desk.school_id, act, desk.now)
    if any(one.calendar for one in done):
        number_calendar(desk.connection, desk.school_id)
    dates = {on for one in done for on in one.dates}
    if not dates:
        return LaidOut()
    return lay_out(desk.connection, desk.school_id, desk.now, dates=dates)
