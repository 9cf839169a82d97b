"""The push path's own reading of the wire: the shapes of schemas/push.py, decoded by msgspec.

A batch is read in two steps, so that one op that makes no sense is refused alone. What is written
here must accept exactly what schemas/push.py accepts; a test with generated input holds them equal.
One thing is wider on purpose: fields that this version does not know are kept, not refused.
Ids may come in capitals; from here on they are in small letters.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from schemas.faults import NOT_AN_OP, NOT_JSON, plainly
from schemas.salvage import said_id, split
from schemas.words import How
from sync.model import Kind

MOST_OPS = 50
MOST_MARKS = 100
UUID_FORM = r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"
INSTANT_FORM = (
    r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\Z"
)
PRINTABLE = r"\A[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]*\Z"
MOST_MS = 10**12
LAST_VERSION = 10**6

CAPITALS = re.compile(rb"[A-F]")
ANY_ID = re.compile(UUID_FORM, re.IGNORECASE)

Id = Annotated[str, Meta(pattern=UUID_FORM)]
AnyId = Annotated[str, Meta(pattern=UUID_FORM.replace("a-f", "a-fA-F"))]
When = Annotated[str, Meta(pattern=INSTANT_FORM)]
Words3000 = Annotated[str, Meta(max_length=3000, pattern=PRINTABLE)]
Words500 = Annotated[str, Meta(max_length=500, pattern=PRINTABLE)]
Words100 = Annotated[str, Meta(max_length=100, pattern=PRINTABLE)]
Words64 = Annotated[str, Meta(max_length=64, pattern=PRINTABLE)]
Noticed = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
PresenceWord = Literal["present", "late", "left_early", "absent", "elsewhere"]


class Clock(Struct, frozen=True):
    """How the device's clock stood against the server's when the op was taken."""

    offset_ms: Annotated[int, Meta(ge=-MOST_MS, le=MOST_MS)]
    uncertainty_ms: Annotated[int, Meta(ge=0, le=MOST_MS)]
    server_seen_at: When | None
    suspect: bool
    asleep_ms: Annotated[int, Meta(ge=0, le=MOST_MS)] | UnsetType = UNSET


class Source(Struct, frozen=True):
    """Where an op comes from that nobody took in the room with a tablet."""

    how: How
    op_id: Id | UnsetType = UNSET
    taken_by: Words100 | UnsetType = UNSET
    stated_at: When | UnsetType = UNSET


class SentMark(Struct, frozen=True, gc=False):
    """One student's line as it came."""

    student_id: Id
    presence: PresenceWord | UnsetType | None = UNSET
    arrived_at: When | None = None
    left_at: When | None = None
    note: Words500 | UnsetType = UNSET
    note_sealed: Words3000 | UnsetType = UNSET
    parents: Annotated[list[Id], Meta(max_length=50)] | UnsetType = UNSET
    reason: Words64 | None = None
    excused: bool | None = None
    evidence: Words64 | None = None
    why: Words500 | UnsetType = UNSET
    incident: Words64 | UnsetType = UNSET
    noticed_on: Noticed | UnsetType = UNSET


class Op(Struct, frozen=True):
    """One op as it came."""

    id: Id
    v: Literal[1]
    kind: Kind
    roll_id: Id
    taken_at: When
    marks: Annotated[list[SentMark], Meta(max_length=MOST_MARKS)]
    grant: Id | UnsetType = UNSET
    roster_rev: Annotated[int, Meta(ge=0, le=MOST_MS)] | UnsetType = UNSET
    took_ms: Annotated[int, Meta(ge=0, le=MOST_MS)] | UnsetType = UNSET
    clock: Clock | UnsetType = UNSET
    source: Source | UnsetType = UNSET


class Push(Struct, frozen=True):
    """A batch; its ops are not looked into yet."""

    protocol: Literal[1]
    app: Words64
    device_id: AnyId
    epoch: Words64 | None
    client_time: When
    ops: Annotated[list[Raw], Meta(min_length=1)]


class Handover(Struct, frozen=True):
    """A tablet's exported file; its ops are not looked into yet."""

    rollbook_export: Literal[1]
    device_id: AnyId
    exported_at: When
    ops: Annotated[list[Raw], Meta(min_length=1, max_length=5000)]


