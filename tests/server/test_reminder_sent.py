"""The whole way: a roll falls due; a reminder is made, encrypted, sent and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from server.models import PushSubscription, table_of
from server.push.sender import WebPushSender
from server.services.deliver import Post, deliver
from server.services.web_push import sender_of
from server.settings import Settings
from tests.server.conftest import Fresh
from tests.support import cast
from tests.support.api import School, open_school
from tests.support.push_service import Hang, PushService, Reply
from tests.support.pushing import PushBrowser, subscribe
from tests.support.reminding import MESSAGE, PUBLIC_URL, Bell


@dataclass
class Way:
    """The school, a push service on loopback, and the real sender between them."""

    school: School
    service: PushService
    sender: WebPushSender
    bell: Bell
    browser: PushBrowser

    def send(self) -> None:
        """As the jobs do."""
        self.bell.sweep()
        post = Post(self.sender, PUBLIC_URL)
        while deliver(self.school.engine, post, self.school.clock.now()):
            pass


@pytest.fixture
def way(fresh: Fresh) -> Iterator[Way]:
    """Tuesday, 8:10: 8A is due at 8:15, and Ruiz's tablet is subscribed."""
    with PushService() as service:
        school = open_school(fresh(), network=service.network)
        settings = Settings(database_url=str(school.engine.url))
        browser = service.browser()
        subscribe(school.tablet(school.cast.ruiz), browser)
        with sender_of(school.engine, settings, service.network) as sender:
            bell = Bell(school)
            school.clock.set(cast.local(cast.TUESDAY, 8, 10))
            yield Way(school, service, sender, bell, browser)
        school.engine.dispose()


def test_a_reminder_arrives_encrypted_and_says_which_roll_is_due(way: Way) -> None:
    way.send()
    (message,) = way.service.received
    assert message.told["notification"]["title"] == "Period 1 roll is due at 8:15"
    (roll,) = message.told["rollbook"]["rolls"]
    assert roll["roll_id"] == str(way.school.cast.eight_a.roll())
    assert (message.headers["ttl"], message.headers["urgency"]) == ("300", "high")
    assert message.headers["topic"] == message.told["notification"]["tag"]
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "sent")]


def test_a_service_that_asks_for_time_gets_it(way: Way) -> None:
    way.service.will(way.browser, Reply(429, {"Retry-After": "30"}))
    way.send()
    (row,) = way.school.rows(MESSAGE)
    assert (row.state, row.status) == ("waiting", 429)
    assert (row.next_try_at - way.school.clock.now()).total_seconds() == 30
    way.service.will(way.browser, Reply(201))
    way.school.clock.forward(seconds=30)
    way.send()
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "sent")]


def test_a_subscription_that_is_gone_is_ended(way: Way) -> None:
    way.service.will(way.browser, Reply(410))
    way.send()
    (row,) = way.school.rows(table_of(PushSubscription))
    assert row.ended_why == "gone"
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "unreachable")]


def test_a_service_that_says_nothing_is_asked_again_until_it_is_pointless(way: Way) -> None:
    way.service.will(way.browser, Hang())
    way.sender._time_out_s = 0.3
    way.send()
    (row,) = way.school.rows(MESSAGE)
    assert row.state == "waiting"
    assert row.next_try_at > way.school.clock.now()
    way.school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    way.send()
    (first, *_) = sorted(way.school.rows(MESSAGE), key=lambda row: row.made_at)
    assert first.state == "pointless"
