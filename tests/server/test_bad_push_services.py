"""Push services on bad days, the whole way: what became of the message, of the reminder that it was
for, and of the subscription; and nothing that may still help is lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from server.push.addresses import Network
from server.push.answers import SAID_AWAY, SAID_NOTHING
from tests.server.conftest import Fresh
from tests.support.push_answers import Behaviour
from tests.support.push_service import Hang, HangUp, Reply
from tests.support.reminding import MESSAGE, SUBSCRIPTION
from tests.support.whole_way import WholeWay, whole_way

TIME_OUT_S = 0.5
APPLE, FCM_AGAIN = "web.push.apple.com", "fcm.googleapis.com"


@pytest.fixture
def way(fresh: Fresh) -> Iterator[WholeWay]:
    with whole_way(fresh(), time_out_s=TIME_OUT_S) as way:
        yield way


def _stands(way: WholeWay) -> tuple[str, int | None, list[tuple[str, str]], str | None]:
    """The message and its status, Ruiz's reminders, and why the subscription ended."""
    (message,) = way.school.rows(MESSAGE)
    (subscription,) = way.school.rows(SUBSCRIPTION)
    reminders = way.bell.reminders(way.school.cast.ruiz)
    return message.state, message.status, reminders, subscription.ended_why


@pytest.mark.parametrize(
    ("behaviour", "message", "reminder", "ended"),
    [
        (Reply(201), "sent", "sent", None),
        (Reply(200), "sent", "sent", None),
        (Reply(201, slowly=TIME_OUT_S / 200), "sent", "sent", None),
        (Reply(404), "failed", "unreachable", "gone"),
        (Reply(410), "failed", "unreachable", "gone"),
        (Reply(413), "failed", "unreachable", None),
        (Reply(403), "failed", "unreachable", None),
        (Reply(302, {"Location": "https://elsewhere.example/"}), "failed", "unreachable", None),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Reply) else None,
)
def test_P7_what_is_settled_is_settled_at_once(
    way: WholeWay, behaviour: Reply, message: str, reminder: str, ended: str | None
) -> None:
    way.service.will(way.browser, behaviour)
    way.send()
    assert _stands(way) == (message, behaviour.status, [("teachers-5", reminder)], ended)
    way.school.clock.forward(minutes=1)
    way.send()
    assert len(way.service.received) == 1, "it is never sent again"


@pytest.mark.parametrize(
    ("behaviour", "status", "said"),
    [
        (Reply(429, {"Retry-After": "30"}), 429, "It asked to be asked later."),
        (Reply(500), 500, "It asked to be asked later."),
        (Reply(503, {"Retry-After": "45"}), 503, "It asked to be asked later."),
        (HangUp(0), None, SAID_AWAY),
        (HangUp(30), None, SAID_AWAY),
        (Reply(201, slowly=TIME_OUT_S / 5), None, SAID_NOTHING),
        (Hang(), None, SAID_NOTHING),
    ],
    ids=["429", "500", "503", "nothing at all", "closes midway", "dribbles", "hangs"],
)
def test_P7_what_may_still_help_waits_and_is_delivered(
    way: WholeWay, behaviour: Behaviour, status: int | None, said: str
) -> None:
    way.service.will(way.browser, behaviour)
    way.send()
    assert _stands(way) == ("waiting", status, [("teachers-5", "waiting")], None)
    (row,) = way.school.rows(MESSAGE)
    assert row.detail == said
    way.service.will(way.browser, Reply(201))
    way.school.clock.set(row.next_try_at - timedelta(milliseconds=1))
    way.send()
    assert _stands(way)[0] == "waiting", "not before"
    way.school.clock.set(row.next_try_at)
    way.send()
    assert _stands(way) == ("sent", 201, [("teachers-5", "sent")], None)
    tags = {message.told["notification"]["tag"] for message in way.service.received}
    assert len(tags) == 1, "whatever came twice takes its own place"


def test_P7_nobody_goes_where_a_redirect_points(way: WholeWay) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        where = f"https://127.0.0.1:{elsewhere.getsockname()[1]}/"
        way.service.will(way.browser, Reply(307, {"Location": where}))
        way.send()
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    assert _stands(way)[:2] == ("failed", 307)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.7/wp/s1",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com@10.0.0.7/wp/s1",
        "http://fcm.googleapis.com/wp/s1",
        "https://intranet.school.example/wp/s1",
    ],
)
def test_P5_an_address_that_got_into_the_record_all_the_same_is_never_asked(
    way: WholeWay, endpoint: str
) -> None:
    way.school.change(SUBSCRIPTION, {"endpoint": endpoint})
    way.send()
    assert _stands(way) == ("failed", None, [("teachers-5", "unreachable")], None)
    assert way.service.connections == 0


def test_P6_a_name_that_answers_inside_by_now_is_not_followed_and_its_tablet_is_kept(
    fresh: Fresh,
) -> None:
    inside = Network(resolve=lambda _: ["10.0.0.7"])
    with whole_way(fresh(), network=inside) as way:
        way.send()
        (row,) = way.school.rows(MESSAGE)
        assert (row.state, row.status) == ("failed", None)
        assert "not public" in row.detail
        (subscription,) = way.school.rows(SUBSCRIPTION)
        assert (subscription.ended_at, subscription.failures) == (None, 0)


def test_P9_who_is_at_another_push_service_is_reminded_while_one_hangs(way: WholeWay) -> None:
    """Ruiz's service hangs; Okafor, co-teacher of 8A, is at Apple's."""
    way.service.will(way.browser, Hang())
    theirs = way.subscribe(way.school.cast.okafor, APPLE)
    way.send()
    assert [message.browser for message in way.service.received if message.answered] == [theirs]
    assert way.bell.reminders(way.school.cast.okafor) == [("teachers-5", "sent")]
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "waiting")]


def test_P7_one_tablet_that_is_gone_does_not_stop_the_reminder_to_the_other(way: WholeWay) -> None:
    way.service.will(way.browser, Reply(410))
    other = way.service.browser(FCM_AGAIN)
    spare = way.school.tablet(way.school.cast.ruiz, way.school.cast.okafor.device_id)
    spare.post("push", other.said(spare.get("push")["key_id"]))
    way.send()
    assert way.bell.reminders(way.school.cast.ruiz) == [("teachers-5", "sent")]
    ended = {row.endpoint: row.ended_why for row in way.school.rows(SUBSCRIPTION)}
    assert ended == {way.browser.endpoint: "gone", other.endpoint: None}
