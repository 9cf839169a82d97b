"""A roll at the office: each student's story, the office's ruling, signatures, and odd names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.patience import PATIENCE

CAST = the_cast.gather()
AT = the_cast.MORNING
ROLL = f"#/board?roll={CAST.eight_a.roll()}"
PICTURES = os.environ.get("OFFICE_PICTURES")
DMITRI = f"{ROLL}&student={CAST.eight_a.students[2]}"
ODD = ("<img src=x onerror=alert(1)>", "محمد \u202eعلی\u202c")


@pytest.fixture
def lind(page: Page, server: SchoolServer) -> Page:
    """Ruiz's roll is there, with Dmitri absent; Lind looks at Dmitri."""
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    desk.arrive(page, server, CAST.lind, DMITRI)
    return page


@pytest.fixture
def moss(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """The administrator, at another desk."""
    page = window.new_context().new_page()
    wrong = desk.watch(page)
    yield page
    page.context.close()
    assert wrong == []


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary")


def test_a_students_story_is_opened_from_the_roll_and_left_again(lind: Page) -> None:
    expect(panel(lind)).to_contain_text("D. Ruiz marked Dmitri absent on Tablet of D. Ruiz.")
    expect(panel(lind)).to_contain_text(re.compile(r"Received 8:0\d: on time\."))
    panel(lind).get_by_role("button", name="The whole roll").click()
    panel(lind).get_by_role("button", name="Amara Fujimoto").click()
    expect(panel(lind)).to_contain_text("D. Ruiz marked Amara present")


def test_F5_1_a_ruling_needs_a_choice_and_a_reason_and_can_be_withdrawn(lind: Page) -> None:
    form = panel(lind).get_by_role("form", name="Your ruling")
    form.get_by_role("button", name="Save the ruling").click()
    expect(form.get_by_role("alert")).to_contain_text("Choose first what shall stand.")
    form.get_by_role("button", name="Late").click()
    form.get_by_label("Minutes late").fill("12")
    form.get_by_role("button", name="Save the ruling").click()
    expect(form.get_by_role("alert")).to_contain_text("Write why first")
    form.get_by_label("Reason for the change").fill("Front desk time")
    form.get_by_role("button", name="Save the ruling").click()
    expect(panel(lind)).to_contain_text("R. Lind ruled Dmitri late, 12 min.")
    expect(panel(lind)).to_contain_text("Why: “Front desk time”.")
    expect(panel(lind)).to_contain_text("Late, 12 min stands")
    form.get_by_label("Reason for the change").fill("The other Dmitri")
    form.get_by_role("button", name="Withdraw the office’s word").click()
    expect(panel(lind)).to_contain_text("Absent stands.")
    expect(form.get_by_role("button", name="Withdraw the office’s word")).to_have_count(0)


def test_a_ruling_is_made_with_the_keyboard_alone(lind: Page) -> None:
    panel(lind).get_by_role("button", name="Present").focus()
    lind.keyboard.press("e")
    chosen = panel(lind).get_by_role("button", name="Left early")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    lind.keyboard.press("p")
    expect(chosen).to_have_attribute("aria-pressed", "false")
    panel(lind).get_by_label("Reason for the change").focus()
    lind.keyboard.type("here")
    lind.keyboard.press("Enter")
    expect(panel(lind)).to_contain_text("R. Lind ruled Dmitri present.")
    lind.keyboard.press("Escape")
    expect(panel(lind)).to_have_count(0)


def test_F11_1_an_absence_is_ruled_before_anybody_took_the_roll(
    page: Page, server: SchoolServer
) -> None:
    desk.arrive(page, server, CAST.lind, ROLL)
    expect(panel(page)).to_contain_text("Nobody took it")
    panel(page).get_by_role("button", name="Dmitri Dragomir").click()
    panel(page).get_by_role("button", name=re.compile("^Absent")).click()
    panel(page).get_by_label("Reason for the change").fill("Phoned in by the family")
    panel(page).get_by_role("button", name="Save the ruling").click()
    expect(panel(page)).to_contain_text("R. Lind ruled Dmitri absent.")
    panel(page).get_by_role("button", name="The whole roll").click()
    expect(panel(page).get_by_role("button", name="Dmitri Dragomir")).to_be_focused()
    expect(panel(page)).to_contain_text("Not taken yet")
    expect(panel(page).get_by_role("button", name="Amara Fujimoto")).to_be_visible()


def test_C6_an_administrator_certifies_locks_and_opens_and_the_office_reads_who_can(
    lind: Page, moss: Page, server: SchoolServer
) -> None:
    desk.visit(lind, ROLL)
    expect(panel(lind)).to_contain_text("an administrator does all of it")
    expect(panel(lind).get_by_role("button", name="Certify")).to_have_count(0)
    desk.arrive(moss, server, CAST.moss, ROLL)
    panel(moss).get_by_role("button", name="Certify").click()
    for page in (moss, lind):
        expect(panel(page)).to_contain_text("Certified by T. Moss", timeout=5_000 * PATIENCE)
        expect(panel(page)).to_contain_text("T. Moss certified the roll.")
    desk.visit(lind, DMITRI)
    panel(lind).get_by_role("button", name="Present").click()
    panel(lind).get_by_label("Reason for the change").fill("Seen by the office")
    panel(lind).get_by_role("button", name="Save the ruling").click()
    expect(panel(moss)).to_contain_text(
        "The office changed it after that", timeout=5_000 * PATIENCE
    )
    panel(moss).get_by_role("button", name="Open again").click()
    panel(moss).get_by_role("button", name="Open again").click()
    expect(panel(moss).get_by_role("alert")).to_contain_text("Write why the roll is opened again")
    panel(moss).get_by_label("Why it is opened again").fill("The wrong week")
    panel(moss).get_by_role("button", name="Open again").click()
    expect(panel(moss)).to_contain_text("T. Moss opened the roll again.")
    expect(panel(moss)).to_contain_text("“The wrong week”")


def test_what_was_settled_today_is_there_after_a_reload(page: Page, server: SchoolServer) -> None:
    desk.differ(server, AT)
    desk.arrive(page, server, CAST.lind, "#/contested")
    item = page.locator("[data-item]")
    item.get_by_role("button", name="Absent").click()
    expect(item).to_contain_text("You settled it")
    page.reload()
    expect(page.get_by_role("heading", name="Nothing needs a person")).to_be_visible()
    expect(page.get_by_role("heading", name="Nobody disagrees")).to_be_visible()
    page.get_by_role("button", name="Settled today").click()
    expect(item).to_contain_text(re.compile(r"You settled it at 8:0\d: Absent\."))
    item.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.get_by_role("heading", name="1 thing needs a person")).to_be_visible()


