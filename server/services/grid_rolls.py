"""Rolls as the grid has them: everybody in a letter each, more only where there is more to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from server.access import Viewer
from server.columns import from_ms, spell
from server.record import CODE_BITS, MISSING, PRESENCES, SAME, Folded, unpack_marks
from server.services.facts import Person, load_people
from server.services.render import instants
from server.services.rolls import NOTICES, known_absences
from server.services.rosters import Roster
from server.services.school_pack import pack_of
from sync.codes import Role
from sync.disclose import CLASSROOM, shown
from sync.model import Presence
from sync.pack import Pack

LETTERS = {
    None: "-",
    Presence.PRESENT: "p",
    Presence.LATE: "l",
    Presence.LEFT_EARLY: "e",
    Presence.ABSENT: "a",
    Presence.ELSEWHERE: "w",
}
LETTER_OF = [LETTERS[presence] for presence in PRESENCES]
SECRET = ("reason", "excused", "evidence", "note")
# Written beside a reason in an entry, and as secret as the reason.
BESIDE = (*SECRET, "incident", "noticed_on", "why")


class Reader:
    """Who looks, and what the school's codes let them read (K8)."""

    def __init__(self, pack: Pack, role: Role) -> None:
        """Take both; what a reason looks like is worked out once a code and date."""
        self.pack, self.role = pack, role
        self._told: dict[tuple[Any, ...], dict[str, Any]] = {}

    def told(self, reason: str, excused: bool | None, on: date) -> dict[str, Any]:
        """As much of a reason as may be read; a code that nobody knows is nobody's secret."""
        key = (reason, excused, on)
        if key not in self._told:
            self._told[key] = self._tell(*key)
        return self._told[key]

    def _tell(self, reason: str, excused: bool | None, on: date) -> dict[str, Any]:
        code = self.pack.meaning(reason, on)
        if code is None and self.role in CLASSROOM:
            return {"known": True}
        if code is None:
            judged = {} if excused is None else {"excused": excused}
            return {"known": True, "reason": reason, **judged}
        seen = shown(code, self.role, excused)
        told: dict[str, Any] = {"known": seen.known}
        if seen.code is not None:
            told["reason"] = seen.code
        if seen.excused is not None:
            told["excused"] = seen.excused
        return told


def grid_rolls(
    connection: Connection,
    school_id: UUID,
    rows: Sequence[Row[Any]],
    rosters: Mapping[UUID, Roster],
    reader: Reader,
    only: Collection[int] | None = None,
) -> list[dict[str, Any]]:
    """Rolls in the order given; `only` are the students to tell of, everybody when left out."""
    if not rows:
        return []
    people = load_people(connection, school_id, {r.submitted_by for r in rows if r.submitted_by})
    dates = [row.school_date for row in rows]
    asked = {"school_id": school_id, "from_on": min(dates), "to_on": max(dates)}
    notices = connection.execute(NOTICES, asked).all()
    return [_roll(row, rosters[row.section_id], people, notices, reader, only) for row in rows]


def _roll(
    row: Row[Any],
    roster: Roster,
    people: Mapping[UUID, Person],
    notices: Sequence[Any],
    reader: Reader,
    only: Collection[int] | None,
) -> dict[str, Any]:
    folded, nums = unpack_marks(row.marks), roster.nums_in(row)
    if only is not None:
        nums = nums.intersection(only)
    code_of = {
        num: code for num, code in zip(folded.nums, folded.codes, strict=True) if num in nums
    }
    by = people.get(row.submitted_by)
    listed = sorted(nums)
    return {
        "roll_id": row.roll_id,
        "section_id": row.section_id,
        "on": row.school_date,
        "period": row.period,
        "period_name": row.period_name,
        "seq": row.seq,
        "state": row.state,
        "expected": row.expected,
        "void_reason": row.void_reason,
        "void_note": row.void_note,
        "starts_at": spell(row.starts_at),
        "ends_at": spell(row.ends_at),
        "opens_at": spell(row.opens_at),
        "due_at": spell(row.due_at),
        "taken_at": row.taken_at and spell(row.taken_at),
        "received_at": row.received_at and spell(row.received_at),
        "by_name": by and by.name,
        "ops": folded.ops,
        "nums": listed,
        "presences": "".join(LETTER_OF[code_of.get(num, 0) & MISSING] for num in listed),
        "odd": [
            {"num": num, **_odd(code, folded, row, reader)}
            for num, code in sorted(code_of.items())
            if code > MISSING
        ],
        "ahead": _ahead(notices, row, roster, nums),
        **_apart(row, roster, only),
    }


def _apart(row: Row[Any], roster: Roster, only: Collection[int] | None) -> dict[str, Any]:
    found = [one for one in roster.apart_in(row) if only is None or one.num in only]
    told = [{"num": one.num, **instants(one)} for one in found]
    return {"apart": told} if told else {}


def _ahead(
    notices: Iterable[Any], row: Row[Any], roster: Roster, nums: Collection[int]
) -> list[int]:
    if not notices:
        return []
    found = (roster.num_by_int[one.int] for one in known_absences(notices, row, roster))
    return [num for num in found if num in nums]


def _odd(code: int, folded: Folded, row: Row[Any], reader: Reader) -> dict[str, Any]:
    presence = code & MISSING
    (
        _,
        seen,
        _,
        ruled,
        ruled_by,
        arrived,
        left,
        reason,
        excused,
        evidence,
        heads,
        flags,
        notes,
        _,
    ) = folded.variants[(code >> CODE_BITS) - 1]
    told: dict[str, Any] = {}
    if seen not in {SAME, presence}:
        told["seen"] = PRESENCES[seen]
    if ruled_by is not None:
        told["office"] = PRESENCES[ruled]
    for name, at in (("arrived_at", arrived), ("left_at", left)):
        if at is not None:
            told[name] = spell(from_ms(at)) if isinstance(at, int) else at
    if reason:
        told |= reader.told(reason, excused, row.school_date)
        if evidence and "reason" in told:
            told["evidence"] = evidence
    if list(heads) != [0]:
        told["heads"] = heads
    if flags:
        told["flags"] = flags
    if notes:
        told["notes"] = len(notes)
    return told


def reader_of(connection: Connection, viewer: Viewer) -> Reader:
    """What this person may read of reasons."""
    return Reader(pack_of(connection, viewer.school_id), Role(viewer.role.value))


def hide_reasons(history: dict[str, Any], reader: Reader, on: date) -> None:
    """Takes out of a roll's history the reasons that its reader may not know, with what was
    written beside them (K8)."""
    for entry in history["entries"]:
        for mark in entry["marks"]:
            if mark.get("reason"):
                told = reader.told(mark["reason"], mark.get("excused"), on)
                if "reason" not in told:
                    for name in BESIDE:
                        mark.pop(name, None)
