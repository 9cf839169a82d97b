"""Judges the codes of rulings by the school's pack: each mark, each cap, each student (K5–K7)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from server.services.judge_reasons import Wanted, judge_reasons
from server.services.ruling_cases import Case
from server.services.verdict_words import sentence
from sync.codes import Role
from sync.excuse import Asked
from sync.model import Presence
from sync.pack import Pack
from sync.ruling import presence_then


def judge_codes(
    connection: Connection, school_id: UUID, cases: Iterable[Case], pack: Pack, role: Role
) -> None:
    """Note against each case why its code may not be set, where it may not."""
    asking = [
        case
        for case in cases
        if case.no is None and case.said.reason and "takes_back" not in case.asked
    ]
    wanted = [_wanted(case, role) for case in asking]
    verdicts = judge_reasons(connection, school_id, pack, wanted)
    for case, verdict in zip(asking, verdicts, strict=True):
        case.no = sentence(verdict) or None


def _wanted(case: Case, role: Role) -> Wanted:
    assert case.enrolled is not None, "who is not on the roll was told so"
    return Wanted(case.enrolled.num, _asked(case, role), case.roll_id)


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
