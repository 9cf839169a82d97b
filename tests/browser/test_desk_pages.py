"""What every page of the desk shares: the bar that leads to them all, and that each can be read in
every window, light and dark."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.desk_views import DESK_VIEWS, show
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast

CAST = the_cast.gather()
ONE_ROW_PX = 60


def bar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Desk")


def expect_one_row(page: Page) -> None:
    box = page.get_by_role("banner").bounding_box()
    assert box is not None
    assert box["height"] <= ONE_ROW_PX
    assert not desk.overflows(page)


def test_the_bar_is_one_row_and_its_menus_answer_to_the_keyboard(
    page: Page, server: SchoolServer
) -> None:
    desk.differ(server, the_cast.MORNING)
    desk.arrive(page, server, CAST.lind)
    expect(bar(page).get_by_role("link", name="Contested 1")).to_be_visible()
    for size in (desk.WIDE, desk.TABLET):
        desk.resize(page, size, "light")
        expect_one_row(page)
    school = bar(page).get_by_role("button", name="School")
    school.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(bar(page).get_by_role("link", name="Calendar")).to_be_focused()
    assert desk.faults(page, within=".top") == []
    page.keyboard.press("Escape")
    expect(school).to_be_focused()
    expect(bar(page).get_by_role("link", name="Passes")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Paper sheets")).to_be_visible()
    expect(bar(page).get_by_role("link", name="Passes")).to_have_count(0)
    expect(school).to_have_accessible_name(re.compile(r"^School\s?: Paper$"))
    expect_one_row(page)


def test_on_a_phone_all_pages_are_in_one_menu_that_says_where_one_is(
    page: Page, server: SchoolServer
) -> None:
    desk.differ(server, the_cast.MORNING)
    desk.arrive(page, server, CAST.lind)
    desk.resize(page, desk.PHONE, "dark")
    menu = bar(page).get_by_role("button")
    expect(menu).to_have_accessible_name(re.compile(r"^Pages, now\sBoard\s+1$"))
    expect_one_row(page)
    menu.click()
    assert desk.faults(page, within=".top") == []
    assert not desk.overflows(page)
    bar(page).get_by_role("link", name="Attendance").click()
    expect(menu).to_have_accessible_name(re.compile("Attendance"))
    menu.click()
    page.get_by_role("main").click(position={"x": 5, "y": 5})
    expect(bar(page).get_by_role("link")).to_have_count(0)


def test_every_page_reads_well_in_every_window_and_in_both_themes(
    page: Page, server: SchoolServer
) -> None:
    ruiz = desk.WireTablet(server, CAST.ruiz, the_cast.MORNING)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    desk.arrive(page, server, CAST.lind)
    for view in DESK_VIEWS:
        show(page, view)
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, "light")
            assert not desk.overflows(page), f"{view.name} at {size}"
        for scheme in ("light", "dark"):
            desk.resize(page, desk.PHONE if scheme == "dark" else desk.WIDE, scheme)
            assert desk.faults(page) == [], f"{view.name}, {scheme}"
