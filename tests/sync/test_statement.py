"""The weekly statement and what changed beside it (C9, C10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.fold import fold
from sync.model import Kind, Observation, Op, Presence, Rank
from sync.statement import (
    SignedRoll,
    Standing,
    Statement,
    changes_since,
    digest,
    is_over,
    not_taken,
    standing,
)
from tests.sync import ops as some
from tests.sync.ops import ANA, LIND, RUIZ, STUDENTS, uid
from tests.sync.testcal import day, local

calm = settings(deadline=None)
WEEK = (day("2025-09-08"), day("2025-09-12"))
WORDS = "These are the rolls that I took."
FRIDAY = WEEK[1]


def op(number: int, at: tuple[str, str], author: UUID, kind: Kind, *lines: Observation) -> Op:
    moment = local(day(at[0]), at[1])
    rank = Rank.TEACHER if kind is Kind.SUBMIT else Rank.OFFICE
    return Op(uid(0xE, number), kind, author, rank, uid(0xD, 1), moment, lines, moment, number)


TAKEN = op(
    1,
    ("2025-09-10", "08:35"),
    RUIZ,
    Kind.SUBMIT,
    *(Observation(student, Presence.PRESENT) for student in STUDENTS[1:]),
    Observation(ANA, Presence.ABSENT),
)


def signed(*ops: Op, seq: int = 1, number: int = 1, on: date = date(2025, 9, 10)) -> SignedRoll:
    return SignedRoll(uid(0xF, number), uid(0xF, 0), on, "1", seq, fold(ops, STUDENTS))


def statement(*rolls: SignedRoll) -> Statement:
    return Statement(RUIZ, *WEEK, WORDS, rolls)


def test_C9_C10_X03_a_recoding_after_the_signature_is_listed_and_not_hidden_in_it() -> None:
    """The week of September 8, signed on the 15th at 7:50; the office recodes on the 18th."""
    assert is_over(WEEK[1], day("2025-09-15"))
    before = digest(statement(signed(TAKEN)))
    ruling = Observation(
        ANA,
        reason="A-1",
        excused=True,
        why="Note from the clinic",
        parents=frozenset({TAKEN.op_id}),
    )
    recoded = op(2, ("2025-09-18", "09:05"), LIND, Kind.RULE, ruling)
    changes = changes_since([recoded, TAKEN], STUDENTS, seq=1)
    assert [(one.fact, one.old, one.new) for one in changes] == [
        ("reason", None, "A-1"),
        ("excused", None, True),
    ]
    one = changes[0]
    assert (one.by, one.at, one.why) == (
        LIND,
        local(day("2025-09-18"), "09:05"),
        "Note from the clinic",
    )
    assert digest(statement(signed(TAKEN))) == before, "what was signed is folded to its place"
    assert standing(changes) is Standing.CHANGED_SINCE
    assert standing(changes_since([TAKEN], STUDENTS, seq=1)) is Standing.SIGNED


def test_C9_1_a_week_is_signed_when_it_is_over() -> None:
    assert not is_over(FRIDAY, FRIDAY)
    assert is_over(FRIDAY, day("2025-09-13"))


def test_C9_a_roll_that_nobody_took_is_part_of_what_is_signed() -> None:
    untaken = signed(number=2, on=FRIDAY, seq=0)
    both = statement(signed(TAKEN), untaken)
    assert not_taken(both) == (untaken.roll_id,)
    assert digest(both) != digest(statement(signed(TAKEN)))
    assert not_taken(statement(signed(TAKEN))) == ()


def test_C9_the_order_changes_nothing_and_everything_else_does() -> None:
    first, second = signed(TAKEN), signed(TAKEN, number=2, on=FRIDAY)
    whole = statement(first, second)
    assert digest(statement(second, first)) == digest(whole)
    moved = replace(
        first, roll=fold([replace(TAKEN, observations=TAKEN.observations[:-1])], STUDENTS)
    )
    others = [
        replace(whole, staff_id=LIND),
        replace(whole, words=WORDS + " "),
        replace(whole, to_on=day("2025-09-13")),
        statement(first),
        statement(replace(first, seq=2), second),
        statement(replace(first, period="2"), second),
        statement(moved, second),
    ]
    assert len({digest(one) for one in [whole, *others]}) == len(others) + 1


def test_C10_an_op_that_agrees_is_no_change_and_each_that_differs_is_its_own() -> None:
    agrees = op(
        2,
        ("2025-09-18", "09:05"),
        LIND,
        Kind.RULE,
        Observation(ANA, Presence.ABSENT, rules_presence=True, why="seen"),
    )
    came = Observation(
        ANA,
        Presence.LATE,
        rules_presence=True,
        arrived_at=local(day("2025-09-10"), "08:47"),
        why="Was at the window",
        parents=frozenset({TAKEN.op_id, agrees.op_id}),
    )
    corrects = op(3, ("2025-09-18", "09:10"), LIND, Kind.RULE, came)
    changes = changes_since([TAKEN, agrees, corrects], STUDENTS, seq=1)
    assert [(one.seq, one.fact, one.old, one.new) for one in changes] == [
        (3, "presence", Presence.ABSENT, Presence.LATE),
        (3, "arrived_at", None, local(day("2025-09-10"), "08:47")),
    ]


@calm
@given(some.honest_ops, st.integers(0, 6))
def test_C10_changes_lead_from_what_was_signed_to_what_stands(ops: list[Op], seq: int) -> None:
    told = [replace(one, seq=place) for place, one in enumerate(ops, start=1)]
    facts = {
        (mark.student_id, change): getattr(mark, change)
        for mark in fold([one for one in told if one.seq <= seq], STUDENTS).marks
        for change in ("presence", "arrived_at", "left_at", "reason", "excused", "evidence")
    }
    for one in changes_since(told[::-1], STUDENTS, seq):
        assert facts.get((one.student_id, one.fact)) == one.old
        facts[one.student_id, one.fact] = one.new
    for mark in fold(told, STUDENTS).marks:
        for fact in ("presence", "arrived_at", "left_at", "reason", "excused", "evidence"):
            assert facts.get((mark.student_id, fact)) == getattr(mark, fact)
