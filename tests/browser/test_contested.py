"""The office settles what people disagree about: told as sentences, answered with one tap."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School
from tests.support.patience import PATIENCE

CAST = the_cast.gather()
AT = the_cast.MORNING
PICTURES = os.environ.get("OFFICE_PICTURES")


@pytest.fixture
def lind(page: Page, server: SchoolServer) -> Page:
    """Lind reads what is contested: Ruiz saw Carmen absent, Okafor saw Carmen present."""
    desk.differ(server, AT)
    desk.arrive(page, server, CAST.lind, "#/contested")
    return page


@pytest.fixture
def moss(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """A second clerk, at another desk."""
    page = window.new_context().new_page()
    wrong = desk.watch(page)
    yield page
    page.context.close()
    assert wrong == []


def items(page: Page) -> Locator:
    return page.locator("[data-item]")


def first(page: Page) -> Locator:
    return items(page).first


def test_F4_4_F7_1_a_disagreement_is_told_as_sentences_with_safety_first(lind: Page) -> None:
    expect(lind.get_by_role("heading", level=1)).to_have_text("1 thing needs a person")
    expect(lind.get_by_role("heading", level=2)).to_contain_text("Safety: someone may be missing")
    item = first(lind)
    expect(item).to_contain_text(
        re.compile(
            r"D\.\sRuiz saw Dmitri absent at 8:0\d\. N\.\sOkafor saw Dmitri present at 8:0\d\."
        )
    )
    expect(item).to_contain_text("Neither knew of the other.")
    expect(item).to_contain_text("Present stands")
    expect(item).to_contain_text("Period 1, 8A, room 12")
    expect(lind.get_by_role("link", name="Contested 1")).to_be_visible()
    item.get_by_role("button", name="Call").click()
    expect(item).to_contain_text("D. Ruiz: room 12, ext. 410")


def test_F8_1_one_tap_settles_with_a_reason_and_is_taken_back_the_same_day(
    lind: Page, record: School
) -> None:
    item = first(lind)
    expect(item).to_contain_text("Settled at the desk after the two teachers’ marks")
    item.get_by_role("button", name="Absent").click()
    expect(item).to_contain_text(re.compile(r"You settled it at 8:0\d: Absent\."))
    expect(lind.get_by_role("heading", level=1)).to_have_text("Nothing needs a person")
    expect(lind.get_by_role("link", name="Contested", exact=True)).to_be_visible()
    assert roll_row(record) == (0, 0)
    item.get_by_role("button", name=re.compile("^Undo")).click()
    expect(item).to_contain_text("Present stands")
    expect(lind.get_by_role("link", name="Contested 1")).to_be_visible()
    assert roll_row(record) == (1, 1)


def roll_row(record: School) -> tuple[int, int]:
    """How many marks of today's roll of 8A are contested, and how many for safety."""
    roll = CAST.eight_a.roll()
    with record.engine.connect() as connection:
        sql = "SELECT contested, safety FROM roll WHERE roll_id = ?"
        for form in (roll.hex, roll.bytes, str(roll)):
            found = connection.exec_driver_sql(sql, (form,)).first()
            if found:
                return int(found[0]), int(found[1])
    raise AssertionError("no such roll")


def test_the_reason_can_be_written_and_must_not_be_empty(lind: Page) -> None:
    item = first(lind)
    item.get_by_role("button", name="Change the words").click()
    field = item.get_by_label("Why, kept with your answer")
    field.fill("")
    item.get_by_role("button", name="Present").click()
    expect(item.get_by_role("alert")).to_contain_text("Write why first")
    field.fill("Dmitri is here in the office")
    item.get_by_role("button", name="Present").click()
    expect(item).to_contain_text("You settled it")
    item.get_by_role("button", name=re.compile("^Open the roll")).click()
    panel = lind.get_by_role("complementary")
    expect(panel).to_contain_text("“Dmitri is here in the office”")


def test_late_is_settled_with_its_minutes(lind: Page) -> None:
    first(lind).get_by_role("button", name="Late…").click()
    lind.get_by_role("button", name="10", exact=True).click()
    lind.get_by_role("button", name="Late, 10 min").click()
    expect(first(lind)).to_contain_text(re.compile(r"You settled it at 8:0\d: Late, 10 min\."))


