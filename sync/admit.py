"""Whether one op becomes part of the record, waits for a person, or does not belong here (A).

Nothing is refused for being late, strange or from a newer app: what cannot be taken in is held.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.layout import Void
from sync.model import Kind, Rank, RollState


class Outcome(StrEnum):
    """What became of an op."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why an op was held or refused."""

    WRONG_SCHOOL = "wrong_school"
    UNSUPPORTED_KIND = "unsupported_kind"
    GRANT_UNKNOWN = "grant_unknown"
    GRANT_REVOKED = "grant_revoked"
    GRANT_EXPIRED = "grant_expired"
    UNKNOWN_ROLL = "unknown_roll"
    NO_SCHOOL = "no_school"
    ROLL_VOID = "roll_void"
    LOCKED = "locked"
    CERTIFIED = "certified"
    NOT_OPEN = "not_open"
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the school knows about the meeting; `roster` are the students enrolled on its date.

    `ahead`: by the server's own clock its school date has not begun (`sync.deadline.is_ahead`).
    """

    roster: Collection[UUID]
    state: RollState = RollState.NOT_TAKEN
    void_reason: str | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What the school knows about the capture grant that an op carries."""

    known: bool = True
    same_school: bool = True
    until_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpFacts:
    """What admission asks of an op.

    `kind` None is a kind or version that this server does not understand; `rank` None is an author
    without authority over the roll on its date; `taken_at` is corrected and clamped (D7); `grant`
    None is an op sent under the author's own sign-in.
    """

    kind: Kind | None
    rank: Rank | None
    taken_at: datetime
    students: Collection[UUID]
    grant: GrantFacts | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """The outcome for one op; `not_enrolled` are the students whose lines wait for the office."""

    outcome: Outcome
    reason: Reason | None = None
    not_enrolled: tuple[UUID, ...] = ()


ACCEPTED = Admission(Outcome.ACCEPTED)
NO_SCHOOL = frozenset({Void.HOLIDAY, Void.CLOSED, Void.EMERGENCY, Void.CLOSED_EARLY})


def admit(meeting: MeetingFacts | None, op: OpFacts) -> Admission:
    """Judge one op (A1–A11). `meeting` None is a roll that the school does not know."""
    if op.grant is not None and not op.grant.same_school:
        return Admission(Outcome.REFUSED, Reason.WRONG_SCHOOL)
    if op.kind is None:
        return held(Reason.UNSUPPORTED_KIND)
    reason = grant_problem(op.grant, op.taken_at)
    if reason is not None:
        return held(reason)
    # A roll that is not the author's looks like one that does not exist: nothing leaks.
    if meeting is None or op.rank is None or not _may(op.kind, op.rank):
        return held(Reason.UNKNOWN_ROLL)
    reason = roll_problem(meeting, op.kind)
    return held(reason) if reason is not None else admit_students(meeting, op)


def held(reason: Reason) -> Admission:
    """An op that is kept and waits for a person or a newer server."""
    return Admission(Outcome.HELD, reason)


def grant_problem(grant: GrantFacts | None, taken_at: datetime) -> Reason | None:
    """Why a capture grant does not cover an op, if it does not (A4). What was captured before a
    revocation or the grant's end counts, however late it arrives."""
    if grant is None:
        return None
    if not grant.known:
        return Reason.GRANT_UNKNOWN
    if grant.revoked_at is not None and taken_at > grant.revoked_at:
        return Reason.GRANT_REVOKED
    if grant.until_at is not None and taken_at > grant.until_at:
        return Reason.GRANT_EXPIRED
    return None


def roll_problem(meeting: MeetingFacts, kind: Kind) -> Reason | None:
    """Why a roll takes in no op of this kind, if it does not (A6, A7, A11)."""
    if meeting.void_reason in NO_SCHOOL:
        return Reason.NO_SCHOOL
    if meeting.void_reason not in {None, Void.NO_STUDENTS}:
        return Reason.ROLL_VOID
    if meeting.state is RollState.LOCKED:
        return Reason.LOCKED
    certified = meeting.state in {RollState.CERTIFIED, RollState.CORRECTED}
    if certified and kind is Kind.SUBMIT:
        return Reason.CERTIFIED
    return Reason.NOT_OPEN if meeting.ahead and kind is Kind.SUBMIT else None


def admit_students(meeting: MeetingFacts, op: OpFacts) -> Admission:
    """Accept an op for its enrolled students; hold it when it speaks of none (A8)."""
    roster = meeting.roster if isinstance(meeting.roster, frozenset | set) else {*meeting.roster}
    strangers = tuple(sorted({student for student in op.students if student not in roster}))
    if not strangers:
        return ACCEPTED
    if len(strangers) == len({*op.students}):
        return Admission(Outcome.HELD, Reason.NOT_ENROLLED, strangers)
    return Admission(Outcome.ACCEPTED, Reason.NOT_ENROLLED, strangers)


def _may(kind: Kind, rank: Rank) -> bool:
    return kind is Kind.SUBMIT or rank is Rank.OFFICE
