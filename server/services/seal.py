"""The school's sealing key: made once, given to its tablets, used to open what they sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, insert, select

from server.db import reading, writing
from server.models import School, SealingKey
from server.sealing import CannotOpen, key_of, make_pair, open_note, read, spell

_key = SealingKey.__table__.c
_school = School.__table__.c
_private: dict[UUID, bytes] = {}
"""Keys never change, so a process asks for each once."""


def give_keys(connection: Connection, now: datetime) -> None:
    """Make a key for every school that has none."""
    has = select(_key.school_id).where(_key.school_id == _school.school_id).exists()
    for school_id in connection.execute(select(_school.school_id).where(~has)).scalars().all():
        pair = make_pair()
        connection.execute(
            insert(SealingKey).values(
                school_id=school_id,
                key_id=uuid4(),
                created_at=now,
                public=pair.public,
                private=pair.private,
            )
        )


def sealing_of(engine: Engine, school_id: UUID, now: datetime) -> dict[str, Any]:
    """What tablets seal to; a school that came without a key gets one now."""
    with reading(engine) as connection:
        row = _newest(connection, school_id)
    if row is None:
        with writing(engine) as connection:
            give_keys(connection, now)
            row = _newest(connection, school_id)
    return {"key_id": row.key_id, "public": spell(row.public)}


def _newest(connection: Connection, school_id: UUID) -> Any:
    return connection.execute(
        select(_key.key_id, _key.public)
        .where(_key.school_id == school_id)
        .order_by(_key.created_at.desc(), _key.key_id)
        .limit(1)
    ).first()


def opened(connection: Connection, school_id: UUID, tree: Mapping[str, Any]) -> dict[str, Any]:
    """The op with its notes in words; one that cannot be opened stays as it is."""
    op_id = UUID(tree["id"])
    marks = [_opened(connection, school_id, op_id, mark) for mark in tree["marks"]]
    return {**tree, "marks": marks}


def _opened(
    connection: Connection, school_id: UUID, op_id: UUID, mark: Mapping[str, Any]
) -> dict[str, Any]:
    plain = {name: value for name, value in mark.items() if name != "note_sealed"}
    if len(plain) == len(mark):
        return plain
    try:
        sealed = read(mark["note_sealed"])
        private = _private_of(connection, school_id, key_of(sealed))
        return plain | {"note": open_note(private, sealed, op_id, UUID(mark["student_id"]))}
    except CannotOpen:
        return dict(mark)


def _private_of(connection: Connection, school_id: UUID, key_id: UUID) -> bytes:
    if key_id not in _private:
        found = connection.execute(
            select(_key.private).where(_key.school_id == school_id, _key.key_id == key_id)
        ).scalar()
        if found is None:
            raise CannotOpen
        _private[key_id] = found
    return _private[key_id]
