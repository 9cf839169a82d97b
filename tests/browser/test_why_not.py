"""Why can't I take this roll? The day's list, the roll and the desk answer alike (rules Y)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_screens import complaints
from tests.support.cast import MORNING, WEDNESDAY, Cast

ASSEMBLY = [
    "Why: The office took this meeting out for this day: assembly.",
    "Who can change that: The office, which can end the exemption.",
]


def exempted(server: SchoolServer, cast: Cast) -> None:
    """Today's roll of 8A is taken out for an assembly."""
    server.kill()
    server.write(
        "UPDATE roll SET expected = 0, void_reason = 'assembly' WHERE roll_id = ?",
        cast.eight_a.roll().hex,
    )
    server.start()


def list_of_today(tablet: Tablet, cast: Cast) -> None:
    """Signed in, on the day's list."""
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.open("/#/today")
    tablet.page.locator(".meetings").wait_for()


def test_Y1_Y4_the_days_list_the_roll_and_the_desk_answer_alike(
    new_tablet: NewTablet, page: Page, server: SchoolServer, cast: Cast
) -> None:
    exempted(server, cast)
    tablet = new_tablet()
    list_of_today(tablet, cast)
    ask = tablet.page.get_by_role("button", name="Why can’t I take this roll? 8A, Period 1")
    ask.focus()
    tablet.page.keyboard.press("Enter")
    sheet = tablet.page.get_by_role("dialog", name="Why can’t I take this roll?")
    told = sheet.locator(".why-not p").all_inner_texts()
    assert [told[0], told[2]] == ASSEMBLY
    assert told[1].startswith("When it opens: It stays closed while that stands. The section’s")
    assert told[3].endswith("The school keeps it, and the office decides.")
    assert complaints(tablet) == []
    tablet.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(ask).to_be_focused()
    tablet.page.locator("button.meeting", has_text="No roll expected: assembly").click()
    assert tablet.page.locator(".why-not p").all_inner_texts() == told
    desk.arrive(page, server, cast.lind, f"#/board?roll={cast.eight_a.roll()}")
    page.get_by_text("Why can’t the teacher take this roll?").click()
    at_desk = page.locator(".why-not p").all_inner_texts()
    assert [at_desk[0], at_desk[2], at_desk[3]] == [told[0], told[2], told[3]]


def test_Y2_a_signed_roll_says_so_before_its_day_is_over(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    ruiz = desk.WireTablet(server, cast.ruiz, MORNING)
    ruiz.push(ruiz.op(cast.eight_a, {}))
    server.kill()
    server.write("UPDATE roll SET state = 'certified' WHERE roll_id = ?", cast.eight_a.roll().hex)
    server.start()
    tablet = new_tablet()
    list_of_today(tablet, cast)
    tablet.press("Why can’t I change this roll? 8A, Period 1")
    tablet.says("This roll is certified, and a signed roll is not changed from a tablet.")
    tablet.press("Close")
    tablet.press("Open")
    tablet.says("Only to look at:")
    tablet.press("Who can change that")
    tablet.says("an administrator of your school can open the roll again.")


def test_Y3_a_roll_of_tomorrow_says_when_it_opens_and_who_sets_that(
    tablet: Tablet, cast: Cast
) -> None:
    tablet.open(f"/#/today/{WEDNESDAY}")
    tablet.press("Why can’t I take this roll? 8A, Period 1")
    tablet.says("A roll opens 5 min before the bell, which rings 8:00.")
    tablet.says("It opens by itself: Wednesday, Oct 7, 7:55.")
    tablet.says("Until then its students can be read.")


def test_Y5_a_roll_that_is_not_on_the_tablet_says_why(tablet: Tablet, cast: Cast) -> None:
    tablet.open(f"/#/roll/{cast.eight_b.roll()}")
    tablet.says("This tablet does not have that roll")
    tablet.says("Who can change that:")
    assert complaints(tablet) == []


def test_Y3_at_the_desk_a_roll_that_can_be_taken_is_not_asked_about(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    desk.arrive(page, server, cast.lind, f"#/board?roll={cast.eight_a.roll()}")
    expect(page.get_by_text("not taken yet, due 8:15")).to_be_visible()
    expect(page.get_by_text("Why can’t the teacher")).to_have_count(0)
    desk.visit(page, f"#/board?roll={cast.eight_b.roll()}")
    page.get_by_text("Why can’t the teacher take this roll?").click()
    expect(page.get_by_text("It opens by itself: 8:55.")).to_be_visible()
    assert desk.faults(page) == []


def test_Y4_before_it_would_open_the_answer_says_from_when_somebody_may_insist(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    exempted(server, cast)
    server.kill()
    server.move_to(MORNING - timedelta(minutes=33))
    server.start()
    tablet = new_tablet()
    list_of_today(tablet, cast)
    tablet.press("Why can’t I take this roll? 8A, Period 1")
    tablet.says("From 7:55 on, whoever is there can be named and submitted.")
