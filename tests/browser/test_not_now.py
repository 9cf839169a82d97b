"""Rolls that cannot be taken now: nobody expects them, or they have not opened."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from server.models import OpEntry, table_of
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_screens import complaints
from tests.support.api import School
from tests.support.cast import MORNING, WEDNESDAY, Cast

HOLIDAY = "UPDATE roll SET expected = 0, void_reason = 'holiday' WHERE roll_id = ?"


def blocked(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Today has become a holiday, and Ruiz opens the roll of 8A."""
    server.kill()
    server.write(HOLIDAY, cast.eight_a.roll().hex)
    server.start()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.page.locator("button.meeting", has_text="No roll expected: holiday").click()
    tablet.says("You cannot take this roll")


def test_students_who_are_here_on_a_holiday_are_named_and_the_school_holds_it(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    tablet = new_tablet()
    blocked(tablet, server, cast)
    tablet.press("Some students are here with me")
    tablet.says("No roll is expected here.")
    assert complaints(tablet) == []
    expect(tablet.submit_button()).to_have_text("Tap who is here")
    tablet.submit_button().click()
    for place, count in ((3, 1), (17, 2)):
        tablet.student(place).click()
        tablet.says(f"Submit {count} present")
    expect(tablet.submit_button()).to_have_text("Submit 2 present")
    tablet.submit_button().click()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.says("The school is holding this roll.")
    tablet.says("The calendar says that there was no school.")
    (entry,) = tablet.outbox()
    assert [mark["presence"] for mark in entry["op"]["marks"]] == ["present", "present"]
    (op,) = record.rows(table_of(OpEntry), school_id=cast.birch)
    assert (op.outcome, op.reason) == ("held", "no_school")


def test_who_leaves_without_a_tap_has_not_begun_anything(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    tablet = new_tablet()
    blocked(tablet, server, cast)
    tablet.press("Some students are here with me")
    tablet.page.locator(".students").wait_for()
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.page.locator("button.meeting", has_text="No roll expected: holiday").click()
    tablet.says("You cannot take this roll")
    assert tablet.drafts() == []


def test_a_roll_of_another_day_is_only_read_and_says_when_it_opens(
    tablet: Tablet, cast: Cast
) -> None:
    tablet.open(f"/#/roll/{cast.eight_a.roll(WEDNESDAY)}")
    tablet.says("It opens by itself: Wednesday, Oct 7, 7:55.")
    expect(tablet.page.locator(".roster li")).to_have_count(30)
    expect(tablet.page.locator(".tile, .submit-button")).to_have_count(0)
    tablet.page.locator(".roster").press("a")
    tablet.page.keyboard.press("Enter")
    assert tablet.drafts() == []
    assert tablet.outbox() == []


def test_a_roll_of_today_opens_by_itself_and_not_before(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    server.kill()
    server.move_to(MORNING - timedelta(minutes=8, seconds=25))
    server.start()
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.page.locator("button.meeting", has_text="Opens 7:55").click()
    tablet.says("It opens by itself: 7:55.")
    expect(tablet.page.locator(".tile, .submit-button")).to_have_count(0)
    tablet.page.locator(".tile").first.wait_for()
    expect(tablet.submit_button()).to_have_text("Submit 30 present")
