"""The lines of the front desk and of sign-in sheets, as a date's list and one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select

from server.access import Viewer
from server.db import reading
from server.models import DeskRuling, DeskVisit, RollRow, Section, Student, table_of
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from server.services.horizon import today_at
from server.services.school_pack import pack_of
from server.services.slip_keys import signer_of
from server.slips import Signer, Slip
from sync.codes import Role
from sync.disclose import shown
from sync.finding import At
from sync.front_desk import DeskLine
from sync.intervals import minutes
from sync.model import Presence
from sync.pack import Pack
from sync.sentence import labelled

WITHDRAWN = "withdrawn"

_visit, _ruling = table_of(DeskVisit).c, table_of(DeskRuling).c
_roll, _section, _student = table_of(RollRow).c, table_of(Section).c, table_of(Student).c
OF_DAY = (
    select(table_of(DeskVisit))
    .where(_visit.school_id == SCHOOL, _visit.school_date == bindparam("on"))
    .order_by(_visit.noted_at, _visit.visit_id)
)
NAMED = select(
    _student.student_id,
    _student.given_name,
    _student.family_name,
    _student.grade,
    _student.local_id,
).where(_student.school_id == SCHOOL)
STUDENTS = NAMED.where(_student.student_id.in_(IDS))
AT_SCHOOL = NAMED.where(_student.active).order_by(
    _student.family_name, _student.given_name, _student.num
)
RULED = (
    select(
        _ruling.cause_id,
        _ruling.roll_id,
        _ruling.outcome,
        _ruling.presence,
        _ruling.arrived_at,
        _ruling.left_at,
        _roll.period,
        _roll.period_name,
        _roll.starts_at,
        _roll.ends_at,
        _section.title,
        _section.room,
    )
    .join_from(
        table_of(DeskRuling),
        table_of(RollRow),
        (_roll.school_id == _ruling.school_id) & (_roll.roll_id == _ruling.roll_id),
    )
    .join(
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_ruling.school_id == SCHOOL, _ruling.cause_id.in_(IDS))
    .order_by(_roll.starts_at, _roll.roll_id)
)


def desk_students(engine: Engine, viewer: Viewer) -> dict[str, Any]:
    """Everybody at the school, by family name."""
    with reading(engine) as connection:
        rows = connection.execute(AT_SCHOOL, {"school_id": viewer.school_id}).mappings().all()
    return {"students": [dict(row) for row in rows]}


def list_visits(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The lines of a date, today's when none is named, the newest first."""
    on: date = query.get("on") or today_at(viewer.zone, now)
    signer = signer_of(engine, viewer.school_id, now)
    with reading(engine) as connection:
        rows = lines_of(connection, viewer.school_id, on)
        visits = tell_visits(connection, viewer, rows, signer)
    return {
        "server_time": now,
        "school": school_facts(viewer),
        "on": on,
        "visits": list(reversed(visits)),
    }


def school_facts(viewer: Viewer) -> dict[str, Any]:
    """The viewer's school as the wire has it."""
    return {
        "school_id": viewer.school_id,
        "name": viewer.school_name,
        "zone": viewer.zone,
    }


def lines_of(connection: Connection, school_id: UUID, on: date) -> list[Any]:
    """All lines of a date as they were written, those that were replaced among them."""
    return list(connection.execute(OF_DAY, {"school_id": school_id, "on": on}))


def standing(rows: Iterable[Any]) -> list[Any]:
    """The lines that nothing took the place of."""
    listed = list(rows)
    replaced = {row.replaces for row in listed}
    return [row for row in listed if row.what != WITHDRAWN and row.visit_id not in replaced]


def desk_line(row: Any) -> DeskLine:
    """A row as the core has it."""
    return DeskLine(row.visit_id, At(row.what), row.at, row.until_at, row.code)