def test_two_clerks_at_once_see_who_settled_it(
    lind: Page, moss: Page, server: SchoolServer
) -> None:
    desk.arrive(moss, server, CAST.moss, "#/contested")
    expect(first(moss)).to_contain_text("Present stands")
    first(moss).get_by_role("button", name="Absent").click()
    expect(first(lind)).to_contain_text(
        re.compile(r"T\.\sMoss settled it at 8:0\d: Absent\."), timeout=5_000
    )
    expect(items(lind)).to_have_count(1)
    expect(first(lind).get_by_role("button", name="Present")).to_have_count(0)
    lind.get_by_role("button", name="Settled today, 1").click()
    expect(first(lind)).to_contain_text("T. Moss settled it")


def test_F5_2_the_offices_word_against_a_teachers_is_kept_or_the_teachers_taken(
    page: Page, server: SchoolServer
) -> None:
    earlier = desk.WireTablet(server, CAST.ruiz, AT - timedelta(minutes=1))
    earlier.push(earlier.op(CAST.eight_a, {}))
    desk.arrive(page, server, CAST.lind)
    panel = page.get_by_role("complementary")
    student = CAST.eight_a.students[2]
    desk.visit(page, f"#/board?roll={CAST.eight_a.roll()}&student={student}")
    panel.get_by_role("button", name=re.compile("^Absent")).click()
    panel.get_by_label("Reason for the change").fill("Phoned in by the family")
    panel.get_by_role("button", name="Save the ruling").click()
    expect(panel).to_contain_text(
        "Absent stands, because the office’s word counts before a teacher’s."
    )
    tablet = desk.WireTablet(server, CAST.ruiz, AT)
    tablet.push(tablet.op(CAST.eight_a, {}))
    desk.visit(page, "#/contested")
    item = first(page)
    expect(item).to_contain_text("You made it absent", timeout=5_000 * PATIENCE)
    expect(item).to_contain_text("Phoned in by the family")
    expect(item.get_by_role("button", name="Keep mine")).to_be_visible()
    item.get_by_role("button", name="Take D. Ruiz’s").click()
    expect(item).to_contain_text(re.compile("You settled it at .*: Present"))


def test_it_is_worked_with_the_keyboard_alone(page: Page, server: SchoolServer) -> None:
    desk.differ(server, AT, {2: "absent", 5: "absent"})
    desk.arrive(page, server, CAST.lind, "#/contested")
    expect(items(page)).to_have_count(2)
    first(page).focus()
    page.keyboard.press("ArrowDown")
    expect(items(page).nth(1)).to_be_focused()
    page.keyboard.press("a")
    expect(items(page).nth(1)).to_contain_text(re.compile("You settled it .*: Absent"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(first(page).get_by_role("button", name="Present")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first(page)).to_contain_text(re.compile("You settled it .*: Present"))
    expect(first(page)).to_be_focused()
    page.keyboard.press("u")
    expect(first(page)).to_contain_text("Present stands")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_disagreements_has_no_fault_that_axe_can_find(
    page: Page, server: SchoolServer, scheme: str
) -> None:
    desk.differ(server, AT, {2: "absent", 4: "late", 7: "absent"})
    desk.arrive(page, server, CAST.lind, "#/contested")
    expect(items(page)).to_have_count(3)
    items(page).nth(1).get_by_role("button", name="Absent").click()
    expect(items(page).nth(1)).to_contain_text("You settled it")
    first(page).get_by_role("button", name="Call").click()
    student = CAST.eight_a.students[2]
    places = {
        "contested": "#/contested",
        "contested-student": f"#/contested?roll={CAST.eight_a.roll()}&student={student}",
    }
    for name, place in places.items():
        desk.visit(page, place)
        expect(page.get_by_role("complementary")).to_have_count(len(name) // 12)
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{size[0]}-{scheme}.png")
            assert desk.faults(page) == [], f"{name} at {size}, {scheme}"
            assert not desk.overflows(page), f"{name} at {size}"
