"""The clerk's grid in a real Chromium: found by name, ruled on from the keyboard, taken back, and
settled where two clerks meet on one mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.browser.students_grid import cell, open_grid, rule
from tests.support import cast as the_cast
from tests.support.api import School, presences
from tests.support.desk import california
from tests.support.patience import PATIENCE

CAST = the_cast.gather()
AT = the_cast.MORNING
ABSENT = 2
# Of these names there is one each.
HANA, IVO = 21, 22


@pytest.fixture
def grid(page: Page, server: SchoolServer) -> Page:
    """Ruiz has taken 8A, one absent; Lind looks at the students."""
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {ABSENT: "absent"}))
    open_grid(page, server, CAST.lind)
    return page


def chosen(page: Page) -> Locator:
    """The cell that the grid says is active."""
    active = page.get_by_role("grid").get_attribute("aria-activedescendant")
    return page.locator(f"[id='{active}']")


def roll_of(record: School) -> dict[str, str | None]:
    return presences(record.tablet(record.cast.lind).roll(record.cast.eight_a))


def test_a_name_is_found_and_its_absence_given_a_reason_from_the_keyboard(
    grid: Page, record: School
) -> None:
    first = grid.get_by_role("row").nth(1)
    expect(first).to_contain_text("Dragomir")
    grid.keyboard.press("/")
    grid.keyboard.type("dmi dra")
    expect(grid.get_by_role("row")).to_have_count(3)
    grid.keyboard.press("Enter")
    expect(grid.get_by_role("grid")).to_be_focused()
    expect(chosen(grid)).to_have_accessible_name(re.compile(r"^Dmitri\sDragomir, Period 1:"))
    grid.keyboard.press("r")
    expect(grid.get_by_label("Reason code")).to_be_focused()
    grid.keyboard.type("i")
    grid.keyboard.press("Enter")
    expect(chosen(grid)).to_have_accessible_name(re.compile("teacher saw absent, Illness"))
    expect(grid.get_by_role("grid")).to_be_focused()
    roll = record.tablet(CAST.lind).get(f"rolls/{CAST.eight_a.roll()}")
    marks = [mark for mark in roll["entries"][-1]["marks"] if "reason" in mark]
    assert [mark["reason"] for mark in marks] == ["I"]


def test_what_a_teacher_sends_comes_into_the_grid_and_no_row_moves(
    grid: Page, server: SchoolServer
) -> None:
    row = cell(grid, "Dmitri Dragomir").first.locator("xpath=..")
    expect(row).to_have_attribute("aria-rowindex", "2")
    brandt = desk.WireTablet(server, CAST.brandt, AT)
    brandt.push(brandt.op(CAST.eight_b, {0: "absent"}))
    absent = grid.get_by_role("gridcell", name=re.compile(r"^Bao.*Period 2: teacher saw absent$"))
    expect(absent).to_have_count(1, timeout=15_000 * PATIENCE)
    expect(row).to_have_attribute("aria-rowindex", "2")
    grid.get_by_role("button", name="Sort again").click()
    expect(row).to_have_attribute("aria-rowindex", "3")


def test_a_presence_is_corrected_with_a_letter_and_taken_back(grid: Page, record: School) -> None:
    student = str(CAST.eight_a.students[ABSENT])
    cell(grid, "Dmitri Dragomir").first.click()
    grid.get_by_role("grid").focus()
    grid.keyboard.press("p")
    why = grid.get_by_label("Why the mark changes")
    expect(why).to_be_focused()
    grid.keyboard.press("Enter")
    alert = grid.get_by_role("form").get_by_role("status")
    expect(alert).to_contain_text("Say why the mark changes")
    why.fill("Seen by the office")
    grid.keyboard.press("Enter")
    expect(chosen(grid)).to_have_accessible_name(
        re.compile("teacher saw absent, office ruled present")
    )
    assert roll_of(record)[student] == "present"
    grid.keyboard.press("u")
    expect(chosen(grid)).to_have_accessible_name(re.compile("teacher saw absent$"))
    assert roll_of(record)[student] == "absent"


@pytest.fixture
def other(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """A second clerk's window."""
    context = window.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    yield page
    context.close()


def test_two_clerks_meet_on_one_mark_and_nobody_wins_unseen(
    grid: Page, other: Page, server: SchoolServer, record: School
) -> None:
    student = str(CAST.eight_a.students[ABSENT])
    # The second desk hears of nothing by itself: what it shows is what it saw.
    open_grid(other, server, CAST.moss)
    other.route("**/changes?**", lambda route: route.abort())
    other.route("**/grid*", lambda route: route.abort())
    for page, letter, words in ((grid, "l", "Came by bus"), (other, "p", "Seen at the window")):
        rule(page, "Dmitri Dragomir", letter, words)
    clash = other.get_by_role("alert")
    expect(clash).to_contain_text("Somebody changed what you are about to rule on")
    expect(clash).to_contain_text(re.compile("R. Lind ruled late, 5 min at 8:0.: “Came by bus”"))
    assert roll_of(record)[student] == "late"
    other.get_by_role("button", name="Save my ruling all the same").click()
    expect(clash).to_have_count(0)
    assert roll_of(record)[student] == "present"


