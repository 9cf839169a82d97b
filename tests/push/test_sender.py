"""What leaves for a push service, and what becomes of it, whatever that does."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest

from server.push import lane
from server.push.hand import UNDER_WAY
from server.push.keys import SigningKey
from server.push.lane import SLOW_S
from server.push.parcel import Delivery, End, Parcel
from server.push.sender import MOST_BYTES, WebPushSender
from tests.push.conftest import BODY, CONTACT, NOW, Make, one
from tests.support.certificates import new_authority
from tests.support.push_service import NAMES, Hang, HangUp, PushService, Reply
from tests.support.pushing import PushBrowser

MakeParcel = Callable[..., Parcel]


def told(delivery: Delivery) -> tuple[End, int | None, datetime | None]:
    return delivery.end, delivery.status, delivery.not_before


def test_P8_the_browser_alone_reads_it_and_the_service_knows_who_sent_it(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, key: SigningKey
) -> None:
    browser = service.browser()
    sent = parcel(browser, topic="rolls-1f3a9c")
    assert told(one(sender, sent)) == (End.SENT, 201, None)
    (message,) = service.received
    assert message.plain == BODY
    assert message.claims == {
        "aud": "https://fcm.googleapis.com",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": CONTACT,
        "k": key.public,
    }
    headers = dict(message.headers)
    assert headers.pop("authorization").startswith("vapid t=")
    assert int(headers.pop("content-length")) < 300
    assert headers == {
        "host": "fcm.googleapis.com",
        "ttl": "600",
        "urgency": "high",
        "topic": "rolls-1f3a9c",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
    }


def test_P8_no_two_messages_are_encrypted_with_the_same_key(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    browser = service.browser()
    seen: list[tuple[bytes, bytes]] = []
    read = browser.open

    def note(body: bytes) -> bytes:
        seen.append((body[:16], body[21 : 21 + body[20]]))
        return read(body)

    browser.open = note  # type: ignore[method-assign]
    list(sender.send([parcel(browser) for _ in range(20)], NOW))
    salts, points = zip(*seen, strict=True)
    assert len(set(salts)) == len(set(points)) == 20
    assert {len(point) for point in points} == {65}


def test_P8_the_largest_message_is_taken_and_one_byte_more_is_refused_here(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    browser = service.browser()
    assert one(sender, parcel(browser, body=b"x" * MOST_BYTES)).end is End.SENT
    refused = one(sender, parcel(browser, body=b"x" * (MOST_BYTES + 1)))
    assert told(refused) == (End.REFUSED, None, None)
    assert refused.detail == "The message has 3,994 bytes; 3,993 are the most."
    assert not refused.tells_of_subscription
    assert len(service.received) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": "a b"},
        {"topic": "x" * 33},
        {"topic": "a\r\nX: y"},
        {"urgency": "now"},
        {"body": b""},
    ],
)
def test_P8_what_no_service_would_take_never_leaves(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, wrong: dict[str, object]
) -> None:
    delivery = one(sender, parcel(service.browser(), **wrong))
    assert (delivery.end, delivery.tells_of_subscription) == (End.REFUSED, False)
    assert service.connections == 0


def test_P8_a_message_that_would_be_pointless_by_now_is_asked_to_be_dropped_at_once(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    one(sender, parcel(service.browser(), ttl_s=-5))
    assert service.received[0].headers["ttl"] == "0"


def test_P8_a_token_is_signed_once_a_service_until_it_ends_or_the_clock_is_set_back(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    fcm, apple = service.browser(), service.browser("web.push.apple.com")

    def token(browser: PushBrowser, now: datetime) -> str:
        one(sender, parcel(browser), now)
        return service.received[-1].headers["authorization"]

    first = token(fcm, NOW)
    assert token(fcm, NOW + timedelta(hours=10)) == first
    assert token(apple, NOW) != first
    service.checks_clock = None
    later = token(fcm, NOW + timedelta(hours=11))
    assert later != first
    assert token(fcm, NOW - timedelta(hours=1)) not in {first, later}


@pytest.mark.parametrize(
    ("reply", "end", "wait_s"),
    [
        (Reply(200), End.SENT, None),
        (Reply(201), End.SENT, None),
        (Reply(202), End.SENT, None),
        (Reply(204), End.SENT, None),
        (Reply(404), End.GONE, None),
        (Reply(410), End.GONE, None),
        (Reply(400), End.REFUSED, None),
        (Reply(401), End.REFUSED, None),
        (Reply(403), End.REFUSED, None),
        (Reply(413), End.REFUSED, None),
        (Reply(301, {"Location": "https://fcm.googleapis.com/x"}), End.REFUSED, None),
        (Reply(408), End.LATER, None),
        (Reply(429), End.LATER, None),
        (Reply(429, {"Retry-After": "30"}), End.LATER, 30),
        (Reply(429, {"Retry-After": "0"}), End.LATER, 0),
        (Reply(429, {"Retry-After": "999999999999"}), End.LATER, 3600),
        (Reply(429, {"Retry-After": "-5"}), End.LATER, None),
        (Reply(429, {"Retry-After": "soon"}), End.LATER, None),
        (Reply(503, {"Retry-After": format_datetime(NOW + timedelta(minutes=2), usegmt=True)}),
         End.LATER, 120),
        (Reply(503, {"Retry-After": format_datetime(NOW - timedelta(days=2), usegmt=True)}),
         End.LATER, 0),
        (Reply(503, {"Retry-After": format_datetime(NOW + timedelta(days=9), usegmt=True)}),
         End.LATER, 3600),
        (Reply(500), End.LATER, None),
        (Reply(502, body=b"<html>Bad gateway</html>"), End.LATER, None),
    ],
    ids=lambda value: None if not isinstance(value, Reply) else f"{value.status} {value.headers}",
)  # fmt: skip
def test_P7_each_answer_has_one_meaning(
    service: PushService,
    sender: WebPushSender,
    parcel: MakeParcel,
    reply: Reply,
    end: End,
    wait_s: int | None,
) -> None:
    browser = service.browser()
    service.will(browser, reply)
    wait = None if wait_s is None else NOW + timedelta(seconds=wait_s)
    delivery = one(sender, parcel(browser))
    assert told(delivery) == (end, reply.status, wait)
    assert (delivery.detail == "") == (end is End.SENT)
    assert browser.endpoint not in delivery.detail


def test_P7_what_the_answer_says_of_the_subscription_and_what_of_the_message(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    browser, said = service.browser(), {}
    for status in (403, 410, 413, 500):
        service.will(browser, Reply(status))
        said[status] = one(sender, parcel(browser)).tells_of_subscription
    assert said == {403: True, 410: True, 413: False, 500: True}


def test_P7_a_redirect_is_followed_by_nobody(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        port = elsewhere.getsockname()[1]
        browser = service.browser()
        for status in (301, 302, 303, 307, 308):
            service.will(browser, Reply(status, {"Location": f"https://127.0.0.1:{port}/"}))
            delivery = one(sender, parcel(browser))
            assert told(delivery) == (End.REFUSED, status, None)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_P7_a_service_that_hangs_is_given_up(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    browser = service.browser()
    service.will(browser, Hang())
    delivery = one(make_sender(time_out_s=0.2), parcel(browser))
    assert told(delivery) == (End.LATER, None, None)
    assert delivery.detail == "It did not answer in time."
    assert not delivery.tells_of_subscription


def test_P7_an_answer_of_a_byte_now_and_then_is_given_up_too(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    """Each byte comes well within the time-out; the whole does not."""
    browser = service.browser()
    service.will(browser, Reply(201, slowly=0.05))
    delivery = one(make_sender(time_out_s=0.4), parcel(browser))
    assert (delivery.end, delivery.detail) == (End.LATER, "It did not answer in time.")


def test_P7_a_slow_answer_is_an_answer(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    browser = service.browser()
    service.will(browser, Reply(201, slowly=0.005))
    assert one(sender, parcel(browser)).end is End.SENT


@pytest.mark.parametrize("after", [0, 1, 9, 30])
def test_P7_a_service_that_hangs_up_has_not_taken_it(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, after: int
) -> None:
    browser = service.browser()
    service.will(browser, HangUp(after))
    delivery = one(sender, parcel(browser))
    assert told(delivery) == (End.LATER, None, None)
    assert delivery.detail == "It could not be reached."


def test_P7_a_kept_connection_that_ended_meanwhile_costs_no_message(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    browser = service.browser()
    assert one(sender, parcel(browser)).end is End.SENT
    service.hang_up()
    assert one(sender, parcel(browser)).end is End.SENT
    assert (len(service.received), service.connections) == (2, 2)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(201, {"Transfer-Encoding": "chunked"}, b"5\r\nhello\r\n0\r\n\r\n", length=False),
        Reply(201, {"Transfer-Encoding": "chunked"}, b"0\r\n\r\n", length=False),
        Reply(201, body=b"x" * 5000),
        Reply(201, before=b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: y\r\n\r\n"),
    ],
    ids=["chunks", "no chunks", "a body", "a word before"],
)
def test_a_connection_is_kept_whatever_the_form_of_the_answer(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, reply: Reply
) -> None:
    browser = service.browser()
    service.will(browser, reply)
    assert [one(sender, parcel(browser)).end for _ in range(3)] == [End.SENT] * 3
    assert service.connections == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(201, {"Connection": "close"}),
        Reply(201, body=b"x" * 70_000),
        Reply(201, length=False),
        Reply(201, {"Transfer-Encoding": "chunked"}, b"fffff\r\n" + b"x" * 9, length=False),
        Reply(201, {"Transfer-Encoding": "chunked"}, b"x\r\n", length=False),
        Reply(201, body=b"HTTP/1.1 410 Gone\r\n\r\n", length=False),
    ],
    ids=["it says so", "a long body", "no length", "long chunks", "no chunks", "one more answer"],
)
def test_a_connection_whose_answer_has_no_near_end_is_used_once(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, reply: Reply
) -> None:
    browser = service.browser()
    service.will(browser, reply)
    assert [one(sender, parcel(browser)).end for _ in range(2)] == [End.SENT] * 2
    assert service.connections == 2


@pytest.mark.parametrize(
    "raw", [b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 2O1 X\r\n\r\n", b"A" * 40_000, b"\r\n\r\n"]
)
def test_what_is_no_answer_is_none(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, raw: bytes
) -> None:
    browser = service.browser()
    service.will(browser, Reply(before=raw))
    assert one(sender, parcel(browser)).end is End.LATER


def test_P5_a_list_that_was_shortened_counts_at_once(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    browser = service.browser()
    refused = one(make_sender(hosts=("push.apple.com",)), parcel(browser))
    assert told(refused) == (End.REFUSED, None, None)
    assert "not one of those that this school may use" in refused.detail
    assert service.connections == 0


def test_P6_a_name_that_now_leads_inside_is_not_followed(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    """With the real rule for addresses, loopback itself is one that may not be asked."""
    asked: list[str] = []

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    inside = replace(service.network, resolve=resolve, allows=type(service.network)().allows)
    delivery = one(make_sender(network=inside), parcel(service.browser()))
    assert told(delivery) == (End.REFUSED, None, None)
    assert "not public" in delivery.detail
    assert not delivery.tells_of_subscription, "a school's filter may say so for a day"
    assert (asked, service.connections) == (["fcm.googleapis.com"], 0)


def test_P6_dns_is_asked_once_a_connection_and_the_answer_that_was_checked_is_used(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    """It answers loopback (allowed here), then somewhere that nobody allowed."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    sender = make_sender(network=service.network_by(lambda _: next(answers)))
    browser = service.browser()
    assert [one(sender, parcel(browser)).end for _ in range(2)] == [End.SENT] * 2
    service.hang_up()
    assert one(sender, parcel(browser)).end is End.REFUSED
    assert len(service.received) == 2