class Header(Struct, frozen=True):
    """What even an op of a newer version must have."""

    id: Id
    v: Annotated[int, Meta(ge=1, le=LAST_VERSION)]
    kind: Annotated[str, Meta(min_length=1, max_length=64, pattern=PRINTABLE)]
    roll_id: Id | UnsetType = UNSET
    taken_at: When | UnsetType = UNSET
    grant: Id | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Sent:
    """One op of a batch as far as it could be read.

    `op` is None for a well-formed op of a kind or version this server does not know (`header` says
    whose), and both are None for one that is malformed (`fault` says why, for a person). `tree` is
    the decoded JSON, `digest` the sha256 of its canonical form, or of the bytes if there is none.
    """

    raw: bytes
    digest: bytes
    tree: dict[str, Any] | None = None
    op: Op | None = None
    header: Header | None = None
    fault: str | None = None

    @property
    def said_id(self) -> str:
        """The id that the op gives itself, as far as it can be made out; for the answer."""
        if self.tree is None:
            return said_id(self.raw)
        said = self.tree.get("id")
        return said[:64] if isinstance(said, str) else ""


PUSH = msgspec.json.Decoder(Push)
HANDOVER = msgspec.json.Decoder(Handover)
ANY = msgspec.json.Decoder()
CANONICAL = msgspec.json.Encoder(order="deterministic")
KINDS = frozenset(Kind)


def read_push(body: bytes) -> Push:
    """The batch's envelope. Raises msgspec.DecodeError, ValidationError, ValueError."""
    try:
        push = PUSH.decode(body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        envelope, ops = split(body)
        push = msgspec.structs.replace(PUSH.decode(envelope), ops=[Raw(op) for op in ops])
    instant(push.client_time)
    return push


def read_handover(body: bytes) -> Handover:
    """An exported file's envelope. Raises as `read_push`."""
    handover = HANDOVER.decode(body)
    instant(handover.exported_at)
    return handover


def read_op(raw: bytes) -> Sent:
    """One op; never raises: what cannot be read comes back with its fault."""
    try:
        tree = ANY.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Sent(raw, hashlib.sha256(raw).digest(), fault=NOT_JSON)
    try:
        digest = hashlib.sha256(CANONICAL.encode(tree)).digest()
    except (RecursionError, UnicodeEncodeError):
        return Sent(raw, hashlib.sha256(raw).digest(), fault=NOT_JSON)
    if not isinstance(tree, dict):
        return Sent(raw, digest, fault=NOT_AN_OP)
    if CAPITALS.search(raw):
        tree = with_small_ids(tree)
        digest = hashlib.sha256(CANONICAL.encode(tree)).digest()
    try:
        op = msgspec.convert(tree, Op)
        _check_instants(op)
    except (msgspec.ValidationError, ValueError, OverflowError) as failure:
        return _unreadable(raw, digest, tree, plainly(str(failure)))
    return Sent(raw, digest, tree, op)


def with_small_ids(tree: Any) -> Any:
    """The same JSON with every id in small letters."""
    if isinstance(tree, dict):
        return {key: with_small_ids(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [with_small_ids(value) for value in tree]
    return tree.lower() if isinstance(tree, str) and ANY_ID.match(tree) else tree


def _unreadable(raw: bytes, digest: bytes, tree: dict[str, Any], fault: str) -> Sent:
    """A newer server may read what this one cannot; anything else is malformed."""
    try:
        header = msgspec.convert(tree, Header)
        if header.taken_at is not UNSET:
            instant(header.taken_at)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return Sent(raw, digest, tree, fault=fault)
    if header.v == 1 and header.kind in KINDS:
        return Sent(raw, digest, tree, fault=fault)
    return Sent(raw, digest, tree, header=header)


def _check_instants(op: Op) -> None:
    _check_instant(op.taken_at, ".taken_at")
    if op.clock is not UNSET and op.clock.server_seen_at is not None:
        _check_instant(op.clock.server_seen_at, ".clock.server_seen_at")
    if op.source is not UNSET and op.source.stated_at is not UNSET:
        _check_instant(op.source.stated_at, ".source.stated_at")
    for place, mark in enumerate(op.marks):
        if mark.arrived_at is not None:
            _check_instant(mark.arrived_at, f".marks[{place}].arrived_at")
        if mark.left_at is not None:
            _check_instant(mark.left_at, f".marks[{place}].left_at")


def _check_instant(text: str, path: str) -> None:
    try:
        instant(text)
    except (ValueError, OverflowError) as failure:
        raise ValueError(f"No such moment - at `${path}`") from failure


def instant(text: str) -> datetime:
    """Read an instant of the wire's form; aware, UTC. Raises ValueError, OverflowError."""
    return datetime.fromisoformat(text).astimezone(UTC)


def identity(text: str) -> UUID:
    """Read an id of the wire's form."""
    return UUID(text)
