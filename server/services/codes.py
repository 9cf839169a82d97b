"""A pass's code: ten characters that can be read aloud and typed, 50 bits, stored as a hash."""

from __future__ import annotations

import hashlib
import re
import secrets

# Crockford's base32: no I, L, O, U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF = 5
_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """A code as it is shown: XXXXX-XXXXX."""
    half = ["".join(secrets.choice(LETTERS) for _ in range(HALF)) for _ in range(2)]
    return "-".join(half)


def hash_code(typed: str) -> bytes:
    """What is stored of a code, however it was typed: spaces, dashes and case mean nothing."""
    plain = re.sub(r"[\s-]", "", typed).upper().translate(_MISREAD)
    return hashlib.sha256(plain.encode()).digest()
