"""One op with its author's standing: whose it is, on which device, taken when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from schemas.fast import Header, Sent, instant
from schemas.fast import Op as SentOp
from server.services.facts import Facts, Person
from server.services.refold import capture_of
from sync.admit import GrantFacts
from sync.model import Capture


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose tablet speaks: the school, its zone, the device, and who is signed in on it.

    `person` None: nobody is, or the holder of a day pass; then nobody is the author of an op
    without a grant. `handed_over`: the ops come from a file that the office brings in; there too,
    and what cannot be read is kept instead of refused. `knows_better`: somebody of the office has
    looked at a held op; the calendar does not stand against their word (A13).
    """

    school_id: UUID
    zone: str
    device_id: UUID
    person: Person | None
    handed_over: bool = False
    knows_better: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """One op with its author's standing: what admission and the log need."""

    sent: Sent
    op_id: UUID
    roll_id: UUID | None
    kind: str
    v: int
    author: Person | None
    device_id: UUID
    grant: GrantFacts | None
    capture: Capture
    pass_id: UUID | None = None


def hearing_of(sent: Sent, sender: Sender, facts: Facts, now: datetime) -> Hearing:
    """What admission and the log need of an op that has an id. A grant says whose it is; without
    one it is theirs who is signed in."""
    named = sent.op or sent.header
    assert named is not None, "an op without an id is refused"
    grant_id = None if named.grant is UNSET else UUID(named.grant)
    row = None if grant_id is None else facts.grants.get(grant_id)
    author, device_id, grant = sender.person, sender.device_id, None
    if grant_id is not None:
        author = None
        here = grant_id not in facts.elsewhere
        grant = GrantFacts(known=row is not None, same_school=here)
    elif sender.handed_over or author is None:
        author, grant = None, GrantFacts(known=False)
    if row is not None:
        grant = GrantFacts(until_at=row.until_at, revoked_at=row.revoked_at)
        author = Person(row.staff_id, row.display_name, row.role)
        device_id = row.device_id
    return Hearing(
        sent=sent,
        op_id=UUID(named.id),
        roll_id=None if named.roll_id is UNSET else UUID(named.roll_id),
        kind=named.kind,
        v=named.v,
        author=author,
        device_id=device_id,
        grant=grant,
        capture=_capture(sent, named, now),
        pass_id=None if row is None else row.pass_id,
    )


def _capture(sent: Sent, named: SentOp | Header, now: datetime) -> Capture:
    if sent.op is not None and sent.tree is not None:
        return capture_of(sent.tree, now)
    stated = None if named.taken_at is UNSET else instant(named.taken_at)
    return Capture(taken_at=now if stated is None else min(stated, now))
