"""A push service on loopback, and a sender that reaches it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.push.keys import SigningKey
from server.push.parcel import Delivery, Parcel
from server.push.sender import WebPushSender
from server.sealing import make_pair
from tests.support.push_service import PushService
from tests.support.pushing import PushBrowser

NOW = datetime(2026, 10, 6, 15, 3, tzinfo=UTC)
CONTACT = "mailto:it@school.example"
BODY = b'{"web_push":8030}'


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService(checks_clock=NOW.timestamp) as service:
        yield service


@pytest.fixture(scope="session")
def key() -> SigningKey:
    pair = make_pair()
    return SigningKey(uuid4(), pair.public, pair.private)


Make = Callable[..., WebPushSender]


@pytest.fixture
def make_sender(service: PushService, key: SigningKey) -> Iterator[Make]:
    """Makes senders that know one key; `more` as WebPushSender takes it."""
    with ExitStack() as stack:

        def find(key_id: UUID) -> SigningKey | None:
            return key if key_id == key.key_id else None

        def make(**more: Any) -> WebPushSender:
            chosen = {"network": service.network, "time_out_s": 5.0, **more}
            return stack.enter_context(WebPushSender(find, CONTACT, **chosen))

        yield make


@pytest.fixture
def sender(make_sender: Make) -> WebPushSender:
    return make_sender()


@pytest.fixture
def parcel(key: SigningKey) -> Callable[..., Parcel]:
    """Makes a parcel for a browser."""

    def make(browser: PushBrowser, **more: Any) -> Parcel:
        facts: dict[str, Any] = {
            "parcel_id": uuid4(),
            "endpoint": browser.endpoint,
            "p256dh": browser.p256dh,
            "auth": browser.auth,
            "key_id": key.key_id,
            "body": BODY,
            "ttl_s": 600,
        }
        return Parcel(**facts | more)

    return make


def one(sender: WebPushSender, parcel: Parcel, now: datetime = NOW) -> Delivery:
    """What became of one parcel."""
    (delivery,) = sender.send([parcel], now)
    assert delivery.parcel is parcel
    return delivery
