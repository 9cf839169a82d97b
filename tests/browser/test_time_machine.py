"""The past at the desk: the board and a roll as they were known at an instant, read only."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast

CAST = the_cast.gather()
AT = the_cast.MORNING
LATER = the_cast.local(the_cast.TUESDAY, 9, 40)
PICTURES = os.environ.get("OFFICE_PICTURES")
ROLL = f"#/board?roll={CAST.eight_a.roll()}"


@pytest.fixture
def lind(page: Page, server: SchoolServer) -> Page:
    """At 8:03 Ruiz saw Dmitri absent, at 9:40 present; it is past that now, and Lind looks."""
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    first = ruiz.op(CAST.eight_a, {2: "absent"})
    ruiz.push(first)
    server.kill()
    server.move_to(LATER)
    server.start()
    second = ruiz.op(CAST.eight_a, {}, taken_at=first["taken_at"])
    marks = [{**mark, "parents": [first["id"]]} for mark in second["marks"]]
    (result,) = ruiz.push({**second, "marks": marks})
    assert result["outcome"] == "accepted"
    desk.arrive(page, server, CAST.lind)
    return page


def cell(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^D. Ruiz, Period 1"))


def travel(place: Locator, time: str) -> None:
    """As a person does it: enter the past, then choose the time of that day."""
    place.get_by_role("button", name="As known at…").click()
    place.get_by_label("Time of the day").fill(time)
    expect(place.get_by_role("region", name="The past")).to_contain_text(
        f"As known at {time.lstrip('0')}. What came later is hidden."
    )


def test_the_board_is_shown_as_it_was_known_and_a_reload_stays_there(lind: Page) -> None:
    board = lind.get_by_role("main")
    expect(cell(lind)).to_have_accessible_name(re.compile("changed since"))
    travel(board, "08:30")
    expect(cell(lind)).to_have_accessible_name(re.compile(r"received 8:0\d$"))
    expect(lind.get_by_role("heading", level=1)).to_have_text("Period 1: 1 of 1 rolls received")
    expect(lind.get_by_text("Live.")).to_have_count(0)
    lind.reload()
    expect(board).to_contain_text("As known at 8:30.")
    expect(cell(lind)).to_have_accessible_name(re.compile(r"received 8:0\d$"))
    board.get_by_label("Time of the day").fill("08:01")
    expect(cell(lind)).to_have_accessible_name(re.compile("not taken yet, due 8:15$"))
    board.get_by_role("button", name="Back to now").click()
    desk.expect_board(lind)
    expect(cell(lind)).to_have_accessible_name(re.compile("changed since"))


def test_nobody_is_called_about_the_past(lind: Page) -> None:
    expect(lind.get_by_label("People to call")).to_be_visible()
    travel(lind.get_by_role("main"), "08:30")
    expect(lind.get_by_label("People to call")).to_have_count(0)


def test_a_roll_is_stepped_through_entry_by_entry_without_any_action(lind: Page) -> None:
    cell(lind).click()
    panel = lind.get_by_role("complementary")
    expect(panel.get_by_role("list").first.get_by_role("listitem")).to_have_count(2)
    travel(panel, "08:30")
    story = panel.get_by_role("list").first
    expect(story.get_by_role("listitem")).to_have_count(1)
    expect(panel).to_contain_text("29 present, 1 absent")
    panel.get_by_role("button", name="Dmitri Dragomir").click()
    expect(panel).to_contain_text("Absent stands.")
    expect(panel.get_by_role("button", name="Save the ruling")).to_have_count(0)
    panel.get_by_role("button", name="One entry later").click()
    expect(panel).to_contain_text(re.compile(r"As known at 9:4\d"))
    expect(panel).to_contain_text("Present stands.")
    panel.get_by_role("button", name="One entry earlier").click()
    expect(panel).to_contain_text("Absent stands.")
    panel.get_by_role("button", name="Back to now").click()
    expect(panel.get_by_role("button", name="Save the ruling")).to_be_visible()
    expect(panel).to_contain_text("Present stands.")


def test_an_instant_before_all_entries_shows_an_empty_roll(lind: Page) -> None:
    early = the_cast.local(the_cast.TUESDAY, 7) + timedelta(seconds=1)
    desk.visit(lind, f"{ROLL}&at={early:%Y-%m-%dT%H:%M:%S}.000Z")
    panel = lind.get_by_role("complementary")
    expect(panel).to_contain_text("As known at 7:00.")
    expect(panel).to_contain_text("The school has received nothing about this roll.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_past_has_no_fault_that_axe_can_find(lind: Page, scheme: str) -> None:
    travel(lind.get_by_role("main"), "08:30")
    past = lind.url.split("?")[1]
    for name, place in (("past", f"#/board?{past}"), ("past-roll", f"{ROLL}&{past}")):
        desk.visit(lind, place)
        shown = lind.get_by_role("complementary")
        expect(shown).to_have_count(1 if name == "past-roll" else 0)
        if name == "past-roll":
            expect(shown).to_contain_text("29 present, 1 absent")
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(lind, size, scheme)
            if PICTURES:
                lind.screenshot(path=f"{PICTURES}/{name}-{size[0]}-{scheme}.png")
            assert desk.faults(lind) == [], f"{name} at {size}, {scheme}"
            assert not desk.overflows(lind), f"{name} at {size}"
