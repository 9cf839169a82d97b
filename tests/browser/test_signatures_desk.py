"""Signatures: a teacher signs the past week on a tablet, and the desk sees who has signed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import office_desk as desk
from tests.browser import term_of_days
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
LATER = the_cast.local(the_cast.TUESDAY + timedelta(days=6), 9, 0)
NEXT_MONTH = the_cast.local(the_cast.LAST + timedelta(days=10), 9, 0)
WEEK = "2026-10-05"
Open = Callable[..., Page]


@pytest.fixture
def settled(server: SchoolServer, record: School, request: pytest.FixtureRequest) -> SchoolServer:
    """It is the Monday after, or what a test asks for, and two weeks of rolls are there."""
    server.kill()
    term_of_days.settle(record)
    server.move_to(getattr(request, "param", LATER))
    server.start()
    return server


@pytest.fixture
def open_desk(window: Browser, settled: SchoolServer) -> Iterator[Open]:
    pages: list[Page] = []
    complaints: list[str] = []

    def open_it(place: str, person: the_cast.Person = CAST.moss) -> Page:
        page = window.new_context().new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        complaints.extend(desk.watch(page))
        pages.append(page)
        desk.sign_in(page, settled, person)
        page.get_by_role("navigation", name="Desk").wait_for()
        desk.visit(page, place)
        return page

    yield open_it
    for page in pages:
        page.context.close()
    assert complaints == []


def test_C9_ruiz_signs_on_her_tablet_and_the_desk_sees_it(
    open_desk: Open, new_tablet: NewTablet
) -> None:
    moss = open_desk(f"#/signatures/{WEEK}")
    expect(moss.get_by_role("heading", level=1)).to_have_text("4 teachers have not signed")
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(CAST.ruiz)
    tablet.ready_offline()
    tablet.open("/#/weeks")
    tablet.says("Not signed yet.")
    tablet.says("true and correct as it stands here")
    tablet.page.get_by_role("button", name=re.compile(r"^Sign 5\srolls")).click()
    tablet.says("Signed. The school has it.")
    tablet.says("Nothing has changed since.")
    moss.reload()
    expect(moss.get_by_role("heading", level=1)).to_have_text("3 teachers have not signed")
    moss.get_by_role("link", name=re.compile("Ruiz")).click()
    expect(moss.get_by_role("main")).to_contain_text("SHA-256 of what was signed:")
    expect(moss.locator("tbody tr")).to_have_count(5)


def test_C11_C12_a_day_is_closed_and_opened_again_with_a_reason(open_desk: Open) -> None:
    page = open_desk(f"#/signatures/{WEEK}")
    row = page.locator("tr", has_text="Tuesday, October 6")
    row.get_by_role("button", name="Close: Tuesday, October 6").click()
    expect(row).to_contain_text(re.compile(r"Closed by T\.\sMoss"))
    row.get_by_role("button", name="Open again: Tuesday, October 6").click()
    row.get_by_role("button", name="Open again").click()
    expect(row.get_by_role("alert")).to_contain_text("Write why it is opened again")
    row.get_by_label("Why Tuesday, October 6 is opened again").fill("A note came late.")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("“A note came late.”")
    page.get_by_role("button", name="Close October 2026").click()
    expect(page.get_by_role("main")).to_contain_text("This month is not over yet.")
    lind = open_desk(f"#/signatures/{WEEK}", CAST.lind)
    expect(lind.get_by_role("main")).to_contain_text("An administrator closes and opens days.")
    expect(lind.get_by_role("button", name=re.compile("^Close "))).to_have_count(0)


@pytest.mark.parametrize("settled", [NEXT_MONTH], indirect=True)
def test_C11_1_C12_a_month_is_opened_again_and_closing_it_shows_what_changed(
    open_desk: Open, settled: SchoolServer
) -> None:
    page = open_desk(f"#/signatures/{WEEK}")
    month = page.get_by_role("heading", name=re.compile(r"^October\s2026: closed$"))
    page.get_by_role("button", name=re.compile(r"^Close October\s2026$")).click()
    expect(month).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Open October\s2026 again$")).click()
    page.get_by_label(re.compile(r"^Why October\s2026 is opened again$")).fill("A letter came.")
    page.keyboard.press("Enter")
    tuesday = page.locator("tr", has_text="Tuesday, October 6")
    expect(tuesday).to_contain_text("“A letter came.”")
    mark = {"student_id": str(CAST.eight_a.students[4]), "presence": "late", "why": "The bus."}
    lind = desk.WireTablet(settled, CAST.lind, NEXT_MONTH)
    (ruled,) = lind.push(lind.op(CAST.eight_a, {}) | {"kind": "rule", "marks": [mark]})
    assert ruled["outcome"] == "accepted"
    page.get_by_role("button", name=re.compile(r"^Close October\s2026$")).click()
    expect(month).to_be_visible()
    since = page.get_by_role("region", name="Changed after the month was closed")
    expect(since).to_contain_text(re.compile(r"R\.\sLind changed the mark of .* to late"))
    expect(since).to_contain_text(re.compile(r"attended \d+, then \d+"))
    for size in (desk.WIDE, desk.PHONE):
        desk.resize(page, size, "light")
        assert desk.faults(page) == []
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/signatures-month-{size[0]}.png", full_page=True)


@pytest.mark.parametrize("place", ["everybody", "person"])
def test_each_page_fits_and_has_no_fault(open_desk: Open, place: str) -> None:
    staff = f"?staff={CAST.ruiz.staff_id}" if place == "person" else ""
    page = open_desk(f"#/signatures/{WEEK}{staff}")
    expect(page.locator("table").first).to_be_visible()
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            assert desk.faults(page) == [], f"{place} at {size}, {scheme}"
            assert not desk.overflows(page), f"{place} at {size}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/signatures-{place}-{size[0]}-{scheme}.png")