def test_many_at_once_are_looked_at_first_and_taken_back_at_once(
    grid: Page, record: School
) -> None:
    grid.get_by_role("button", name="Many at once").click()
    sheet = grid.get_by_role("dialog", name="Many at once")
    sheet.get_by_role("button", name="Field trip").click()
    sheet.get_by_label("Section").select_option("8A")
    sheet.get_by_label("2", exact=True).uncheck()
    sheet.get_by_role("button", name="Look first").click()
    would = sheet.get_by_role("region", name="What would change")
    expect(would).to_contain_text("Would not be saved")
    expect(would).to_contain_text("V asks for a note. Who is with the students.")
    sheet.get_by_label("Who is with the students").fill("Ms Brandt")
    expect(would).to_have_count(0)
    sheet.get_by_role("button", name="Look first").click()
    expect(would).to_contain_text("Present becomes elsewhere, School activity or trip (V).")
    expect(would).to_contain_text("Absent becomes elsewhere, School activity or trip (V).")
    expect(would).to_contain_text("Dmitri Dragomir")
    assert set(roll_of(record).values()) == {"present", "absent"}
    sheet.get_by_role("button", name="Save for 30 marks").click()
    expect(sheet).to_have_count(0)
    expect(cell(grid, "Dmitri Dragomir").first).to_have_accessible_name(
        re.compile("office ruled elsewhere")
    )
    assert set(roll_of(record).values()) == {"elsewhere"}
    grid.get_by_role("grid").focus()
    grid.keyboard.press("u")
    expect(cell(grid, "Dmitri Dragomir").first).not_to_have_accessible_name(
        re.compile("office ruled")
    )
    assert sorted(set(roll_of(record).values())) == ["absent", "present"]


def test_several_marks_are_chosen_with_shift_and_ruled_together(grid: Page, record: School) -> None:
    grid.get_by_role("grid").focus()
    for _ in range(3):
        grid.keyboard.press("Shift+ArrowDown")
    panel = grid.get_by_role("complementary")
    expect(panel.get_by_role("heading", name=re.compile(r"marks\schosen"))).to_be_visible()
    grid.keyboard.press("l")
    grid.get_by_label("Minutes late").fill("12")
    grid.get_by_label("Why the mark changes").fill("The bus was late")
    grid.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("saved")
    assert list(roll_of(record).values()).count("late") >= 3


def test_a_students_days_are_a_table_and_lead_back(grid: Page) -> None:
    cell(grid, "Dmitri Dragomir").first.click()
    grid.get_by_role("button", name="Week and term").click()
    expect(grid.get_by_role("heading", level=1)).to_have_text("Dmitri Dragomir")
    days = grid.get_by_role("table", name="Dmitri Dragomir, day by day")
    expect(days.get_by_role("row", name=re.compile("Tuesday, October 6"))).to_contain_text("Absent")
    assert desk.faults(grid) == []
    grid.get_by_role("button", name="All students").click()
    expect(grid.get_by_role("grid")).to_be_visible()


def test_K5_many_at_once_asks_which_incident_and_when_the_school_was_told(
    page: Page, server: SchoolServer, record: School
) -> None:
    """A funeral in Los Angeles: what its code asks for is asked for once, of all."""
    server.kill()
    california(record)
    server.start()
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, dict.fromkeys((HANA, IVO), "absent")))
    open_grid(page, server, CAST.lind)
    page.get_by_role("button", name="Many at once").click()
    sheet = page.get_by_role("dialog", name="Many at once")
    sheet.get_by_role("button", name="A list of names").click()
    sheet.get_by_label("Names, one a line").fill("Hana Castellanos\nIvo Dragomir")
    expect(sheet.get_by_label("Which incident")).to_have_count(0)
    sheet.get_by_label("Reason").select_option("A-6P")
    expect(sheet.get_by_label("The school was told on")).to_be_visible()
    sheet.get_by_label("Reason").select_option("A-5")
    expect(sheet.get_by_label("The school was told on")).to_have_count(0)
    sheet.get_by_label("Which incident").fill("Their grandmother")
    sheet.get_by_role("button", name="Look first").click()
    would = sheet.get_by_role("region", name="What would change")
    expect(would).to_contain_text("Would be saved")
    sheet.get_by_role("button", name="Save for 2 marks").click()
    expect(sheet).to_have_count(0)
    expect(cell(page, "Ivo Dragomir")).to_have_accessible_name(re.compile("Funeral or grieving"))
    cell(page, "Ivo Dragomir").click()
    happened = page.get_by_role("complementary")
    expect(happened).to_contain_text("Incident: Their grandmother.")
    roll = record.tablet(CAST.lind).get(f"rolls/{CAST.eight_a.roll()}")
    said = [mark for entry in roll["entries"] for mark in entry["marks"] if "reason" in mark]
    assert [(one["reason"], one["incident"]) for one in said] == [("A-5", "Their grandmother")] * 2


