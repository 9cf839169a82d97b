"""Rolls, sections, calendars and held ops as the wire has them, straight from rows.

What is made here is equal to what schemas/ describe (a test loads it through them); it is written
by msgspec, because dumping a roll of 35 marks through marshmallow takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from server.columns import from_ms, spell
from server.language import reader
from server.record import CODE_BITS, MISSING, PRESENCES, SAME, Folded, unpack_marks
from server.services.facts import Person
from server.services.rosters import Assigned, Enrolled, Roster
from sync.deadline import late_at
from sync.model import RollState
from sync.sentence import Sentence


def _told(one: object) -> str:
    """A sentence for whoever asks."""
    if isinstance(one, Sentence):
        return one.said_in(reader())
    raise NotImplementedError(type(one).__name__)


to_json: Callable[[Any], bytes] = msgspec.json.Encoder(enc_hook=_told).encode
WORDS = [None if presence is None else presence.value for presence in PRESENCES]


def roll_facts(row: Any) -> dict[str, Any]:
    """What is known of a roll without its marks."""
    return {
        "type": "roll",
        "roll_id": row.roll_id,
        "seq": row.seq,
        "section_id": row.section_id,
        "on": row.school_date,
        "period": row.period,
        "period_name": row.period_name,
        "starts_at": spell(row.starts_at),
        "ends_at": spell(row.ends_at),
        "opens_at": spell(row.opens_at),
        "due_at": spell(row.due_at),
        "late_at": spell(late_at(row.due_at, row.grace_min)),
        "closes_at": spell(row.closes_at),
        "locks_at": row.locks_at and spell(row.locks_at),
        "expected": row.expected,
        "void_reason": row.void_reason,
        "void_note": row.void_note,
        "state": row.state,
        "timeliness": row.timeliness,
        "next_day": row.next_day,
        "taken_at": row.taken_at and spell(row.taken_at),
        "received_at": row.received_at and spell(row.received_at),
        "submitted_by": row.submitted_by,
        "revision": row.revision,
        "countersign": row.countersign,
        "contested": row.contested,
        "safety": row.safety,
    }


def roll(
    row: Any, roster: Roster, people: Mapping[UUID, Person], known: Iterable[UUID]
) -> dict[str, Any]:
    """A roll with the marks of who is expected in it; `known` are absences known ahead."""
    folded = unpack_marks(row.marks)
    enrolled = roster.nums_in(row)
    told = roll_facts(row)
    told["certified"] = certified(row, people)
    told["locked"] = locked(row, people)
    told["ops"] = folded.ops
    told["people"] = [people[one].by() for one in folded.people if one in people]
    told["marks"] = marks(folded, roster.text_of, enrolled)
    told["unmarked"] = unmarked(row, folded, roster, enrolled)
    told["known"] = list(known)
    return told


def certified(row: Any, people: Mapping[UUID, Person]) -> dict[str, Any] | None:
    """When the roll was certified and by whom; None while it is not."""
    by = people.get(row.certified_by)
    return None if by is None else {"at": spell(row.certified_at), "by": by.by()}


def locked(row: Any, people: Mapping[UUID, Person]) -> dict[str, Any] | None:
    """Since when the roll is locked and by whom; None while it is not."""
    if row.locked_at is None:
        return None
    by = people.get(row.locked_by)
    return {"at": spell(row.locked_at), "by": by and by.by()}


def marks(
    folded: Folded, text_of: Mapping[int, str], enrolled: frozenset[int]
) -> list[dict[str, Any]]:
    """The marks of enrolled students; a plain one says no more than who and what."""
    return [
        {"student_id": text_of[num], "presence": WORDS[code]}
        if code < MISSING
        else _odd(text_of[num], code, folded)
        for num, code in zip(folded.nums, folded.codes, strict=True)
        if num in enrolled
    ]


def _odd(student_id: str, code: int, folded: Folded) -> dict[str, Any]:
    presence = code & MISSING
    stands_by, seen, _, ruled, ruled_by, arrived, left, *rest = folded.variants[
        (code >> CODE_BITS) - 1
    ]
    _, _, _, heads, flags, notes, _ = rest
    mark: dict[str, Any] = {"student_id": student_id, "presence": WORDS[presence]}
    if arrived is not None:
        mark["arrived_at"] = _instant(arrived)
    if left is not None:
        mark["left_at"] = _instant(left)
    if list(heads) != [0]:
        mark["heads"] = heads
    by = 0 if stands_by is None else folded.authors[stands_by]
    if by:
        mark["by"] = by
    if ruled_by is not None:
        mark["office"] = WORDS[ruled]
    if seen not in {SAME, presence}:
        mark["seen"] = WORDS[seen]
    if flags:
        mark["flags"] = flags
    if notes:
        mark["notes"] = len(notes)
    return mark


def _instant(packed: int | str) -> str:
    return spell(from_ms(packed)) if isinstance(packed, int) else packed


def unmarked(row: Any, folded: Folded, roster: Roster, enrolled: frozenset[int]) -> list[str]:
    """The enrolled students whose presence nobody stated on a roll that was taken.

    A roll that was not taken lists none: by definition everybody is unmarked, and the list would be
    most of what a device fetches.
    """
    if row.state == RollState.NOT_TAKEN:
        return []
    stated = {num for num, code in zip(folded.nums, folded.codes, strict=True) if code & MISSING}
    return sorted(roster.text_of[num] for num in enrolled - stated)


def counts(folded: Folded, enrolled: frozenset[int]) -> dict[str, int]:
    """How many enrolled students stand as what."""
    told = {word: 0 for word in WORDS if word is not None}
    for num, code in zip(folded.nums, folded.codes, strict=True):
        word = WORDS[code & MISSING]
        if word is not None and num in enrolled:
            told[word] += 1
    return told


def section(row: Any, roster: Roster) -> dict[str, Any]:
    """A section with its dated roster."""
    return {
        "type": "section",
        "section_id": row.section_id,
        "seq": row.seq,
        "title": row.title,
        "course": row.course,
        "room": row.room,
        "roster_rev": row.roster_rev,
        "active": row.active,
        "teachers": [_teacher(one) for one in roster.teachers],
        "students": [_student(one) for one in roster.enrolled],
    }


def _teacher(one: Assigned) -> dict[str, Any]:
    return {
        "staff_id": one.staff_id,
        "name": one.name,
        "role": one.role,
        "begin_on": one.begin_on,
        "end_on": one.end_on,
    }


def student_name(one: Any) -> dict[str, Any]:
    """A student by name."""
    return {
        "student_id": one.student_id,
        "given_name": one.given_name,
        "family_name": one.family_name,
    }


def _student(one: Enrolled) -> dict[str, Any]:
    return student_name(one) | {
        "grade": one.grade,
        "begin_on": one.begin_on,
        "end_on": one.end_on,
        **instants(one),
    }


def instants(one: Enrolled) -> dict[str, str]:
    """When she came and left during a day, where that is known."""
    at = {"begin_at": one.begin_at, "end_at": one.end_at}
    return {name: spell(value) for name, value in at.items() if value is not None}


def day(row: Any) -> dict[str, Any]:
    """A school date."""
    return {
        "on": row.school_date,
        "kind": row.kind,
        "note": row.note,
        "schedule": row.schedule,
    }


def calendar(seq: int, days: Sequence[Any]) -> dict[str, Any]:
    """The dates that a device may need."""
    return {"type": "calendar", "seq": seq, "days": [day(row) for row in days]}
