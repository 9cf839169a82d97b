"""Notes that only the school can read: a tablet seals each to the school's public key (P-256).

    sealed = version 1 | key id 16 | ephemeral public 65 | nonce 12 | AES-256-GCM text and tag
    key    = HKDF-SHA256(ECDH, salt = ephemeral public, info = "rollbook note 1")
    bound  = the op's id, then the student's: a note cannot be moved to another student

On the wire it is base64url without padding.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = 1
INFO = b"rollbook note 1"
PUBLIC_BYTES, NONCE_BYTES, TAG_BYTES = 65, 12, 16
KEY_AT, PUBLIC_AT = 1, 17
NONCE_AT = PUBLIC_AT + PUBLIC_BYTES
TEXT_AT = NONCE_AT + NONCE_BYTES
MOST_CHARACTERS = 500
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CURVE = ec.SECP256R1()


class CannotOpen(Exception):
    """The note was sealed to another key, or it is not what was sealed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair as it is kept: the public half as an uncompressed point."""

    public: bytes
    private: bytes


def make_pair() -> Pair:
    """A new key pair, by chance."""
    key = ec.generate_private_key(CURVE)
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Pair(public, key.private_numbers().private_value.to_bytes(32, "big"))


def spell(raw: bytes) -> str:
    """Bytes as the wire has them."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Bytes as the wire has them. Raises CannotOpen."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as failure:
        raise CannotOpen from failure


def key_of(sealed: bytes) -> UUID:
    """Which key it was sealed to. Raises CannotOpen."""
    if len(sealed) < TEXT_AT + TAG_BYTES or sealed[0] != VERSION:
        raise CannotOpen
    return UUID(bytes=sealed[KEY_AT:PUBLIC_AT])


def open_note(private: bytes, sealed: bytes, op_id: UUID, student_id: UUID) -> str:
    """The note's words. Raises CannotOpen."""
    public = sealed[PUBLIC_AT:NONCE_AT]
    nonce, text = sealed[NONCE_AT:TEXT_AT], sealed[TEXT_AT:]
    own = ec.derive_private_key(int.from_bytes(private, "big"), CURVE)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
        key = _key(own.exchange(ec.ECDH(), theirs), public)
        words = AESGCM(key).decrypt(nonce, text, op_id.bytes + student_id.bytes).decode()
    except (InvalidTag, ValueError) as failure:
        raise CannotOpen from failure
    return UNPRINTABLE.sub("", words)[:MOST_CHARACTERS]


def seal_note(
    public: bytes, key_id: UUID, words: str, op_id: UUID, student_id: UUID, nonce: bytes
) -> str:
    """What a tablet does; here for scripts and tests."""
    once = ec.generate_private_key(CURVE)
    point = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    key = _key(once.exchange(ec.ECDH(), theirs), point)
    text = AESGCM(key).encrypt(nonce, words.encode(), op_id.bytes + student_id.bytes)
    return spell(bytes([VERSION]) + key_id.bytes + point + nonce + text)


def _key(shared: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=public, info=INFO).derive(shared)