def test_odd_names_are_text_on_every_page(page: Page, server: SchoolServer) -> None:
    """Names that look like markup, or run from right to left, are names."""
    server.kill()
    sql = "UPDATE student SET given_name = ?, family_name = ? WHERE num IN (3, 5)"
    server.write(sql, *ODD)
    server.write("UPDATE section SET title = '<b>8A</b>' WHERE title = '8A'")
    server.write("UPDATE staff SET display_name = '<i>Ruiz</i>' WHERE username = 'ruiz'")
    server.start()
    desk.differ(server, AT, {2: "absent", 4: "late"})
    brandt = desk.WireTablet(server, CAST.brandt, AT)
    (held,) = brandt.push(brandt.op(CAST.eight_a, {}))
    desk.arrive(page, server, CAST.lind)
    who = f"{ODD[0]} {ODD[1]}"
    seen = {
        "#/board": "<i>Ruiz</i>",
        ROLL: ODD[0],
        DMITRI: who,
        "#/contested": who,
        "#/held": "<b>8A</b>",
        f"#/held/{held['id']}": who,
        "#/passes": "<b>8A</b>",
        "#/tablets": "<i>Ruiz</i>",
        "#/sheets": "<b>8A</b>",
    }
    for place, words in seen.items():
        desk.visit(page, place)
        expect(page.locator("body")).to_contain_text(words)
        assert page.locator("body img[src='x'], body i, th b b, td b b").count() == 0, place
        assert not desk.overflows(page), place


def test_the_board_prints_in_black_and_white_without_the_desk_around_it(
    page: Page, server: SchoolServer
) -> None:
    desk.differ(server, AT)
    desk.arrive(page, server, CAST.lind)
    page.emulate_media(media="print")
    expect(page.get_by_role("table").first).to_be_visible()
    for gone in (page.get_by_role("banner"), page.get_by_role("button", name="Print")):
        expect(gone).to_be_hidden()
    expect(page.get_by_role("button", name="As known at…")).to_be_hidden()
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/print.png")
