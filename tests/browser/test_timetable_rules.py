"""Bells, deadlines, exemptions, leave and reminders at the desk, and who may set which."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.test_calendar import look_at
from tests.browser.timetable_desk import add_minimum_bells, effects, hears, open_day, page_of
from tests.support import cast as the_cast
from tests.support.cast import Cast

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
TRY_AGAIN = """() =>
  [...document.querySelectorAll("button")].find((it) => it.textContent === "Try again")?.click()"""
"""Where the news of the school has not brought the page already."""
ADMINISTRATOR = "Who can change that: an administrator of your school."


def test_deadlines_hold_from_tomorrow_and_today_stays_as_it_is(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    page_of(page, server, cast.moss, "Deadlines")
    expect(page.get_by_role("list", name="Deadlines")).to_contain_text(
        "Where nothing else is set, all grades, all periods: opens 5 minutes before the bell"
    )
    form = page.get_by_role("region", name="New deadlines from a date on")
    form.get_by_label("Due after").fill("soon")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("How many minutes after the bell is it due?")
    form.get_by_label("Due after").fill("20")
    form.get_by_label("Grace after due").fill("5")
    form.get_by_label("Locks, days later").fill("7")
    expect(form).to_contain_text(
        "From Oct 7, all grades, all periods: opens 5 minutes before the bell, due 20 minutes"
        " after the bell, late after 25, looked for at 30, closes at 17:00, locks 7 days later."
    )
    form.get_by_role("button", name="See what it moves").click()
    assert effects(page)[:2] == [
        "12 rolls of Period 1 on 12 days from Oct 7 to Oct 23 move from 8:15 to 8:20.",
        "12 rolls of Period 2 on 12 days from Oct 7 to Oct 23 move from 9:15 to 9:20.",
    ]
    form.get_by_role("button", name="Save these deadlines").click()
    expect(page.get_by_role("list", name="Deadlines")).to_contain_text("To come From Oct 7")
    desk.visit(page, "#/calendar")
    panel = open_day(page, "Tuesday, October 6, today")
    expect(panel).to_contain_text("Due 8:15, opens 7:55")
    panel = open_day(page, "Wednesday, October 7")
    expect(panel).to_contain_text("Due 8:20, opens 7:55")
    panel.locator("summary").first.click()
    expect(panel).to_contain_text("In time until 8:25, looked for at 8:30, closes 5:00, locks Oct")
    expect(panel).to_contain_text("By the deadlines since Oct 7.")
    desk.visit(page, "#/deadlines")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Save: take it back").click()
    expect(page.get_by_role("list", name="Deadlines")).not_to_contain_text("From Oct 7")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("list", name="Deadlines")).to_contain_text("To come From Oct 7")


def test_the_office_reads_what_an_administrator_sets_and_is_told_why(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    for words, button in (
        ("Deadlines", "See what it moves"),
        ("Bell schedules", "New bell schedule"),
        ("Reminders", "Remind like this from now on"),
    ):
        page_of(page, server, cast.lind, words)
        expect(page.get_by_text("Why this is only to read:")).to_be_visible()
        expect(page.locator(".banner-calm")).to_contain_text(ADMINISTRATOR)
        expect(page.get_by_role("button", name=button)).to_have_count(0)
        expect(page.locator(".desk-main input")).to_have_count(0)
        page.get_by_role("button", name="Sign out").click()


def test_an_assembly_takes_a_period_out_and_the_tablet_reads_why(
    page: Page, server: SchoolServer, new_tablet: NewTablet, cast: Cast
) -> None:
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.brandt)
    tablet.open("/#/today")
    tablet.says("Opens 8:55")
    page_of(page, server, cast.lind, "Exemptions and leave")
    form = page.get_by_role("region", name="Take meetings out of a date")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("What is exempt?")
    form.get_by_label("Period").select_option("Period 2")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("Why?")
    form.get_by_label("Why").fill("Assembly")
    form.get_by_role("button", name="See what it moves").click()
    assert effects(page) == [
        "1 roll (Period 2) is not expected any more: Assembly.",
        "Nobody is reminded of what is not expected.",
    ]
    form.get_by_role("button", name="Save: no roll is expected").click()
    listed = page.get_by_role("list", name="Exemptions")
    expect(listed).to_contain_text("Tuesday, October 6: All sections, period 2. Assembly.")
    expect(listed).to_contain_text("Set by R. Lind on Oct 6.")
    hears(tablet, "No roll expected: Assembly")
    listed.get_by_role("button", name="End it").click()
    assert effects(page) == ["1 roll (Period 2) is expected again."]
    listed.get_by_role("button", name="Save: end it").click()
    expect(page.get_by_text("No meeting is exempt.")).to_be_visible()
    hears(tablet, "Opens 8:55")


def test_somebody_is_away_and_back_again(page: Page, server: SchoolServer, cast: Cast) -> None:
    page_of(page, server, cast.lind, "Exemptions and leave")
    form = page.get_by_role("region", name="Somebody is away")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("Who is away?")
    form.get_by_label("Person").select_option("D. Ruiz, teacher")
    form.get_by_label("Until").fill("2026-10-08")
    form.get_by_role("button", name="See what it moves").click()
    assert effects(page) == ["No roll moves."]
    form.get_by_role("button", name="Save the leave").click()
    listed = page.get_by_role("list", name="Leave")
    expect(listed).to_contain_text("D. Ruiz is away from Oct 6 to Oct 8.")
    listed.get_by_role("button", name="End the leave").click()
    listed.get_by_role("button", name="Save: end the leave").click()
    expect(page.get_by_text("Nobody is away.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(listed).to_contain_text("D. Ruiz is away from Oct 6 to Oct 8.")


def test_bells_are_written_by_keyboard_and_slips_are_told_before_they_are_sent(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    page_of(page, server, cast.moss, "Bell schedules")
    page.get_by_role("button", name="Change regular").click()
    form = page.get_by_role("form", name="Bells of regular")
    expect(form.get_by_label("Period, row 1")).to_be_focused()
    form.get_by_label("Ends, row 1").fill("07:00")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text(
        "Period 1 ends at 7:00, not after it starts at 8:00."
    )
    form.get_by_label("Ends, row 1").fill("09:10")
    expect(form).to_contain_text("Period 2 starts at 9:00, before Period 1 ends at 9:10.")
    form.get_by_label("Ends, row 1").fill("08:50")
    form.get_by_label("Starts, row 1").fill("08:05")
    page.keyboard.press("Enter")
    assert effects(page)[0] == (
        "13 rolls of Period 1 on 13 days from Oct 6 to Oct 23 move from 8:15 to 8:20."
    )
    page.get_by_role("button", name="Save the bells of regular").click()
    expect(page.locator(".bells").first).to_contain_text("8:05 to 8:50")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bells").first).to_contain_text("8:00 to 8:50")


def test_a_new_bell_schedule_is_made_of_another_and_taken_away_while_no_date_rings_it(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    page_of(page, server, cast.moss, "Bell schedules")
    page.get_by_role("button", name="Copy regular").click()
    form = page.get_by_role("form", name="New bell schedule")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("What is it called?")
    form.get_by_label("Name", exact=True).fill("Rally")
    form.get_by_role("button", name="Add a period").click()
    expect(form.get_by_label("Period, row 4")).to_be_focused()
    page.keyboard.type("R")
    form.get_by_role("button", name="See what it moves").click()
    expect(form.get_by_role("alert")).to_contain_text("Period R has no name")
    form.get_by_role("button", name="Take row 4 out").click()
    form.get_by_role("button", name="See what it moves").click()
    assert effects(page) == ["No roll moves."]
    page.get_by_role("button", name="Save Rally").click()
    listed = page.get_by_role("list", name="Bell schedules")
    expect(listed).to_contain_text("On no date from today on.")
    page.get_by_role("button", name="Take away Rally").click()
    page.get_by_role("button", name="Save: take away Rally").click()
    expect(listed).not_to_contain_text("Rally")
    page.get_by_role("button", name="Undo").click()
    expect(listed).to_contain_text("Rally")


def test_reminders_are_explained_changed_and_guarded_against_a_second_desk(
    page: Page, window: Browser, server: SchoolServer, cast: Cast
) -> None:
    page_of(page, server, cast.moss, "Reminders")
    told = page.get_by_role("list", name="Reminders", exact=True)
    expect(told).to_contain_text("15 minutes after the deadline the office list is told")
    form = page.get_by_role("region", name="Remind otherwise from now on")
    form.get_by_label("Minutes, step 4").fill("999")
    form.get_by_role("button", name="Remind like this from now on").click()
    expect(form.get_by_role("alert")).to_contain_text("Write a whole number up to 600.")
    form.get_by_label("Minutes, step 4").fill("20")
    form.get_by_label("Quiet from").fill("18:00")
    form.get_by_label("Quiet until").fill("07:00")
    form.get_by_role("group", name="Office list").get_by_label("R. Lind").check()
    expect(form.get_by_role("list", name="How it will read")).to_contain_text(
        "20 minutes after the deadline the office list is told: R. Lind."
    )
    other = window.new_page()
    page_of(other, server, cast.moss, "Reminders")
    theirs = other.get_by_role("region", name="Remind otherwise from now on")
    theirs.get_by_role("button", name="Take step 5 out").click()
    theirs.get_by_role("button", name="Remind like this from now on").click()
    expect(theirs.get_by_text("Saved.")).to_be_visible()
    other.close()
    form.get_by_role("button", name="Remind like this from now on").click()
    expect(form).to_contain_text("Somebody else changed the reminders meanwhile.")
    expect(form.get_by_label("Minutes, step 4")).to_have_value("20")
    form.get_by_role("button", name="Remind like this from now on").click()
    expect(form.get_by_text("Saved.")).to_be_visible()
    expect(told).to_contain_text("Nobody is reminded from 18:00 to 07:00.")
    expect(told).to_contain_text("20 minutes after the deadline the office list is told: R. Lind.")


@pytest.mark.parametrize("words", ["Bell schedules", "Deadlines", "Exemptions", "Reminders"])
def test_a_page_that_does_not_come_says_so_in_words(
    page: Page, server: SchoolServer, cast: Cast, words: str
) -> None:
    desk.arrive(page, server, cast.moss)
    page.route("**/timetable?*", lambda route: route.abort())
    page.route("**/reminder-policy", lambda route: route.abort())
    desk.visit(page, "#/calendar")
    page.get_by_role("navigation", name="Calendar").get_by_role("link", name=words).click()
    expect(page.get_by_text("could not be fetched.")).to_be_visible()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    with page.expect_request(re.compile("/timetable\\?|/reminder-policy")):
        page.get_by_role("button", name="Try again").click()
    page.unroute("**/timetable?*")
    page.unroute("**/reminder-policy")
    page.evaluate(TRY_AGAIN)
    expect(page.get_by_text("could not be fetched.")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(
    page: Page, server: SchoolServer, cast: Cast, scheme: str
) -> None:
    add_minimum_bells(server, cast)
    for words, name in (
        ("Bell schedules", "bells"),
        ("Deadlines", "deadlines"),
        ("Exemptions and leave", "exemptions"),
        ("Reminders", "reminders"),
    ):
        desk.resize(page, desk.WIDE, scheme)
        page_of(page, server, cast.moss, words)
        if name == "bells":
            page.get_by_role("button", name="Change minimum").click()
            page.get_by_label("Ends, row 1").fill("09:30")
        else:
            page.get_by_role("button", name="Remind like this").or_(
                page.get_by_role("button", name="See what it moves").first
            ).first.wait_for()
        look_at(page, name, scheme)
        desk.resize(page, desk.WIDE, scheme)
        page.get_by_role("button", name="Sign out").click()
