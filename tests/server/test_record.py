"""What lies in the database is what came, in a few bytes a mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.record import pack_marks, pack_op, unpack_marks, unpack_op
from sync.fold import fold
from sync.model import Flag, Kind, Mark, Note, Observation, Op, Presence, Rank, Why
from tests.support.cast import gather

STUDENTS = [uuid5(UUID(int=3), str(n)) for n in range(60)]
NUMS = {str(student): n * 1400 + 1 for n, student in enumerate(STUDENTS[:50])}
KNOWN = {num: student for student, num in NUMS.items()}
OPS = [uuid5(UUID(int=4), str(n)) for n in range(6)]
PEOPLE = [uuid5(UUID(int=5), str(n)) for n in range(3)]

ids = st.uuids().map(str)
words = st.text(st.characters(codec="utf-8"), max_size=30)
moments_of_the_century = st.integers(0, 4 * 10**15).map(
    lambda us: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
)
instants = moments_of_the_century.map(lambda at: at.isoformat().replace("+00:00", "Z"))
presences = st.sampled_from([None, *(one.value for one in Presence)])
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
sent_marks = st.fixed_dictionaries(
    {"student_id": st.sampled_from([str(one) for one in STUDENTS])},
    optional={
        "presence": presences,
        "arrived_at": st.none() | instants,
        "note": words,
        "parents": st.lists(ids, max_size=3),
        "excused": st.none() | st.booleans(),
        "confidence": json,
    },
)
clocks = st.fixed_dictionaries(
    {
        "offset_ms": st.integers(-(10**12), 10**12),
        "uncertainty_ms": st.integers(0, 10**12),
        "server_seen_at": st.none() | instants,
        "suspect": st.booleans(),
    },
    optional={"source": words},
)
trees = st.fixed_dictionaries(
    {"taken_at": instants, "marks": st.lists(sent_marks, max_size=40)},
    optional={
        "grant": ids,
        "roster_rev": st.integers(0, 10**12),
        "clock": clocks,
        "battery": json,
    },
)


@given(trees)
@settings(max_examples=120, deadline=None)
def test_an_op_comes_back_as_it_was_sent_with_fields_nobody_knows(tree: dict[str, Any]) -> None:
    assert unpack_op(pack_op(tree, NUMS), KNOWN) == tree


moments = st.none() | moments_of_the_century
op_ids = st.none() | st.sampled_from(OPS)
folded = st.builds(
    Mark,
    student_id=st.sampled_from(STUDENTS[:50]),
    presence=st.sampled_from([None, *Presence]),
    stands_by=op_ids,
    seen=st.sampled_from([None, *Presence]),
    seen_by=op_ids,
    ruled=st.sampled_from([None, *Presence]),
    ruled_by=op_ids,
    arrived_at=moments,
    left_at=moments,
    reason=st.none() | words,
    excused=st.none() | st.booleans(),
    evidence=st.none() | words,
    heads=st.lists(st.sampled_from(OPS), unique=True).map(tuple),
    flags=st.frozensets(st.sampled_from(list(Flag))),
    notes=st.lists(st.builds(Note, st.sampled_from(OPS), words), max_size=2).map(tuple),
    why=st.sampled_from([None, *Why]),
)


@given(st.lists(folded, max_size=50), st.lists(st.sampled_from(PEOPLE), min_size=6, max_size=6))
@settings(max_examples=100, deadline=None)
def test_folded_marks_come_back_as_the_fold_gave_them(
    marks: list[Mark], authors: list[UUID]
) -> None:
    nums = [NUMS[str(mark.student_id)] for mark in marks]
    back = unpack_marks(pack_marks(marks, nums, OPS, authors))
    assert back.marks({num: UUID(student) for num, student in KNOWN.items()}) == marks
    assert back.ops == OPS
    assert [back.people[place] for place in back.authors] == authors


def test_the_common_roll_takes_few_bytes_a_mark() -> None:
    """Both copies of a roll of 30, two absent: far below the 30 bytes a mark that rows may take."""
    students = gather().eight_a.students
    nums = {str(student): 40_000 + 7 * n for n, student in enumerate(students)}
    said = [Presence.ABSENT if n in {3, 9} else Presence.PRESENT for n in range(30)]
    marks = [
        {"student_id": str(student), "presence": one.value}
        for student, one in zip(students, said, strict=True)
    ]
    clock = {"offset_ms": -412, "uncertainty_ms": 90, "server_seen_at": None, "suspect": False}
    tree = {"grant": str(OPS[0]), "roster_rev": 17, "taken_at": "2026-10-06T15:03:00.000Z"}
    payload = pack_op({**tree, "clock": clock, "marks": marks}, nums)
    op = Op(
        OPS[0],
        Kind.SUBMIT,
        PEOPLE[0],
        Rank.TEACHER,
        PEOPLE[1],
        datetime(2026, 10, 6, tzinfo=UTC) + timedelta(hours=15),
        tuple(Observation(student, one) for student, one in zip(students, said, strict=True)),
    )
    roll = fold([op], students)
    row = pack_marks(roll.marks, [nums[str(m.student_id)] for m in roll.marks], OPS[:1], PEOPLE[:1])
    assert len(payload) < 30 * 5
    assert len(row) < 30 * 5


def test_a_format_of_a_newer_version_is_not_guessed_at() -> None:
    packed = bytearray(pack_marks([], [], OPS[:1], PEOPLE[:1]))
    packed[1] = 0x58
    with pytest.raises(ValueError, match="format"):
        unpack_marks(bytes(packed))
