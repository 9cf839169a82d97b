"""The front desk: thirty late students at the window, a slip, the nurse's sheet, a phone call."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School
from tests.support.desk import california, visit, withdraw

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")


@pytest.fixture
def front(page: Page, server: SchoolServer, record: School) -> Iterator[Page]:
    """Lind at the front desk, 8:12 on Tuesday."""
    server.kill()
    california(record)
    server.move_to(the_cast.local(the_cast.TUESDAY, 8, 12))
    server.start()
    complaints = desk.watch(page)
    desk.arrive(page, server, CAST.lind, "#/front-desk")
    yield page
    assert complaints == []


def choose(page: Page, name: str) -> None:
    """Type a name and take who is found first; the keys alone do it."""
    field = page.get_by_label("Name of the student")
    expect(field).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def come(page: Page, name: str) -> None:
    """Somebody is late at the window."""
    choose(page, name)
    expect(page.get_by_role("button", name=re.compile(r"^Came\sat"))).to_be_focused()
    page.keyboard.press("Enter")


def test_V2_a_name_and_twice_enter_is_all_that_a_late_student_takes(front: Page) -> None:
    for count, name in enumerate(["bao", "carmen", "dmitri ib", "elif", "farid", "greta"], start=1):
        come(front, name)
        lines = front.get_by_role("list", name="Lines of today").get_by_role("listitem")
        expect(lines).to_have_count(count)
    slip = front.get_by_role("region", name="The slip")
    expect(slip).to_contain_text(re.compile(r"Greta"))
    expect(slip).to_contain_text(re.compile(r"Period\s1:\s8A.*\d+\sminutes?\sby\sthe\sbell"))


def test_V1_a_line_is_taken_back_and_stays_in_sight(front: Page) -> None:
    come(front, "carmen")
    entry = front.get_by_role("listitem").filter(has_text="Carmen")
    expect(entry).to_contain_text(re.compile(r"late"))
    front.get_by_role("button", name=re.compile("Take back the line about Carmen")).click()
    expect(entry).to_contain_text(re.compile(r"Taken back by R\.\sLind"))


def test_V1_a_wrong_time_is_put_right_and_what_another_desk_writes_appears(
    front: Page, record: School
) -> None:
    come(front, "carmen")
    lines = front.get_by_role("list", name="Lines of today").get_by_role("listitem")
    front.get_by_role("button", name="Correct the time of the line about Carmen").click()
    front.get_by_label("Came at").fill("at eight")
    front.get_by_role("button", name="Save the time").click()
    expect(front.get_by_role("alert")).to_contain_text("Write the time as on a clock")
    front.get_by_label("Came at").fill("8:04")
    front.keyboard.press("Enter")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text(re.compile(r"Came at\s8:04.*4\sminutes", re.DOTALL))
    expect(lines.last).to_contain_text("Written anew.")
    moss = record.tablet(CAST.moss)
    record.clock.set(the_cast.local(the_cast.TUESDAY, 8, 11))
    visit(moss, CAST.eight_a.students[1], "arrived")
    expect(lines).to_have_count(3)
    slip = front.get_by_role("region", name="The slip")
    expect(slip.get_by_role("img", name="The slip’s code")).to_be_visible()
    (corrected,) = [one for one in moss.get("visits")["visits"] if one["replaces"]]
    withdraw(moss, corrected["visit_id"])
    expect(slip).to_contain_text(
        re.compile(r"This slip does not hold any more\.\sCarmen.*Taken back by T\.\sMoss")
    )
    expect(slip.get_by_role("img")).to_have_count(0)


def test_V3_the_nurses_sheet_has_a_beginning_and_an_end(front: Page) -> None:
    choose(front, "mina")
    front.get_by_role("button", name="Nurse").click()
    entry = front.get_by_role("listitem").filter(
        has_text=re.compile(r"Mina.*Nurse,\ssince", re.DOTALL)
    )
    expect(entry).to_be_visible()
    front.get_by_role("button", name=re.compile(r"Mina .*goes back to class")).click()
    ended = front.get_by_role("listitem").filter(
        has_text=re.compile(r"Mina.*Nurse,.*\sto\s", re.DOTALL)
    )
    expect(ended.first).to_be_visible()


def test_V6_a_phone_call_is_written_down_and_listed(front: Page) -> None:
    front.get_by_role("link", name="Known ahead").click()
    front.get_by_label("Name of the student").fill("carmen")
    front.keyboard.press("Enter")
    front.get_by_label("From").fill("2026-10-07")
    front.get_by_label("To", exact=True).fill("2026-10-08")
    front.get_by_role("button", name="Write it down").click()
    expect(front.get_by_role("alert")).to_contain_text("Write who told the office")
    front.get_by_label("Told by").fill("Her mother")
    front.get_by_label("Reason").select_option("A-1")
    front.get_by_role("button", name="Write it down").click()
    entry = front.get_by_role("listitem").filter(has_text="Carmen")
    expect(entry).to_contain_text(re.compile(r"Oct\s7\sto\sOct\s8"))
    expect(entry).to_contain_text(re.compile(r"Told by phone by Her mother, written by R\.\sLind"))
    front.get_by_role("button", name=re.compile("Take back: Carmen")).click()
    expect(entry).to_contain_text(re.compile(r"Taken back by R\.\sLind"))


def test_the_front_desk_fits_every_window_and_has_no_fault(front: Page) -> None:
    come(front, "carmen")
    expect(front.get_by_role("region", name="The slip")).to_be_visible()
    _look(front, "slip")
    front.get_by_label("Name of the student").fill("a")
    _look(front, "found")
    front.keyboard.press("Enter")
    _look(front, "line")
    front.get_by_role("link", name="Known ahead").click()
    _look(front, "ahead")


def _look(page: Page, name: str) -> None:
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            assert desk.faults(page) == [], f"{name} at {size}, {scheme}"
            assert not desk.overflows(page), f"{name} at {size}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/front-{name}-{size[0]}-{scheme}.png")
    desk.resize(page, desk.WIDE, "light")
