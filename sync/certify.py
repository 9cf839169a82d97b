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

from sync.model import Op, Rank, RollState


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


class Verdict(StrEnum):
    """What becomes of an act that somebody asks for."""

    DONE = "done"
    STANDS_ALREADY = "stands_already"
    NOT_YOURS = "not_yours"
    NOT_TAKEN = "not_taken"
    LOCKED = "locked"
    NO_REASON = "no_reason"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that somebody asks for; `rank` is theirs for the meeting, None without one."""

    act: Act
    rank: Rank | None
    administrator: bool
    revision: int
    why: str | None = None


TEACHES = frozenset({Rank.TEACHER, Rank.SUBSTITUTE})
SIGNED = frozenset({RollState.CERTIFIED, RollState.CORRECTED})


def certified(
    state: RollState,
    submissions: Iterable[Op],
    ops: Iterable[Op],
    acts: Sequence[Certification],
) -> Certified:
    """The fold's state with certification on top (C1–C5).

    `submissions` are those of the `ops` that took the roll; `acts` stand in the log's order.
    """
    signature, locked = standing(acts)
    if signature is None:
        shown = RollState.LOCKED if locked else state
        return Certified(shown, countersign={op.rank for op in submissions} == {Rank.DAYPASS})
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


def judge(asked: Asked, state: RollState, revision: int) -> Verdict:
    """Whether an act is done to a roll in this state and at this revision (C6, C7)."""
    if not asked.administrator and (asked.act is not Act.CERTIFY or asked.rank not in TEACHES):
        return Verdict.NOT_YOURS
    if _stands(asked.act, state):
        return Verdict.STANDS_ALREADY
    if asked.act is Act.CERTIFY and state is RollState.LOCKED:
        return Verdict.LOCKED
    if asked.act is Act.CERTIFY and state is RollState.NOT_TAKEN:
        return Verdict.NOT_TAKEN
    if asked.act is Act.REOPEN and not asked.why:
        return Verdict.NO_REASON
    return Verdict.DONE if asked.revision == revision else Verdict.CHANGED


def _stands(act: Act, state: RollState) -> bool:
    """Whether the roll is already as the act would leave it; a corrected one may be signed anew."""
    if act is Act.CERTIFY:
        return state is RollState.CERTIFIED
    if act is Act.LOCK:
        return state is RollState.LOCKED
    return state not in {*SIGNED, RollState.LOCKED}
