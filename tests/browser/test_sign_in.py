"""Somebody who works at two schools says where they are, on the tablet and at the office's desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_screens import complaints
from tests.support.cast import Cast, Person

AT_ALDER_TOO = """UPDATE staff SET role = ?, account_id = (
  SELECT account_id FROM staff WHERE username = ?) WHERE username = 'stranger'"""


@pytest.fixture(scope="session")
def window(chromium: Playwright) -> Iterator[Browser]:
    """Chromium without a profile, for the office."""
    with desk.browsing(chromium) as browser:
        yield browser


def works_at_both(server: SchoolServer, person: Person) -> None:
    """Gives somebody of Birch the place that Stranger has at Alder."""
    server.kill()
    server.write(AT_ALDER_TOO, person.role, person.username)
    server.start()


def fill(tablet: Tablet, person: Person) -> None:
    """The form, sent with Enter."""
    tablet.page.get_by_label("School e-mail or user name").fill(person.username)
    tablet.page.get_by_label("Password").fill(person.password)
    tablet.page.keyboard.press("Enter")


def test_a_teacher_of_two_schools_chooses_one_by_keyboard_and_gets_its_class(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    works_at_both(server, cast.ruiz)
    tablet = new_tablet()
    tablet.open()
    fill(tablet, cast.ruiz)
    heading = tablet.page.get_by_role("heading", name="Which school are you at?")
    expect(heading).to_be_focused()
    schools = tablet.page.locator(".school-choice li button")
    assert schools.all_inner_texts() == ["Alder", "Birch"]
    assert complaints(tablet) == []
    for button in tablet.page.locator(".school-choice button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    tablet.page.keyboard.press("Tab")
    expect(schools.first).to_be_focused()
    tablet.page.keyboard.press("Enter")
    tablet.page.locator(".students").wait_for()
    assert tablet.page.locator(".tile").count() == len(cast.alder_8a.students)


def test_another_name_can_be_given_instead_of_a_school(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    works_at_both(server, cast.ruiz)
    tablet = new_tablet()
    tablet.open()
    fill(tablet, cast.ruiz)
    tablet.press("Another name or password")
    fill(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()


def test_somebody_of_the_office_at_two_schools_chooses_whose_board_shows(
    window: Browser, server: SchoolServer, cast: Cast
) -> None:
    works_at_both(server, cast.lind)
    page = window.new_page(viewport={"width": 1440, "height": 900})
    desk.sign_in(page, server, cast.lind)
    expect(page.get_by_role("heading", name="Which school are you at?")).to_be_focused()
    assert desk.faults(page) == []
    page.get_by_role("button", name="Birch").click()
    desk.expect_board(page)
    expect(page.get_by_role("button", name="D. Ruiz, Period 1")).to_be_visible()
    page.close()
