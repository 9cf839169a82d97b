"""Writes a line of the front desk, and rules what follows from all lines that stand (V)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select, update

from server.access import Viewer
from server.db import Turn, school_turn
from server.models import AbsenceNotice, DeskVisit, table_of
from server.problems import Problem
from server.services.desk_rulings import (
    WINDOW,
    Cause,
    Wish,
    meetings_of,
    renumber,
    rule_wishes,
    sender_of,
)
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from server.services.may_set import check_reason, student_of
from server.services.poke import poke
from server.services.receive import receive
from server.services.slip_keys import signer_of
from server.services.visits import (
    WITHDRAWN,
    desk_line,
    lines_of,
    standing,
    tell_visits,
)
from server.slips import Signer
from sync.codes import Role
from sync.excuse import Asked
from sync.finding import At
from sync.front_desk import DeskLine, DeskWord, Slot, desk_words, known_away
from sync.intervals import Interval
from sync.model import Presence
from sync.sentence import say

A_MOMENT = timedelta(minutes=1)
"""How far a desk's clock may be ahead of the server's."""
PRESENCE_OF = {At.ARRIVED: Presence.LATE, At.LEFT: Presence.LEFT_EARLY}
CHANGED = say("That line was changed meanwhile. Look at the list again.")
TO_COME = say("That time has not come yet.")
NO_DAY = say("No roll is expected of this student that day: nothing follows from the line.")
_visit, _notice = table_of(DeskVisit).c, table_of(AbsenceNotice).c


def note_visit(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Write a line and rule what follows; the line as it stands then. The same line sent again is
    written once. Raises Problem `invalid`, `not_possible`."""
    signer = signer_of(engine, viewer.school_id, now)
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        student = student_of(turn.connection, viewer.school_id, body["student_id"])
        row = _row(viewer, body, now)
        if not _is_known(turn.connection, viewer, row):
            _check(turn, viewer, student, row, now)
            turn.connection.execute(insert(table_of(DeskVisit)), row)
            _settle(turn, viewer, student, row, now)
        told = _told(turn.connection, viewer, row, signer)
    poke(viewer.school_id)
    return told


