"""Attendance at the desk: students' days, months, charts, a student's year; as files; for all."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.models import School as TheSchool
from server.models import table_of
from tests.browser import office_desk as desk
from tests.browser import term_of_days
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
LATER = the_cast.local(the_cast.TUESDAY, 9, 32)
SPAN = f"?from={the_cast.FIRST}&to={the_cast.TUESDAY}"
Open = Callable[..., Page]


@pytest.fixture
def open_desk(window: Browser, server: SchoolServer, record: School) -> Iterator[Open]:
    """Three weeks of days; a desk for somebody, on a page of it."""
    server.kill()
    term_of_days.settle(record)
    server.move_to(LATER)
    server.start()
    pages: list[Page] = []
    complaints: list[str] = []

    def open_it(place: str, person: the_cast.Person = CAST.lind) -> Page:
        page = window.new_context(accept_downloads=True).new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        complaints.extend(desk.watch(page))
        pages.append(page)
        desk.arrive(page, server, person, place)
        return page

    yield open_it
    for page in pages:
        page.context.close()
    assert complaints == []


def whole(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def table(page: Page, link: str) -> list[dict[str, str]]:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link, exact=True).last.click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_T19_students_months_and_files_say_the_same(open_desk: Open) -> None:
    page = open_desk(f"#/attendance/students{SPAN}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("student days")
    of = int(re.search(r"of ([\d,]+) student", whole(page))[1].replace(",", ""))  # type: ignore[index]
    rows = page.locator("tbody tr")
    assert rows.count() == 50
    expected = [int(cell) for cell in rows.locator("td:nth-child(2)").all_inner_texts()]
    assert sum(expected) == of
    lines = table(page, "CSV")
    assert sum(int(line["Days expected"]) for line in lines) == of
    page.get_by_role("navigation", name="Attendance").get_by_role("link", name="Months").click()
    expect(page.locator("tbody tr").last).to_contain_text("All together")
    expect(page.locator("tbody tr").last).to_contain_text(f"{of:,}")


def test_T7_a_name_is_typed_and_the_students_year_is_opened(open_desk: Open) -> None:
    page = open_desk(f"#/attendance/students{SPAN}")
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_label("Student", exact=True).fill("nobody of this name")
    expect(page.get_by_role("main")).to_contain_text("Nobody matches.")
    page.get_by_label("Student", exact=True).fill("")
    link = page.locator("tbody th a").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(".year-month caption")).to_have_text(["September 2026", "October 2026"])
    expect(page.locator(".year-month td.year-none")).not_to_have_count(0)
    page.get_by_role("link", name="All students").click()
    expect(page.locator("tbody tr")).to_have_count(50)


def test_T19_1_the_charts_have_their_tables(open_desk: Open) -> None:
    page = open_desk(f"#/attendance/charts{SPAN}")
    expect(page.get_by_role("img", name=re.compile("Full days absent by day"))).to_be_visible()
    days = page.locator(".report-pair tbody tr")
    assert days.count() == page.locator(".chart-bars > g").count() == 7
    expect(page.locator(".attendance-slots tbody tr")).to_have_count(2)
    expect(page.get_by_role("main")).to_contain_text("Absent most often:")


def test_an_empty_span_and_a_wrong_one_are_said_in_words(open_desk: Open) -> None:
    page = open_desk("#/attendance/students?from=2026-10-03&to=2026-10-04")
    expect(page.get_by_role("main")).to_contain_text("No rolls were expected")
    desk.visit(page, "#/attendance/students?from=2026-10-20&to=2026-10-01")
    expect(page.get_by_role("main")).to_contain_text("Begins after it ends")


def test_T10_1_in_england_students_have_mornings_and_afternoons(
    open_desk: Open, record: School
) -> None:
    england = {"rule_pack": "england"}
    record.change(table_of(TheSchool), england, school_id=CAST.birch)
    page = open_desk(f"#/attendance/students{SPAN}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("sessions")
    heads = page.locator("thead th")
    expect(heads).to_contain_text(["Student", "Sessions", "Attended", "Share", "Authorised"])
    assert desk.faults(page) == []
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/attendance-england.png")
    desk.visit(page, f"#/attendance/students{SPAN}&student={CAST.eight_a.students[4]}")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"sessions attended of \d"))
    expect(page.get_by_role("main")).to_contain_text("PM not taken")
    assert desk.faults(page) == []
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/attendance-england-student.png")
    assert page.locator(".year-halves").count() == 7
    desk.visit(page, f"#/attendance/months{SPAN}")
    expect(page.locator("thead th")).to_contain_text(["Month", "Days taught", "Sessions possible"])
    assert desk.faults(page) == []
    desk.visit(page, f"#/attendance/charts{SPAN}")
    expect(page.get_by_role("img", name=re.compile("Sessions absent by day"))).to_be_visible()
    expect(page.locator(".attendance-slots tbody tr")).to_have_count(1)
    assert desk.faults(page) == []


@pytest.mark.parametrize("leaf", ["students", "months", "charts", "student"])
def test_each_page_fits_and_has_no_fault(open_desk: Open, leaf: str) -> None:
    student = f"&student={CAST.eight_a.students[4]}"
    part = f"students{SPAN}{student}" if leaf == "student" else f"{leaf}{SPAN}"
    page = open_desk(f"#/attendance/{part}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\w"))
    expect(page.locator("table").first).to_be_visible()
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            assert desk.faults(page) == [], f"{leaf} at {size}, {scheme}"
            assert not desk.overflows(page), f"{leaf} at {size}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/attendance-{leaf}-{size[0]}-{scheme}.png")
