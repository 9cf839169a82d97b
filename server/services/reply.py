"""What a tablet hears about one op: built when it is recorded, kept with it, told again on replay.

The row keeps what its columns do not say, as msgpack: nothing at all for most ops but how the roll
stood. Ids are 16 bytes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.columns import decode, encode, spell
from sync.model import RollState, Timeliness
from sync.phrases import weekday_of
from sync.sentence import say

A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
STATES = tuple(RollState)
TIMELINESS = tuple(Timeliness)
DETAIL = {
    "unknown_roll": say(
        "This roll is not yours on that date, or the school does not know it."
        " It is kept, and the office decides."
    ),
    "not_enrolled": say(
        "The students are not enrolled in this class on that date."
        " What you saw is kept for the office."
    ),
    "no_school": say("There is no school on that date. The roll is kept for the office."),
    "roll_void": say("This class does not meet then. The roll is kept for the office."),
    "certified": say("The roll is certified already. What you sent is kept for the office."),
    "locked": say("The roll is locked. What you sent is kept for the office."),
    "not_open": say("This roll is for {what}. It waits until then with the office."),
    "grant_unknown": say(
        "The school does not know the sign-in this was taken with."
        " It is kept, and the office decides."
    ),
    "grant_revoked": say(
        "It was taken after this tablet's leave to record was withdrawn."
        " It is kept, and the office decides."
    ),
    "grant_expired": say(
        "It was taken after this tablet's leave to record had ended."
        " It is kept, and the office decides."
    ),
    "unsupported_kind": say(
        "This server is older than your app. It is kept until the server is newer."
    ),
    "server_error": say("The server stumbled over it. It is kept, and somebody will look at it."),
    "handed_over": say(
        "It came in a file and could not be read as a roll. It is kept for the office."
    ),
    "malformed": say(
        "It could not be read, so it is not on the record. {what}"
        " Export it and give the file to the office."
    ),
    "wrong_school": say("It belongs to another school, so it is not on the record here."),
    "op_id_reuse": say(
        "Something else was received under the same number, so this was not taken."
        " Export it and give the file to the office."
    ),
}
SOME_NOT_ENROLLED = say(
    "Recorded. Some of the students are not enrolled in this class on that date;"
    " what you saw of them is kept for the office."
)


@dataclass(slots=True)
class Reply:
    """One op's answer; `what` is what the words about it name: a fault, a day."""

    said_id: str
    outcome: str
    received_at: datetime
    digest: bytes
    reason: str | None = None
    seq: int | None = None
    replayed: bool = False
    stored: bytes | None = None
    marks: Sequence[Mapping[str, Any]] = field(default=())
    roll: Mapping[str, Any] | None = None
    what: str = ""
    became: str | None = None
    """What somebody decided about it since, where it was held."""

    def result(self) -> dict[str, Any]:
        """As the wire has it."""
        told = {
            "id": self.said_id,
            "outcome": self.outcome,
            "reason": self.reason,
            "detail": self._detail(),
            "seq": self.seq,
            "received_at": spell(self.received_at),
            "replayed": self.replayed,
            "hash": self.digest.hex(),
            "marks": self.marks,
            "roll": self.roll,
        }
        if self.stored is not None:
            told["stored_hash"] = self.stored.hex()
        return told

    def _detail(self) -> str | None:
        if self.became is not None or self.reason is None:
            return self.became
        if self.outcome == "accepted":
            return SOME_NOT_ENROLLED
        return detail_of(self.reason, self.what)

    def keep(self) -> bytes | None:
        """What the op's row keeps of the answer."""
        if self.roll is None:
            return encode(self.what) if self.what else None
        roll, timely = self.roll, self.roll["timeliness"]
        return encode(
            [
                STATES.index(roll["state"]),
                None if timely is None else TIMELINESS.index(timely),
                roll["next_day"],
                b"".join(UUID(one).bytes for one in roll["unmarked"]),
                [_pack_mark(mark) for mark in self.marks],
            ]
        )


def detail_of(reason: str, what: str) -> str:
    """Why an op was held or refused, to who sent it; `what` is what the words name."""
    return DETAIL[reason].format(what=_named(what))


def _named(what: str) -> str:
    """A day is kept as a date; what is wrong with an op is kept in words."""
    return weekday_of(date.fromisoformat(what)) if A_DATE.fullmatch(what) else what


def again(row: Any, said_id: str) -> Reply:
    """The stored answer of an op that was received before."""
    reply = Reply(said_id, row.outcome, row.received_at, row.hash, row.reason, row.seq, True)
    kept = None if row.result is None else decode(row.result)
    if isinstance(kept, str):
        reply.what = kept
    elif kept is not None:
        state, timely, next_day, unmarked, marks = kept
        reply.roll = roll_outcome(
            STATES[state],
            None if timely is None else TIMELINESS[timely],
            [str(UUID(bytes=unmarked[at : at + 16])) for at in range(0, len(unmarked), 16)],
            next_day=next_day,
        )
        reply.marks = [_unpack_mark(mark) for mark in marks]
    return reply


def roll_outcome(
    state: str, timely: str | None, unmarked: Iterable[str], *, next_day: bool
) -> dict[str, Any]:
    """How the roll stands after the op."""
    return {
        "state": state,
        "timeliness": timely,
        "unmarked": list(unmarked),
        "next_day": next_day,
    }


def _pack_mark(mark: Mapping[str, Any]) -> list[Any]:
    by = mark["by"]
    return [
        UUID(mark["student_id"]).bytes,
        mark["sent"],
        mark["now"],
        None if by is None else [by["role"], by["name"], UUID(str(by["staff_id"])).bytes],
        mark["why"],
        mark["flags"],
    ]


def _unpack_mark(packed: Sequence[Any]) -> dict[str, Any]:
    student, sent, now, by, why, flags = packed
    return {
        "student_id": str(UUID(bytes=student)),
        "sent": sent,
        "now": now,
        "by": by and {"role": by[0], "name": by[1], "staff_id": str(UUID(bytes=by[2]))},
        "why": why,
        "flags": flags,
    }
