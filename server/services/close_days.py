"""Closes days and months and opens them again: acts of the log on each roll (C11, C12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, bindparam, insert

from schemas.words import CloseAct, ClosedSpan
from server.access import Viewer
from server.db import Turn, reading, school_turn
from server.models import Closing
from server.problems import Problem
from server.services.closed_days import DAYS, is_closed, last_of, load_last_acts
from server.services.enter_act import Deed, enter_acts
from server.services.facts import load_prior
from server.services.horizon import load_rosters, today_at
from server.services.known import Roll, open_roll
from server.services.month_sums import month_sums
from server.services.poke import poke
from server.services.receive import receive
from server.services.rolls import ROLL_COLUMNS, rolls
from sync.certify import Act
from sync.model import RollState
from sync.sentence import say

CLOSED = "The day is closed."
REOPENED = "The day is opened again: "
NOT_OVER = {
    ClosedSpan.DAY: say("This day is not over yet: its rolls may still come."),
    ClosedSpan.MONTH: say("This month is not over yet."),
}
NO_REASON = say("Say why it is opened again.")
NOT_CLOSED = say("This month was not closed. Its days are opened one by one.")
NO_DAY = say("No roll was expected on this day: there is nothing to close.")
OF_DAY = (
    rolls()
    .where(ROLL_COLUMNS.expected, ROLL_COLUMNS.school_date == bindparam("on"))
    .order_by(ROLL_COLUMNS.roll_id)
)


def close_span(engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> None:
    """Close or reopen. A month is closed day by day, a turn each, so that nobody waits long; what
    was closed stays so if the rest fails. Raises Problem `not_possible`."""
    span, act = ClosedSpan(body["span"]), CloseAct(body["act"])
    first_on: date = body["first_on"]
    why: str | None = body.get("why")
    days = [first_on]
    if span is ClosedSpan.MONTH:
        first_on = first_on.replace(day=1)
        days = _days(engine, viewer, first_on)
        if act is CloseAct.REOPEN and not _was_closed(engine, viewer, first_on):
            raise Problem("not_possible", NOT_CLOSED)
    last_on = last_of(first_on) if span is ClosedSpan.MONTH else first_on
    if act is CloseAct.CLOSE and last_on >= today_at(viewer.zone, now):
        raise Problem("not_possible", NOT_OVER[span])
    if act is CloseAct.REOPEN and not why:
        raise Problem("not_possible", NO_REASON)
    if not days:
        raise Problem("not_possible", NO_DAY)
    for on in days:
        _turn_day(engine, viewer, act, on, why, now)
    if span is ClosedSpan.MONTH:
        _turn_month(engine, viewer, act, first_on, why, now)
    poke(viewer.school_id)


def _days(engine: Engine, viewer: Viewer, month_on: date) -> list[date]:
    asked = {"school_id": viewer.school_id, "from_on": month_on, "to_on": last_of(month_on)}
    with reading(engine) as connection:
        return [row.school_date for row in connection.execute(DAYS, asked)]


def _was_closed(engine: Engine, viewer: Viewer, month_on: date) -> bool:
    with reading(engine) as connection:
        stand = load_last_acts(connection, viewer.school_id, month_on, month_on)
    return (ClosedSpan.MONTH.value, month_on) in stand


def _turn_day(
    engine: Engine, viewer: Viewer, act: CloseAct, on: date, why: str | None, now: datetime
) -> None:
    """One day, unless it stands already as it is asked for; a closed month is open again with any
    of its days."""
    with school_turn(engine, viewer.school_id) as turn:
        first, last = on.replace(day=1), last_of(on)
        stand = load_last_acts(turn.connection, viewer.school_id, first, last)
        if is_closed(stand, ClosedSpan.DAY, on) == (act is CloseAct.CLOSE):
            return
        day = turn.connection.execute(OF_DAY, {"school_id": viewer.school_id, "on": on}).all()
        if not day:
            raise Problem("not_possible", NO_DAY)
        at = receive(turn, now)
        count = _enter(turn, viewer, act, list(day), why, at)
        _keep(turn, viewer, ClosedSpan.DAY, act, on, why, at, count)
        if act is CloseAct.REOPEN and is_closed(stand, ClosedSpan.MONTH, first):
            _keep(turn, viewer, ClosedSpan.MONTH, act, first, why, at, 0)


def _turn_month(
    engine: Engine, viewer: Viewer, act: CloseAct, first_on: date, why: str | None, now: datetime
) -> None:
    """The month itself, after its days; it is open already where one of them was opened."""
    closing = act is CloseAct.CLOSE
    with school_turn(engine, viewer.school_id) as turn:
        stand = load_last_acts(turn.connection, viewer.school_id, first_on, last_of(first_on))
        if is_closed(stand, ClosedSpan.MONTH, first_on) == closing:
            return
        sums = month_sums(turn.connection, viewer.school_id, first_on) if closing else None
        at = receive(turn, now)
        _keep(turn, viewer, ClosedSpan.MONTH, act, first_on, why, at, 0, sums)


def _enter(
    turn: Turn, viewer: Viewer, act: CloseAct, rows: Sequence[Any], why: str | None, at: datetime
) -> int:
    """Lock what is not locked, or reopen what the closing locked; how many."""
    opened = _open(turn, viewer, rows)
    if act is CloseAct.CLOSE:
        due = [one for one in opened if one.state != RollState.LOCKED]
        deeds = [(one, _deed(one, viewer, Act.LOCK, CLOSED)) for one in due]
    else:
        closed = _locked_by_closing(turn, rows)
        due = [one for one in opened if one.roll_id in closed]
        deeds = [(one, _deed(one, viewer, Act.REOPEN, f"{REOPENED}{why}")) for one in due]
    if deeds:
        enter_acts(turn, deeds, at)
    return len(deeds)


def _open(turn: Turn, viewer: Viewer, rows: Sequence[Any]) -> list[Roll]:
    rosters = load_rosters(turn.connection, turn.school_id, rows)
    prior = load_prior(turn.connection, turn.school_id, [row.roll_id for row in rows])
    return [
        open_roll(
            turn.connection,
            turn.school_id,
            row,
            rosters[row.section_id],
            prior[row.roll_id],
            zone=viewer.zone,
        )
        for row in rows
    ]


def _deed(roll: Roll, viewer: Viewer, act: Act, why: str) -> Deed:
    return Deed(act, roll.revision, by=viewer.staff_id, device_id=viewer.device_id, why=why)


def _locked_by_closing(turn: Turn, rows: Sequence[Any]) -> set[Any]:
    """The rolls whose lock is that of a closing: both are of the same instant and person."""
    closings = {
        (row.at, row.by)
        for row in load_last_acts(
            turn.connection, turn.school_id, rows[0].school_date, rows[0].school_date
        ).values()
        if row.span == ClosedSpan.DAY
    }
    return {row.roll_id for row in rows if (row.locked_at, row.locked_by) in closings}


def _keep(
    turn: Turn,
    viewer: Viewer,
    span: ClosedSpan,
    act: CloseAct,
    first_on: date,
    why: str | None,
    at: datetime,
    count: int,
    sums: str | None = None,
) -> None:
    turn.connection.execute(
        insert(Closing).values(
            school_id=turn.school_id,
            closing_id=uuid4(),
            span=span.value,
            first_on=first_on,
            act=act.value,
            at=at,
            by=viewer.staff_id,
            why=why,
            rolls=count,
            seq=turn.next_seq(),
            sums=sums,
        )
    )
