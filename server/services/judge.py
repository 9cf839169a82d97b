"""Judges the ops of one batch against what the school knows, and folds what is accepted.

A `Sitting` is one batch (or one op of it) at the school's turn: it loads the facts, hears the ops
in their order and gathers what has to be written. It writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec import UNSET

from schemas.fast import Header, Sent
from schemas.fast import Op as SentOp
from server.db import Turn
from server.record import pack_op
from server.services.facts import Facts, Wanted, knows_rules
from server.services.hearing import Hearing, Sender, hearing_of
from server.services.known import Roll, open_roll
from server.services.refold import Refolded, met, observations
from server.services.reply import Reply, again, roll_outcome
from server.services.seal import opened
from server.services.told import changed_marks
from server.services.waiting import ended
from sync.admit import Admission, MeetingFacts, OpFacts, Outcome, Reason, admit
from sync.deadline import is_ahead, is_next_day
from sync.model import Capture, Kind, Op, Rank, RollState


@dataclass(slots=True)
class Ledger:
    """What a sitting wants written."""

    ops: list[dict[str, Any]] = field(default_factory=list)
    rolls: dict[UUID, tuple[Roll, Refolded]] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)


class Sitting:
    """One batch at the school's turn."""

    def __init__(self, turn: Turn, sender: Sender, now: datetime, facts: Facts) -> None:
        """Take everything that the batch is judged by."""
        self.turn, self.sender, self.now = turn, sender, now
        self.ledger = Ledger()
        self._facts = facts
        self._rolls: dict[UUID, Roll] = {}
        self._heard: dict[UUID, Reply] = {}

    def hear(self, sent: Sent) -> Reply:
        """Judge one op; what was received before is answered as it was then."""
        named = sent.op or sent.header
        if named is None:
            return self._unreadable(sent)
        op_id = UUID(named.id)
        before = self._heard.get(op_id) or self._received(op_id, named.id)
        if before is not None:
            return self._repeated(before, sent, named.id)
        reply = self._new(sent, named)
        self._heard[op_id] = reply
        return reply

    def judge(self, sent: Sent) -> Reply:
        """Judge an op of the log as if it came now; it must have an id."""
        named = sent.op or sent.header
        assert named is not None, "an op without an id is refused"
        return self._new(sent, named)

    def keep_raw(self, sent: Sent, reason: str) -> Reply:
        """Keep an op as it came, for a person; it must have an id."""
        named = sent.op or sent.header
        assert named is not None, "an op without an id is refused"
        return self._hold(hearing_of(sent, self.sender, self._facts, self.now), reason)

    def _received(self, op_id: UUID, said_id: str) -> Reply | None:
        row = self._facts.received.get(op_id)
        if row is None:
            return None
        reply, resolved = again(row, said_id), self._facts.resolved.get(op_id)
        if resolved is not None:
            reply.became = ended(resolved.how)
        return reply

    def _repeated(self, before: Reply, sent: Sent, said_id: str) -> Reply:
        if before.digest == sent.digest:
            before = again_in_batch(before)
            before.said_id = said_id
            return before
        reply = Reply(said_id, "refused", self.now, sent.digest, "op_id_reuse")
        reply.stored = before.digest
        self._log_refusal(sent, reply)
        return reply

    def _unreadable(self, sent: Sent) -> Reply:
        if self.sender.handed_over:
            return self._keep_unreadable(sent)
        reply = Reply(sent.said_id, "refused", self.now, sent.digest, "malformed")
        reply.what = sent.fault or ""
        self._log_refusal(sent, reply)
        return reply

    def _keep_unreadable(self, sent: Sent) -> Reply:
        op_id = handed_id(self.sender.school_id, sent)
        before = self._heard.get(op_id) or self._received(op_id, sent.said_id)
        if before is not None:
            return again_in_batch(before)
        device = self.sender.device_id
        unread = Hearing(
            sent, op_id, None, "unread", 0, None, device, None, Capture(taken_at=self.now)
        )
        self._heard[op_id] = reply = self._hold(unread, "handed_over")
        return reply

    def _log_refusal(self, sent: Sent, reply: Reply) -> None:
        name = f"{reply.reason}/{reply.said_id}/{sent.digest.hex()}"
        self.ledger.refusals.append(
            {
                "school_id": self.sender.school_id,
                "refusal_id": uuid5(self.sender.school_id, name),
                "op_id": reply.said_id.replace("\0", "\ufffd"),  # PostgreSQL stores no NUL
                "device_id": self.sender.device_id,
                "received_at": self.now,
                "reason": reply.reason,
                "hash": sent.digest,
                "payload": sent.raw,
            }
        )

    def _new(self, sent: Sent, named: SentOp | Header) -> Reply:
        hearing = hearing_of(sent, self.sender, self._facts, self.now)
        roll = self._open(hearing)
        rank = self._rank(hearing, roll)
        admission = self._admit(hearing, roll, rank)
        if admission.outcome is Outcome.ACCEPTED:
            assert roll is not None, "only an op about a known roll is accepted"
            assert rank is not None, "only an author with authority is accepted"
            return self._accept(hearing, roll, rank, admission)
        reason = str(admission.reason)
        if admission.outcome is Outcome.HELD:
            return self._hold(hearing, reason, _what(admission, roll))
        reply = Reply(named.id, "refused", self.now, sent.digest, reason)
        self._log_refusal(sent, reply)
        return reply

    def _open(self, hearing: Hearing) -> Roll | None:
        row = None if hearing.roll_id is None else self._facts.rolls.get(hearing.roll_id)
        if row is None or hearing.sent.op is None or hearing.sent.tree is None:
            return None
        roll = self._rolls.get(row.roll_id)
        if roll is None:
            roll = open_roll(
                self.turn.connection,
                self.sender.school_id,
                row,
                self._facts.rosters[row.section_id],
                self._facts.prior.get(row.roll_id, ()),
                zone=self.sender.zone,
            )
            self._rolls[row.roll_id] = roll
        roll.meet(self.turn.connection, [mark["student_id"] for mark in hearing.sent.tree["marks"]])
        return roll

    def _rank(self, hearing: Hearing, roll: Roll | None) -> Rank | None:
        """Whose word it is on the roll's date, from the assignments and never from the op."""
        if roll is None or hearing.author is None:
            return None
        if hearing.pass_id is not None:
            listed = roll.roll_id in self._facts.passes[hearing.pass_id]
            return Rank.DAYPASS if listed and hearing.kind == Kind.SUBMIT else None
        wide = knows_rules(hearing.author.role)
        if hearing.kind == Kind.RULE:
            return Rank.OFFICE if wide else None
        rank = roll.roster.rank(hearing.author.staff_id, roll.meeting.on)
        return rank or (Rank.STAFF if wide else None)

    def _admit(self, hearing: Hearing, roll: Roll | None, rank: Rank | None) -> Admission:
        understood = hearing.sent.op is not None
        tree: Mapping[str, Any] = hearing.sent.tree or {}
        asked = OpFacts(
            kind=Kind(hearing.kind) if understood else None,
            rank=rank,
            taken_at=hearing.capture.taken_at,
            students=roll.ids(tree["marks"]) if roll else (),
            grant=hearing.grant,
        )
        return admit(None if roll is None else self._meeting(roll), asked)

    def _meeting(self, roll: Roll) -> MeetingFacts:
        return MeetingFacts(
            roster=roll.enrolled,
            state=RollState(roll.state),
            void_reason=None if self.sender.knows_better else roll.void_reason,
            ahead=is_ahead(roll.meeting.on, self.now, self.sender.zone),
        )

    def _accept(self, hearing: Hearing, roll: Roll, rank: Rank, admission: Admission) -> Reply:
        sent, author = hearing.sent, hearing.author
        assert sent.tree is not None, "an accepted op was read"
        assert author is not None, "an accepted op has an author"
        kind = Kind(hearing.kind)
        tree = self._in_words(sent)
        payload = pack_op(tree, roll.known.num_of)
        op = Op(
            op_id=hearing.op_id,
            kind=kind,
            author=author.staff_id,
            rank=rank,
            device_id=hearing.device_id,
            taken_at=hearing.capture.taken_at,
            observations=observations(tree["marks"], kind, roll.known.id_of),
            received_at=self.now,
            seq=self.turn.next_seq(),
        )
        refolded = roll.take_in(op, hearing.capture)
        self.ledger.rolls[roll.roll_id] = (roll, refolded)
        reply = Reply(hearing.sent.said_id, "accepted", self.now, sent.digest, seq=op.seq)
        reply.reason = None if admission.reason is None else str(admission.reason)
        timely = met(op, hearing.capture, roll.meeting) if kind is Kind.SUBMIT else None
        reply.roll = roll_outcome(
            refolded.row["state"],
            timely,
            roll.unmarked(refolded.roll),
            next_day=is_next_day(roll.meeting.on, self.now, self.sender.zone),
        )
        reply.marks = changed_marks(self.turn.connection, op, refolded.roll, roll, author)
        self._enter(hearing, reply, payload, rank)
        return reply

    def _in_words(self, sent: Sent) -> Mapping[str, Any]:
        """The op with its sealed notes opened; the log and the fold have them in words."""
        assert sent.tree is not None, "an accepted op was read"
        if b"note_sealed" not in sent.raw:
            return sent.tree
        return opened(self.turn.connection, self.sender.school_id, sent.tree)

    def _hold(self, hearing: Hearing, reason: str, what: str = "") -> Reply:
        reply = Reply(hearing.sent.said_id, "held", self.now, hearing.sent.digest, reason)
        reply.what = what
        reply.seq = self.turn.next_seq()
        self._enter(hearing, reply, hearing.sent.raw.strip(), None)
        return reply

    def _enter(self, hearing: Hearing, reply: Reply, payload: bytes, rank: Rank | None) -> None:
        self.ledger.ops.append(
            {
                "school_id": self.sender.school_id,
                "op_id": hearing.op_id,
                "seq": reply.seq,
                "roll_id": hearing.roll_id,
                "kind": hearing.kind,
                "v": hearing.v,
                "author": hearing.author and hearing.author.staff_id,
                "rank": rank and rank.value,
                "device_id": hearing.device_id,
                "taken_at": hearing.capture.taken_at,
                "received_at": self.now,
                "outcome": reply.outcome,
                "reason": reply.reason,
                "hash": hearing.sent.digest,
                "payload": payload,
                "result": reply.keep(),
            }
        )


def _what(admission: Admission, roll: Roll | None) -> str:
    """What the words about a held op name: the day of a roll that has not come."""
    if roll is None or admission.reason is not Reason.NOT_OPEN:
        return ""
    return roll.meeting.on.isoformat()


def again_in_batch(before: Reply) -> Reply:
    """The same answer once more, for an op that came twice."""
    return replace(before, replayed=True)


def handed_id(school_id: UUID, sent: Sent) -> UUID:
    """The id under which an op of a file is kept that has none of its own: the same every time."""
    return uuid5(school_id, f"handed over/{sent.digest.hex()}")


def wanted(school_id: UUID, batch: Iterable[Sent]) -> Wanted:
    """What a batch asks about."""
    named = [(sent, sent.op or sent.header) for sent in batch]
    known = [one for _, one in named if one is not None]
    unnamed = [handed_id(school_id, sent) for sent, one in named if one is None]
    return Wanted(
        ops=_distinct([*(UUID(one.id) for one in known), *unnamed]),
        rolls=_distinct(UUID(one.roll_id) for one in known if one.roll_id is not UNSET),
        grants=_distinct(UUID(one.grant) for one in known if one.grant is not UNSET),
    )


def _distinct(ids: Iterable[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))
