"""The button that tests a tablet: sent at once, and told in a sentence what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from server.models import PushSubscription, table_of
from server.services import try_push
from server.services.note_delivery import MOST_REFUSALS
from server.services.vapid import rotate_vapid_key
from tests.server.conftest import Fresh
from tests.server.guest_tablet import code_of
from tests.support import cast
from tests.support.api import School, Tablet, open_school
from tests.support.push_service import FCM, HangUp, PushService, Reply
from tests.support.pushing import PushBrowser, subscribe

Tree = dict[str, Any]
SUBSCRIPTIONS = table_of(PushSubscription)


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService(checks_clock=cast.MORNING.timestamp) as service:
        yield service


@pytest.fixture
def reaching(fresh: Fresh, service: PushService) -> Iterator[School]:
    """The school, with a way to the push service."""
    school = open_school(fresh(), network=service.network)
    yield school
    school.engine.dispose()


@pytest.fixture
def ruiz(reaching: School) -> Tablet:
    """Ruiz, signed in."""
    return reaching.tablet(reaching.cast.ruiz)


@pytest.fixture
def browser(service: PushService, ruiz: Tablet) -> PushBrowser:
    """Ruiz's, subscribed."""
    browser = service.browser()
    subscribe(ruiz, browser)
    return browser


def _press(tablet: Tablet) -> Tree:
    answer = tablet.post("push/test", {})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def test_P10_a_test_that_was_taken_is_in_the_browser_by_then(
    reaching: School, service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    reaching.clock.set(cast.local(cast.TUESDAY, 9, 31))
    assert _press(ruiz) == {
        "end": "sent",
        "status": 201,
        "detail": "The push service took it at 9:31. If nothing shows, notifications may be off in"
        " the tablet's settings.",
        "sent_at": "2026-10-06T16:31:00.000Z",
    }
    (message,) = service.received
    told = message.told
    assert message.browser is browser
    assert (told["web_push"], told["notification"]["title"], told["notification"]["body"]) == (
        8030,
        "Reminders work on this tablet",
        "Sent 9:31.",
    )
    about = told["notification"]["data"]["rollbook"]
    assert (about["kind"], about["rolls"]) == ("test", [])
    assert message.headers["topic"] == told["notification"]["tag"]
    assert ruiz.get("push")["subscription"]["last_ok_at"] == "2026-10-06T16:31:00.000Z"


@pytest.mark.parametrize(
    ("reply", "end", "words"),
    [
        (Reply(404), "gone", "Turn reminders on again here."),
        (Reply(410), "gone", "Turn reminders on again here."),
        (Reply(429, {"Retry-After": "30"}), "later", "Try again a little later."),
        (Reply(500), "later", "It asked to be asked later. Try again a little later."),
        (HangUp(), "later", "could not take it at 8:03. It could not be reached."),
        (Reply(403), "refused", "It answered 403. Turn reminders off and on again here."),
        (Reply(413), "refused", "The message was too large for it."),
        (Reply(302, {"Location": "https://elsewhere"}), "refused", "which is not done."),
    ],
)
def test_P10_each_ending_is_told_in_a_sentence(
    service: PushService,
    ruiz: Tablet,
    browser: PushBrowser,
    reply: Reply,
    end: str,
    words: str,
) -> None:
    service.will(browser, reply)
    told = _press(ruiz)
    assert (told["end"], told["status"]) == (end, reply.status or None)
    assert words in told["detail"]
    assert browser.endpoint not in told["detail"]


def test_P3_a_subscription_that_its_push_service_knows_no_more_ends(
    service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    service.forget(browser)
    assert _press(ruiz)["end"] == "gone"
    subscription = ruiz.get("push")["subscription"]
    assert (subscription["ended_why"], bool(subscription["ended_at"])) == ("gone", True)
    assert _press(ruiz)["end"] == "none"
    again = subscribe(ruiz, service.browser())["subscription"]
    assert again["subscription_id"] != subscription["subscription_id"]
    assert _press(ruiz)["end"] == "sent"


def test_P3_three_refusals_in_a_row_end_it_and_two_do_not(
    service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    def try_with(status: int, times: int) -> str | None:
        service.will(browser, Reply(status))
        for _ in range(times):
            _press(ruiz)
        why: str | None = ruiz.get("push")["subscription"]["ended_why"]
        return why

    assert try_with(403, MOST_REFUSALS - 1) is None
    assert try_with(201, 1) is None
    assert try_with(403, MOST_REFUSALS - 1) is None
    assert try_with(413, 5) is None, "that is about the message"
    assert try_with(500, 5) is None, "and that will pass"
    assert try_with(403, 1) == "refused"


def test_P7_when_to_ask_again_is_kept_with_the_subscription(
    reaching: School, service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    service.will(browser, Reply(429, {"Retry-After": "30"}))
    _press(ruiz)
    (row,) = reaching.rows(SUBSCRIPTIONS)
    assert row.not_before == reaching.clock.now() + timedelta(seconds=30)
    service.will(browser, Reply(201))
    _press(ruiz)
    (row,) = reaching.rows(SUBSCRIPTIONS)
    assert (row.not_before, row.last_ok_at) == (None, reaching.clock.now())


def test_P4_an_old_key_signs_what_goes_to_its_own_subscriptions(
    reaching: School, service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    _press(ruiz)
    rotate_vapid_key(reaching.engine, reaching.clock.now())
    _press(ruiz)
    before, after = (message.claims["k"] for message in service.received)
    assert before == after
    subscribe(ruiz, service.browser())
    _press(ruiz)
    assert service.received[-1].claims["k"] != before


def test_P1_a_test_goes_to_this_person_on_this_tablet_and_nowhere_else(
    reaching: School, service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    okafor = reaching.tablet(reaching.cast.okafor)
    theirs = service.browser()
    subscribe(okafor, theirs)
    _press(okafor)
    assert [message.browser for message in service.received] == [theirs]
    tags = [message.told["notification"]["tag"] for message in service.received]
    _press(ruiz)
    assert service.received[-1].told["notification"]["tag"] not in tags


def test_P10_a_push_service_that_hangs_holds_up_a_few_and_not_the_server(
    ruiz: Tablet, browser: PushBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(try_push.AT_ONCE):
        assert try_push._seats.acquire(blocking=False)
    assert code_of(ruiz.post("push/test", {})) == (503, "busy")
    for _ in range(try_push.AT_ONCE):
        try_push._seats.release()
    assert _press(ruiz)["end"] == "sent"


def test_nothing_about_a_student_or_a_section_is_in_a_test(
    service: PushService, ruiz: Tablet, browser: PushBrowser
) -> None:
    _press(ruiz)
    text = service.received[0].plain.decode()
    for word in (*cast.GIVEN, *cast.FAMILY, "8A", "Mathematics", "Ruiz", "absent"):
        assert word not in text
    assert FCM not in text
