"""Ops for the tests: the cast's, and any that Hypothesis can think of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from sync.model import Kind, Observation, Op, Presence, Rank

MORNING = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


def uid(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 96) + number)


RUIZ, OKAFOR, SATO, PELL, LIND, VEGA = (uid(0xA, n) for n in range(1, 7))
RANKS = {
    RUIZ: Rank.TEACHER,
    OKAFOR: Rank.TEACHER,
    SATO: Rank.SUBSTITUTE,
    PELL: Rank.STAFF,
    LIND: Rank.OFFICE,
    VEGA: Rank.OFFICE,
}
ANA, BEN, CLEO = (uid(0xB, n) for n in range(1, 4))
STUDENTS = (ANA, BEN, CLEO)
OP_IDS = tuple(uid(0xC, n) for n in range(1, 7))


def said(
    student: UUID, presence: Presence | None = None, *parents: UUID, **more: object
) -> Observation:
    return Observation(student, presence, parents=frozenset(parents), **more)  # type: ignore[arg-type]  # fields by name


def op(number: int, author: UUID, minute: int, *observations: Observation) -> Op:
    office = RANKS[author] is Rank.OFFICE
    return Op(
        op_id=OP_IDS[number - 1],
        kind=Kind.RULE if office else Kind.SUBMIT,
        author=author,
        rank=RANKS[author],
        device_id=uid(0xD, number),
        taken_at=MORNING + timedelta(minutes=minute),
        observations=observations,
    )


instants = st.integers(0, 30).map(lambda minute: MORNING + timedelta(minutes=minute))
maybe_instants = st.none() | instants

observations = st.builds(
    Observation,
    student_id=st.sampled_from(STUDENTS),
    presence=st.none() | st.sampled_from(Presence),
    rules_presence=st.booleans(),
    arrived_at=maybe_instants,
    left_at=maybe_instants,
    note=st.sampled_from([None, None, "", "bus 12"]),
    reason=st.sampled_from([None, None, "", "illness", "dentist"]),
    excused=st.sampled_from([None, None, True, False]),
    evidence=st.sampled_from([None, None, "", "note seen"]),
    parents=st.frozensets(st.sampled_from(OP_IDS), max_size=3),
)

ops = st.builds(
    Op,
    op_id=st.sampled_from(OP_IDS),
    kind=st.sampled_from(Kind),
    author=st.sampled_from(list(RANKS)),
    rank=st.sampled_from(Rank),
    device_id=st.just(uid(0xD, 1)),
    taken_at=instants,
    observations=st.lists(observations, max_size=4).map(tuple),
    received_at=maybe_instants,
    seq=st.integers(0, 99),
)

any_ops = st.lists(ops, max_size=6)
honest_ops = st.lists(ops, max_size=6, unique_by=lambda one: one.op_id)
rosters = st.lists(st.sampled_from(STUDENTS), unique=True, max_size=3)
