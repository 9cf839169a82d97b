"""The board of a whole school: what tablets say, whom to call, and that nothing moves by itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import board_at_920
from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
AT = board_at_920.AT
PICTURES = os.environ.get("OFFICE_PICTURES")
SOON_MS = 5_000
SHOWN = ("missing", "due", "open", "saved", "late", "contested")
CELLS = """() => {
  const rolls = new Map();
  for (const one of document.querySelectorAll("button[data-roll]"))
    rolls.set(one.dataset.roll, /cell-(\\w+)/u.exec(one.firstElementChild.className)[1]);
  return [...rolls.values()];
}"""
ROWS = """() => [...document.querySelectorAll("tbody th")].map((row) =>
  [row.textContent, Math.round(row.getBoundingClientRect().top)])"""


@pytest.fixture
def whole(server: SchoolServer, record: School) -> SchoolServer:
    """Forty teachers, at twenty past nine."""
    server.kill()
    board_at_920.settle(record.engine)
    server.move_to(AT)
    server.start()
    return server


@pytest.fixture
def board(page: Page, whole: SchoolServer) -> Page:
    desk.sign_in(page, whole, CAST.lind)
    desk.expect_board(page)
    return page


@pytest.fixture
def other_desk(window: Browser, whole: SchoolServer) -> Iterator[Page]:
    """Another clerk, the administrator."""
    page = window.new_context().new_page()
    wrong = desk.watch(page)
    desk.sign_in(page, whole, CAST.moss)
    desk.expect_board(page)
    yield page
    page.context.close()
    assert wrong == []


def roll_of(page: Page, teacher: str, period: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{re.escape(teacher)}, Period {period}"))


def counts(page: Page) -> dict[str, int]:
    told = page.locator(".count").evaluate_all(
        "(all) => all.map((one) => [/count-(\\w+)/u.exec(one.className)[1],"
        " Number(one.querySelector('b').textContent)])"
    )
    return {name: int(count) for name, count in told}


def test_the_whole_school_is_on_one_screen_and_the_counts_are_the_cells(board: Page) -> None:
    assert board.locator("tbody tr").count() == 40
    for row in (board.locator("tbody tr").first, board.locator("tbody tr").last):
        expect(row).to_be_in_viewport(ratio=1)
    scrolls = "(region) => region.scrollHeight > region.clientHeight + 1"
    assert not board.locator(".board-columns").evaluate(scrolls)
    kinds: list[str] = board.evaluate(CELLS)
    told = counts(board)
    assert {kind: told.get(kind, 0) for kind in SHOWN} == {
        kind: kinds.count(kind) for kind in SHOWN
    }
    received = ("received", "late", "contested")
    assert told["received"] == sum(kinds.count(kind) for kind in received)
    assert (told["open"], told["saved"], told["late"]) == (2, 2, 3)
    for shown in ("missing", "open", "saved", "late"):
        board.locator(f".count-{shown}").click()
        lit = board.locator(".meeting:not(.meeting-dimmed)")
        assert lit.count() == kinds.count(shown)
        board.locator(f".count-{shown}").click()


def test_each_state_says_itself_in_words(board: Page) -> None:
    for teacher, period, words in (
        ("Goldberg H.", 2, "open on a tablet, was due 9:15$"),
        ("Lê Thị Hạnh", 2, "saved on a tablet since 9:08, on its way, tablet last seen 9:12$"),
        ("Murphy C.", 2, "not taken, was due 9:15, open on a tablet, last seen 9:02, reminded at"),
        ("Jackson D.", 2, "not taken, was due 9:15, reminded twice, last at 9:15$"),
        ("Osei A.", 2, "received 9:18, taken 9:08, on time, came later"),
        ("Hernández T.", 2, "no roll expected: Trip"),
    ):
        expect(roll_of(board, teacher, str(period))).to_have_accessible_name(re.compile(words))
    name = board.get_by_role("button", name=re.compile(r"^Abara K\..*room 3, ext\. 403$"))
    expect(name).to_be_visible()


def test_no_row_moves_when_something_comes(board: Page, whole: SchoolServer) -> None:
    before = board.evaluate(ROWS)
    brandt = desk.WireTablet(whole, CAST.brandt, AT)
    brandt.push(brandt.op(CAST.eight_b, {}))
    expect(roll_of(board, "P. Brandt", "2")).to_have_accessible_name(
        re.compile("received"), timeout=SOON_MS
    )
    assert board.evaluate(ROWS) == before


def test_B1_1_a_tablets_word_is_on_an_open_board_within_five_seconds(
    page: Page, server: SchoolServer, new_tablet: NewTablet
) -> None:
    desk.arrive(page, server, CAST.lind)
    cell = roll_of(page, "D. Ruiz", "1")
    expect(cell).to_have_accessible_name(re.compile("not taken yet"))
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(CAST.ruiz)
    tablet.open(f"/#/roll/{CAST.eight_a.roll()}")
    tablet.page.locator(".students").wait_for()
    expect(cell).to_have_accessible_name(re.compile("open on a tablet, due 8:15"), timeout=SOON_MS)
    expect(page.locator(".count-open")).to_contain_text("1")
    tablet.context.route("**/ops", lambda route: route.fulfill(status=503))
    tablet.submit_button().click()
    tablet.submitted_here()
    expect(cell).to_have_accessible_name(
        re.compile("saved on a tablet since 8:0"), timeout=6_000 + 3_000 + SOON_MS
    )
    tablet.context.unroute("**/ops")
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    expect(cell).to_have_accessible_name(re.compile("received 8:0"), timeout=SOON_MS)


def test_B1_2_a_roll_that_is_left_again_is_open_no_more(
    page: Page, server: SchoolServer, tablet: Any
) -> None:
    desk.arrive(page, server, CAST.lind)
    cell = roll_of(page, "D. Ruiz", "1")
    expect(cell).to_have_accessible_name(re.compile("open on a tablet"), timeout=SOON_MS)
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.page.locator(".meetings").wait_for()
    expect(cell).to_have_accessible_name(re.compile("not taken yet"), timeout=2_000 + SOON_MS)


def test_B2_1_a_call_is_seen_by_the_other_clerk_and_undone_from_there(
    board: Page, other_desk: Page
) -> None:
    strips = [one.get_by_label("People to call") for one in (board, other_desk)]
    for strip in strips:
        expect(strip).to_contain_text("Delgado S., room 9, ext. 409")
        expect(strip).to_contain_text(
            "Periods 1 and 2. No reminder can reach this teacher. No tablet seen."
        )
    board.get_by_role("button", name="Called Delgado S.").click()
    for strip in strips:
        expect(strip.get_by_role("button", name="Called Delgado S.")).to_have_count(
            0, timeout=SOON_MS
        )
        expect(strip).to_contain_text("1 called")
    expect(roll_of(other_desk, "Delgado S.", "1")).to_have_accessible_name(
        re.compile(r"called 9:2. by R.\sLind")
    )
    other_desk.get_by_text("1 called").click()
    expect(strips[1]).to_contain_text(re.compile(r"Delgado S., called 9:2. by R.\sLind"))
    other_desk.get_by_role("button", name="Undo: Delgado S. was not called").click()
    for strip in strips:
        expect(strip.get_by_role("button", name="Called Delgado S.")).to_have_count(
            1, timeout=SOON_MS
        )


def test_a_call_that_was_not_noted_is_said(board: Page, whole: SchoolServer) -> None:
    whole.kill()
    board.get_by_role("button", name="Called Delgado S.").click()
    expect(board.get_by_label("People to call")).to_contain_text("the call is not noted")
    expect(board.get_by_role("button", name="Called Delgado S.")).to_have_count(1)


def test_a_teacher_is_opened_from_the_board_by_keyboard(board: Page) -> None:
    cell = roll_of(board, "Delgado S.", "1")
    cell.focus()
    board.keyboard.press("ArrowLeft")
    expect(board.get_by_role("button", name=re.compile(r"^Delgado S\. .*room 9"))).to_be_focused()
    board.keyboard.press("Enter")
    panel = board.get_by_role("complementary")
    expect(panel).to_contain_text("Room 9, ext. 409")
    expect(panel).to_contain_text("No tablet seen.")
    expect(panel).to_contain_text("Not taken, was due 9:15, reminded twice, last at 9:15.")
    panel.get_by_role("button", name="Called about the roll of Period 2").click()
    expect(panel).to_contain_text(re.compile(r"called 9:2. by R.\sLind"))
    board.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_the_board_prints_in_black_and_white(board: Page) -> None:
    """Each state keeps a word, a border or a drawing of its own; no fill is needed."""
    board.emulate_media(media="print")
    looks = board.evaluate(
        """() => Object.fromEntries(["missing", "late", "contested", "open", "saved", "received"]
          .map((kind) => {
            const style = getComputedStyle(document.querySelector(`.board .cell-${kind}`));
            return [kind, `${style.borderTopStyle} ${style.borderTopWidth}`];
          }))"""
    )
    assert looks["saved"].startswith("dashed")
    assert looks["contested"].startswith("double")
    assert looks["received"] == "none 0px" or looks["received"].endswith(" 0px")
    assert looks["missing"].startswith("solid")
    text = board.locator(".board").first.inner_text()
    for words in ("Not taken", "Open", "Saved", "Trip", "ext. 403"):
        assert words in text
    expect(board.get_by_label("People to call")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_board_has_a_fault_that_axe_can_find(board: Page, scheme: str) -> None:
    delgado = board_at_920.the_cast.named("staff", "whole/6")
    for name, address in (("whole", "#/board"), ("teacher", f"#/board?teacher={delgado}")):
        desk.visit(board, address)
        expect(board.get_by_role("complementary")).to_have_count(1 if name == "teacher" else 0)
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(board, size, scheme)
            assert desk.faults(board) == [], f"{name} at {size}, {scheme}"
            assert not desk.overflows(board), f"{name} at {size}"
            if PICTURES:
                board.screenshot(path=f"{PICTURES}/{name}-{size[0]}-{scheme}.png")
