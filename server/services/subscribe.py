"""Push subscriptions: one that lives for each person on each device, sixteen a person (P1, P2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from schemas.subscriptions import SubscriptionEnd
from server.access import Viewer
from server.db import reading, writing
from server.language import language_of, reader
from server.models import DayPass, PushSubscription, Staff, table_of
from server.problems import Problem, busy
from server.services.unsubscribe import end_these, here
from server.services.vapid import is_vapid_key, vapid_key_to_give
from sync.sentence import say

MOST = 16
_row = table_of(PushSubscription).c
_staff, _pass = table_of(Staff).c, table_of(DayPass).c


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser's PushSubscription says, its key, and the language that is read there."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    key_id: UUID
    language: str = field(default_factory=lambda: reader().tag)

    @property
    def tag(self) -> str:
        """The language that there is for it."""
        return language_of(self.language).tag


def push_state(engine: Engine, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """The key to subscribe with, and this person's newest subscription on this device."""
    key = vapid_key_to_give(engine, now)
    with reading(engine) as connection:
        row = newest_here(connection, viewer)
    return {**key, "subscription": None if row is None else _told(row, now)}


def newest_here(connection: Connection, viewer: Viewer) -> Any:
    """This person's subscription on this device: the one that lives, else the last."""
    return connection.execute(
        select(table_of(PushSubscription))
        .where(*here(viewer))
        .order_by(_row.ended_at.is_(None).desc(), _row.created_at.desc(), _row.subscription_id)
        .limit(1)
    ).first()


def _told(row: Any, now: datetime) -> dict[str, Any]:
    over = row.ended_at is None and row.until_at is not None and row.until_at <= now
    return {
        "subscription_id": row.subscription_id,
        "key_id": row.key_id,
        "language": language_of(row.language).tag,
        "created_at": row.created_at,
        "last_ok_at": row.last_ok_at,
        "ended_at": row.until_at if over else row.ended_at,
        "ended_why": SubscriptionEnd.PASS_ENDED if over else row.ended_why,
    }


def subscribe(engine: Engine, viewer: Viewer, browser: Browser, now: datetime) -> None:
    """Remember where this person is reached on this device, and in which language; the same again
    changes nothing.

    The endpoint was allowed already. Raises Problem `invalid` for a key that is not ours.
    """
    try:
        with writing(engine) as connection:
            if not is_vapid_key(connection, browser.key_id):
                said = say(
                    "This is no key of this school. Ask for the present one, and subscribe anew."
                )
                raise Problem("invalid", errors={"key_id": [said]})
            _one_at_a_time(connection, viewer)
            _subscribe(connection, viewer, browser, now)
    except IntegrityError as race:  # two at once, on a database without row locks
        raise busy() from race


def _one_at_a_time(connection: Connection, viewer: Viewer) -> None:
    me = (_staff.school_id == viewer.school_id) & (_staff.staff_id == viewer.staff_id)
    connection.execute(select(_staff.staff_id).where(me).with_for_update())


def _subscribe(connection: Connection, viewer: Viewer, browser: Browser, now: datetime) -> None:
    mine = connection.execute(
        select(table_of(PushSubscription))
        .where(
            _row.school_id == viewer.school_id,
            _row.staff_id == viewer.staff_id,
            _row.ended_at.is_(None),
        )
        .order_by(_row.last_ok_at.desc().nulls_last(), _row.created_at.desc())
    ).all()
    until_at = _until(connection, viewer)
    same_device = [row for row in mine if row.device_id == viewer.device_id]
    same = next((row for row in same_device if _is_same(row, browser, until_at)), None)
    if same is not None:
        _note_language(connection, same, browser.tag)
        return
    # The same browser under another device's id would show everything twice.
    twins = [row for row in mine if row.endpoint == browser.endpoint]
    end_these(connection, [*same_device, *twins], SubscriptionEnd.REPLACED, now)
    others = [row for row in mine if row not in same_device and row not in twins]
    end_these(connection, others[MOST - 1 :], SubscriptionEnd.TOO_MANY, now)
    connection.execute(
        insert(PushSubscription).values(
            school_id=viewer.school_id,
            subscription_id=uuid4(),
            staff_id=viewer.staff_id,
            device_id=viewer.device_id,
            endpoint=browser.endpoint,
            p256dh=browser.p256dh,
            auth=browser.auth,
            key_id=browser.key_id,
            language=browser.tag,
            pass_id=viewer.pass_id,
            until_at=until_at,
            created_at=now,
        )
    )


def _note_language(connection: Connection, row: Any, tag: str) -> None:
    if row.language != tag:
        mine = (_row.school_id == row.school_id) & (_row.subscription_id == row.subscription_id)
        connection.execute(update(table_of(PushSubscription)).where(mine).values(language=tag))


def _is_same(row: Any, browser: Browser, until_at: datetime | None) -> bool:
    said = (row.endpoint, row.p256dh, row.auth, row.key_id)
    lasts = row.until_at is None or row.until_at == until_at
    return lasts and said == (browser.endpoint, browser.p256dh, browser.auth, browser.key_id)


def _until(connection: Connection, viewer: Viewer) -> datetime | None:
    """The end of the pass by which somebody is here."""
    if viewer.pass_id is None:
        return None
    own = (_pass.school_id == viewer.school_id) & (_pass.pass_id == viewer.pass_id)
    found: datetime = connection.execute(select(_pass.until_at).where(own)).scalar_one()
    return found
