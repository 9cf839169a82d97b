"""The calendar at the desk for tests: a school with two bell schedules, and the keys to get about.

Birch rings *regular* bells. Here it has *minimum* ones too: period 1 at 8:06, period 2 at 9:10.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.support.cast import Cast, Person

MINIMUM = {"1": ("08:06", "08:41"), "2": ("09:10", "09:45"), "3": ("10:10", "10:45")}
ADD = "INSERT INTO bell_period (school_id, schedule, period, name, starts_time, ends_time)"


def add_minimum_bells(server: SchoolServer, cast: Cast) -> None:
    """The second bell schedule."""
    server.kill()
    for period, (starts, ends) in MINIMUM.items():
        row = (cast.birch.hex, "minimum", period, f"Period {period}", starts, ends)
        server.write(f"{ADD} VALUES (?, ?, ?, ?, ?, ?)", *row)
    server.start()


def calendar(page: Page, server: SchoolServer, person: Person) -> Locator:
    """Somebody is at the calendar of October; its grid."""
    desk.arrive(page, server, person, "#/calendar")
    grid = page.get_by_role("grid", name="October 2026")
    expect(grid.get_by_role("gridcell", name="Tuesday, October 6, today")).to_contain_text("0 of 2")
    return grid


def page_of(page: Page, server: SchoolServer, person: Person, words: str) -> None:
    """Somebody is at another page of the calendar, by its word there."""
    calendar(page, server, person)
    page.get_by_role("navigation", name="Calendar").get_by_role("link", name=words).click()
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()


def open_day(page: Page, words: str) -> Locator:
    """A date by the words of its cell; the panel beside."""
    page.get_by_role("gridcell", name=words).click()
    return page.get_by_role("complementary")


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until somebody is there; nothing is clicked."""
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not come to {wanted}")


def hears(tablet: Tablet, words: str) -> None:
    """The tablet asks for news until it says so."""
    found = tablet.page.get_by_text(words).first

    def asked() -> bool:
        tablet.page.evaluate("dispatchEvent(new Event('online'))")
        tablet.page.wait_for_timeout(300)
        return found.is_visible()

    until(asked, 40)


def effects(page: Page) -> list[str]:
    """The sentences under the form."""
    page.locator(".change-answer .effects").first.wait_for()
    return page.locator(".change-answer .effects").first.locator("li").all_inner_texts()
