"""The code on a front desk's slip: what the desk wrote, signed, short enough for a coarse QR code.

    text   = "RBS1:" | base45 of: facts 47 | signature 64                        (172 characters)
    facts  = what 1 | key tag 4 | school tag 4 | student 16 | line 16 | at 6
    signed = "rollbook slip 1" | the school's id 16 | facts          ECDSA P-256, SHA-256, r then s

A tag is the last four bytes of an id; `at` is in milliseconds of Unix time. Nobody is named. Base45
(RFC 9285) keeps to the letters of which a QR code holds most.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from server.columns import EPOCH, MILLISECOND
from server.sealing import CURVE
from sync.finding import At

HEAD = "RBS1:"
CONTEXT = b"rollbook slip 1"
WHAT = {At.ARRIVED: 1, At.LEFT: 2}
TAG_BYTES, AT_BYTES, NUMBER_BYTES = 4, 6, 32
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BASE = len(ALPHABET)
# The same line gives the same slip, however often a desk shows it (RFC 6979).
HOW = ec.ECDSA(SHA256(), deterministic_signing=True)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says: who came or left when, by which line of the desk."""

    what: At
    student_id: UUID
    line_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Signer:
    """A school's key for its slips."""

    school_id: UUID
    key_id: UUID
    private: bytes = field(repr=False)

    def sign(self, slip: Slip) -> str:
        """The text of a slip's code. Raises ValueError where the key is damaged."""
        facts = b"".join((
            bytes([WHAT[slip.what]]),
            tag(self.key_id),
            tag(self.school_id),
            slip.student_id.bytes,
            slip.line_id.bytes,
            ((slip.at - EPOCH) // MILLISECOND).to_bytes(AT_BYTES, "big"),
        ))  # fmt: skip
        key = ec.derive_private_key(int.from_bytes(self.private, "big"), CURVE)
        numbers = decode_dss_signature(key.sign(_signed(self.school_id, facts), HOW))
        signature = b"".join(one.to_bytes(NUMBER_BYTES, "big") for one in numbers)
        return HEAD + base45(facts + signature)


def tag(key: UUID) -> bytes:
    """As much of an id as tells which it is among a few."""
    return key.bytes[-TAG_BYTES:]


def is_signed(public: bytes, school_id: UUID, facts: bytes, signature: bytes) -> bool:
    """Whether a school signed it with this key: what a tablet asks; here for scripts and tests."""
    r, s = (int.from_bytes(signature[at:][:NUMBER_BYTES], "big") for at in (0, NUMBER_BYTES))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    try:
        key.verify(encode_dss_signature(r, s), _signed(school_id, facts), HOW)
    except InvalidSignature:
        return False
    return True


def base45(raw: bytes) -> str:
    """RFC 9285: two bytes as three letters, the lowest first; a byte alone as two."""
    letters = []
    for at in range(0, len(raw), 2):
        pair = raw[at : at + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, place = divmod(number, BASE)
            letters.append(ALPHABET[place])
    return "".join(letters)


def _signed(school_id: UUID, facts: bytes) -> bytes:
    return CONTEXT + school_id.bytes + facts
