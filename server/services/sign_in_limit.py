"""Slows down guessing at passwords without letting anyone lock a colleague out.

Failures count for a pair of account and source, so that a lock-out aimed from elsewhere misses.
A device that this person has signed in on before is a source of its own: not even somebody on the
same school network can lock it out. All failures of one address count together, with room for
sixty teachers who mistype at 8:00 behind one address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, tuple_, update

from server.models import SigninFailure

FORGOTTEN_AFTER = timedelta(hours=1)
SWEPT_AFTER = timedelta(days=1)
# Stands in the account's place where all failures of one address are counted.
ANY_ACCOUNT = ""

_row = SigninFailure.__table__.c


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many failures are free; the next waits `first`, each further one twice as long."""

    free: int
    first: timedelta
    longest: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """How long the next try must wait after this many failures."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta()
        doublings = min(beyond - 1, 20)
        return min(self.first * (1 << doublings), self.longest)


OF_ONE_ACCOUNT = Allowance(5, timedelta(seconds=2), timedelta(minutes=15))
OF_ONE_ADDRESS = Allowance(120, timedelta(seconds=1), timedelta(seconds=30))
# A code has 50 bits: slowed down it is beyond guessing, and no prank stops a substitute for long.
OF_CODES = Allowance(20, timedelta(seconds=1), timedelta(seconds=30))
CODES = "pass:"

Key = tuple[str, str]


def keys_of(username: str, address: str, known_device: UUID | None) -> list[Key]:
    """What a failure of this sign-in counts against."""
    if known_device is not None:
        return [(username, f"device:{known_device}")]
    return [(username, f"address:{address}"), (ANY_ACCOUNT, f"address:{address}")]


def code_key(address: str) -> Key:
    """What a wrong code of a day pass counts against."""
    return ANY_ACCOUNT, f"{CODES}{address}"


def must_wait(connection: Connection, keys: Sequence[Key], now: datetime) -> timedelta:
    """How long until the next try may be made; nothing where it may be made now."""
    rows = connection.execute(
        select(_row.blocked_until).where(tuple_(_row.username, _row.source).in_(keys))
    ).scalars()
    waits = [until - now for until in rows if until is not None and until > now]
    return max(waits, default=timedelta())


def note_failure(connection: Connection, keys: Sequence[Key], now: datetime) -> None:
    """Count a failure, and forget what is long past."""
    connection.execute(delete(SigninFailure).where(_row.last_at < now - SWEPT_AFTER))
    for key in keys:
        _count(connection, key, now)


def note_success(connection: Connection, keys: Sequence[Key]) -> None:
    """The person is who they say: their own failures no longer count."""
    connection.execute(delete(SigninFailure).where(tuple_(_row.username, _row.source) == keys[0]))


def _count(connection: Connection, key: Key, now: datetime) -> None:
    here = (_row.username == key[0]) & (_row.source == key[1])
    before = connection.execute(
        select(_row.failures, _row.last_at).where(here).with_for_update()
    ).first()
    recent = before is not None and now - before.last_at < FORGOTTEN_AFTER
    failures = before.failures + 1 if before is not None and recent else 1
    wait = _allowance(key).wait_after(failures)
    values = {
        "failures": failures,
        "blocked_until": now + wait if wait else None,
        "last_at": now,
    }
    if before is None:
        values |= {"username": key[0], "source": key[1]}
        connection.execute(insert(SigninFailure).values(values))
    else:
        connection.execute(update(SigninFailure).where(here).values(values))


def _allowance(key: Key) -> Allowance:
    if key[1].startswith(CODES):
        return OF_CODES
    return OF_ONE_ADDRESS if key[0] == ANY_ACCOUNT else OF_ONE_ACCOUNT
