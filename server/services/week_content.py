"""Exactly what somebody signed, packed for keeping."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

from sync.statement import Statement, spelled


def pack_content(statement: Statement) -> bytes:
    """What is kept of a statement."""
    return zlib.compress(spelled(statement))


def read_content(kept: bytes) -> dict[str, Any]:
    """What was signed."""
    told: dict[str, Any] = json.loads(zlib.decompress(kept))
    return told


def is_whole(kept: bytes, digest: str) -> bool:
    """Whether what is kept is what was signed."""
    try:
        return hashlib.sha256(zlib.decompress(kept)).hexdigest() == digest
    except zlib.error:
        return False
