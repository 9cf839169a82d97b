"""The whole way: a roll falls due; a reminder is made, encrypted, sent and read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.models import PushSubscription, table_of
from tests.server.conftest import Fresh
from tests.support import cast
from tests.support.push_service import Hang, Reply
from tests.support.reminding import MESSAGE
from tests.support.whole_way import WholeWay, whole_way


@pytest.fixture
def way(fresh: Fresh) -> Iterator[WholeWay]:
    """Tuesday, 8:10: 8A is due at 8:15, and Ruiz's tablet is subscribed."""
    with whole_way(fresh(), time_out_s=0.3) as way:
        yield way


def test_a_reminder_arrives_encrypted_and_says_which_roll_is_due(way: WholeWay) -> None:
    way.send()
    (message,) = way.service.received
    assert message.told["notification"]["title"] == "Period 1 roll is due at 8:15"
    (roll,) = message.told["notification"]["data"]["rollbook"]["rolls"]
    assert roll["roll_id"] == str(way.school.cast.eight_a.roll())
    assert (message.headers["ttl"], message.headers["urgency"]) == ("300", "high")
    assert message.headers["topic"] == message.told["notification"]["tag"]
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "sent")]


def test_a_service_that_asks_for_time_gets_it(way: WholeWay) -> None:
    way.service.will(way.browser, Reply(429, {"Retry-After": "30"}))
    way.send()
    (row,) = way.school.rows(MESSAGE)
    assert (row.state, row.status) == ("waiting", 429)
    assert (row.next_try_at - way.school.clock.now()).total_seconds() == 30
    way.service.will(way.browser, Reply(201))
    way.school.clock.forward(seconds=30)
    way.send()
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "sent")]


def test_a_subscription_that_is_gone_is_ended(way: WholeWay) -> None:
    way.service.will(way.browser, Reply(410))
    way.send()
    (row,) = way.school.rows(table_of(PushSubscription))
    assert row.ended_why == "gone"
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "unreachable")]


def test_a_service_that_says_nothing_is_asked_again_until_it_is_pointless(way: WholeWay) -> None:
    way.service.will(way.browser, Hang())
    way.send()
    (row,) = way.school.rows(MESSAGE)
    assert row.state == "waiting"
    assert row.next_try_at > way.school.clock.now()
    way.school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    way.send()
    (first, *_) = sorted(way.school.rows(MESSAGE), key=lambda row: row.made_at)
    assert first.state == "pointless"
