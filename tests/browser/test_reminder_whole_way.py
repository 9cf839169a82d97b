"""A reminder on its whole way: made by the jobs, sealed, taken by a push service, opened, handed to
the tablet's worker, shown, pressed; and what becomes of it when the roll was taken meanwhile.

Only two things are not the real ones: the push service is our own on loopback, which decrypts what
it gets as a browser does, and the debugger carries that into the browser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from schemas.words import Way
from server.jobs import sweep
from server.models import OpEntry, table_of
from server.services.deliver import Post, deliver
from server.services.web_push import sender_of
from server.settings import Settings
from tests.browser.bus import Desktop
from tests.browser.conftest import NewTablet
from tests.browser.people import SEEDED
from tests.browser.push_stub import StubbedPush
from tests.browser.pushes import PushGate
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_reminders import SAVED, press
from tests.browser.test_trouble import submit_and_leave
from tests.support.api import School
from tests.support.cast import TUESDAY, Cast, local
from tests.support.push_service import Message, PushService
from tests.support.reminding import Bell

OPS = table_of(OpEntry)
SECRETS = [*SEEDED, "8A", "Ruiz", "Okafor", "absent", "present"]


@dataclass
class Story:
    """A tablet with reminders on, the jobs beside the school's server, and what was sent."""

    tablet: Tablet
    gate: PushGate
    desktop: Desktop
    service: PushService
    school: School
    post: Post

    def jobs_at(self, hour: int, minute: int) -> list[Message]:
        """Run the jobs at this time of day; what the push service got by it, opened."""
        now = local(TUESDAY, hour, minute)
        before = len(self.service.received)
        sweep.remind(self.school.engine, now)
        while deliver(self.school.engine, self.post, now, Way.PUSH):
            pass
        return self.service.received[before:]

    def arrives(self, message: Message) -> None:
        """What the push service got reaches the tablet's worker."""
        self.gate.deliver(message.plain.decode())


@pytest.fixture
def story(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast, tmp_path: Path
) -> Iterator[Story]:
    """Ruiz takes another roll first, turns reminders on, and has 8A before her at 8:03."""
    folder = tmp_path / "bus"
    folder.mkdir()
    desktop = Desktop(folder)
    with PushService() as service:
        server.kill()
        server.pushes_to = service
        Bell(record).plan()
        server.start()
        tablet = new_tablet(env={**os.environ, **desktop.environment})
        tablet.start()
        StubbedPush(tablet, [service.browser()]).allow()
        tablet.open()
        tablet.sign_in(cast.ruiz)
        tablet.ready_offline()
        tablet.page.goto(f"{tablet.url}/#/today")
        tablet.page.locator("dialog").wait_for(state="detached")
        tablet.page.get_by_role("button", name="Turn on").click()
        tablet.press("Remind me on this tablet")
        tablet.says("Test it on this tablet")
        tablet.open()
        tablet.page.locator(".students").wait_for()
        settings = Settings(database_url="", public_url=server.url)
        with sender_of(record.engine, settings, service.network) as sender:
            post = Post(sender, server.url)
            yield Story(tablet, PushGate(tablet), desktop, service, record, post)
    desktop.close()


def test_a_reminder_goes_the_whole_way_and_opens_the_roll_with_the_app_closed(
    story: Story, cast: Cast, server: SchoolServer
) -> None:
    story.gate.close_the_app()
    assert story.jobs_at(8, 9) == []
    (first,) = story.jobs_at(8, 10)
    assert (first.headers["urgency"], first.headers["ttl"]) == ("high", "300")
    assert [
        name for name in (*SEEDED, "8A", "Ruiz", "absent") if name in first.plain.decode()
    ] == []
    story.arrives(first)
    shown = story.desktop.shows("Period 1 roll is due at 8:15", "Not started on this tablet.")
    assert not shown.silent

    (second,) = story.jobs_at(8, 15)
    assert second.headers["topic"] == first.headers["topic"]
    story.arrives(second)
    story.desktop.shows("Period 1 roll was due at 8:15", "It still counts. Tap to take it.")
    press(story.desktop, story.tablet)
    expect(story.tablet.page.locator(".tile")).to_have_count(30)
    assert story.tablet.page.url.endswith(f"#/roll/{cast.eight_a.roll()}")
    submit_and_leave(story.tablet)
    story.tablet.on_record()
    assert story.jobs_at(8, 25) == []


def test_a_roll_that_waits_here_without_network_is_told_as_saved_and_goes_when_it_can(
    story: Story, server: SchoolServer
) -> None:
    server.kill()
    submit_and_leave(story.tablet)
    story.gate.close_the_app()
    (message,) = story.jobs_at(8, 10)
    story.arrives(message)
    story.desktop.shows(SAVED, "Waiting for network. Nothing to do.")

    story.gate.stop_the_worker()  # else it may find the server before the reminder does
    server.start()
    (message,) = story.jobs_at(8, 15)
    story.arrives(message)
    story.desktop.shows("Period 1 roll is received by the school", "Nothing to do.")
    assert all(one.silent for one in story.desktop.told)
    assert [row.outcome for row in story.school.rows(OPS)] == ["accepted"]
    assert story.jobs_at(8, 25) == []
    story.tablet.open()
    story.desktop.is_empty()


def test_a_reminder_that_was_overtaken_by_its_roll_asks_for_nothing(
    story: Story, server: SchoolServer
) -> None:
    (message,) = story.jobs_at(8, 10)
    submit_and_leave(story.tablet)
    story.tablet.on_record()
    story.gate.close_the_app()
    story.arrives(message)
    shown = story.desktop.shows("Period 1 roll is received by the school", "Nothing to do.")
    assert shown.silent
    assert story.jobs_at(8, 15) == []