def tell_visits(
    connection: Connection, viewer: Viewer, rows: Sequence[Any], signer: Signer
) -> list[dict[str, Any]]:
    """Lines as the wire has them, in the order given; `rows` are all of their date."""
    students = names_of(connection, viewer.school_id, (row.student_id for row in rows))
    people = load_people(connection, viewer.school_id, (row.by for row in rows))
    ruled: dict[UUID, list[Any]] = {}
    for one in rows_of(connection, RULED, viewer.school_id, [row.visit_id for row in rows]):
        ruled.setdefault(one.cause_id, []).append(one)
    taken_by = {row.replaces: row for row in rows if row.replaces}
    pack = pack_of(connection, viewer.school_id)
    reader = Reader(viewer, pack, people)
    return [
        reader.tell(row, students[row.student_id], taken_by.get(row.visit_id), ruled)
        | {"slip": slip_of(signer, row, taken_by.get(row.visit_id))}
        for row in rows
        if row.what != WITHDRAWN
    ]


def slip_of(signer: Signer, row: Any, after: Any) -> str | None:
    """The signed text of a slip; none of a sheet's line, and none of one that stands no more. A key
    that cannot sign costs the code and never the line; `rollbook check` tells of it."""
    if row.what == At.VISIT or after is not None:
        return None
    try:
        return signer.sign(Slip(At(row.what), row.student_id, row.visit_id, row.at))
    except ValueError:
        return None


def names_of(
    connection: Connection, school_id: UUID, ids: Iterable[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Students by name, as the desk finds them."""
    rows = rows_of(connection, STUDENTS, school_id, sorted(set(ids)))
    return {row.student_id: row._asdict() for row in rows}


class Reader:
    """Tells lines to one viewer: what may be read of a reason, and who wrote what."""

    def __init__(self, viewer: Viewer, pack: Pack, people: Mapping[UUID, Person]) -> None:
        """Take who reads, by which pack."""
        self._role, self._pack, self._people = Role(viewer.role.value), pack, people

    def reason(self, code: str | None, on: date) -> dict[str, Any] | None:
        """A reason as far as the viewer may know it (K8)."""
        if not code:
            return None
        told = shown(self._pack.meaning(code, on), self._role)
        label = None if told.label is None else labelled(told.label)
        return {"code": told.code, "label": label, "excused": told.excused}

    def by(self, staff_id: UUID | None) -> dict[str, Any] | None:
        """Who it was, as the wire has it."""
        person = None if staff_id is None else self._people.get(staff_id)
        return None if person is None else person.by()

    def _incident(self, row: Any) -> str | None:
        """Of a reason that the viewer may read."""
        reason = self.reason(row.code, row.school_date)
        return row.incident if reason and reason["code"] else None

    def tell(
        self, row: Any, student: Mapping[str, Any], after: Any, ruled: Mapping[UUID, Sequence[Any]]
    ) -> dict[str, Any]:
        """One line; `after` is the one that took its place."""
        withdrawn = after if after is not None and after.what == WITHDRAWN else None
        return {
            "visit_id": row.visit_id,
            "student": student,
            "on": row.school_date,
            "what": row.what,
            "place": row.place,
            "at": row.at,
            "until": row.until_at,
            "reason": self.reason(row.code, row.school_date),
            "incident": self._incident(row),
            "note": row.note,
            "replaces": row.replaces,
            "by": self.by(row.by),
            "noted_at": row.noted_at,
            "stands": after is None,
            "withdrawn_by": self.by(withdrawn.by) if withdrawn else None,
            "withdrawn_at": withdrawn.noted_at if withdrawn else None,
            "rolls": [ruled_facts(one) for one in ruled.get(row.visit_id, ())],
        }


def ruled_facts(row: Any) -> dict[str, Any]:
    """What a line ruled on one roll, as the wire has it."""
    names = ("roll_id", "period", "period_name", "room", "presence", "outcome")
    return {name: getattr(row, name) for name in names} | {
        "section_title": row.title,
        "minutes": missed(row),
    }


def missed(row: Any) -> int:
    """Minutes missed of a meeting by the bell (T4)."""
    late = minutes(row.arrived_at - row.starts_at) if row.arrived_at else 0
    early = minutes(row.ends_at - row.left_at) if row.left_at else 0
    return (
        max(0, late) + max(0, early) if row.presence in {Presence.LATE, Presence.LEFT_EARLY} else 0
    )
