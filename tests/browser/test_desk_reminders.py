"""The office is reminded at its desk: turned on by a press, tested, and gone with the sign-out."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from playwright.sync_api import expect

from server.models import PushSubscription, table_of
from server.push.message import Push, spell_push, topic_of
from sync.remind_words import Words
from tests.browser import office_desk as desk
from tests.browser.bus import Desktop
from tests.browser.conftest import NewTablet
from tests.browser.push_stub import StubbedPush
from tests.browser.pushes import PushGate
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import until
from tests.support.api import School
from tests.support.cast import MORNING, Cast, Person
from tests.support.push_service import PushService

SUBSCRIPTIONS = table_of(PushSubscription)


def test_N11_the_desk_turns_reminders_on_by_a_press_and_a_press_on_one_opens_the_desk(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "bus"
    folder.mkdir()
    screen = Desktop(folder)
    with PushService() as service:
        server.kill()
        server.pushes_to = service
        server.start()
        browser = new_tablet(
            env={**os.environ, **screen.environment}, viewport={"width": 1440, "height": 900}
        )
        browser.start()
        push = StubbedPush(browser, [service.browser()])
        push.allow()
        desk.sign_in(browser.page, server, cast.lind)
        desk.expect_board(browser.page)
        assert push.asked == 0
        browser.page.get_by_role("button", name="Reminders: off").click()
        assert desk.faults(browser.page) == []
        browser.press("Remind me on this computer")
        browser.says("Test it on this computer")
        (line,) = record.rows(SUBSCRIPTIONS)
        assert (line.staff_id, line.ended_at) == (cast.lind.staff_id, None)

        gate = PushGate(browser)
        browser.press("Test it on this computer")
        (message,) = service.wait_for(1)
        gate.deliver(message.plain.decode())
        expect(browser.page.locator(".test-done")).to_have_count(4)
        assert desk.faults(browser.page) == []
        screen.shows("Reminders work on this tablet")
        screen.press()
        screen.is_empty()
        assert len(browser.context.pages) == 1, "a test leads nowhere new"
        browser.page.reload()
        browser.page.get_by_role("button", name="Reminders: on").wait_for()

        gate.close_the_app()
        gate.deliver(of_the_office(browser.url, cast.lind))
        screen.shows("2 rolls not taken, periods 1 and 2", "Tap for rooms and extensions.")
        with browser.context.expect_page() as opened:
            screen.press()
        browser.page = opened.value
        desk.expect_board(browser.page)
        assert browser.page.url.endswith("/office/")

        browser.page.get_by_role("button", name="Sign out").click()
        browser.page.get_by_label("Password").wait_for()
        until(lambda: push.endpoint is None)
        (line,) = record.rows(SUBSCRIPTIONS)
        assert line.ended_why == "signed_out"
    screen.close()


def of_the_office(url: str, person: Person) -> str:
    """What the school sends to the people on the office's list."""
    push = Push(
        kind="office",
        message_id=UUID(int=1),
        topic=topic_of("office", person.staff_id),
        words=Words("2 rolls not taken, periods 1 and 2", "Tap for rooms and extensions."),
        navigate=f"{url}/office/",
        made_at=MORNING,
    )
    return spell_push(push).decode()
