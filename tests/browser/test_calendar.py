"""The calendar at the desk: a day is changed after it was seen what moves, and tablets follow."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.timetable_desk import (
    add_minimum_bells,
    calendar,
    effects,
    hears,
    open_day,
    tab_to,
)
from tests.support import cast as the_cast
from tests.support.cast import Cast

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
SIZES = (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE, (320, 640))


@pytest.fixture
def bells(server: SchoolServer) -> SchoolServer:
    """The school has minimum bells too."""
    add_minimum_bells(server, CAST)
    return server


def test_a_day_becomes_a_minimum_day_by_keyboard_and_the_tablet_shows_the_moved_deadline(
    page: Page, bells: SchoolServer, new_tablet: NewTablet, cast: Cast
) -> None:
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.open("/#/today")
    tablet.says("Due 8:15")
    grid = calendar(page, bells, cast.lind)
    tab_to(page, grid.locator('[tabindex="0"]'))
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Tuesday, October 6")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    expect(panel).to_contain_text("Everybody: school day, regular bells.")
    tab_to(page, panel.get_by_role("button", name="Change this day"))
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Kind of day")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("min")
    tab_to(page, panel.get_by_role("button", name="See what it moves"))
    page.keyboard.press("Enter")
    assert effects(page) == [
        "1 roll of Period 1 moves from 8:15 to 8:21.",
        "1 roll of Period 2 moves from 9:15 to 9:25.",
        "Reminders move with them.",
    ]
    assert bells.rows("SELECT count(*) FROM calendar_day WHERE schedule = 'minimum'") == [(0,)]
    expect(page.locator(".change-answer")).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Save: minimum")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Saved")).to_be_visible()
    expect(panel).to_contain_text("Everybody: school day, minimum bells.")
    hears(tablet, "Open, due 8:21")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Taken back")).to_be_visible()
    hears(tablet, "Due 8:15")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(grid.locator('[data-on="2026-10-06"]')).to_be_focused()


def test_school_ends_early_and_what_begins_after_it_is_expected_no_more(
    page: Page, server: SchoolServer, new_tablet: NewTablet, cast: Cast
) -> None:
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.brandt)
    tablet.open("/#/today")
    tablet.says("Opens 8:55")
    calendar(page, server, cast.lind)
    panel = open_day(page, "Tuesday, October 6, today")
    panel.get_by_role("button", name="Change this day").click()
    panel.get_by_label("School ends early at").fill("09:00")
    panel.get_by_label("Note").fill("Water main")
    panel.get_by_role("button", name="See what it moves").click()
    said = effects(page)
    assert said[0] == (
        "1 roll (Period 2) is not expected any more: school closes before then, Water main."
    )
    assert said[-1] == "Nobody is reminded of what is not expected."
    panel.get_by_role("button", name="Save: regular").click()
    expect(panel).to_contain_text("school ends at 9:00, “Water main”")
    expect(panel).to_contain_text("Not expected, and why")
    hears(tablet, "No roll expected: school closes before then")
    tablet.press("Why can’t I take this roll? 8B, Period 2")
    tablet.says("School closes before this meeting begins (Water main), so no roll is expected.")
    cell = page.get_by_role("gridcell", name="Tuesday, October 6")
    expect(cell).to_contain_text("Ends 9:00")


def test_a_roll_that_was_taken_stays_as_it_is(page: Page, bells: SchoolServer, cast: Cast) -> None:
    ruiz = desk.WireTablet(bells, cast.ruiz, the_cast.MORNING)
    ruiz.push(ruiz.op(cast.eight_a, {3: "absent"}))
    desk.arrive(page, bells, cast.lind, "#/calendar/2026-10-06")
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name="Change this day").click()
    panel.get_by_label("Kind of day").select_option("Holiday")
    panel.get_by_label("Note").fill("Storm")
    panel.get_by_role("button", name="See what it moves").click()
    assert effects(page) == [
        "1 roll (Period 2) is not expected any more: holiday, Storm.",
        "1 roll already taken stays as it is.",
        "Nobody is reminded of what is not expected.",
    ]
    panel.get_by_role("button", name="Leave it as it is").click()
    expect(page.locator(".change-answer .effects")).to_have_count(0)
    panel.get_by_role("button", name="Close without change").click()
    expect(panel.get_by_role("button", name="Change this day")).to_be_visible()


def test_who_saves_second_is_told_what_the_day_is_now_and_loses_nothing(
    page: Page, window: Browser, bells: SchoolServer, cast: Cast
) -> None:
    calendar(page, bells, cast.lind)
    panel = open_day(page, "Wednesday, October 7")
    panel.get_by_role("button", name="Change this day").click()
    panel.get_by_label("Note").fill("Picture day")
    panel.get_by_role("button", name="See what it moves").click()
    assert effects(page) == ["No roll moves."]
    other = window.new_page()
    calendar(other, bells, cast.moss)
    theirs = open_day(other, "Wednesday, October 7")
    theirs.get_by_role("button", name="Change this day").click()
    theirs.get_by_label("Bell schedule").select_option("minimum")
    theirs.get_by_role("button", name="See what it moves").click()
    theirs.get_by_role("button", name="Save: minimum").click()
    expect(theirs.get_by_role("heading", name="Saved")).to_be_visible()
    other.close()
    panel.get_by_role("button", name="Save: regular").click()
    expect(panel).to_contain_text("Somebody else changed the timetable meanwhile.")
    assert effects(page) == ["Everybody: school day, minimum bells."]
    expect(panel.get_by_label("Note")).to_have_value("Picture day")
    panel.get_by_label("Bell schedule").select_option("minimum")
    panel.get_by_role("button", name="See what it moves").click()
    assert effects(page) == ["No roll moves."]
    panel.get_by_role("button", name="Save: minimum").click()
    expect(panel).to_contain_text("Everybody: school day, minimum bells, “Picture day”.")


def test_several_days_are_changed_at_once_and_what_is_missing_is_said(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    calendar(page, server, cast.lind)
    panel = open_day(page, "Thursday, October 15")
    panel.get_by_role("button", name="Change this day").click()
    panel.get_by_label("Kind of day").select_option("Holiday")
    panel.get_by_label("The same through").fill("2026-10-01")
    panel.get_by_role("button", name="See what it moves").click()
    expect(panel.get_by_role("alert")).to_contain_text("Until when?")
    panel.get_by_label("The same through").fill("2026-10-19")
    expect(panel).to_contain_text("3 days, Monday to Friday.")
    panel.get_by_role("button", name="See what it moves").click()
    assert effects(page)[0] == (
        "6 rolls (Period 1 and Period 2) on 3 days from Oct 15 to Oct 19 are not expected any"
        " more: holiday."
    )
    panel.get_by_role("button", name="Save: holiday").click()
    for on in ("Thursday, October 15", "Friday, October 16", "Monday, October 19"):
        expect(page.get_by_role("gridcell", name=f"{on}, holiday")).to_be_visible()
    expect(page.get_by_role("gridcell", name="Saturday, October 17, no school")).to_be_visible()
    panel.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("gridcell", name="Friday, October 16, school day")).to_be_visible()


def test_the_month_is_one_tab_stop_and_arrow_keys_go_by_day_week_and_month(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    grid = calendar(page, server, cast.lind)
    assert grid.locator('[role="gridcell"][tabindex="0"]').count() == 1
    tab_to(page, grid.locator('[tabindex="0"]'))
    for key, on in (
        ("ArrowRight", "Wednesday, October 7"),
        ("ArrowDown", "Wednesday, October 14"),
        ("Home", "Sunday, October 11"),
        ("End", "Saturday, October 17"),
        ("ArrowUp", "Saturday, October 10"),
        ("PageDown", "Tuesday, November 10"),
        ("PageUp", "Saturday, October 10"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("gridcell", name=on)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("gridcell", name="Saturday, October 31")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("grid", name="November 2026")).to_be_visible()
    expect(page.get_by_role("gridcell", name="Sunday, November 1, no school")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("grid", name="October 2026")).to_be_visible()


def test_a_day_shows_its_rolls_by_period_with_their_rule(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    calendar(page, server, cast.lind)
    panel = open_day(page, "Wednesday, October 7")
    slot = panel.locator("details", has_text="Period 2")
    expect(slot).to_contain_text("9:00 to 9:50")
    expect(slot).to_contain_text("Due 9:15, opens 8:55")
    slot.locator("summary").click()
    expect(slot).to_contain_text("Looked for at 9:30, closes 5:00. By the usual deadlines.")
    expect(slot).to_contain_text("8B P. Brandt")
    holiday = open_day(page, "Monday, October 12, holiday")
    expect(holiday).to_contain_text("No roll is expected on this date.")
    panel.get_by_role("button", name="Open the board of this day").click()
    expect(page).to_have_url(re.compile(r"#/board/2026-10-12$"))


def test_a_calendar_that_does_not_come_says_so_and_is_fetched_again(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    desk.arrive(page, server, cast.lind)
    page.route("**/timetable?*", lambda route: route.abort())
    desk.visit(page, "#/calendar")
    expect(page.get_by_text("The calendar could not be fetched.")).to_be_visible()
    assert desk.faults(page) == []
    page.unroute("**/timetable?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("gridcell", name="Tuesday, October 6, today")).to_contain_text("0 of 2")
    page.route("**/timetable/day?*", lambda route: route.abort())
    open_day(page, "Wednesday, October 7")
    expect(page.get_by_text("This day cannot be opened")).to_be_visible()
    page.unroute("**/timetable/day?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Change this day")).to_be_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_month_prints_on_one_page(
    page: Page, server: SchoolServer, cast: Cast, tmp_path: Path, paper: str
) -> None:
    calendar(page, server, cast.lind)
    file = tmp_path / "month.pdf"
    page.pdf(path=file, format=paper, landscape=True, prefer_css_page_size=False)
    assert len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) == 1
    if PICTURES:
        (Path(PICTURES) / f"month-{paper}.pdf").write_bytes(file.read_bytes())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(
    page: Page, bells: SchoolServer, cast: Cast, scheme: str
) -> None:
    calendar(page, bells, cast.lind)
    look_at(page, "calendar", scheme)
    panel = open_day(page, "Tuesday, October 6, today")
    look_at(page, "calendar-day", scheme)
    desk.resize(page, desk.WIDE, scheme)
    panel.get_by_role("button", name="Change this day").click()
    panel.get_by_label("Bell schedule").select_option("minimum")
    panel.get_by_role("button", name="See what it moves").click()
    effects(page)
    look_at(page, "calendar-preview", scheme)


def look_at(page: Page, name: str, scheme: str) -> None:
    """Every size."""
    for size in SIZES:
        desk.resize(page, size, scheme)
        assert desk.faults(page) == [], f"{name} at {size}, {scheme}"
        assert not desk.overflows(page), f"{name} at {size}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{size[0]}-{scheme}.png")
