"""The clerk's grid for tests: to come to it, to find a mark, to rule on it from the keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support.cast import Person


def open_grid(page: Page, server: SchoolServer, person: Person) -> None:
    """Somebody signs in and looks at the students of today."""
    desk.arrive(page, server, person, "#/students")
    expect(page.get_by_role("grid")).to_be_visible()


def cell(page: Page, student: str, period: str = "Period 1") -> Locator:
    """A student's mark; students of one name are in the order of the grid."""
    name = r"\s".join(re.escape(part) for part in student.split())
    return page.get_by_role("gridcell", name=re.compile(rf"^{name},\s{period}:"))


def rule(page: Page, student: str, letter: str, why: str) -> None:
    """A presence by its letter, with words, saved with Enter."""
    cell(page, student).first.click()
    page.get_by_role("grid").focus()
    page.keyboard.press(letter)
    page.get_by_label("Why the mark changes").fill(why)
    page.keyboard.press("Enter")
