"""What does not fit together at the desk: the question, its evidence, a step, and who looked."""

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
from tests.support.desk import california, enroll, seat

CAST = the_cast.gather()
ELIF = CAST.eight_a.students[3]
PICTURES = os.environ.get("OFFICE_PICTURES")


@pytest.fixture
def radar(page: Page, server: SchoolServer, record: School) -> Iterator[Page]:
    """9:12: Elif was seen in 8A, and in 8B is not, though she is with the nurse."""
    server.kill()
    california(record)
    enroll(record, ELIF, CAST.eight_b)
    seat(record)
    at = the_cast.local(the_cast.TUESDAY, 9, 12)
    server.move_to(at)
    server.start()
    complaints = desk.watch(page)
    desk.arrive(page, server, CAST.lind, "#/contradictions")
    yield page
    assert complaints == []


def test_X4_a_finding_has_its_evidence_and_a_step_and_is_set_aside_with_a_reason(
    radar: Page,
) -> None:
    expect(radar.get_by_role("heading", level=1)).to_have_text("1 thing does not fit together")
    finding = radar.get_by_role("list", name="What does not fit together").locator("> li")
    expect(finding).to_contain_text(re.compile(r"Elif\sEriksen"))
    expect(finding).to_contain_text("was on a sign-in sheet while the roll says absent")
    expect(finding).to_contain_text(re.compile(r"Nurse: signed in at 9:02"))
    expect(finding).to_contain_text(
        re.compile(r"8B: Absent, taken at 9:10 by P\. Brandt", re.IGNORECASE)
    )
    rule = finding.get_by_role("button", name=re.compile(r"^Rule elsewhere on 8B: nurse\. Elif"))
    expect(rule).to_be_visible()
    radar.get_by_role("button", name=re.compile(r"^Set aside: Elif")).click()
    radar.get_by_role("button", name="Set aside", exact=True).click()
    expect(radar.get_by_role("alert")).to_contain_text("Write why it is set aside")
    radar.get_by_label("Why it is set aside").fill("The nurse told me.")
    radar.get_by_role("button", name="Set aside", exact=True).click()
    expect(finding).to_contain_text(
        re.compile(r"Set aside by R\. Lind.*The nurse told me", re.DOTALL)
    )
    expect(radar.get_by_role("heading", level=1)).to_have_text("Nothing waits here")
    radar.reload()
    expect(finding).to_contain_text(re.compile(r"Set aside by R\. Lind"))
    radar.get_by_role("button", name=re.compile("^Open again")).click()
    expect(radar.get_by_role("heading", level=1)).to_have_text("1 thing does not fit together")


def test_X4_one_press_makes_the_ruling_that_is_suggested_and_one_takes_it_back(
    radar: Page,
) -> None:
    title = radar.get_by_role("heading", level=1)
    radar.get_by_role("button", name=re.compile("^Rule elsewhere on 8B: nurse")).click()
    said = radar.get_by_role("main").get_by_role("status")
    expect(said).to_contain_text(re.compile(r"Elif\sEriksen: ruled elsewhere on 8B\."))
    expect(title).to_have_text("Nothing waits here")
    radar.get_by_role("button", name="Undo").click()
    expect(said).to_contain_text("The ruling is taken back")
    expect(title).to_have_text("1 thing does not fit together")


def test_a_day_without_contradictions_says_so(radar: Page) -> None:
    radar.get_by_label("School day").fill("2026-10-05")
    expect(radar.get_by_role("main")).to_contain_text("Everything fits together")


def test_contradictions_fit_every_window_and_have_no_fault(radar: Page) -> None:
    expect(radar.get_by_role("heading", level=1)).to_contain_text("1 thing")
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(radar, size, scheme)
            assert desk.faults(radar) == [], f"at {size}, {scheme}"
            assert not desk.overflows(radar), f"at {size}"
            if PICTURES:
                radar.screenshot(path=f"{PICTURES}/radar-{size[0]}-{scheme}.png")
