"""Clearing at the desk: what waits, a reason after a preview, and taking it back."""

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
from tests.support.desk import california

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")


@pytest.fixture
def clearing(page: Page, server: SchoolServer, record: School) -> Iterator[Page]:
    """Wednesday: Elif and Farid were absent on Tuesday, and Elif is back."""
    server.kill()
    california(record)
    ruiz, sato = record.tablet(CAST.ruiz), record.tablet(CAST.sato)
    record.clock.set(the_cast.local(the_cast.TUESDAY, 8, 5))
    ruiz.push(ruiz.op(CAST.eight_a, absent=[3, 4]))
    record.clock.set(the_cast.local(the_cast.WEDNESDAY, 8, 5))
    sato.push(sato.op(CAST.eight_a, absent=[4], on=the_cast.WEDNESDAY))
    server.move_to(the_cast.local(the_cast.WEDNESDAY, 9, 30))
    server.start()
    complaints = desk.watch(page)
    desk.arrive(page, server, CAST.lind, "#/clearing")
    yield page
    assert complaints == []


def test_V8_V9_an_absence_is_cleared_after_a_preview_and_waits_again(clearing: Page) -> None:
    title = clearing.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(r"^3\sabsences without a reason$"))
    row = clearing.get_by_role("row").filter(has_text="Elif")
    expect(row).to_contain_text(re.compile(r"The whole day\. 1\sschool day ago"))
    expect(row).to_contain_text(re.compile(r"Until \w+, October\s\d+; after that it counts as"))
    farid = clearing.get_by_role("row").filter(has_text="Farid")
    expect(farid.first).to_contain_text("Not back yet: no time runs.")
    row.get_by_role("button", name=re.compile("^Give a reason: Elif")).click()
    clearing.get_by_role("button", name="Show what changes").click()
    expect(clearing.get_by_role("alert")).to_contain_text("Choose a reason first")
    clearing.get_by_label("Reason", exact=True).select_option("A-1")
    clearing.get_by_role("button", name="Show what changes").click()
    preview = clearing.get_by_role("region", name="What would change")
    expect(preview).to_contain_text(re.compile(r"Period\s1, 8A: absent, 50\sminutes"))
    clearing.get_by_role("button", name="Save the reason").click()
    expect(title).to_have_text(re.compile(r"^2\sabsences without a reason$"))
    given = clearing.get_by_role("region", name="Reasons given last").get_by_role("listitem")
    expect(given).to_contain_text(re.compile(r"Elif.*given by R\.\sLind", re.DOTALL))
    given.get_by_role("button", name=re.compile("^Take back the reason: Elif")).click()
    expect(title).to_have_text(re.compile(r"^3\sabsences without a reason$"))
    expect(given).to_contain_text(re.compile(r"Taken back by R\.\sLind"))


def test_V10_all_of_them_get_one_reason_after_a_look_and_one_undo_takes_it_back(
    clearing: Page,
) -> None:
    title = clearing.get_by_role("heading", level=1)
    said = clearing.get_by_role("main").get_by_role("status")
    clearing.get_by_role("button", name=re.compile(r"^Choose\sall\s3$")).click()
    clearing.get_by_role("checkbox", name=re.compile("^Choose Elif")).uncheck()
    clearing.get_by_role("button", name=re.compile(r"^Give 2\sabsences one reason$")).click()
    clearing.get_by_label("Reason", exact=True).select_option("A-1")
    clearing.get_by_role("button", name="Show what changes").click()
    look = clearing.get_by_role("region", name="What would change")
    expect(look.get_by_role("listitem")).to_have_count(2)
    if PICTURES:
        for scheme in ("light", "dark"):
            for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
                desk.resize(clearing, size, scheme)
                assert desk.faults(clearing) == [], f"at {size}, {scheme}"
                assert not desk.overflows(clearing), f"at {size}"
                clearing.screenshot(path=f"{PICTURES}/clearing-many-{size[0]}-{scheme}.png")
    clearing.get_by_role("button", name=re.compile(r"^Save for 2\sabsences$")).click()
    expect(title).to_have_text(re.compile(r"^1\sabsence without a reason$"))
    expect(said).to_contain_text(re.compile(r"2\sabsences cleared\."))
    clearing.get_by_role("button", name="Undo").click()
    expect(title).to_have_text(re.compile(r"^3\sabsences without a reason$"))
    expect(said).to_contain_text(re.compile(r"2\sreasons taken back"))


def test_clearing_fits_every_window_and_has_no_fault(clearing: Page) -> None:
    clearing.get_by_role("button", name=re.compile("^Give a reason: Elif")).click()
    clearing.get_by_label("Reason", exact=True).select_option("A-1")
    clearing.get_by_role("button", name="Show what changes").click()
    expect(clearing.get_by_role("button", name="Save the reason")).to_be_visible()
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(clearing, size, scheme)
            assert desk.faults(clearing) == [], f"at {size}, {scheme}"
            assert not desk.overflows(clearing), f"at {size}"
            if PICTURES:
                clearing.screenshot(path=f"{PICTURES}/clearing-{size[0]}-{scheme}.png")