def test_P6_whoever_has_the_address_but_not_the_certificate_gets_nothing(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    stranger = new_authority().trusting()
    delivery = one(
        make_sender(network=replace(service.network, trust=stranger)), parcel(service.browser())
    )
    assert (delivery.end, delivery.detail) == (End.LATER, "It could not be reached.")
    assert service.received == []


def test_P6_a_certificate_for_another_name_is_none(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    sender = make_sender(hosts=("push.apple.com",))
    browser = service.browser("elsewhere.push.apple.com")
    assert one(sender, parcel(browser)).end is End.LATER
    assert service.received == []


def test_P7_where_nobody_knows_the_name_it_may_be_tried_later(
    make_sender: Make, service: PushService, parcel: MakeParcel
) -> None:
    def resolve(host: str) -> Sequence[str]:
        raise OSError(host)

    delivery = one(make_sender(network=service.network_by(resolve)), parcel(service.browser()))
    assert (delivery.end, delivery.detail) == (End.LATER, "It could not be reached.")


def test_P4_a_key_that_is_not_ours_signs_nothing(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    delivery = one(sender, parcel(service.browser(), key_id=uuid4()))
    assert told(delivery) == (End.REFUSED, None, None)
    assert service.connections == 0


def test_P9_a_service_that_hangs_holds_up_nobody_elses_messages(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    dead, alive = service.browser("web.push.apple.com"), service.browser()
    service.will(dead, Hang())
    parcels = [parcel(one) for _ in range(30) for one in (dead, alive)]
    ended = [each.end for each in make_sender(time_out_s=1.0).send(parcels, NOW)]
    assert ended[:30] == [End.SENT] * 30, "those of the other service came first"
    assert ended[30:] == [End.LATER] * 30


def test_P9_a_dead_service_is_asked_three_times_and_then_left_alone(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    dead = service.browser()
    service.will(dead, Hang())
    sender = make_sender(time_out_s=0.3)
    ended = list(sender.send([parcel(dead) for _ in range(400)], NOW))
    assert Counter(each.end for each in ended) == {End.LATER: 400}
    asked = [each for each in ended if each.detail == "It did not answer in time."]
    spared = [each for each in ended if each.detail.startswith("It does not answer at present")]
    assert len(asked) <= 3 * UNDER_WAY, "those that were under way already"
    assert len(asked) + len(spared) == 400
    assert all(
        NOW < each.not_before <= NOW + timedelta(seconds=30) for each in spared if each.not_before
    )
    assert not any(each.tells_of_subscription for each in spared)


def test_P9_one_bad_subscription_does_not_stop_the_others(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    bad, good = service.browser(), service.browser()
    service.will(bad, Reply(410))
    parcels = [parcel(one) for _ in range(50) for one in (bad, good)]
    ended = Counter((each.parcel.endpoint, each.end) for each in sender.send(parcels, NOW))
    assert ended == {(bad.endpoint, End.GONE): 50, (good.endpoint, End.SENT): 50}


def test_P9_a_slow_service_is_asked_by_more_and_more_at_once(
    service: PushService, make_sender: Make, parcel: MakeParcel
) -> None:
    """A hundred wait for each other, more than one hand has under way."""
    sender = make_sender(time_out_s=30)
    warm, slow = service.browser(), service.browser()
    service.will(warm, Reply(201, slowly=SLOW_S / 20))
    service.will(slow, Meeting(threading.Barrier(100, timeout=30)))
    list(sender.send([parcel(warm) for _ in range(UNDER_WAY // 2)], NOW))
    ended = [each.end for each in sender.send([parcel(slow) for _ in range(100)], NOW)]
    assert ended == [End.SENT] * 100


class Meeting(Reply):
    """Answers when so many wait at once."""

    def __init__(self, together: threading.Barrier) -> None:
        super().__init__()
        object.__setattr__(self, "together", together)

    def answer(self, line: socket.socket) -> bool:
        self.together.wait()  # type: ignore[attr-defined]
        return super().answer(line)


def test_a_parcel_that_makes_us_stumble_is_told_and_the_others_go_on(
    service: PushService, sender: WebPushSender, parcel: MakeParcel
) -> None:
    broken = parcel(service.browser(), p256dh=b"\x04" + bytes(64))
    ended = Counter(each.end for each in sender.send([broken, parcel(service.browser())], NOW))
    assert ended == {End.REFUSED: 1, End.SENT: 1}


def test_nothing_of_a_message_or_its_way_is_in_what_is_printed(parcel: MakeParcel) -> None:
    sent = parcel(PushBrowser(), body=json.dumps({"title": "Secret"}).encode())
    for secret in ("Secret", "fcm.googleapis", "AAAA"):
        assert secret not in repr(Delivery(sent, End.SENT))


def test_every_name_of_the_service_is_on_the_list(sender: WebPushSender) -> None:
    assert len(NAMES) == 4


def hands_gone_home() -> None:
    """The connection of a message is given back after its end is told."""
    for thread in threading.enumerate():
        if thread.name.startswith("push "):
            thread.join(20)


def test_connections_that_idle_are_closed_at_the_next_occasion(
    service: PushService, sender: WebPushSender, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    one(sender, parcel(service.browser()))
    hands_gone_home()
    assert list(sender.send([], NOW)) == []
    one(sender, parcel(service.browser()))
    hands_gone_home()
    assert service.connections == 1
    monkeypatch.setattr(lane, "KEPT_S", 0.0)
    assert list(sender.send([], NOW)) == []
    assert sender._lanes == {}
    one(sender, parcel(service.browser()))
    assert service.connections == 2