def test_one_steps_between_school_days_and_to_what_was_known(
    grid: Page, server: SchoolServer
) -> None:
    title = grid.get_by_role("heading", level=1)
    grid.get_by_role("button", name="School day before").click()
    expect(title).to_have_text("Students, Monday, October 5")
    desk.visit(grid, "#/students/2026-10-09")
    grid.get_by_role("button", name="School day after").click()
    expect(title).to_have_text("Students, Tuesday, October 13")
    desk.visit(grid, "#/students")
    expect(cell(grid, "Dmitri Dragomir").first).to_have_accessible_name(
        re.compile("teacher saw absent")
    )
    desk.visit(grid, f"#/students?at={AT - timedelta(minutes=2):%Y-%m-%dT%H:%M:%S.000Z}")
    past = grid.get_by_role("region", name="The past")
    expect(past).to_contain_text("As known at 8:01.")
    expect(cell(grid, "Dmitri Dragomir").first).not_to_have_accessible_name(re.compile("absent"))
    cell(grid, "Dmitri Dragomir").first.click()
    grid.get_by_role("grid").focus()
    grid.keyboard.press("p")
    expect(grid.get_by_role("form", name="Your ruling")).to_have_count(0)
    expect(grid.get_by_role("button", name="Many at once")).to_have_count(0)
    assert desk.faults(grid) == []
    past.get_by_role("button", name="One entry later").click()
    expect(cell(grid, "Dmitri Dragomir").first).to_have_accessible_name(
        re.compile("teacher saw absent")
    )
    past.get_by_role("button", name="Back to now").click()
    expect(past).to_have_count(0)
    expect(grid.get_by_role("form", name="Your ruling")).to_be_visible()


def test_W4_one_steps_back_past_a_ruling_to_what_the_teacher_saw(grid: Page) -> None:
    rule(grid, "Dmitri Dragomir", "p", "He was in the library")
    ruled = cell(grid, "Dmitri Dragomir").first
    expect(ruled).to_have_accessible_name(re.compile("office ruled present"))
    desk.visit(grid, f"#/students?at={AT + timedelta(minutes=2):%Y-%m-%dT%H:%M:%S.000Z}")
    past = grid.get_by_role("region", name="The past")
    back = past.get_by_role("button", name="One entry earlier")
    expect(past).to_contain_text("As known at 8:05.")
    expect(ruled).to_have_accessible_name(re.compile("office ruled present"))
    back.click()
    expect(past).to_contain_text("As known at 8:03.")
    back.click()
    expect(ruled).to_have_accessible_name(re.compile("teacher saw absent$"))


def test_on_paper_each_grade_begins_a_page_and_everybody_is_there(grid: Page) -> None:
    grid.evaluate("dispatchEvent(new Event('beforeprint'))")
    grid.emulate_media(media="print")
    paper = grid.locator(".students-paper table")
    expect(paper.locator("tbody tr")).to_have_count(50)
    expect(paper.first.locator("thead")).to_contain_text("Tuesday, October 6")
    expect(paper.first.locator("tbody")).to_contain_text("Dmitri Dragomir")
    expect(grid.get_by_role("grid")).to_be_hidden()
    grid.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    printed = grid.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 2


@pytest.mark.parametrize("size", [desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE])
def test_the_grid_reads_well_at_every_size_and_in_both_themes(
    grid: Page, size: tuple[int, int]
) -> None:
    for scheme in ("light", "dark"):
        desk.resize(grid, size, scheme)
        expect(grid.get_by_role("grid")).to_be_visible()
        assert desk.faults(grid) == []
        assert not desk.overflows(grid)
    if size == desk.PHONE:
        fold = grid.get_by_role("button", name="Filters and day")
        expect(grid.get_by_label("Grade")).to_be_hidden()
        fold.click()
        expect(grid.get_by_label("Grade")).to_be_visible()
        assert not desk.overflows(grid)
        fold.click()
    grid.keyboard.press("?")
    expect(grid.get_by_role("dialog", name="All keys")).to_contain_text("take the last ruling back")
    assert desk.faults(grid) == []


def test_words_stand_where_the_students_cannot_come(page: Page, server: SchoolServer) -> None:
    page.route("**/grid*", lambda route: route.abort())
    desk.arrive(page, server, CAST.lind, "#/students")
    expect(page.get_by_role("heading", name="The students cannot be shown")).to_be_visible()
    page.unroute("**/grid*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("grid")).to_be_visible()
    desk.visit(page, "#/students/2026-10-12")
    expect(page.get_by_role("heading", name="Nobody meets on this day")).to_be_visible()
