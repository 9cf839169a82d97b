"""The audit at the desk: an auditor reads entries and changes, outages and the check of the log."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from server.services.server_runs import note_alive, note_start
from tests.browser import office_desk as desk
from tests.browser import term_of_days
from tests.browser.school_server import SchoolServer
from tests.support import auditors
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
LATER = the_cast.local(the_cast.TUESDAY, 17, 1)
MONDAY = "2026-10-05"
AUDITED = ["Board", "Students", "Attendance", "Reports", "Signatures", "Audit"]
CHANGES = re.compile("^(Save|Close the|Open again|Write|Give|Set aside|Many at|Call|Take back)")
Open = Callable[[str], Page]


@pytest.fixture
def open_desk(window: Browser, server: SchoolServer, record: School) -> Iterator[Open]:
    """Two weeks of rolls; a roll that came a day later; an auditor's desk."""
    server.kill()
    auditors.settle(record.engine)
    term_of_days.settle(record)
    brandt = record.tablet(CAST.brandt)
    record.clock.set(the_cast.local(date(2026, 10, 5), 9, 4))
    op = brandt.op(CAST.eight_b, on=date(2026, 10, 5))
    record.clock.set(the_cast.local(the_cast.TUESDAY, 9, 40))
    brandt.push(op)
    started = [the_cast.local(the_cast.TUESDAY, *at) for at in ((6, 0), (6, 56), (7, 30))]
    note_start(record.engine, started[0])
    note_alive(record.engine, started[1])
    note_start(record.engine, started[2])
    server.move_to(LATER)
    server.start()
    pages: list[Page] = []
    complaints: list[str] = []

    def open_it(place: str) -> Page:
        page = window.new_context(accept_downloads=True).new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        complaints.extend(desk.watch(page))
        pages.append(page)
        desk.sign_in(page, server, auditors.VALE)
        page.get_by_role("navigation", name="Desk").wait_for()
        desk.visit(page, place)
        return page

    yield open_it
    for page in pages:
        page.context.close()
    assert complaints == []


def test_E1_the_auditor_reads_a_day_and_finds_nothing_to_press(open_desk: Open) -> None:
    page = open_desk(f"#/audit/entries?from={MONDAY}")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 rolls")
    table = page.locator(".audit-table")
    expect(table).to_contain_text("Entered the roll: ")
    expect(table).to_contain_text(re.compile(r"D\.\sRuiz, employee ruiz"))
    expect(table).to_contain_text("9:40 on Oct 6, a later day")
    nav = page.get_by_role("navigation", name="Desk")
    expect(nav.get_by_role("link")).to_have_text(AUDITED)
    page.get_by_label("Teacher").fill("brandt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("P. Brandt: 1 roll")
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    assert coming.value.suggested_filename == f"audit-{MONDAY}-{MONDAY}.csv"
    page.get_by_role("button", name="Everybody, one day").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 rolls")
    page.get_by_label("Student").fill("oona")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"^Oona .*: 1 roll"))
    desk.visit(page, "#/audit/entries?from=2026-10-09")
    expect(page.locator(".audit-not-taken")).to_have_count(2)


def test_E2_E3_outages_and_the_check_of_the_log(open_desk: Open) -> None:
    page = open_desk("#/audit/outages?from=2026-10-05&to=2026-10-06")
    expect(page.get_by_role("heading", level=1)).to_contain_text("outage")
    expect(page.get_by_role("main")).to_contain_text("Oct 5, 9:04 to Oct 6, 9:40")
    starts = page.get_by_role("region", name="Starts of the server")
    expect(starts.locator("tbody tr")).to_have_count(2)
    expect(starts).to_contain_text(re.compile(r"Oct 6, 7:30\s*Oct 6, 6:56\s*34 minutes"))
    page.get_by_role("link", name="Check of the log").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is as the log says")
    expect(page.get_by_role("main")).to_contain_text("folded again from")


def test_the_auditor_comes_to_every_page_by_the_bar_and_can_change_nothing_on_any(
    open_desk: Open,
) -> None:
    page = open_desk("#/board")
    for title in AUDITED:
        page.get_by_role("navigation", name="Desk").get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".desk-starting, [aria-busy=true]")).to_have_count(0)
        assert desk.faults(page) == [], title
        expect(page.get_by_role("main").get_by_role("button", name=CHANGES)).to_have_count(0)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/auditor-{title}.png")


def test_the_auditor_looks_at_a_roll_and_can_rule_nothing(open_desk: Open) -> None:
    page = open_desk(f"#/audit/entries?from={MONDAY}")
    page.locator(".audit-table a").first.click()
    expect(page.get_by_text("What happened").first).to_be_visible()
    expect(page.get_by_role("button", name="Save the ruling")).to_have_count(0)


def test_an_auditor_who_opens_the_teachers_page_is_told_where_to_go(
    open_desk: Open, server: SchoolServer
) -> None:
    page = open_desk("#/audit")
    page.goto(server.url)
    page.get_by_label("School e-mail or user name").fill(auditors.VALE.username)
    page.get_by_label("Password").fill(auditors.VALE.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("What an auditor reads is at the office desk")).to_be_visible()
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/audit-teachers-page.png")
    page.get_by_role("link", name="Open the audit").click()
    expect(page.get_by_role("main")).to_contain_text("Check of the log")


@pytest.mark.parametrize("part", ["entries", "outages", "log"])
def test_each_page_fits_and_has_no_fault(open_desk: Open, part: str) -> None:
    to = "" if part == "entries" else "&to=2026-10-06"
    page = open_desk(f"#/audit/{part}?from={MONDAY}{to}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            assert desk.faults(page) == [], f"{part} at {size}, {scheme}"
            assert not desk.overflows(page), f"{part} at {size}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/audit-{part}-{size[0]}-{scheme}.png")