def withdraw_visit(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Take a line back, with what was ruled by it; the line as it stands then.

    Raises Problem `invalid`, `not_possible`.
    """
    signer = signer_of(engine, viewer.school_id, now)
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        before = _line_of(turn.connection, viewer.school_id, body["visit_id"])
        if before is None or before.what == WITHDRAWN:
            raise Problem("invalid", errors={"visit_id": [say("No line of this school's desks.")]})
        student = student_of(turn.connection, viewer.school_id, before.student_id)
        row = {
            **{name: getattr(before, name) for name in ("student_id", "school_date", "at")},
            **_signed(viewer, now),
            "visit_id": body["withdrawal_id"],
            "what": WITHDRAWN,
            "until_at": None,
            "place": before.place,
            "code": None,
            "incident": None,
            "discretion": None,
            "note": body["note"],
            "replaces": before.visit_id,
        }
        if not _is_known(turn.connection, viewer, row):
            _check_stands(turn.connection, viewer.school_id, row)
            turn.connection.execute(insert(table_of(DeskVisit)), row)
            _settle(turn, viewer, student, row, now)
        told = _told(turn.connection, viewer, row, signer)
    poke(viewer.school_id)
    return told


def _row(viewer: Viewer, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Times to the millisecond, as the record has them."""
    at, until = (_to_ms(one) for one in (body["at"] or now, body["until"]))
    assert at is not None, "now stands in"
    return {
        **_signed(viewer, now),
        "visit_id": body["visit_id"],
        "student_id": body["student_id"],
        "school_date": today_at(viewer.zone, at),
        "what": body["what"],
        "at": at,
        "until_at": until,
        "place": body["place"],
        "code": body["code"],
        "incident": body["incident"],
        "discretion": body["discretion"],
        "note": body["note"],
        "replaces": body["replaces"],
    }


def _signed(viewer: Viewer, now: datetime) -> dict[str, Any]:
    return {
        "school_id": viewer.school_id,
        "by": viewer.staff_id,
        "device_id": viewer.device_id,
        "noted_at": now,
    }


def _to_ms(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(microsecond=at.microsecond // 1000 * 1000)


def _is_known(connection: Connection, viewer: Viewer, row: Mapping[str, Any]) -> bool:
    """Whether this line was written already. Raises Problem where its number names another."""
    there = _line_of(connection, viewer.school_id, row["visit_id"])
    if there is None:
        return False
    if (there.what, there.student_id, there.replaces) != (
        row["what"],
        row["student_id"],
        row["replaces"],
    ):
        raise Problem("not_possible", say("Another line was written under this number."))
    return True


def _line_of(connection: Connection, school_id: UUID, visit_id: UUID) -> Any:
    asked = select(table_of(DeskVisit)).where(
        _visit.school_id == SCHOOL, _visit.visit_id == visit_id
    )
    return connection.execute(asked, {"school_id": school_id}).first()


def _check(turn: Turn, viewer: Viewer, student: Any, row: Mapping[str, Any], now: datetime) -> None:
    """Raises Problem for a line that makes no sense."""
    errors: dict[str, list[str]] = {}
    if row["at"] > now + A_MOMENT:
        errors["at"] = [TO_COME]
    if row["until_at"] is not None and row["what"] != At.VISIT:
        errors["until"] = [say("Only a visit has an end.")]
    elif row["until_at"] is not None and not _ends(viewer, row):
        errors["until"] = [say("A visit ends after it begins, on the same day.")]
    if (row["what"] == At.VISIT) is (row["place"] == "window"):
        errors["place"] = [
            say("A visit is to a sheet's place; who comes or goes is at the window.")
        ]
    if errors:
        raise Problem("invalid", errors=errors)
    if row["replaces"] is not None:
        _check_stands(turn.connection, viewer.school_id, row)
    if row["code"] is not None:
        _check_code(turn, viewer, student, row)


def _ends(viewer: Viewer, row: Mapping[str, Any]) -> bool:
    at, until = row["at"], row["until_at"]
    return bool(until > at and today_at(viewer.zone, until) == row["school_date"])


def _check_stands(connection: Connection, school_id: UUID, row: Mapping[str, Any]) -> None:
    lines = standing(lines_of(connection, school_id, row["school_date"]))
    there = next((one for one in lines if one.visit_id == row["replaces"]), None)
    if there is None or there.student_id != row["student_id"]:
        raise Problem("not_possible", CHANGED)


def _check_code(turn: Turn, viewer: Viewer, student: Any, row: Mapping[str, Any]) -> None:
    """The reason has to be one for each mark that it would explain."""
    if row["what"] == At.VISIT:
        raise Problem("invalid", errors={"code": [say("A sign-in sheet gives no reason.")]})
    mine = DeskLine(row["visit_id"], At(row["what"]), row["at"], None, row["code"])
    lines = [*_lines(turn.connection, row), mine]
    words = _words(lines, _meetings(turn, row))
    asked = {(word.presence or Presence.ABSENT, word.minutes) for word in words.values()
             if word.line_id == mine.line_id}  # fmt: skip
    role = Role(viewer.role.value)
    for presence, missed in sorted(asked) or [(PRESENCE_OF[mine.what], 0)]:
        one = Asked(
            code=row["code"],
            on=row["school_date"],
            presence=presence,
            role=role,
            grade=student.grade,
            minutes=missed,
            note=row["note"],
            incident=row["incident"],
            discretion=row["discretion"],
        )
        check_reason(turn.connection, viewer.school_id, student, [one])


def _settle(
    turn: Turn, viewer: Viewer, student: Any, row: Mapping[str, Any], now: datetime
) -> None:
    """Rule what the desk's lines of the day say now, and show whom a room need not look for."""
    lines, meetings = _lines(turn.connection, row), _meetings(turn, row)
    words = _words(lines, meetings)
    of_day = lines_of(turn.connection, viewer.school_id, row["school_date"])
    beside = {one.visit_id: (None, one.incident, one.discretion) for one in of_day}
    wishes = [_wish(one, words.get(one.roll_id), beside, viewer.zone) for one in meetings]
    cause = Cause(WINDOW, row["visit_id"], student)
    ruled = rule_wishes(turn, sender_of(viewer), cause, wishes, now)
    changed = _show_known(turn, viewer, student, lines, meetings)
    quiet = {one.roll_id for one in meetings[:1]} if not ruled | changed else set()
    renumber(turn, (changed | quiet) - ruled)  # other desks hear of every line


def _wish(
    meeting: Any, word: DeskWord | None, beside: Mapping[UUID, tuple[str | None, ...]], zone: str
) -> Wish:
    written = beside[word.line_id] if word and word.reason else ()
    return Wish(meeting, word, why_of(word, zone), (), *written)


def _lines(connection: Connection, row: Mapping[str, Any]) -> list[DeskLine]:
    """The student's lines of the day that stand, but for the one that this takes the place of."""
    rows = standing(lines_of(connection, row["school_id"], row["school_date"]))
    return [
        desk_line(one)
        for one in rows
        if one.student_id == row["student_id"] and one.visit_id != row["replaces"]
    ]


def _meetings(turn: Turn, row: Mapping[str, Any]) -> list[Any]:
    on = row["school_date"]
    return meetings_of(turn.connection, turn.school_id, row["student_id"], on, on)


def _words(lines: Iterable[DeskLine], meetings: Iterable[Any]) -> Mapping[UUID, DeskWord]:
    slots = [Slot(one.roll_id, Interval(one.starts_at, one.ends_at)) for one in meetings]
    return desk_words(lines, slots)


def why_of(word: DeskWord | None, zone: str) -> str:
    """The words that are kept with the ruling: they tell times and no reason (K8)."""
    if word is None:
        return "The front desk took it back."
    if word.presence is Presence.ELSEWHERE:
        return "On a sign-in sheet for the whole period."
    came = f"came at {_clock(word.arrived_at, zone)}" if word.arrived_at else ""
    left = f"left at {_clock(word.left_at, zone)}" if word.left_at else ""
    said = " and ".join(filter(None, (came, left)))
    return f"Front desk: {said}." if said else "The front desk knows why."


def _clock(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M}"


def _show_known(
    turn: Turn, viewer: Viewer, student: Any, lines: Sequence[DeskLine], meetings: Iterable[Any]
) -> frozenset[UUID]:
    """Absences known ahead by the desk's lines (V5); the rolls on which that changed."""
    changed: set[UUID] = set()
    for meeting in meetings:
        span = Interval(meeting.starts_at, meeting.ends_at)
        away = known_away(lines, span)
        key = uuid5(turn.school_id, f"desk/{student.student_id}/{meeting.roll_id}")
        same = (_notice.school_id == turn.school_id, _notice.notice_id == key)
        there = turn.connection.execute(select(_notice.active).where(*same)).scalar()
        if there is None and away:
            turn.connection.execute(
                insert(table_of(AbsenceNotice)), _known(turn, viewer, student, meeting, key)
            )
        elif there is not None and there is not away:
            turn.connection.execute(
                update(table_of(AbsenceNotice)).where(*same).values(active=away)
            )
        else:
            continue
        changed.add(meeting.roll_id)
    return frozenset(changed)


def _known(turn: Turn, viewer: Viewer, student: Any, meeting: Any, key: UUID) -> dict[str, Any]:
    return {
        "school_id": turn.school_id,
        "notice_id": key,
        "student_id": student.student_id,
        "from_on": meeting.school_date,
        "to_on": meeting.school_date,
        "period": meeting.period,
        "active": True,
        "set_by": viewer.staff_id,
    }


def _told(
    connection: Connection, viewer: Viewer, row: Mapping[str, Any], signer: Signer
) -> dict[str, Any]:
    """The line; of a withdrawal the one that it took back."""
    shown = row["replaces"] if row["what"] == WITHDRAWN else row["visit_id"]
    rows = lines_of(connection, viewer.school_id, row["school_date"])
    told = tell_visits(connection, viewer, rows, signer)
    return next(one for one in told if one["visit_id"] == shown)
