"""What the school holds, at the office: told as sentences, taken over or left out."""

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
PICTURES = os.environ.get("OFFICE_PICTURES")
ROLL = f"#/board?roll={CAST.eight_a.roll()}"


@pytest.fixture
def moss(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """The administrator, at another desk."""
    page = window.new_context().new_page()
    wrong = desk.watch(page)
    yield page
    page.context.close()
    assert wrong == []


def waiting(page: Page) -> Locator:
    return page.get_by_role("region", name="Waiting").get_by_role("listitem")


def ended(page: Page) -> Locator:
    return page.get_by_role("region", name="Ended").get_by_role("listitem")


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary")


def locked_out(page: Page, moss: Page, server: SchoolServer) -> desk.WireTablet:
    """Moss locks the roll; then Ruiz's tablet comes with two changes."""
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {}))
    desk.arrive(moss, server, CAST.moss, ROLL)
    panel(moss).get_by_role("button", name="Lock").click()
    expect(panel(moss)).to_contain_text("Locked: what comes is held.")
    (result,) = ruiz.push(ruiz.op(CAST.eight_a, {2: "absent", 4: "absent"}))
    assert (result["outcome"], result["reason"]) == ("held", "locked")
    desk.arrive(page, server, CAST.lind, "#/held")
    return ruiz


def test_A5_an_entry_without_a_roll_is_told_and_left_out_with_a_reason(
    page: Page, server: SchoolServer
) -> None:
    desk.arrive(page, server, CAST.lind, "#/held")
    brandt = desk.WireTablet(server, CAST.brandt, AT)
    brandt.push(brandt.op(CAST.eight_a, {}))
    item = waiting(page)
    expect(item).to_contain_text(
        re.compile(r"P\.\sBrandt took .* at 8:03"), timeout=5_000 * PATIENCE
    )
    expect(item).to_contain_text("the school knows no such meeting of this teacher.")
    item.get_by_role("button", name=re.compile("^Leave out")).click()
    assert re.search(r"#/held/[0-9a-f-]{36}$", page.url)
    panel(page).get_by_role("button", name="Leave out").click()
    expect(panel(page).get_by_role("alert")).to_contain_text("Write why first")
    panel(page).get_by_label("Why, kept").fill("Brandt pressed the wrong section")
    panel(page).get_by_role("button", name="Leave out").click()
    expect(panel(page)).to_contain_text("left out")
    expect(panel(page).get_by_role("button", name="Leave out")).to_have_count(0)
    expect(waiting(page)).to_have_count(0)
    expect(ended(page)).to_contain_text("by R. Lind")
    expect(ended(page)).to_contain_text("“Brandt pressed the wrong section”")


def test_A7_what_a_lock_holds_says_who_can_change_that_and_is_taken_over_in_part(
    page: Page, moss: Page, server: SchoolServer
) -> None:
    locked_out(page, moss, server)
    expect(waiting(page)).to_contain_text("the roll is locked. An administrator can open")
    waiting(page).get_by_role("button", name=re.compile("^Look and take over")).click()
    expect(panel(page)).to_contain_text("administrator")
    expect(panel(page).get_by_role("button", name=re.compile("^Take over"))).to_have_count(0)
    panel(moss).get_by_role("button", name="Open again").click()
    panel(moss).get_by_label("Why it is opened again").fill("Ruiz was without network")
    panel(moss).get_by_role("button", name="Open again").click()
    expect(panel(moss)).not_to_contain_text("Locked: what comes is held.")
    page.reload()
    rows = panel(page).get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Dmitri DragomirAbsentPresent")
    expect(rows.nth(2)).to_contain_text("Farid FujimotoAbsentPresent")
    panel(page).get_by_role("checkbox", name="Farid Fujimoto").uncheck()
    panel(page).get_by_label("Why, kept").fill("Ruiz says so on the phone")
    panel(page).get_by_role("button", name="Take over 29 students").click()
    expect(panel(page)).to_contain_text("It was taken over by R. Lind")
    expect(ended(page)).to_contain_text("“Ruiz says so on the phone”")
    panel(page).get_by_role("button", name="Open the roll").click()
    expect(panel(page)).to_contain_text("R. Lind took over an entry that had been held")
    expect(panel(page)).to_contain_text("28 present, 1 absent")


