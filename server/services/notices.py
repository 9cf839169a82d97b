"""Absences that the office was told of: written down, shown to classrooms, ended (V6, V7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from server.access import Viewer
from server.db import Turn, reading, school_turn
from server.models import AbsenceNotice, NoticeLine, table_of
from server.problems import Problem
from server.services.desk_rulings import (
    NOTICE,
    Cause,
    Wish,
    meetings_of,
    renumber,
    rule_wishes,
    sender_of,
)
from server.services.facts import SCHOOL, load_people
from server.services.follow_notices import WHY
from server.services.horizon import today_at
from server.services.may_set import check_reason, student_of
from server.services.noticed import ENDED, LINES, TOLD
from server.services.poke import poke
from server.services.receive import receive
from server.services.school_pack import pack_of
from server.services.visits import Reader, names_of, school_facts
from sync.codes import Role
from sync.excuse import Asked
from sync.front_desk import DeskWord
from sync.sentence import say

LONGEST = timedelta(days=120)
AHEAD = timedelta(days=60)
TAKEN_BACK = "The office was told otherwise."
NO_ROLLS = say("No roll of this student is expected on these days and periods.")
A_DAY = timedelta(days=1)
# Two lines of one instant still have an order.
A_MOMENT = timedelta(milliseconds=1)

_line, _notice = table_of(NoticeLine).c, table_of(AbsenceNotice).c
LINES_OF = (
    select(table_of(NoticeLine))
    .where(_line.school_id == SCHOOL, _line.notice_id == bindparam("notice_id"))
    .order_by(_line.noted_at, _line.line_id)
)
OF_FILES = select(table_of(AbsenceNotice)).where(
    _notice.school_id == SCHOOL,
    _notice.set_by.is_(None),
    _notice.from_on <= bindparam("to_on"),
    _notice.to_on >= bindparam("from_on"),
)


def list_notices(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Absences known for some dates; of today and the weeks ahead when none are named."""
    from_on: date = query.get("from") or today_at(viewer.zone, now)
    to_on: date = query.get("to") or from_on + AHEAD
    asked = {"school_id": viewer.school_id, "from_on": from_on, "to_on": to_on}
    with reading(engine) as connection:
        lines = connection.execute(LINES, asked).all()
        told = tell_notices(connection, viewer, lines, connection.execute(OF_FILES, asked).all())
    return {
        "server_time": now,
        "school": school_facts(viewer),
        "from": from_on,
        "to": to_on,
        "notices": sorted(told, key=_place),
    }


def _place(told: Mapping[str, Any]) -> tuple[Any, ...]:
    student = told["student"]
    return told["from_on"], student["family_name"], student["given_name"], str(told["notice_id"])


