"""The grid at the size of a school: it scrolls on a slow machine, and a clerk is quick in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from server.db import open_engine
from server.models import OpEntry, table_of
from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School, open_school, prepare
from tests.support.many_students import settle_many
from tests.support.patience import PATIENCE

CAST = the_cast.gather()
AT = the_cast.local(the_cast.TUESDAY, 15, 10)
CORRECTIONS = 100
FIVE_MINUTES_S = 300
# Six hundred students in seven periods are 4,200 marks; in the page are those in sight and a few.
MOST_ROWS, MOST_NODES = 60, 3_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SchoolServer]:
    """Six hundred students, and every roll of the day taken; it is ten past three."""
    database = tmp_path / "many.sqlite"
    prepare(f"sqlite:///{database}")
    engine = open_engine(f"sqlite:///{database}")
    settle_many(engine)
    engine.dispose()
    server = SchoolServer(database, AT)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def record(server: SchoolServer) -> Iterator[School]:
    school = open_school(f"sqlite:///{server.database}", AT)
    yield school
    school.engine.dispose()


@pytest.fixture
def grid(page: Page, server: SchoolServer) -> Page:
    desk.arrive(page, server, CAST.lind, "#/students")
    expect(page.get_by_role("grid")).to_be_visible(timeout=15_000 * PATIENCE)
    return page


# Looks at every frame whether the rows drawn before it cover what the reader has scrolled to since:
# the list moves by itself while the page is busy, so a late row is seen as a hole.
WATCH = """() => {
  const grid = document.querySelector("[role=grid]");
  const [ROW, HEAD] = [52, 46];
  const told = { frames: 0, holes: 0, deepest: 0 };
  const { port1, port2 } = new MessageChannel();
  let drawn = null;
  port1.onmessage = () => {
    const rows = [...grid.querySelectorAll(".srow")];
    const tops = rows.map((row) => parseFloat(row.style.insetBlockStart));
    drawn = { top: Math.min(...tops), bottom: Math.max(...tops) + ROW };
  };
  const look = () => {
    const end = grid.scrollTop + grid.clientHeight - HEAD;
    const lacks = drawn ? Math.max(drawn.top - grid.scrollTop, end - drawn.bottom) : 0;
    told.frames += 1;
    if (lacks > 0) told.holes += 1;
    told.deepest = Math.max(told.deepest, lacks);
    port2.postMessage(null);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.scrolled = told;
}"""
THROTTLE = 4
# A wheel turned steadily: twenty students a second, faster than anybody reads a name.
PX_PER_SECOND, SECONDS = 1_000, 6


def test_six_hundred_students_scroll_without_a_hole_on_a_slow_machine(grid: Page) -> None:
    expect(grid.get_by_role("grid")).to_have_attribute("aria-rowcount", "651")
    session = grid.context.new_cdp_session(grid)
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    grid.evaluate(WATCH)
    _turn_the_wheel(grid, session)
    told = grid.evaluate("window.scrolled")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    print(f"scrolling at {THROTTLE}x: {told}")
    assert grid.evaluate("document.querySelector('[role=grid]').scrollTop") > 0
    assert told["frames"] > SECONDS
    assert told["holes"] == 0, told
    assert grid.locator("[role=row]").count() <= MOST_ROWS
    assert grid.locator("*").count() <= MOST_NODES
    grid.get_by_role("grid").focus()
    grid.keyboard.press("Control+End")
    expect(grid.get_by_role("row").last).to_have_attribute("aria-rowindex", "651")


def _turn_the_wheel(page: Page, session: CDPSession) -> None:
    box = page.get_by_role("grid").bounding_box()
    assert box is not None
    gesture = {
        "x": box["x"] + box["width"] / 2,
        "y": box["y"] + box["height"] / 2,
        "yDistance": -PX_PER_SECOND * SECONDS,
        "speed": PX_PER_SECOND,
        "gestureSourceType": "mouse",
    }
    session.send("Input.synthesizeScrollGesture", gesture)


def test_a_hundred_corrections_are_made_through_the_screen_in_five_minutes(
    grid: Page, record: School
) -> None:
    """Everybody absent has no reason yet: down the list, a code each."""
    grid.get_by_role("button", name="Absent without reason").click()
    began = time.monotonic()
    grid.get_by_role("grid").focus()
    before = {entry.op_id for entry in record.rows(table_of(OpEntry))}
    made = 0
    for turn in range(CORRECTIONS):
        _next_absence(grid, first=turn == 0)
        grid.keyboard.press("r")
        expect(grid.get_by_label("Reason code")).to_be_focused()
        grid.keyboard.type("I")
        grid.keyboard.press("Enter")
        expect(grid.get_by_role("grid")).to_be_focused(timeout=10_000 * PATIENCE)
        made += 1
    took = time.monotonic() - began
    print(f"{made} corrections took {took:.0f} s")
    rulings = [one for one in record.rows(table_of(OpEntry)) if one.op_id not in before]
    assert [one.kind for one in rulings] == ["rule"] * CORRECTIONS
    assert {one.outcome for one in rulings} == {"accepted"}
    assert took < FIVE_MINUTES_S * PATIENCE


NEXT = """(grid) => {
  const rows = [...grid.querySelectorAll(".srow")];
  const active = document.getElementById(grid.getAttribute("aria-activedescendant"));
  const at = active ? Number(active.closest("[role=row]").ariaRowIndex) : 0;
  const all = rows
    .map((row) => [Number(row.ariaRowIndex), row])
    .filter(([index]) => index >= at)
    .sort(([a], [b]) => a - b);
  for (const [index, row] of all)
    for (const cell of row.querySelectorAll("[role=gridcell]"))
      if (/teacher saw absent$/.test(cell.ariaLabel))
        return [index - at, Number(cell.ariaColIndex)];
  return null;
}"""


def _next_absence(page: Page, *, first: bool) -> None:
    """Arrows to the next absence without a reason, as a person reads down the list."""
    grid = page.get_by_role("grid")
    if first:
        page.keyboard.press("Home")
    found = grid.evaluate(NEXT)
    assert found is not None, "nobody is absent without a reason any more"
    down, column = found
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    for _ in range(column - 2):
        page.keyboard.press("ArrowRight")
