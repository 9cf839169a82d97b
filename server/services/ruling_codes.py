"""Judges the codes of rulings by the school's pack: each mark, each cap, each student (K5–K7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import MarkException, table_of
from server.record import unpack_op
from server.services.facts import IDS, SCHOOL, load_prior
from server.services.ruling_cases import Case
from server.services.school_years import year_of
from server.services.verdict_words import sentence
from sync.codes import Per, Role
from sync.excuse import Asked, Use, judge_all
from sync.model import Kind, Presence
from sync.pack import Pack
from sync.ruling import presence_then
from sync.school_year import SchoolYear

_mark = table_of(MarkException).c
USES = select(_mark.num, _mark.roll_id, _mark.school_date, _mark.reason).where(
    _mark.school_id == SCHOOL,
    _mark.num.in_(IDS),
    _mark.reason.in_(bindparam("codes", expanding=True)),
)
Uses = dict[int, list[Use]]


def judge_codes(
    connection: Connection, school_id: UUID, cases: Iterable[Case], pack: Pack, role: Role
) -> None:
    """Note against each case why its code may not be set, where it may not."""
    asking = [
        case
        for case in cases
        if case.no is None and case.said.reason and "takes_back" not in case.asked
    ]
    if not asking:
        return
    uses = _uses(connection, school_id, asking, pack)
    dates = {case.row.school_date for case in asking}
    years = {on: year_of(connection, school_id, on) for on in sorted(dates)}
    groups: dict[tuple[int, SchoolYear], list[Case]] = defaultdict(list)
    for case in asking:
        groups[_num(case), years[case.row.school_date]].append(case)
    for (num, year), own in groups.items():
        asked = [_asked(case, role) for case in own]
        verdicts = judge_all(pack, asked, uses.get(num, ()), year)
        for case, verdict in zip(own, verdicts, strict=True):
            case.no = sentence(verdict) or None


def _num(case: Case) -> int:
    assert case.enrolled is not None, "who is not on the roll was told so"
    return case.enrolled.num


def _asked(case: Case, role: Role) -> Asked:
    asked, said, enrolled = case.asked, case.said, case.enrolled
    assert enrolled is not None, "who is not on the roll was told so"
    assert said.reason, "only codes are judged"
    presence = presence_then(said, case.mark)
    beyond = asked.get("beyond_cap", False)
    return Asked(
        code=said.reason,
        on=case.row.school_date,
        presence=presence,
        role=role,
        grade=enrolled.grade,
        minutes=_minutes(case, presence),
        note=said.note,
        evidence=said.evidence or (None if case.mark is None else case.mark.evidence),
        noticed_on=asked.get("noticed_on"),
        incident=case.incident,
        discretion=said.why if beyond else None,
    )


def _minutes(case: Case, presence: Presence | None) -> int | None:
    """How many minutes of the meeting were missed by who came or left."""
    times = case.said if case.said.rules else case.mark
    if times is None:
        return None
    if presence is Presence.LATE and times.arrived_at is not None:
        return int((times.arrived_at - case.row.starts_at).total_seconds() // 60)
    if presence is Presence.LEFT_EARLY and times.left_at is not None:
        return int((case.row.ends_at - times.left_at).total_seconds() // 60)
    return None


def _uses(connection: Connection, school_id: UUID, asking: Sequence[Case], pack: Pack) -> Uses:
    """The days on which the students' other marks carry the codes that are asked for and capped."""
    capped, by_incident = _capped(asking, pack)
    if not capped:
        return {}
    nums = sorted({_num(case) for case in asking if case.said.reason in capped})
    anew = {(_num(case), case.roll_id) for case in asking}
    rows = [
        row
        for row in connection.execute(
            USES, {"school_id": school_id, "ids": nums, "codes": sorted(capped)}
        )
        if (row.num, row.roll_id) not in anew
    ]
    incidents = incidents_of(
        connection, school_id, [row for row in rows if row.reason in by_incident]
    )
    found: Uses = defaultdict(list)
    for row in rows:
        incident = incidents.get((row.num, row.roll_id))
        found[row.num].append(Use(row.reason, row.school_date, incident))
    return found


def _capped(asking: Iterable[Case], pack: Pack) -> tuple[set[str], set[str]]:
    capped, by_incident = set(), set()
    for case in asking:
        assert case.said.reason, "only codes are judged"
        code = pack.meaning(case.said.reason, case.row.school_date)
        for cap in () if code is None else code.caps:
            capped.add(case.said.reason)
            if cap.per is Per.INCIDENT:
                by_incident.add(case.said.reason)
    return capped, by_incident


def incidents_of(
    connection: Connection, school_id: UUID, rows: Sequence[Any]
) -> dict[tuple[int, UUID], str]:
    """Which incident each of some marks belongs to, by the ruling that gave its reason."""
    prior = load_prior(connection, school_id, sorted({row.roll_id for row in rows}))
    found: dict[tuple[int, UUID], str] = {}
    for row in rows:
        for entry in prior[row.roll_id]:
            if entry.kind == Kind.RULE:
                mark = _line(entry, row.num)
                if mark.get("reason") == row.reason and "incident" in mark:
                    found[row.num, row.roll_id] = mark["incident"]
    return found


def _line(entry: Any, num: int) -> dict[str, Any]:
    """What an entry says of one student."""
    marks = unpack_op(entry.payload, Numbers())["marks"]
    return next((mark for mark in marks if mark["student_id"] == str(num)), {})


class Numbers(dict[int, str]):
    """Students by their own numbers, where no id is needed."""

    def __missing__(self, num: int) -> str:
        """The number as text."""
        return str(num)
