"""Signatures, locks and what came after them, as pure facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.certify import Act, Asked, Certification, Certified, Verdict, certified, judge
from sync.model import Op, Presence, Rank, RollState
from tests.sync.ops import ANA, MORNING, RUIZ, op, said

ACTS = {"c": Act.CERTIFY, "l": Act.LOCK, "r": Act.REOPEN}


def acts(*told: tuple[int, str]) -> list[Certification]:
    """Acts by their places in the log."""
    return [
        Certification(ACTS[word], RUIZ, MORNING + timedelta(minutes=seq), seq) for seq, word in told
    ]


def stands(*told: tuple[int, str], ops: int = 1) -> Certified:
    """A roll that Ruiz took at place 1 and to which `ops - 1` others were added at 11, 12 …"""
    entries = [_at(1), *(_at(10 + n) for n in range(1, ops))]
    return certified(RollState.SUBMITTED, entries[:1], entries, acts(*told))


def _at(seq: int, rank: Rank = Rank.TEACHER) -> Op:
    return replace(op(1, RUIZ, 0, said(ANA, Presence.PRESENT)), seq=seq, rank=rank)


def test_C1_a_signature_holds_and_says_whose_it_is() -> None:
    assert stands((5, "c")) == Certified(
        RollState.CERTIFIED, at=MORNING + timedelta(minutes=5), by=RUIZ
    )


def test_C2_what_joins_the_log_after_it_makes_a_corrected_roll_until_it_is_signed_anew() -> None:
    assert stands((5, "c"), ops=2).state is RollState.CORRECTED
    assert stands((5, "c"), (20, "c"), ops=2).state is RollState.CERTIFIED


@pytest.mark.parametrize(
    ("told", "state", "signed"),
    [
        ([], RollState.SUBMITTED, False),
        ([(5, "l")], RollState.LOCKED, False),
        ([(5, "c"), (6, "l")], RollState.LOCKED, True),
        ([(5, "c"), (6, "r")], RollState.SUBMITTED, False),
        ([(5, "c"), (6, "l"), (7, "r")], RollState.SUBMITTED, False),
        ([(5, "l"), (6, "r"), (7, "c")], RollState.CERTIFIED, True),
    ],
)
def test_C3_C4_a_lock_closes_and_reopening_takes_all_away(
    told: list[tuple[int, str]], state: RollState, signed: bool
) -> None:
    found = stands(*told)
    assert (found.state, found.by is not None) == (state, signed)


def test_C5_only_a_roll_of_day_passes_alone_waits_for_a_signature() -> None:
    guest, ruiz = _at(1, Rank.DAYPASS), _at(2)
    alone, both = [guest], [guest, ruiz]
    assert certified(RollState.SUBMITTED, alone, alone, []).countersign
    assert not certified(RollState.SUBMITTED, both, both, []).countersign
    assert not certified(RollState.SUBMITTED, alone, alone, acts((5, "c"))).countersign
    assert certified(RollState.SUBMITTED, alone, alone, acts((5, "c"), (6, "r"))).countersign
    assert not certified(RollState.NOT_TAKEN, [], [], []).countersign


def asked(act: Act, rank: Rank | None = Rank.TEACHER, **more: object) -> Asked:
    facts: dict[str, object] = {"administrator": False, "revision": 3, "why": None, **more}
    return Asked(act, rank, **facts)  # type: ignore[arg-type] # a table of facts


@pytest.mark.parametrize(
    ("who", "state", "verdict"),
    [
        (asked(Act.CERTIFY), RollState.SUBMITTED, Verdict.DONE),
        (asked(Act.CERTIFY, Rank.SUBSTITUTE), RollState.SUBMITTED, Verdict.DONE),
        (asked(Act.CERTIFY, Rank.DAYPASS), RollState.SUBMITTED, Verdict.NOT_YOURS),
        (asked(Act.CERTIFY, None), RollState.SUBMITTED, Verdict.NOT_YOURS),
        (asked(Act.CERTIFY, None, administrator=True), RollState.SUBMITTED, Verdict.DONE),
        (asked(Act.CERTIFY), RollState.NOT_TAKEN, Verdict.NOT_TAKEN),
        (asked(Act.CERTIFY), RollState.LOCKED, Verdict.LOCKED),
        (asked(Act.CERTIFY), RollState.CERTIFIED, Verdict.STANDS_ALREADY),
        (asked(Act.CERTIFY), RollState.CORRECTED, Verdict.DONE),
        (asked(Act.LOCK), RollState.SUBMITTED, Verdict.NOT_YOURS),
        (asked(Act.LOCK, administrator=True), RollState.NOT_TAKEN, Verdict.DONE),
        (asked(Act.LOCK, administrator=True), RollState.LOCKED, Verdict.STANDS_ALREADY),
        (asked(Act.REOPEN, administrator=True), RollState.LOCKED, Verdict.NO_REASON),
        (asked(Act.REOPEN, administrator=True, why="so"), RollState.LOCKED, Verdict.DONE),
        (asked(Act.REOPEN, administrator=True), RollState.SUBMITTED, Verdict.STANDS_ALREADY),
    ],
)
def test_C6_who_may_do_what(who: Asked, state: RollState, verdict: Verdict) -> None:
    assert judge(who, state, 3) is verdict


def test_C7_only_at_the_revision_that_was_seen() -> None:
    assert judge(asked(Act.CERTIFY), RollState.SUBMITTED, 4) is Verdict.CHANGED
    assert judge(asked(Act.CERTIFY), RollState.CERTIFIED, 4) is Verdict.STANDS_ALREADY
