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
    """One act in the log: by whom, when, at which place. Nobody where a school's rule locked it and
    nobody is known who set that (D17)."""

    act: Act
    by: UUID | None
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Certified:
    """How a roll stands, with the signature that holds and the lock, if there are any.

    `countersign`: taken on day passes alone and not signed yet.
    """

    state: RollState
    countersign: bool = False
    at: datetime | None = None
    by: UUID | None = None
    locked_at: datetime | None = None
    locked_by: UUID | None = None


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
    signature, lock = standing(acts)
    return Certified(
        state=_shown(state, ops, signature, lock),
        countersign=signature is None and {op.rank for op in submissions} == {Rank.DAYPASS},
        at=signature.at if signature else None,
        by=signature.by if signature else None,
        locked_at=lock.at if lock else None,
        locked_by=lock.by if lock else None,
    )


def _shown(
    state: RollState,
    ops: Iterable[Op],
    signature: Certification | None,
    lock: Certification | None,
) -> RollState:
    if lock is not None:
        return RollState.LOCKED
    if signature is None:
        return state
    later = any(op.seq > signature.seq for op in ops)
    return RollState.CORRECTED if later else RollState.CERTIFIED


def standing(
    acts: Iterable[Certification],
) -> tuple[Certification | None, Certification | None]:
    """The signature that holds, and the lock that does."""
    signature, lock = None, None
    for one in acts:
        if one.act is Act.CERTIFY:
            signature = one
        elif one.act is Act.LOCK:
            lock = one
        else:
            signature, lock = None, None
    return signature, lock


def locks(acts: Iterable[Certification], locks_at: datetime) -> bool:
    """Whether the school's rule locks a roll whose time has come (D17): not one that is locked, nor
    one that was opened again since then."""
    last = max((one for one in acts if one.act is not Act.CERTIFY), key=_seq, default=None)
    if last is None:
        return True
    return last.act is Act.REOPEN and last.at < locks_at


def _seq(act: Certification) -> int:
    return act.seq


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
