"""A clerk's morning, as one: the telephone, the window, the grid, many at once, taken back, two
clerks on one mark, and what two teachers disagree about."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.browser.students_grid import cell, open_grid, rule
from tests.support import cast as the_cast
from tests.support.api import School, presences
from tests.support.desk import california

CAST = the_cast.gather()
AT = the_cast.MORNING
NOW = the_cast.local(the_cast.TUESDAY, 8, 12)
# Places in 8A of students of whose names there is one.
HANA, IVO, JOMO, KAVEH, LUCIA = 21, 22, 23, 24, 25


@pytest.fixture
def lind(page: Page, server: SchoolServer, record: School) -> Page:
    """Ruiz saw five absent at 8:03, Okafor one of them present; it is 8:12 at Lind's desk."""
    server.kill()
    california(record)
    server.start()
    absent = dict.fromkeys((HANA, IVO, JOMO, KAVEH, LUCIA), "absent")
    for teacher, seen in ((CAST.ruiz, absent), (CAST.okafor, absent | {LUCIA: "present"})):
        tablet = desk.WireTablet(server, teacher, AT)
        tablet.push(tablet.op(CAST.eight_a, seen))
    server.kill()
    server.move_to(NOW)
    server.start()
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; };")
    desk.arrive(page, server, CAST.lind, "#/front-desk/ahead")
    return page


@pytest.fixture
def moss(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """The administrator, at another desk."""
    page = window.new_context(viewport={"width": 1440, "height": 900}).new_page()
    yield page
    page.context.close()


def stands(record: School, place: int) -> str | None:
    roll = presences(record.tablet(CAST.lind).roll(CAST.eight_a))
    return roll[str(CAST.eight_a.students[place])]


def test_a_clerks_morning(lind: Page, moss: Page, server: SchoolServer, record: School) -> None:
    _a_mother_calls(lind)
    _somebody_is_late(lind)
    _the_grid_shows_both_and_is_corrected(lind, record)
    _a_section_is_testing_and_it_is_taken_back(lind)
    _two_clerks_meet(lind, moss, server, record)
    _two_teachers_disagreed(lind, record)


def _a_mother_calls(page: Page) -> None:
    page.get_by_label("Name of the student").fill("hana castellanos")
    page.keyboard.press("Enter")
    page.get_by_label("From").fill("2026-10-06")
    page.get_by_label("To", exact=True).fill("2026-10-07")
    page.get_by_label("Told by").fill("Her mother")
    page.get_by_label("Reason").select_option("A-1")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("listitem").filter(has_text="Hana")).to_contain_text("Her mother")


def _somebody_is_late(page: Page) -> None:
    page.get_by_role("link", name="At the window").click()
    page.get_by_label("Name of the student").fill("ivo dragomir")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile(r"^Came\sat"))).to_be_focused()
    page.keyboard.press("Enter")
    slip = page.get_by_role("region", name="The slip")
    expect(slip).to_contain_text(re.compile(r"Ivo\sDragomir"))
    expect(slip).to_contain_text(re.compile(r"\d+\sminutes?\sby\sthe\sbell"))
    slip.get_by_role("button", name="Print the slip").click()
    page.wait_for_function("window.printed === 1")


def _the_grid_shows_both_and_is_corrected(page: Page, record: School) -> None:
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Students").click()
    expect(cell(page, "Hana Castellanos")).to_have_accessible_name(
        re.compile(r"teacher saw absent, Illness")
    )
    expect(cell(page, "Ivo Dragomir")).to_have_accessible_name(
        re.compile(r"teacher saw absent, office ruled late")
    )
    rule(page, "Jomo Eriksen", "p", "Seen by the office")
    expect(cell(page, "Jomo Eriksen")).to_have_accessible_name(re.compile("office ruled present"))
    assert stands(record, JOMO) == "present"


def _a_section_is_testing_and_it_is_taken_back(page: Page) -> None:
    page.get_by_role("button", name="Many at once").click()
    sheet = page.get_by_role("dialog", name="Many at once")
    sheet.get_by_role("button", name="Testing").click()
    sheet.get_by_label("Section").select_option("8B")
    sheet.get_by_role("button", name="Look first").click()
    expect(sheet.get_by_role("region", name="What would change")).to_contain_text("Would be saved")
    sheet.get_by_role("button", name="Save for 20 marks").click()
    expect(sheet).to_have_count(0)
    ruled = page.get_by_role("gridcell", name=re.compile("office ruled elsewhere"))
    expect(ruled.first).to_be_visible()
    page.get_by_role("grid").focus()
    page.keyboard.press("u")
    expect(ruled).to_have_count(0)


def _two_clerks_meet(lind: Page, moss: Page, server: SchoolServer, record: School) -> None:
    open_grid(moss, server, CAST.moss)
    # Moss's desk hears of nothing by itself: what it shows is what Moss saw.
    moss.route("**/changes?**", lambda route: route.abort())
    moss.route("**/grid*", lambda route: route.abort())
    rule(lind, "Kaveh Fujimoto", "l", "Came by bus")
    expect(cell(lind, "Kaveh Fujimoto")).to_have_accessible_name(re.compile("office ruled late"))
    rule(moss, "Kaveh Fujimoto", "p", "Seen at the window")
    clash = moss.get_by_role("alert")
    expect(clash).to_contain_text(re.compile(r"R\.\sLind ruled late.*“Came by bus”"))
    assert stands(record, KAVEH) == "late"
    moss.get_by_role("button", name="Save my ruling all the same").click()
    expect(clash).to_have_count(0)
    assert stands(record, KAVEH) == "present"


def _two_teachers_disagreed(page: Page, record: School) -> None:
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Contested").click()
    item = page.locator("[data-item]").filter(has_text="Lucía")
    expect(item).to_contain_text("Neither knew of the other.")
    item.get_by_role("button", name="Present").click()
    expect(item).to_contain_text("You settled it")
    assert stands(record, LUCIA) == "present"
