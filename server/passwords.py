"""Passwords: argon2id with 19 MiB, t=2, p=1, hashed one at a time in a process.

The library's default would allow 8 sign-ins a second and starve the rolls; these parameters
(OWASP's) allow some 70. A short queue, then 503: a flood of sign-ins must not fill the threads.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Stands in a hash's place where a person's leave was withdrawn: nothing matches it, and no issue
# of missing passwords brings it back.
WITHDRAWN = "withdrawn"
LONGEST_QUEUE = 8
LONGEST_WAIT_S = 2.0

_turn = threading.Lock()
_places = threading.BoundedSemaphore(LONGEST_QUEUE)


class Crowded(Exception):
    """Too many people sign in at this moment."""


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for this process's turn at hashing. Raises Crowded."""
    if not _places.acquire(blocking=False):
        raise Crowded
    try:
        if not _turn.acquire(timeout=LONGEST_WAIT_S):
            raise Crowded
        try:
            yield
        finally:
            _turn.release()
    finally:
        _places.release()


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes as long where there is no account."""
    usable = None if password_hash == WITHDRAWN else password_hash
    try:
        HASHER.verify(usable or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return usable is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
