"""The absences of the year that wait for a reason, with the time that is left for one (T11–T13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from server.access import Viewer
from server.db import reading
from server.services.cleared import last_cleared
from server.services.fold_days import fold_days
from server.services.horizon import today_at
from server.services.school_pack import pack_of
from server.services.school_years import year_of
from server.services.visits import Reader, names_of, school_facts
from sync.clearing import Clearing, clearing, returned_on, school_days_since, temporary_of
from sync.codes import Authorised, Temporary
from sync.day import Day, Missed, Outcome
from sync.intervals import minutes
from sync.pack import Pack
from sync.school_year import SchoolYear

MOST = 500


@dataclass(slots=True)
class _Case:
    """An absence that waits, and the student's days since."""

    student_id: UUID
    day: Day
    temporary: Temporary
    since: list[Day] = field(default_factory=list)


def clearing_queue(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What waits today, those whose time runs out first."""
    on, most = today_at(viewer.zone, now), query.get("most") or MOST
    with reading(engine) as connection:
        pack, year = (
            pack_of(connection, viewer.school_id),
            year_of(connection, viewer.school_id, on),
        )
        cases = _cases(connection, viewer.school_id, pack, year, on)
        stands = [(case, _stand(case, year, on)) for case in cases]
        stands.sort(key=_place)
        listed = stands[:most]
        students = names_of(connection, viewer.school_id, (one.student_id for one, _ in listed))
        reader = Reader(viewer, pack, {})
        return {
            "server_time": now,
            "school": school_facts(viewer),
            "on": on,
            "count": len(stands),
            "more": len(stands) > most,
            "waiting": [
                _told(case, stand, reader, year, on) | {"student": students[case.student_id]}
                for case, stand in listed
            ],
            "cleared": last_cleared(connection, viewer),
        }


def _cases(
    connection: Connection, school_id: UUID, pack: Pack, year: SchoolYear, on: date
) -> list[_Case]:
    span = year.span()
    if span is None or span[0] > on:
        return []
    found: list[_Case] = []
    of_student: dict[UUID, list[_Case]] = {}
    for folded in fold_days(connection, school_id, pack, (span[0], min(span[1], on))):
        for student_id, day in folded.days.items():
            for case in of_student.get(student_id, ()):
                case.since.append(day)
            temporary = temporary_of(pack, day)
            if temporary is not None and pending(day):
                case = _Case(student_id, day, temporary)
                found.append(case)
                of_student.setdefault(student_id, []).append(case)
    return found


def _stand(case: _Case, year: SchoolYear, on: date) -> Clearing:
    back_on = returned_on(case.day, case.since)
    return clearing(case.temporary, case.day.on, back_on, year, on)


def _place(one: tuple[_Case, Clearing]) -> tuple[Any, ...]:
    """What is still open before what has lapsed, then whose time runs out first, then the oldest;
    who has not come back is last of the open ones."""
    case, stand = one
    lapsed = stand.becomes is not None
    return lapsed, stand.ends_on or date.max, case.day.on, case.student_id


def _told(
    case: _Case, stand: Clearing, reader: Reader, year: SchoolYear, on: date
) -> dict[str, Any]:
    day, pieces = case.day, pending(case.day)
    return {
        "on": day.on,
        "missed": "full_day" if day.outcome is Outcome.FULL_DAY else "part_day",
        "periods": list(dict.fromkeys(one.period for one in pieces)),
        "minutes": sum(minutes(one.to_at - one.from_at) for one in pieces),
        "age": school_days_since(day.on, year, on),
        "state": stand.state,
        "ends_on": stand.ends_on,
        "final_on": stand.final_on,
        "becomes": reader.reason(case.temporary.next_code, day.on),
    }


def pending(day: Day) -> list[Missed]:
    """The pieces of a day about which nobody has said why, and that nobody disputes."""
    return [
        one
        for one in day.missed
        if one.authorised is Authorised.PENDING and one.period not in day.contested
    ]
