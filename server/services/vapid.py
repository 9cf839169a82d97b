"""The keys that sign pushes (VAPID, RFC 8292): one is given to tablets that subscribe, those before
it serve the subscriptions that were made for them.

They are the deployment's and lie in its database, so a backup has them: a key that is lost ends
every subscription that was made for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, func, insert, select, update

from schemas.subscriptions import SubscriptionEnd
from server.db import reading, writing
from server.models import PushSubscription, VapidKey, table_of
from server.push.keys import SigningKey
from server.sealing import make_pair
from server.services.unsubscribe import end_subscriptions

_key, _subscription = table_of(VapidKey).c, table_of(PushSubscription).c
_known: dict[UUID, SigningKey] = {}
"""Keys never change, so a process asks for each once."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key, and how many subscriptions that live were made for it."""

    key_id: UUID
    created_at: datetime
    retired_at: datetime | None
    subscriptions: int


def give_vapid_key(engine: Engine, now: datetime) -> bool:
    """Make the first key where there is none; answers whether one was made."""
    with writing(engine) as connection:
        if _newest(connection) is not None:
            return False
        _make(connection, now)
        return True


def rotate_vapid_key(engine: Engine, now: datetime) -> UUID:
    """A new key for whoever subscribes from now on; the others go on serving theirs."""
    with writing(engine) as connection:
        connection.execute(update(VapidKey).where(_key.retired_at.is_(None)).values(retired_at=now))
        return _make(connection, now)


def withdraw_vapid_keys(engine: Engine, now: datetime) -> int:
    """End what the retired keys serve; answers how many subscriptions that were."""
    retired = select(_key.key_id).where(_key.retired_at.is_not(None))
    with writing(engine) as connection:
        why = SubscriptionEnd.KEY_WITHDRAWN
        return end_subscriptions(connection, why, now, _subscription.key_id.in_(retired))


def vapid_key_to_give(engine: Engine, now: datetime) -> dict[str, Any]:
    """The key that tablets subscribe with; a deployment that has none gets one now."""
    with reading(engine) as connection:
        row = _newest(connection)
    if row is None:
        give_vapid_key(engine, now)
        with reading(engine) as connection:
            row = _newest(connection)
    return {"key_id": row.key_id, "public": row.public}


def is_vapid_key(connection: Connection, key_id: UUID) -> bool:
    """Whether it is a key of ours, retired or not."""
    return connection.execute(select(_key.key_id).where(_key.key_id == key_id)).first() is not None


def signing_key(engine: Engine, key_id: UUID) -> SigningKey | None:
    """The key to sign with, if it is ours."""
    if key_id not in _known:
        with reading(engine) as connection:
            query = select(_key.public, _key.private).where(_key.key_id == key_id)
            row = connection.execute(query).first()
        if row is None:
            return None
        _known[key_id] = SigningKey(key_id, row.public, row.private)
    return _known[key_id]


def list_vapid_keys(engine: Engine) -> Sequence[KeyUse]:
    """All keys, the newest first."""
    count = (
        select(func.count())
        .select_from(table_of(PushSubscription))
        .where(_subscription.key_id == _key.key_id, _subscription.ended_at.is_(None))
        .scalar_subquery()
    )
    query = select(_key.key_id, _key.created_at, _key.retired_at, count)
    with reading(engine) as connection:
        return [KeyUse(*row) for row in connection.execute(query.order_by(*NEWEST))]


NEWEST = (_key.retired_at.is_(None).desc(), _key.created_at.desc(), _key.key_id)


def _newest(connection: Connection) -> Any:
    query = select(_key.key_id, _key.public).where(_key.retired_at.is_(None))
    return connection.execute(query.order_by(*NEWEST).limit(1)).first()


def _make(connection: Connection, now: datetime) -> UUID:
    pair, key_id = make_pair(), uuid4()
    connection.execute(
        insert(VapidKey).values(
            key_id=key_id, public=pair.public, private=pair.private, created_at=now
        )
    )
    return key_id
