"""The marks that rulings are about, as they stand at the school's turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from server.record import nums_of_op, unpack_marks, unpack_op
from server.services.facts import IDS, load_people, load_prior, rows_of
from server.services.grid_rolls import Reader
from server.services.horizon import load_rosters
from server.services.known import ACTS, know
from server.services.refold import meeting_of, observations, read_back, refold
from server.services.rolls import ROLL_COLUMNS, rolls
from server.services.rosters import Enrolled, Roster, is_expected
from server.services.ruling_words import (
    NOT_IN_IT,
    NOT_TAKEN_IN,
    TAKEN_BACK,
    clock,
    mark_words,
    reason_words,
    seen_words,
)
from sync.model import Kind, Mark, Observation, Presence
from sync.ruling import Said, take_back
from sync.sentence import say

ROLLS = rolls().where(ROLL_COLUMNS.roll_id.in_(IDS)).order_by(ROLL_COLUMNS.roll_id)
NOBODY = UUID(int=0)
Prior = Mapping[UUID, Sequence[Any]]


@dataclass(slots=True)
class Case:
    """One ruling that is asked for, with the mark that it is about.

    `no` says why it is not made; `op_id` is the entry that makes it; `incident` is what its day
    belongs to, where its reason is counted so.
    """

    asked: Mapping[str, Any]
    row: Any = None
    roster: Roster | None = None
    mark: Mark | None = None
    said: Said = field(default_factory=Said)
    no: str | None = None
    op_id: UUID | None = None
    incident: str | None = None

    @property
    def roll_id(self) -> UUID:
        """Which roll."""
        found: UUID = self.asked["roll_id"]
        return found

    @property
    def student_id(self) -> UUID:
        """Which student."""
        found: UUID = self.asked["student_id"]
        return found

    @property
    def heads(self) -> tuple[UUID, ...]:
        """The ops that stand about her."""
        return () if self.mark is None else self.mark.heads

    @property
    def enrolled(self) -> Enrolled | None:
        """Her line of the roster, where she is expected in the roll's meeting."""
        if self.roster is None:
            return None
        hers = (one for one in self.roster.enrolled if one.student_id == self.student_id)
        return next((one for one in hers if is_expected(one, self.row)), None)


def open_cases(
    connection: Connection, school_id: UUID, asked: Sequence[Mapping[str, Any]], zone: str
) -> list[Case]:
    """What is asked, each beside the mark that stands."""
    ids = sorted({one["roll_id"] for one in asked})
    rows = {row.roll_id: row for row in rows_of(connection, ROLLS, school_id, ids)}
    rosters = load_rosters(connection, school_id, rows.values())
    marks = {roll_id: standing_marks(row, rosters[row.section_id]) for roll_id, row in rows.items()}
    back = sorted({one["roll_id"] for one in asked if "takes_back" in one} & rows.keys())
    prior = load_prior(connection, school_id, back)
    return [_case(connection, school_id, one, rows, rosters, marks, prior, zone) for one in asked]


def standing_marks(row: Any, roster: Roster) -> dict[UUID, Mark]:
    """What stands on a roll, by student."""
    folded = unpack_marks(row.marks)
    ids = dict.fromkeys(folded.nums, NOBODY) | {one.num: one.student_id for one in roster.enrolled}
    return {mark.student_id: mark for mark in folded.marks(ids)}


def _case(
    connection: Connection,
    school_id: UUID,
    asked: Mapping[str, Any],
    rows: Mapping[UUID, Any],
    rosters: Mapping[UUID, Roster],
    marks: Mapping[UUID, Mapping[UUID, Mark]],
    prior: Prior,
    zone: str,
) -> Case:
    row = rows.get(asked["roll_id"])
    if row is None:
        return Case(asked, no=NOT_TAKEN_IN["unknown_roll"])
    roster = rosters[row.section_id]
    case = Case(asked, row, roster, marks[row.roll_id].get(asked["student_id"]))
    if case.enrolled is None:
        case.no = NOT_TAKEN_IN["not_enrolled"]
    elif "takes_back" in asked:
        _take_back(connection, school_id, case, prior[row.roll_id], zone)
    else:
        case.said = _said(asked)
        case.incident = asked.get("incident") or None
    return case


def _said(asked: Mapping[str, Any]) -> Said:
    presence = asked.get("presence")
    return Said(
        rules="presence" in asked,
        presence=None if presence is None else Presence(presence),
        arrived_at=asked.get("arrived_at"),
        left_at=asked.get("left_at"),
        reason=asked.get("reason"),
        evidence=asked.get("evidence"),
        note=asked.get("note") or None,
        why=asked.get("why"),
    )


