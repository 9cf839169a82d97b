"""A day without power: blank sheets are printed, filled in by hand, and entered at the desk."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import insert

from server.columns import spell
from server.db import writing
from server.models import AbsenceNotice, Enrollment
from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
AT = the_cast.MORNING
PICTURES = os.environ.get("OFFICE_PICTURES")


def go(page: Page, address: str) -> None:
    page.evaluate("(hash) => { location.hash = hash; }", address)


@pytest.fixture
def lind(page: Page, server: SchoolServer) -> Page:
    """Lind is at the desk, three minutes into period 1."""
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    return page


@pytest.fixture
def sheet(lind: Page) -> Page:
    """The paper of 8A lies before Lind."""
    go(lind, f"#/transcribe/{CAST.eight_a.roll()}")
    expect(lind.get_by_role("heading", name="8A from paper")).to_be_visible()
    return lind


def student(page: Page, place: int) -> Locator:
    return page.get_by_role("list", name="Students of the sheet").get_by_role("group").nth(place)


def tick(student: Locator, box: str) -> None:
    student.get_by_text(box, exact=True).click()
    expect(student.get_by_role("radio", name=box)).to_be_checked()


def test_the_sheets_of_a_day_are_printed_a_meeting_a_page(lind: Page) -> None:
    desk.choose_page(lind, "School", "Paper")
    expect(lind.get_by_role("button", name="Print 2 sheets, 2 pages")).to_be_visible()
    eight_a = lind.get_by_role("article", name="8A, Period 1")
    expect(eight_a).to_contain_text("D. Ruiz")
    expect(eight_a.get_by_role("row")).to_have_count(31)
    period = lind.get_by_role("combobox", name="Period")
    period.select_option("Period 2")
    expect(lind.get_by_role("article")).to_have_count(1)
    period.select_option("Every period")
    lind.get_by_role("combobox", name="Teacher").select_option("N. Okafor")
    expect(lind.get_by_role("button", name="Print 1 sheet, 1 page")).to_be_visible()


def test_F9_1_a_sheet_hints_that_the_office_knows_and_the_absence_is_left_to_be_entered(
    lind: Page, record: School
) -> None:
    notice = {
        "school_id": CAST.birch,
        "notice_id": the_cast.named("notice", "ill"),
        "student_id": CAST.eight_a.students[4],
        "from_on": the_cast.TUESDAY,
        "to_on": the_cast.TUESDAY,
    }
    with writing(record.engine) as connection:
        connection.execute(insert(AbsenceNotice), [notice])
    go(lind, "#/sheets")
    hinted = lind.get_by_role("article", name="8A, Period 1").get_by_text("office knows")
    expect(hinted).to_have_count(1)
    go(lind, f"#/transcribe/{CAST.eight_a.roll()}")
    lind.get_by_role("button", name="All 29 others present").click()
    expect(lind.get_by_text("1 known absence left for you")).to_be_visible()
    lind.get_by_role("button", name=re.compile("^1 not marked: show")).click()
    lind.keyboard.press("a")
    expect(lind.get_by_role("button", name="Enter 29 present, 1 absent")).to_be_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("size", [30, 35])
def test_thirty_and_thirty_five_students_fit_on_one_page(
    lind: Page, server: SchoolServer, record: School, tmp_path: Path, paper: str, size: int
) -> None:
    more = [
        {
            "school_id": CAST.birch,
            "enrollment_id": the_cast.named("enrollment", f"more/{student}"),
            "sourced_id": f"more-{student}",
            "section_id": CAST.eight_a.section_id,
            "student_id": student,
        }
        for student in CAST.eight_b.students[: size - 30]
    ]
    server.kill()
    with writing(record.engine) as connection:
        for one in more:
            connection.execute(insert(Enrollment), one)
    server.start()
    go(lind, "#/sheets")
    expect(lind.get_by_role("article", name="8A, Period 1").get_by_role("row")).to_have_count(
        size + 1
    )
    file = tmp_path / "sheets.pdf"
    lind.pdf(path=file, format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) == 2
    if PICTURES:
        (Path(PICTURES) / f"sheets-{paper}-{size}.pdf").write_bytes(file.read_bytes())


def test_F9_2_a_sheet_begins_blank_and_others_present_fills_only_what_is_blank(
    sheet: Page,
) -> None:
    expect(sheet.get_by_role("radio", checked=True)).to_have_count(0)
    sheet.get_by_role("button", name="Nobody is entered yet").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Nobody is entered yet.")
    tick(student(sheet, 1), "Absent")
    sheet.get_by_role("button", name="All 29 others present").click()
    expect(sheet.get_by_role("button", name="Enter 29 present, 1 absent")).to_be_visible()
    expect(student(sheet, 1).get_by_role("radio", name="Absent")).to_be_checked()


def test_thirty_students_are_entered_by_keyboard_in_well_under_a_minute(
    sheet: Page, record: School
) -> None:
    began = monotonic()
    expect(sheet.get_by_label("Who took it")).to_be_focused()
    sheet.keyboard.type("D. Ruiz")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("8:06")
    sheet.keyboard.press("Enter")
    for place in range(30):
        expect(student(sheet, place).get_by_role("radio", name="Present")).to_be_focused()
        if place == 3:
            sheet.keyboard.press("l")
            minutes = student(sheet, place).get_by_label("Minutes late")
            expect(minutes).to_be_focused()
            sheet.keyboard.type("9")
            sheet.keyboard.press("Enter")
        else:
            sheet.keyboard.press("a" if place in {7, 21} else "p")
    finish = sheet.get_by_role("button", name="Enter 27 present, 2 absent, 1 late")
    finish.focus()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_text("From paper, entered by R. Lind.")).to_be_visible()
    assert monotonic() - began < 40
    expect(sheet.get_by_role("button", name="Enter the next sheet")).to_be_focused()
    sheet.get_by_role("button", name="Open the roll").click()
    panel = sheet.get_by_role("complementary")
    expect(panel).to_contain_text("27 present, 2 absent, 1 late")


def test_F4_1_a_tablets_later_sync_stands_over_the_paper_and_both_are_kept(
    sheet: Page, server: SchoolServer
) -> None:
    sheet.get_by_label("Who took it").fill("D. Ruiz")
    sheet.get_by_role("button", name="All 30 others present").click()
    sheet.get_by_role("button", name="Enter 30 present").click()
    expect(sheet.get_by_text("On the record.")).to_be_visible()
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    go(sheet, f"#/board?roll={CAST.eight_a.roll()}")
    panel = sheet.get_by_role("complementary")
    expect(panel).to_contain_text("29 present, 1 absent")


def test_who_enters_a_sheet_for_a_roll_that_is_there_already_is_told_and_sees_what_stands(
    lind: Page, server: SchoolServer
) -> None:
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    go(lind, "#/transcribe")
    lind.get_by_role("link", name=re.compile("8A.*received already")).click()
    expect(lind.get_by_text(re.compile(r"D.\sRuiz is on this roll already"))).to_be_visible()
    expect(lind.get_by_text("D. Ruiz: absent")).to_have_count(1)
    marked = lind.get_by_role("group", name=re.compile(r"D.\sRuiz: absent"))
    tick(marked, "Present")
    lind.get_by_label("Who took it").fill("D. Ruiz")
    lind.get_by_label("Time written on it").fill("soon")
    finish = lind.get_by_role("button", name="Enter 1 present, leave 29 not marked")
    finish.click()
    expect(lind.get_by_role("alert")).to_contain_text("write it like 8:05")
    lind.get_by_label("Time written on it").fill("8:10")
    finish.click()
    expect(lind.get_by_text("From paper, entered by R. Lind.")).to_be_visible()
    lind.get_by_role("button", name="Open the roll").click()
    expect(lind.get_by_role("complementary")).to_contain_text("30 present")


def test_a_server_that_does_not_answer_costs_nothing_and_counts_nothing_twice(
    sheet: Page, server: SchoolServer, record: School
) -> None:
    sheet.get_by_label("Who took it").fill("D. Ruiz")
    sheet.get_by_role("button", name="All 30 others present").click()
    sheet.route("**/ops", lambda route: (route.fetch(), route.abort()))
    sheet.get_by_role("button", name="Enter 30 present").click()
    again = sheet.get_by_role("button", name="Send it again")
    expect(again).to_be_visible()
    sheet.unroute("**/ops")
    again.click()
    expect(sheet.get_by_text("From paper, entered by R. Lind.")).to_be_visible()
    assert server.rows("select count(*) from op where kind = 'submit'") == [(1,)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(
    lind: Page, server: SchoolServer, scheme: str
) -> None:
    entry = f"#/transcribe/{CAST.eight_a.roll()}"
    screens = {"sheets": "#/sheets", "transcribe": "#/transcribe", "transcribe-8a": entry}
    for screen, address in screens.items():
        go(lind, address)
        expect(
            lind.locator("main .paper-page, main .entry-lead, main .entry-row")
        ).not_to_have_count(0)
        if screen == "transcribe-8a":
            tick(student(lind, 1), "Absent")
            tick(student(lind, 2), "Late")
            tick(student(lind, 0), "Present")
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE, (320, 640)):
            desk.resize(lind, size, scheme)
            assert desk.faults(lind) == [], f"{screen} at {size}, {scheme}"
            assert not desk.overflows(lind), f"{screen} at {size}"
            if PICTURES:
                lind.screenshot(path=f"{PICTURES}/{screen}-{size[0]}-{scheme}.png")


def test_the_time_that_the_sheet_states_is_on_the_record(
    sheet: Page, server: SchoolServer, record: School
) -> None:
    sheet.get_by_label("Who took it").fill("K. Sato")
    sheet.get_by_label("Time written on it").fill("8:02")
    sheet.get_by_role("button", name="All 30 others present").click()
    sheet.get_by_role("button", name="Enter 30 present").click()
    expect(sheet.get_by_text("On the record.")).to_be_visible()
    told = sheet.evaluate(
        "(path) => fetch(path).then((answer) => answer.json())",
        f"/api/v1/schools/{CAST.birch}/rolls/{CAST.eight_a.roll()}",
    )
    stated = spell(the_cast.local(the_cast.TUESDAY, 8, 2))
    (entry,) = told["entries"]
    assert entry["source"] == {"how": "paper", "taken_by": "K. Sato", "stated_at": stated}
