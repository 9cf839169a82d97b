"""Ruiz and Okafor take the same roll without network and see one student differently."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from playwright.sync_api import TimeoutError as NotYet

from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.api import School
from tests.support.cast import MORNING, Cast, Person

PLACE = 4
LATER = MORNING + timedelta(minutes=10)


def ready(tablet: Tablet, person: Person) -> Tablet:
    """Signed in, ready without a network, on the roll in session or the day's list."""
    tablet.open()
    tablet.sign_in(person)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students, .meetings").wait_for()
    return tablet


def online(*tablets: Tablet) -> None:
    """The network is back."""
    for tablet in tablets:
        tablet.page.evaluate("dispatchEvent(new Event('online'))")


def release(tablet: Tablet) -> None:
    """What a hidden page does: what could still be undone leaves now."""
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


def submit(tablet: Tablet) -> None:
    """Submit what the screen shows, and let it go."""
    tablet.submit_button().click()
    tablet.submitted_here()
    release(tablet)


def differ(ruiz: Tablet, okafor: Tablet, server: SchoolServer) -> str:
    """Ruiz sees one student absent, Okafor sees the same one present; both arrive. Her name."""
    name = str(ruiz.student(PLACE).get_attribute("aria-label")).split(",")[0]
    server.kill()
    ruiz.tap(PLACE)
    submit(ruiz)
    submit(okafor)
    server.move_to(LATER)
    server.start()
    for tablet in (ruiz, okafor):
        arrive(tablet)
    online(ruiz, okafor)
    return name


def arrive(tablet: Tablet) -> None:
    """On the record; a busy machine may need the news of the network more than once."""
    record = tablet.page.locator(".step-done", has_text="On the record")
    for _ in range(12):
        online(tablet)
        with suppress(NotYet):
            record.wait_for(timeout=6000)
            return
    tablet.on_record()


def inbox(tablet: Tablet) -> None:
    """Open the inbox as its badge leads there."""
    tablet.page.get_by_role("button", name="For you").click()
    tablet.page.get_by_role("heading", name="For you").wait_for()


def marked(record: School, cast: Cast, student: str) -> dict[str, Any]:
    """How the school's record has the student of that name."""
    reader = record.tablet(cast.lind)
    history = reader.get(f"rolls/{cast.eight_a.roll()}")
    (found,) = [
        each["student_id"]
        for each in history["students"]
        if f"{each['given_name']} {each['family_name']}" == student
    ]
    (mark,) = [each for each in history["roll"]["marks"] if each["student_id"] == found]
    heads = [history["roll"]["ops"][place] for place in mark.get("heads", [0])]
    return {**mark, "head_ops": heads}
