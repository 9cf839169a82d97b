"""The keys that sign a school's slips: one signs, those before it are known until its slips' day is
over.

They lie in the record, so a backup has them: after a restore the slips in students' hands are
still the school's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection, Engine, insert, select, update

from server.access import Viewer
from server.db import reading, writing
from server.models import School, SlipKey, table_of
from server.sealing import CURVE, make_pair, spell
from server.services.facts import SCHOOL
from server.services.horizon import today_at
from server.slips import Signer

_key, _school = table_of(SlipKey).c, table_of(School).c
NEWEST = (_key.retired_at.is_(None).desc(), _key.created_at.desc(), _key.key_id)
OF_SCHOOL = select(table_of(SlipKey)).where(_key.school_id == SCHOOL).order_by(*NEWEST)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key, when it signed from and until, and whether its slips still count."""

    key_id: UUID
    created_at: datetime
    retired_at: datetime | None
    withdrawn_at: datetime | None


def give_slip_keys(connection: Connection, now: datetime) -> None:
    """Make a key for every school that has none that signs."""
    signs = (_key.school_id == _school.school_id) & _key.retired_at.is_(None)
    without = select(_school.school_id).where(~select(_key.key_id).where(signs).exists())
    for school_id in connection.execute(without).scalars().all():
        _make(connection, school_id, now)


def signer_of(engine: Engine, school_id: UUID, now: datetime) -> Signer:
    """What signs the slips of now; a school that came without a key gets one."""
    asked = {"school_id": school_id}
    with reading(engine) as connection:
        row = connection.execute(OF_SCHOOL, asked).first()
    if row is None or row.retired_at is not None:
        with writing(engine) as connection:
            give_slip_keys(connection, now)
            row = connection.execute(OF_SCHOOL, asked).first()
    assert row is not None, "every school was given one"
    return Signer(school_id, row.key_id, row.private)


def slip_keys_of(connection: Connection, viewer: Viewer, now: datetime) -> list[dict[str, Any]]:
    """The public halves of all keys whose slips may still be in somebody's hands."""
    today = today_at(viewer.zone, now)
    return [
        {"key_id": row.key_id, "public": spell(row.public)}
        for row in connection.execute(OF_SCHOOL, {"school_id": viewer.school_id})
        if row.withdrawn_at is None
        and (row.retired_at is None or today_at(viewer.zone, row.retired_at) >= today)
    ]


def rotate_slip_key(
    engine: Engine, school_id: UUID, now: datetime, *, withdraw: bool = False
) -> UUID:
    """A new key from now on; `withdraw`: what the old ones signed counts no more."""
    own = _key.school_id == school_id
    with writing(engine) as connection:
        connection.execute(
            update(SlipKey).where(own, _key.retired_at.is_(None)).values(retired_at=now)
        )
        if withdraw:
            connection.execute(
                update(SlipKey).where(own, _key.withdrawn_at.is_(None)).values(withdrawn_at=now)
            )
        return _make(connection, school_id, now)


def list_slip_keys(engine: Engine, school_id: UUID) -> Sequence[KeyUse]:
    """All keys of a school, the newest first."""
    with reading(engine) as connection:
        rows = connection.execute(OF_SCHOOL, {"school_id": school_id}).all()
    return [KeyUse(row.key_id, row.created_at, row.retired_at, row.withdrawn_at) for row in rows]


def broken_slip_keys(connection: Connection, school_id: UUID) -> Iterator[UUID]:
    """Keys that count though their halves are no pair: no tablet believes what they sign."""
    for row in connection.execute(OF_SCHOOL, {"school_id": school_id}):
        if row.withdrawn_at is None and _public_of(row.private) != row.public:
            yield row.key_id


def _public_of(private: bytes) -> bytes | None:
    try:
        key = ec.derive_private_key(int.from_bytes(private, "big"), CURVE)
    except ValueError:
        return None
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _make(connection: Connection, school_id: UUID, now: datetime) -> UUID:
    pair, key_id = make_pair(), uuid4()
    connection.execute(
        insert(SlipKey).values(
            school_id=school_id,
            key_id=key_id,
            created_at=now,
            public=pair.public,
            private=pair.private,
        )
    )
    return key_id