def test_A2_a_kind_that_nobody_knows_yet_is_told_in_words(page: Page, server: SchoolServer) -> None:
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    (result,) = ruiz.push(ruiz.op(CAST.eight_a, {}, kind="seat_chart"))
    assert result["reason"] == "unsupported_kind"
    desk.arrive(page, server, CAST.lind, "#/held")
    expect(waiting(page)).to_contain_text(
        "D. Ruiz sent something that this Rollbook does not understand yet"
    )
    expect(waiting(page)).to_contain_text("it comes from a newer version of Rollbook.")
    waiting(page).get_by_role("button", name="Hear again").click()
    expect(waiting(page)).to_have_count(1)
    waiting(page).get_by_role("button", name=re.compile("^Look")).click()
    expect(panel(page)).to_contain_text("newer version of Rollbook")
    for screen in (page.get_by_role("main"), panel(page)):
        text = screen.inner_text()
        assert not re.search(r"[{}]|seat_chart|unsupported_kind|[0-9a-f]{8}-[0-9a-f]{4}", text)


def test_two_clerks_at_once_see_who_ended_it(page: Page, moss: Page, server: SchoolServer) -> None:
    brandt = desk.WireTablet(server, CAST.brandt, AT)
    brandt.push(brandt.op(CAST.eight_a, {}))
    desk.arrive(page, server, CAST.lind, "#/held")
    waiting(page).get_by_role("button", name=re.compile("^Look")).click()
    desk.arrive(moss, server, CAST.moss, "#/held")
    waiting(moss).get_by_role("button", name=re.compile("^Leave")).click()
    panel(moss).get_by_label("Why, kept").fill("Not Brandt's section")
    panel(moss).get_by_role("button", name="Leave out").click()
    expect(panel(page)).to_contain_text("by T. Moss", timeout=5_000 * PATIENCE)
    expect(waiting(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_what_is_held_have_no_fault_that_axe_can_find(
    page: Page, moss: Page, server: SchoolServer, scheme: str
) -> None:
    locked_out(page, moss, server)
    brandt = desk.WireTablet(server, CAST.brandt, AT)
    brandt.push(brandt.op(CAST.eight_a, {}))
    brandt.push(brandt.op(CAST.eight_b, {}, kind="seat_chart"))
    expect(waiting(page)).to_have_count(3, timeout=5_000 * PATIENCE)
    waiting(page).nth(2).get_by_role("button", name=re.compile("^Look")).click()
    panel(page).get_by_label("Why, kept").fill("No such thing")
    panel(page).get_by_role("button", name="Leave out").click()
    expect(ended(page)).to_have_count(1)
    page.get_by_role("button", name="Close").click()
    op_id = server.rows("SELECT op_id FROM op WHERE outcome = 'held' AND reason = 'locked'")[0][0]
    for name, place in (("held", "#/held"), ("held-detail", f"#/held/{spelled(op_id)}")):
        desk.visit(page, place)
        expect(panel(page)).to_have_count(1 if name == "held-detail" else 0)
        if name == "held-detail":
            expect(panel(page).get_by_role("table")).to_be_visible()
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{size[0]}-{scheme}.png")
            assert desk.faults(page) == [], f"{name} at {size}, {scheme}"
            assert not desk.overflows(page), f"{name} at {size}"


def spelled(op_id: object) -> str:
    """An id as the address has it, from however this database keeps it."""
    text = op_id.hex() if isinstance(op_id, bytes) else str(op_id).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
