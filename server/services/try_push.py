"""Sends a test to the device that asks, at once, and says in a sentence what became of it (P10)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Semaphore
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from schemas.subscriptions import PushTestEnd
from server.access import Viewer
from server.db import reading
from server.language import language_of
from server.problems import busy
from server.push.message import Push, spell_push, topic_of
from server.push.parcel import Delivery, End, Parcel, Sender
from server.services.note_delivery import note_deliveries
from server.services.subscribe import newest_here
from sync.remind_words import clock_time, to_test
from sync.sentence import say

TEST = "test"
TTL_S = 60
AT_ONCE = 4
_seats = Semaphore(AT_ONCE)
SAYS: Final = {
    End.SENT: say(
        "The push service took it at {at}. If nothing shows, notifications may be off in the"
        " tablet's settings."
    ),
    End.GONE: say(
        "The push service does not know this tablet any more. Turn reminders on again here."
    ),
    End.LATER: say("The push service could not take it at {at}. {why} Try again a little later."),
    End.REFUSED: say(
        "The push service did not take it. {why} Turn reminders off and on again here."
    ),
}
NONE = say("Reminders are not turned on here.")


def try_push(
    engine: Engine, sender: Sender, viewer: Viewer, public_url: str, now: datetime
) -> dict[str, Any]:
    """Send a test to this person's subscription on this device. Raises Problem `busy`."""
    with reading(engine) as connection:
        row = newest_here(connection, viewer)
    if row is None or row.ended_at is not None or (row.until_at and row.until_at <= now):
        return {"end": PushTestEnd.NONE, "status": None, "detail": NONE, "sent_at": now}
    zone = ZoneInfo(viewer.zone)
    push = Push(
        kind=TEST,
        message_id=uuid4(),
        topic=topic_of(TEST, viewer.staff_id),
        words=to_test(now, zone),
        navigate=f"{public_url}/#/today",
        made_at=now,
        language=language_of(row.language),
    )
    with _seat():
        (delivery,) = sender.send([_parcel(row, push)], now)
    note_deliveries(engine, viewer.school_id, [(row.subscription_id, delivery)], now)
    return {
        "end": PushTestEnd(delivery.end),
        "status": delivery.status,
        "detail": end_words(delivery, clock_time(now, zone)),
        "sent_at": now,
    }


def end_words(delivery: Delivery, at: str) -> str:
    """What became of a test, for whoever pressed the button."""
    return SAYS[delivery.end].format(at=at, why=delivery.detail)


@contextmanager
def _seat() -> Iterator[None]:
    """A push service that hangs holds up a few threads, not all of them."""
    if not _seats.acquire(blocking=False):
        raise busy()
    try:
        yield
    finally:
        _seats.release()


def _parcel(row: Any, push: Push) -> Parcel:
    return Parcel(
        parcel_id=push.message_id,
        endpoint=row.endpoint,
        p256dh=row.p256dh,
        auth=row.auth,
        key_id=row.key_id,
        body=spell_push(push),
        ttl_s=TTL_S,
        topic=push.topic,
    )
