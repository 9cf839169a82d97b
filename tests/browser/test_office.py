"""The office desk in a real Chromium: what came in, what is missing, whom to call."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from server.columns import spell
from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.browser
CAST = the_cast.gather()
AT = the_cast.MORNING
# Where pictures of the screens go, for whoever wants to look at them.
PICTURES = os.environ.get("OFFICE_PICTURES")


@pytest.fixture
def board(page: Page, server: SchoolServer) -> Page:
    """Lind is at the desk, three minutes into period 1."""
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    return page


def roll_of(page: Page, teacher: str, period: str = "Period 1") -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{teacher}, {period}"))


def test_a_roll_that_is_pushed_stands_on_the_board_within_five_seconds(
    board: Page, server: SchoolServer
) -> None:
    cell = roll_of(board, "D. Ruiz")
    expect(cell).to_have_accessible_name(re.compile("not taken yet, due 8:15$"))
    expect(board.get_by_role("heading", level=1)).to_have_text("Period 1: 0 of 1 rolls received")
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    expect(cell).to_have_accessible_name(re.compile(r"received 8:0\d$"), timeout=5_000 * PATIENCE)
    expect(roll_of(board, "N. Okafor")).to_have_accessible_name(re.compile("received"))
    expect(board.get_by_role("heading", level=1)).to_have_text("Period 1: 1 of 1 rolls received")


def test_a_roll_is_opened_with_its_students_and_its_history(
    board: Page, server: SchoolServer
) -> None:
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {2: "absent"}))
    cell = roll_of(board, "D. Ruiz")
    expect(cell).to_have_accessible_name(re.compile("received"), timeout=5_000 * PATIENCE)
    cell.click()
    panel = board.get_by_role("complementary")
    expect(panel.get_by_role("heading", name="8A")).to_be_focused()
    expect(panel).to_contain_text("D. Ruiz took the roll on Tablet of D. Ruiz")
    expect(panel).to_contain_text("29 present, 1 absent")
    expect(panel).to_contain_text("on time")
    expect(panel.get_by_role("listitem").filter(has_text="Absent")).not_to_have_count(0)
    assert re.search(r"#/board\?roll=[0-9a-f-]{36}$", board.url)
    board.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_two_teachers_who_differ_are_told_as_a_sentence(board: Page, server: SchoolServer) -> None:
    for person, marks in ((CAST.ruiz, {2: "absent"}), (CAST.okafor, {})):
        tablet = desk.WireTablet(server, person, AT)
        tablet.push(tablet.op(CAST.eight_a, marks))
    cell = roll_of(board, "D. Ruiz")
    expect(cell).to_have_accessible_name(
        re.compile("1 contested mark.*safety"), timeout=5_000 * PATIENCE
    )
    cell.click()
    panel = board.get_by_role("complementary")
    expect(panel).to_contain_text(
        re.compile(r"D\.\sRuiz saw absent at 8:0\d\. N\.\sOkafor saw present at 8:0\d")
    )
    expect(panel).to_contain_text("Present stands for now.")


def test_a_roll_taken_on_time_but_delivered_late_is_told_apart_from_a_late_one(
    page: Page, server: SchoolServer
) -> None:
    server.kill()
    server.move_to(the_cast.local(the_cast.TUESDAY, 9, 40))
    server.start()
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    expect(roll_of(page, "D. Ruiz")).to_have_accessible_name(re.compile("not taken, was due 8:15"))
    expect(page.get_by_label("People to call")).to_contain_text("room 12, ext. 410")
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {}))
    brandt = desk.WireTablet(server, CAST.brandt, the_cast.local(the_cast.TUESDAY, 9, 39))
    brandt.push(brandt.op(CAST.eight_b, {}))
    expect(roll_of(page, "D. Ruiz")).to_have_accessible_name(
        re.compile("received 9:4.*taken 8:0.*on time, came later"), timeout=5_000
    )
    expect(roll_of(page, "P. Brandt", "Period 2")).to_have_accessible_name(
        re.compile("received 9:4.*late")
    )
    page.get_by_role("button", name=re.compile("1 late")).click()
    expect(page.get_by_role("row").filter(has_text="P. Brandt")).to_be_visible()


def test_a_lost_server_is_said_and_the_board_comes_back_by_itself(
    board: Page, server: SchoolServer
) -> None:
    server.kill()
    said = board.get_by_text(re.compile(r"Not live since 8:0\d, trying again"))
    expect(said).to_be_visible(timeout=10_000 * PATIENCE)
    server.start()
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {}))
    expect(said).to_have_count(0, timeout=30_000 * PATIENCE)
    expect(roll_of(board, "D. Ruiz")).to_have_accessible_name(re.compile("received"))


def test_due_becomes_not_taken_by_the_clock_alone(page: Page, server: SchoolServer) -> None:
    server.kill()
    server.move_to(the_cast.local(the_cast.TUESDAY, 8, 14) + timedelta(seconds=50))
    server.start()
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/board" in one.url else None)
    expect(roll_of(page, "D. Ruiz")).to_have_accessible_name(
        re.compile("not taken, was due 8:15"), timeout=25_000
    )
    assert asked == []


def test_what_is_held_is_listed_with_its_reason_and_a_tablets_file_is_brought_in(
    board: Page, server: SchoolServer, tmp_path: Path
) -> None:
    stranger = desk.WireTablet(server, CAST.brandt, AT)
    (result,) = stranger.push(stranger.op(CAST.eight_a, {}))
    assert result["outcome"] == "held"
    board.get_by_role("link", name="Held 1").click(timeout=5_000 * PATIENCE)
    panel = board.get_by_role("main")
    expect(panel).to_contain_text("P. Brandt")
    expect(panel).to_contain_text("the school knows no such meeting of this teacher.")
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    export = {
        "rollbook_export": 1,
        "device_id": str(CAST.ruiz.device_id),
        "exported_at": spell(AT),
        "ops": [ruiz.op(CAST.eight_a, {1: "absent"})],
    }
    file = tmp_path / "rollbook-tablet.json"
    file.write_text(json.dumps(export), encoding="utf-8")
    for words in ("1 entry read: 1 now on the record.", "1 entry read: 1 there already."):
        panel.get_by_label("A tablet’s exported file").set_input_files(file)
        expect(panel).to_contain_text(words)
    file.write_text("not ours", encoding="utf-8")
    panel.get_by_label("A tablet’s exported file").set_input_files(file)
    expect(panel).to_contain_text("Nothing was brought in.")
    board.get_by_role("link", name="Board").click()
    expect(roll_of(board, "D. Ruiz")).to_have_accessible_name(re.compile("received"))


def test_another_day_is_a_press_away_and_holidays_are_stepped_over(board: Page) -> None:
    board.get_by_role("button", name="School day before").click()
    expect(board.get_by_text("Monday, October 5").first).to_be_visible()
    board.get_by_role("button", name="Today").click()
    desk.expect_board(board)
    for day in ("Wednesday, October 7", "Thursday, October 8", "Friday, October 9"):
        board.get_by_role("button", name="School day after").click()
        expect(board.get_by_text(day).first).to_be_visible()
    board.get_by_role("button", name="School day after").click()
    expect(board.get_by_text("Tuesday, October 13").first).to_be_visible()


def test_a_teacher_at_the_office_door_is_told_plainly(page: Page, server: SchoolServer) -> None:
    desk.sign_in(page, server, CAST.ruiz)
    expect(page.get_by_role("heading", name="This desk is for the office")).to_be_visible()
    expect(page.get_by_text("You are signed in as D. Ruiz, a teacher at Birch.")).to_be_visible()
    assert desk.faults(page) == []
    page.get_by_role("button", name="Sign in as somebody else").click()
    expect(page.get_by_label("Sign-in name")).to_be_visible()


def test_a_wrong_password_is_said_in_a_sentence(page: Page, server: SchoolServer) -> None:
    page.goto(f"{server.url}/office/")
    page.get_by_label("Sign-in name").fill("lind")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not match")


def test_the_board_is_worked_with_the_keyboard(board: Page) -> None:
    board.get_by_role("group", name=re.compile("Rolls of the day")).focus()
    board.keyboard.press("ArrowDown")
    expect(roll_of(board, "N. Okafor")).to_be_focused()
    board.keyboard.press("ArrowDown")
    expect(roll_of(board, "D. Ruiz")).to_be_focused()
    board.keyboard.press("ArrowRight")
    expect(roll_of(board, "P. Brandt", "Period 2")).to_be_focused()
    board.keyboard.press("Enter")
    expect(board.get_by_role("complementary")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.get_by_role("complementary")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_fault_that_axe_can_find(
    board: Page, server: SchoolServer, scheme: str
) -> None:
    for person, marks in ((CAST.ruiz, {2: "absent", 4: "late"}), (CAST.okafor, {})):
        tablet = desk.WireTablet(server, person, AT)
        tablet.push(tablet.op(CAST.eight_a, marks))
    expect(roll_of(board, "D. Ruiz")).to_have_accessible_name(
        re.compile("contested"), timeout=5_000
    )
    for screen, address in (
        ("board", ""),
        ("roll", f"#/board?roll={CAST.eight_a.roll()}"),
        ("held", "#/held"),
    ):
        board.evaluate("(hash) => { location.hash = hash; }", address)
        expect(board.get_by_role("complementary")).to_have_count(1 if screen == "roll" else 0)
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(board, size, scheme)
            assert desk.faults(board) == [], f"{screen} at {size}, {scheme}"
            assert not desk.overflows(board), f"{screen} at {size}"
            if PICTURES:
                board.screenshot(path=f"{PICTURES}/{screen}-{size[0]}-{scheme}.png")
