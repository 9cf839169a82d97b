"""Certification, the small form: a signature under a roll, what changed after it, locks (C).

Acts are entries of the school's log, made by the server itself while the person waits, so that
their places in the log are the order in which they happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.heads import Line
from sync.model import Kind, Op, Rank, RollState
from sync.registers import states_seen


class Act(StrEnum):
    """What may be done to a roll as a whole."""

    CERTIFY = "certify"
    LOCK = "lock"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Certification:
    """One act in the log: by whom, when, at which place."""

    act: Act
    by: UUID
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Certified:
    """How a roll stands, with the signature that holds, if one does.

    `countersign`: taken on day passes alone and not signed yet.
    """

    state: RollState
    countersign: bool = False
    at: datetime | None = None
    by: UUID | None = None


class Refusal(StrEnum):
    """Why somebody may not do an act."""

    NOT_YOURS = "not_yours"
    NOT_TAKEN = "not_taken"
    LOCKED = "locked"
    NO_REASON = "no_reason"
    CHANGED = "changed"


TEACHES = frozenset({Rank.TEACHER, Rank.SUBSTITUTE})


def certified(state: RollState, ops: Iterable[Op], acts: Sequence[Certification]) -> Certified:
    """The fold's state with certification on top (C1–C4). `acts` stand in the log's order."""
    signature, locked = standing(acts)
    if signature is None:
        return Certified(RollState.LOCKED if locked else state, countersign=taken_on_passes(ops))
    if locked:
        shown = RollState.LOCKED
    elif any(op.seq > signature.seq for op in ops):
        shown = RollState.CORRECTED
    else:
        shown = RollState.CERTIFIED
    return Certified(shown, at=signature.at, by=signature.by)


def standing(acts: Iterable[Certification]) -> tuple[Certification | None, bool]:
    """The signature that holds, and whether the roll is locked."""
    signature, locked = None, False
    for one in acts:
        if one.act is Act.CERTIFY:
            signature = one
        elif one.act is Act.LOCK:
            locked = True
        else:
            signature, locked = None, False
    return signature, locked


def taken_on_passes(ops: Iterable[Op]) -> bool:
    """Whether only people with a day pass took the roll (C5)."""
    ranks = {
        op.rank
        for op in ops
        if op.kind is Kind.SUBMIT and any(states_seen(Line(op, one)) for one in op.observations)
    }
    return ranks == {Rank.DAYPASS}


def may(act: Act, rank: Rank | None, *, administrator: bool) -> bool:
    """Whether it is this person's to do (C6): a teacher of the section signs, as its teacher on
    the date and not on a day pass; an administrator may do all three."""
    return administrator or (act is Act.CERTIFY and rank in TEACHES)