def note_notice(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Write down what a family told; the notice as it stands then. The same notice sent again is
    written once. Raises Problem `invalid`, `not_possible`."""
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        if not _is_known(turn.connection, viewer.school_id, body):
            _note(turn, viewer, body, now)
        told = _told(turn.connection, viewer, body["notice_id"])
    poke(viewer.school_id)
    return told


def end_notice(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """End a notice, with the reasons that it gave for later days; the notice as it stands then.

    Raises Problem `invalid`, `not_possible`.
    """
    with school_turn(engine, viewer.school_id) as turn:
        now = receive(turn, now)
        asked = {"school_id": viewer.school_id, "notice_id": body["notice_id"]}
        lines = turn.connection.execute(LINES_OF, asked).all()
        if not lines:
            raise Problem(
                "invalid", errors={"notice_id": [say("No notice that this office wrote.")]}
            )
        if body["line_id"] not in {line.line_id for line in lines}:
            _end(turn, viewer, lines, body, now)
        told = _told(turn.connection, viewer, body["notice_id"])
    poke(viewer.school_id)
    return told


def _is_known(connection: Connection, school_id: UUID, body: Mapping[str, Any]) -> bool:
    asked = {"school_id": school_id, "notice_id": body["notice_id"]}
    first = connection.execute(LINES_OF, asked).first()
    if first is not None and first.student_id != body["student_id"]:
        raise Problem("not_possible", say("Another notice was written under this number."))
    return first is not None


def _note(turn: Turn, viewer: Viewer, body: Mapping[str, Any], now: datetime) -> None:
    student = student_of(turn.connection, viewer.school_id, body["student_id"])
    _check_dates(body)
    meetings = _meetings(turn, student, body["from_on"], body["to_on"], body["periods"])
    if not meetings:
        raise Problem("invalid", NO_ROLLS, errors={"from_on": [NO_ROLLS]})
    unknown = sorted(set(body["periods"] or ()) - {row.period for row in meetings})
    if unknown:
        said = say("The student has no period {periods} on these days.", periods=", ".join(unknown))
        raise Problem("invalid", errors={"periods": [said]})
    today = today_at(viewer.zone, now)
    if body["code"] is not None:
        check_reason(
            turn.connection,
            viewer.school_id,
            student,
            _asked(viewer, student, body, meetings, today),
        )
    row = _row(viewer, body, now)
    turn.connection.execute(insert(table_of(NoticeLine)), row)
    turn.connection.execute(insert(table_of(AbsenceNotice)), _known(viewer, body))
    word = body["code"] and DeskWord(row["line_id"], reason=body["code"])
    beside = (body["evidence"], body["incident"], body["discretion"])
    wishes = [Wish(one, word, WHY, (), *beside) for one in meetings] if word else []
    cause = Cause(NOTICE, row["line_id"], student)
    ruled = rule_wishes(turn, sender_of(viewer), cause, wishes, now)
    renumber(turn, {one.roll_id for one in meetings} - ruled)


def _check_dates(body: Mapping[str, Any]) -> None:
    if body["to_on"] < body["from_on"]:
        raise Problem("invalid", errors={"to_on": [say("The last day lies before the first.")]})
    if body["to_on"] - body["from_on"] > LONGEST:
        raise Problem(
            "invalid",
            errors={"to_on": [say("A notice holds for {days} days at most.", days=LONGEST.days)]},
        )


def _meetings(
    turn: Turn, student: Any, from_on: date, to_on: date, periods: Iterable[str] | None
) -> list[Any]:
    rows = meetings_of(turn.connection, turn.school_id, student.student_id, from_on, to_on)
    wanted = None if periods is None else set(periods)
    return [row for row in rows if wanted is None or row.period in wanted]


def _asked(
    viewer: Viewer, student: Any, body: Mapping[str, Any], meetings: Iterable[Any], today: date
) -> list[Asked]:
    """Each school day by itself; what nobody has looked at yet has to be a reason known ahead."""
    names = ("code", "note", "evidence", "incident", "discretion")
    role = Role(viewer.role.value)
    return [
        Asked(
            on=on,
            presence=None,
            role=role,
            grade=student.grade,
            noticed_on=today,
            **{name: body[name] for name in names},
        )
        for on in dict.fromkeys(row.school_date for row in meetings)
    ]


def _row(viewer: Viewer, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    names = ("notice_id", "student_id", "from_on", "to_on", "code", "incident", "discretion",
             "told_by", "told_how", "note", "evidence")  # fmt: skip
    return {
        **_signed(viewer, now),
        "line_id": body["notice_id"],
        "what": TOLD,
        **{name: body[name] for name in names},
        "periods": None if body["periods"] is None else ",".join(body["periods"]),
    }


def _signed(viewer: Viewer, now: datetime) -> dict[str, Any]:
    return {
        "school_id": viewer.school_id,
        "by": viewer.staff_id,
        "device_id": viewer.device_id,
        "noted_at": now,
    }


def _known(viewer: Viewer, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What classrooms are shown of it: a row for each period, or one for the whole day."""
    return [
        {
            "school_id": viewer.school_id,
            "notice_id": known_id(body["notice_id"], period),
            "student_id": body["student_id"],
            "from_on": body["from_on"],
            "to_on": body["to_on"],
            "period": period,
            "active": True,
            "set_by": viewer.staff_id,
        }
        for period in dict.fromkeys(body["periods"] or [None])
    ]


def known_id(notice_id: UUID, period: str | None) -> UUID:
    """Under which id classrooms are shown one period of a notice."""
    return uuid5(notice_id, period or "*")


def _end(
    turn: Turn, viewer: Viewer, lines: Sequence[Any], body: Mapping[str, Any], now: datetime
) -> None:
    first, last = lines[0], lines[-1]
    to_on = first.from_on - A_DAY if body["to_on"] is None else body["to_on"]
    if to_on > last.to_on or (body["to_on"] is not None and to_on < first.from_on):
        said = say("It can end on a day on which it holds, or not hold at all.")
        raise Problem("invalid", errors={"to_on": [said]})
    student = student_of(turn.connection, viewer.school_id, first.student_id)
    names = ("notice_id", "student_id", "from_on", "periods", "code", "incident", "discretion")
    row = {
        **_signed(viewer, max(now, last.noted_at + A_MOMENT)),
        "line_id": body["line_id"],
        "what": ENDED,
        **{name: getattr(first, name) for name in names},
        "to_on": to_on,
        "told_by": None,
        "told_how": None,
        "note": body["note"],
        "evidence": None,
    }
    turn.connection.execute(insert(table_of(NoticeLine)), row)
    periods = first.periods.split(",") if first.periods else None
    _shorten(turn, first, periods, to_on)
    meetings = _meetings(turn, student, to_on + A_DAY, last.to_on, periods)
    cause = Cause(NOTICE, body["line_id"], student)
    wishes = [Wish(one, None, TAKEN_BACK) for one in meetings]
    ruled = rule_wishes(turn, sender_of(viewer), cause, wishes, now)
    renumber(turn, {one.roll_id for one in meetings} - ruled)


def _shorten(turn: Turn, first: Any, periods: Iterable[str] | None, to_on: date) -> None:
    holds = to_on >= first.from_on
    ids = [known_id(first.notice_id, one) for one in periods or [None]]  # type: ignore[list-item]
    turn.connection.execute(
        update(table_of(AbsenceNotice))
        .where(_notice.school_id == turn.school_id, _notice.notice_id.in_(ids))
        .values(**({"to_on": to_on} if holds else {"active": False}))
    )


def _told(connection: Connection, viewer: Viewer, notice_id: UUID) -> dict[str, Any]:
    asked = {"school_id": viewer.school_id, "notice_id": notice_id}
    lines = connection.execute(LINES_OF, asked).all()
    (told,) = tell_notices(connection, viewer, lines, ())
    return told


def tell_notices(
    connection: Connection, viewer: Viewer, lines: Iterable[Any], of_files: Iterable[Any]
) -> list[dict[str, Any]]:
    """Notices as the wire has them: the office's by their lines, and those that came with files."""
    by_notice: dict[UUID, list[Any]] = {}
    for line in lines:
        by_notice.setdefault(line.notice_id, []).append(line)
    filed = list(of_files)
    listed = [line for own in by_notice.values() for line in own]
    ids = [one.student_id for one in (*listed, *filed)]
    names = names_of(connection, viewer.school_id, ids)
    people = load_people(connection, viewer.school_id, (one.by for one in listed))
    reader = Reader(viewer, pack_of(connection, viewer.school_id), people)
    return [
        *(_of_office(reader, own, names[own[0].student_id]) for own in by_notice.values()),
        *(_of_file(one, names[one.student_id]) for one in filed),
    ]


def _of_office(reader: Reader, own: Sequence[Any], student: Mapping[str, Any]) -> dict[str, Any]:
    first, last = own[0], own[-1]
    ended = last if last.what == ENDED else None
    return {
        "notice_id": first.notice_id,
        "student": student,
        "from_on": first.from_on,
        "to_on": max(last.to_on, first.from_on),
        "periods": first.periods.split(",") if first.periods else None,
        "active": last.to_on >= first.from_on,
        "reason": reader.reason(first.code, first.from_on),
        "told_by": first.told_by,
        "told_how": first.told_how,
        "note": first.note,
        "by": reader.by(first.by),
        "noted_at": first.noted_at,
        "ended_by": reader.by(ended.by) if ended else None,
        "ended_at": ended.noted_at if ended else None,
    }


def _of_file(row: Any, student: Mapping[str, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("reason", "told_by", "told_how", "note", "by", "noted_at", "ended_by", "ended_at")
    )
    return {
        "notice_id": row.notice_id,
        "student": student,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "periods": None if row.period is None else [row.period],
        "active": row.active,
        **nothing,
    }
