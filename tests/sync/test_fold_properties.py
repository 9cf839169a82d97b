"""What holds of every set of ops, also of faulty ones (Hypothesis)."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.bulk import blanks
from sync.fold import fold, fold_any
from sync.heads import Line, heads, seen_by_each
from sync.model import Flag, Kind, Observation, Op, Presence, Rank, RollState
from tests.sync import ops as some
from tests.sync.ops import ANA, LIND, OKAFOR, RUIZ, STUDENTS, uid

calm = settings(deadline=None)  # a busy machine is not a fault

PRESENCE_FLAGS = {Flag.CONTESTED, Flag.SAFETY, Flag.OWN_DEVICES}


@calm
@given(some.any_ops, some.rosters, st.randoms(use_true_random=False))
def test_F1_1_order_duplicates_and_delay_change_nothing(
    ops: list[Op], roster: list[UUID], random: Random
) -> None:
    again = [replace(one, received_at=None, seq=random.randrange(99)) for one in ops + ops]
    random.shuffle(again)
    assert fold(again, roster[::-1]) == fold(ops, roster)


@calm
@given(some.honest_ops, some.rosters, st.data())
def test_F1_2_places_that_met_show_the_same(
    ops: list[Op], roster: list[UUID], data: st.DataObject
) -> None:
    here = data.draw(st.lists(st.sampled_from(ops), unique=True) if ops else st.just([]))
    there = [one for one in ops if one not in here] + here[:2]
    assert fold(here + there, roster) == fold(there + here, roster) == fold(ops, roster)


@calm
@given(some.any_ops, some.rosters)
def test_F1_3_any_set_of_ops_gives_a_roll(ops: list[Op], roster: list[UUID]) -> None:
    roll = fold(ops, roster)
    ids = {op.op_id for op in ops}
    for mark in (*roll.marks, *roll.not_enrolled):
        assert {*mark.heads, mark.stands_by, mark.seen_by, mark.ruled_by} - {None} <= ids
    assert {mark.student_id for mark in roll.marks} <= set(roster)
    assert not {mark.student_id for mark in roll.not_enrolled} & set(roster)


@calm
@given(some.any_ops, some.rosters)
def test_F1_4_the_quick_paths_give_what_the_rules_give(ops: list[Op], roster: list[UUID]) -> None:
    assert fold(ops, roster) == fold_any(ops, roster)


@calm
@given(
    st.lists(st.sampled_from(STUDENTS), min_size=1, unique=True),
    st.sampled_from([Presence.PRESENT, Presence.ABSENT, Presence.LATE]),
    st.sampled_from([None, "bus 12"]),
    some.rosters,
)
def test_F1_4_a_plain_first_submission_takes_the_quick_path_and_agrees(
    students: list[UUID], presence: Presence, note: str | None, roster: list[UUID]
) -> None:
    lines = (some.said(student, presence, note=note) for student in students)
    op = some.op(1, RUIZ, 5, *lines)
    assert fold([op], roster) == fold_any([op], roster)
    assert fold([op], STUDENTS) == fold_any([op], STUDENTS)


@calm
@given(some.honest_ops)
def test_F2_3_a_lane_in_which_somebody_spoke_has_a_head(ops: list[Op]) -> None:
    lines = [Line(op, op.observations[0]) for op in ops if op.observations]
    assert bool(heads(lines, seen_by_each(lines))) == bool(lines)


@calm
@given(some.honest_ops, st.sampled_from([Presence.PRESENT, Presence.ABSENT, Presence.LATE]))
def test_F8_1_a_ruling_that_names_all_heads_settles(ops: list[Op], presence: Presence) -> None:
    for mark in fold(ops, STUDENTS).marks:
        ruling = some.said(mark.student_id, presence, *mark.heads)
        final = settlement(LIND, Kind.RULE, Rank.OFFICE, ruling)
        settled = next(
            one for one in fold([*ops, final], STUDENTS).marks if one.student_id == mark.student_id
        )
        assert settled.presence is presence
        assert not settled.flags & PRESENCE_FLAGS


@calm
@given(some.honest_ops, st.sampled_from([Presence.PRESENT, Presence.ABSENT, Presence.LATE]))
def test_F8_1_staff_settle_their_lane_by_naming_all_heads(
    ops: list[Op], presence: Presence
) -> None:
    staff = [one for one in ops if one.kind is Kind.SUBMIT]
    for mark in fold(staff, STUDENTS).marks:
        line = some.said(mark.student_id, presence, *mark.heads)
        final = settlement(OKAFOR, Kind.SUBMIT, Rank.STAFF, line)
        settled = next(
            one
            for one in fold([*staff, final], STUDENTS).marks
            if one.student_id == mark.student_id
        )
        assert (settled.presence, settled.flags) == (presence, frozenset())


def settlement(author: UUID, kind: Kind, rank: Rank, line: Observation) -> Op:
    return Op(uid(0xE, 1), kind, author, rank, uid(0xD, 9), some.MORNING, (line,))


@calm
@given(some.honest_ops)
def test_F7_1_safety_is_contested_and_never_by_itself(ops: list[Op]) -> None:
    for mark in fold(ops, STUDENTS).marks:
        assert Flag.CONTESTED in mark.flags or Flag.SAFETY not in mark.flags


@calm
@given(some.honest_ops)
def test_F5_1_where_the_office_has_a_word_it_stands(ops: list[Op]) -> None:
    for mark in fold(ops, STUDENTS).marks:
        assert mark.presence is (mark.seen if mark.ruled is None else mark.ruled)


@calm
@given(some.honest_ops)
def test_F6_5_no_note_is_ever_lost(ops: list[Op]) -> None:
    for student in STUDENTS:
        said = {
            (op.op_id, one.note)
            for op in ops
            for one in {o.student_id: o for o in op.observations}.values()
            if one.student_id == student and one.note
        }
        kept = {note for mark in fold(ops, [student]).marks for note in mark.notes}
        assert kept == said


@calm
@given(some.rosters, some.rosters, some.rosters)
def test_F9_1_all_present_fills_only_blanks(
    displayed: list[UUID], marked: list[UUID], known: list[UUID]
) -> None:
    filled = blanks(displayed, marked, known)
    assert set(filled) == set(displayed) - set(marked) - set(known)
    assert list(filled) == [one for one in displayed if one in filled]


@calm
@given(some.honest_ops, some.rosters)
def test_F9_2_F10_1_a_student_nobody_spoke_of_is_unmarked_never_present(
    ops: list[Op], roster: list[UUID]
) -> None:
    roll = fold(ops, roster)
    spoken = {one.student_id for op in ops for one in op.observations}
    assert set(roster) - spoken <= set(roll.unmarked)
    assert set(roll.unmarked) == set(roster) - {m.student_id for m in roll.marks if m.presence}


@calm
@given(some.honest_ops, some.rosters)
def test_F10_2_putting_the_roster_right_moves_what_was_said_to_the_roll(
    ops: list[Op], roster: list[UUID]
) -> None:
    before, after = fold(ops, roster), fold(ops, STUDENTS)
    assert {*before.marks, *before.not_enrolled} == set(after.marks)


@calm
@given(some.honest_ops)
def test_F11_1_a_roll_is_submitted_by_a_stated_presence_alone(ops: list[Op]) -> None:
    states = any(
        op.kind is Kind.SUBMIT and one.presence not in {None, Presence.ELSEWHERE}
        for op in ops
        for one in op.observations
    )
    assert (fold(ops, [ANA]).state is RollState.SUBMITTED) == states