def _take_back(
    connection: Connection, school_id: UUID, case: Case, prior: Sequence[Any], zone: str
) -> None:
    """What puts back what stood before the ruling that the case names."""
    assert case.roster is not None, "a roll has a section"
    done = next((one for one in prior if one.op_id == case.asked["takes_back"]), None)
    if done is None or done.kind != Kind.RULE:
        case.no = NOT_IN_IT
        return
    known = know(connection, school_id, case.roster, prior)
    said = {one.student_id: one for one in read_back(done, known)[0].observations}
    if case.student_id not in said:
        case.no = NOT_IN_IT
        return
    ops = [read_back(one, known) for one in prior if one.seq < done.seq and one.kind not in ACTS]
    before = refold(ops, meeting_of(case.row, zone), known.num_by_int).roll if ops else None
    marks = () if before is None else (*before.marks, *before.not_enrolled)
    stood = next((one for one in marks if one.student_id == case.student_id), None)
    case.said = take_back(said[case.student_id], stood, case.asked.get("why") or TAKEN_BACK)
    if case.said.reason:
        earlier = [one for one in prior if one.seq < done.seq and one.kind == Kind.RULE]
        case.incident = _incident(earlier, str(case.student_id), case.said.reason, known.text_of)


def _incident(
    earlier: Sequence[Any], student: str, reason: str, name_of: Mapping[int, str]
) -> str | None:
    """Which incident a reason that stood before belonged to."""
    for entry in reversed(earlier):
        mark = _line_of(entry, student, name_of)
        if mark is not None and mark.get("reason") == reason:
            found: str | None = mark.get("incident")
            return found
    return None


def changed_cells(
    connection: Connection, school_id: UUID, cases: Iterable[Case], zone: str, reader: Reader
) -> list[dict[str, Any]]:
    """What others said meanwhile of the marks of some cases, in words."""
    changed = list(cases)
    ids = sorted({case.roll_id for case in changed})
    prior = load_prior(connection, school_id, ids)
    people = load_people(
        connection, school_id, {one.author for rows in prior.values() for one in rows if one.author}
    )
    return [
        {
            "roll_id": case.roll_id,
            "student_id": case.student_id,
            "says": _newest(case, prior[case.roll_id], people, zone, reader),
            "heads": list(case.heads),
        }
        for case in changed
    ]


def _newest(
    case: Case, prior: Sequence[Any], people: Mapping[UUID, Any], zone: str, reader: Reader
) -> str:
    """The newest word about a student, and what stands."""
    assert case.roster is not None, "a roll has a section"
    stands = say("{Mark} stands now.", mark=mark_words(case.mark, case.row, zone, reader))
    name_of = dict.fromkeys((num for one in prior for num in _nums(one)), "") | case.roster.text_of
    for entry in reversed([one for one in prior if one.kind not in ACTS]):
        mark = _line_of(entry, str(case.student_id), name_of)
        if mark is not None:
            who = people[entry.author].name if entry.author in people else say("Somebody")
            did = _did(entry.kind, who, mark, case.row, zone, reader)
            told = {"did": did, "time": clock(entry.taken_at, zone), "stands": stands}
            if mark.get("why"):
                return say("{did} at {time}: “{why}”. {stands}", **told, why=mark["why"])
            return say("{did} at {time}. {stands}", **told)
    return stands


def _nums(entry: Any) -> Sequence[int]:
    return nums_of_op(entry.payload)


def _line_of(entry: Any, student: str, name_of: Mapping[int, str]) -> dict[str, Any] | None:
    marks = unpack_op(entry.payload, name_of)["marks"]
    found: dict[str, Any] | None = next((m for m in marks if m["student_id"] == student), None)
    return found


def _did(kind: str, who: str, mark: Mapping[str, Any], row: Any, zone: str, reader: Reader) -> str:
    (said,) = observations([{**mark, "student_id": ""}], Kind(kind), {"": NOBODY})
    if said.presence is None and said.rules_presence:
        return say("{who} took the office’s word back", who=who)
    if said.presence is None and said.reason:
        reason = reason_words(said.reason, said.excused, row, reader)
        return say("{who} gave the reason {reason}", who=who, reason=reason)
    if said.presence is None:
        return say("{who} changed what is kept with it", who=who)
    if kind == Kind.RULE:
        return say("{who} ruled {mark}", who=who, mark=_presence(said, row, zone))
    return say("{who} marked {mark}", who=who, mark=_presence(said, row, zone))


def _presence(said: Observation, row: Any, zone: str) -> str:
    return seen_words(said.presence, said.arrived_at, said.left_at, row, zone)
