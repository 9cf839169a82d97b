"""Turning reminders on, off, and testing them; several people, a new key, and what cannot be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.models import PushSubscription, table_of
from server.services.vapid import rotate_vapid_key
from tests.browser.bus import Desktop
from tests.browser.conftest import NewTablet
from tests.browser.people import PIN, add, lock, more, set_pin, unlock
from tests.browser.push_stub import StubbedPush
from tests.browser.pushes import PushGate
from tests.browser.reminder_views import IPAD, first_roll
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_trouble import submit_and_leave
from tests.support.api import School
from tests.support.cast import TUESDAY, Cast, Person, local
from tests.support.push_service import PushService

SUBSCRIPTIONS = table_of(PushSubscription)
OFFER = "Shall this tablet say when a roll is due?"


@pytest.fixture
def service() -> Iterator[PushService]:
    """The push service that every subscription is at."""
    with PushService() as service:
        yield service


@pytest.fixture
def server(server: SchoolServer, service: PushService) -> SchoolServer:
    """The school, which reaches no other one."""
    server.kill()
    server.pushes_to = service
    server.start()
    return server


@pytest.fixture
def tablet(new_tablet: NewTablet) -> Tablet:
    """A tablet that nobody has signed in on."""
    tablet = new_tablet()
    tablet.start()
    return tablet


@pytest.fixture
def push(tablet: Tablet, service: PushService) -> StubbedPush:
    """Its push manager."""
    return StubbedPush(tablet, [service.browser() for _ in range(3)])


def enter(tablet: Tablet, person: Person) -> None:
    """Signed in, ready without network, on the roll."""
    tablet.open()
    tablet.sign_in(person)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()


def to_today(tablet: Tablet) -> None:
    """The list of the day."""
    tablet.page.goto(f"{tablet.url}/#/today")
    tablet.page.locator(".meetings").wait_for()


def turn_on(tablet: Tablet) -> None:
    """By the offer."""
    tablet.press("Remind me")
    tablet.page.get_by_role("button", name="Test it on this tablet").wait_for()


def in_sheet(tablet: Tablet, words: str) -> None:
    """Press a button of the sheet."""
    tablet.page.locator("dialog").get_by_role("button", name=words, exact=True).click()


def close_sheet(tablet: Tablet) -> None:
    """Nothing changes by it."""
    in_sheet(tablet, "Close")


def lines(record: School) -> list[tuple[str, str | None, str | None]]:
    """Whose subscriptions the school has, by which endpoint, and why they ended."""
    names = {person.staff_id: person.username for person in record.cast.people}
    rows = record.rows(SUBSCRIPTIONS)
    return sorted((names[row.staff_id], row.endpoint, row.ended_why) for row in rows)


def test_N11_the_permission_is_asked_by_a_tap_after_the_first_roll_and_not_before(
    tablet: Tablet, push: StubbedPush, server: SchoolServer, cast: Cast, record: School
) -> None:
    push.allow()
    enter(tablet, cast.ruiz)
    to_today(tablet)
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)
    tablet.page.locator("button", has_text="Take roll").click()
    submit_and_leave(tablet)
    tablet.on_record()
    to_today(tablet)
    tablet.says(OFFER)
    assert (push.asked, push.made) == (0, 0)
    turn_on(tablet)
    assert (push.asked, push.made) == (1, 1)
    assert lines(record) == [("ruiz", push.endpoint, None)]
    close_sheet(tablet)
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)
    tablet.says("Reminders: on.")


def test_N11_not_now_is_remembered_and_the_sheet_still_has_it(
    tablet: Tablet, push: StubbedPush, server: SchoolServer, cast: Cast
) -> None:
    push.allow()
    first_roll(tablet, cast)
    tablet.press("Not now")
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)
    tablet.page.reload()
    tablet.says("Reminders: off.")
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)
    more(tablet, "Reminders: off")
    tablet.press("Remind me on this tablet")
    tablet.page.get_by_role("button", name="Test it on this tablet").wait_for()
    in_sheet(tablet, "Turn off")
    tablet.page.get_by_role("button", name="Remind me on this tablet").wait_for()
    until(lambda: push.endpoint is None)


def test_N11_a_browser_that_was_told_no_says_what_to_do(
    tablet: Tablet, push: StubbedPush, server: SchoolServer, cast: Cast
) -> None:
    first_roll(tablet, cast)
    push.forbid()
    tablet.page.reload()
    tablet.says("Reminders: blocked in this browser.")
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)
    more(tablet, "Reminders: blocked in this browser")
    tablet.says("Come back here and turn reminders on.")
    push.allow()
    tablet.page.evaluate("dispatchEvent(new Event('focus'))")
    tablet.press("Remind me on this tablet")
    tablet.page.get_by_role("button", name="Test it on this tablet").wait_for()


def test_a_push_service_that_cannot_be_reached_is_said_and_nothing_is_turned_on(
    tablet: Tablet, server: SchoolServer, cast: Cast, record: School
) -> None:
    push = StubbedPush(tablet, [])
    push.allow()
    first_roll(tablet, cast)
    tablet.press("Remind me")
    tablet.says("The browser cannot reach its push service.")
    assert lines(record) == []
    server.kill()
    tablet.press("Remind me on this tablet")
    tablet.says("The school does not answer.")


def test_N11_an_ipad_is_shown_the_way_to_the_home_screen(
    tablet: Tablet, server: SchoolServer, cast: Cast
) -> None:
    tablet.context.add_init_script(f"({IPAD})()")
    first_roll(tablet, cast)
    tablet.says("From the home screen it can")
    tablet.press("Show me how")
    tablet.says("Add to Home Screen")
    expect(tablet.page.locator(".home-step")).to_have_count(4)
    close_sheet(tablet)
    tablet.says("Reminders: not yet possible here.")
    tablet.press("Not now")
    expect(tablet.page.get_by_text(OFFER)).to_have_count(0)


def test_the_test_says_step_by_step_that_it_was_sent_and_shown(
    new_tablet: NewTablet, service: PushService, server: SchoolServer, cast: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "bus"
    folder.mkdir()
    desktop = Desktop(folder)
    tablet = new_tablet(env={**os.environ, **desktop.environment})
    tablet.start()
    StubbedPush(tablet, [service.browser()]).allow()
    first_roll(tablet, cast)
    gate = PushGate(tablet)
    turn_on(tablet)
    tablet.press("Test it on this tablet")
    (message,) = service.wait_for(1)
    tablet.says("Waiting for it to arrive here.")
    gate.deliver(message.plain.decode())
    tablet.says("Shown on this tablet, 8:0")
    steps = tablet.page.locator(".test-step")
    expect(steps).to_have_count(4)
    expect(tablet.page.locator(".test-done")).to_have_count(4)
    shown = desktop.shows("Reminders work on this tablet")
    assert shown.body.startswith("Sent 8:0")
    desktop.close()


def test_the_test_says_which_step_failed_and_the_next_start_puts_it_right(
    tablet: Tablet,
    push: StubbedPush,
    service: PushService,
    server: SchoolServer,
    cast: Cast,
    record: School,
) -> None:
    push.allow()
    first_roll(tablet, cast)
    turn_on(tablet)
    service.forget(push.browsers[0])
    tablet.press("Test it on this tablet")
    tablet.says("The push service did not take it.")
    tablet.says("Turn reminders on again here.")
    assert lines(record) == [("ruiz", push.browsers[0].endpoint, "gone")]
    tablet.page.reload()
    until(lambda: push.made == 2)
    until(lambda: ("ruiz", push.browsers[1].endpoint, None) in lines(record))


def test_N12_a_new_key_of_the_school_is_taken_up_at_the_next_start(
    tablet: Tablet, push: StubbedPush, server: SchoolServer, cast: Cast, record: School
) -> None:
    push.allow()
    first_roll(tablet, cast)
    turn_on(tablet)
    rotate_vapid_key(record.engine, local(TUESDAY, 8, 5))
    tablet.page.reload()
    until(lambda: ("ruiz", push.browsers[1].endpoint, None) in lines(record))
    assert lines(record)[0][2] == "replaced"
    tablet.page.reload()
    tablet.says("Reminders: on.")
    assert push.made == 2, "and then it holds"


def test_N13_each_of_a_tablet_has_her_own_line_and_the_last_takes_the_subscription_along(
    tablet: Tablet, push: StubbedPush, server: SchoolServer, cast: Cast, record: School
) -> None:
    push.allow()
    first_roll(tablet, cast)
    turn_on(tablet)
    close_sheet(tablet)
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    to_today(tablet)
    more(tablet, "Reminders: off")
    tablet.press("Remind me on this tablet")
    tablet.page.get_by_role("button", name="Test it on this tablet").wait_for()
    both = {("okafor", push.endpoint, None), ("ruiz", push.endpoint, None)}
    until(lambda: both <= set(lines(record)))
    close_sheet(tablet)
    more(tablet, "Sign out")
    in_sheet(tablet, "Sign out")
    tablet.page.get_by_role("heading", name="Who is taking roll?").wait_for()
    until(lambda: ("okafor", push.endpoint, "signed_out") in lines(record))
    assert ("ruiz", push.endpoint, None) in lines(record)
    unlock(tablet, cast.ruiz, PIN)
    more(tablet, "Sign out")
    in_sheet(tablet, "Sign out")
    until(lambda: push.endpoint is None)
    assert [why for _, _, why in lines(record) if why is None] == []


def test_N14_a_roll_that_is_due_is_told_on_other_screens_and_only_until_it_is_saved(
    tablet: Tablet, server: SchoolServer, cast: Cast
) -> None:
    server.kill()
    server.move_to(local(TUESDAY, 8, 11))
    server.start()
    enter(tablet, cast.ruiz)
    banner = tablet.page.get_by_text("Period 1 roll is due at 8:15.")
    expect(banner).to_have_count(0)
    for screen in ("inbox", "tray", "carry", "today/2026-10-07"):
        tablet.page.goto(f"{tablet.url}/#/{screen}")
        banner.wait_for()
    to_today(tablet)
    expect(banner).to_have_count(0)
    tablet.page.goto(f"{tablet.url}/#/tray")
    tablet.press("Take roll")
    tablet.page.locator(".students").wait_for()
    submit_and_leave(tablet)
    tablet.page.goto(f"{tablet.url}/#/inbox")
    tablet.says("For you")
    expect(banner).to_have_count(0)


def test_N14_past_its_time_it_still_counts_and_is_read_out(
    tablet: Tablet, server: SchoolServer, cast: Cast
) -> None:
    server.kill()
    server.move_to(local(TUESDAY, 8, 31))
    server.start()
    enter(tablet, cast.ruiz)
    tablet.page.goto(f"{tablet.url}/#/inbox")
    tablet.says("Period 1 roll was due at 8:15.")
    expect(tablet.page.locator(".shown > .for-ears").last).to_contain_text("Period 1 roll was due")
