"""A student who came during the day: the office says when, and the teacher's roll goes without."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Page, expect

from server.models import Enrollment, Section, table_of
from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.browser.students_grid import cell, open_grid
from tests.browser.tablet import Tablet
from tests.support import cast as the_cast
from tests.support.api import School

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
AMARA = CAST.eight_a.students[29]


@pytest.fixture
def began(record: School) -> School:
    """The roster has Amara begin on this very day."""
    record.change(table_of(Enrollment), {"begin_on": the_cast.TUESDAY}, student_id=AMARA)
    record.change(table_of(Section), {"roster_rev": 2}, section_id=CAST.eight_a.section_id)
    return record


def test_F10_3_F10_4_the_office_says_when_she_came_and_the_roll_before_goes_without_her(
    began: School, page: Page, server: SchoolServer, tablet: Tablet
) -> None:
    expect(tablet.page.get_by_text("30 students").first).to_be_visible()
    open_grid(page, server, CAST.lind)
    cell(page, "Amara Abara").first.click()
    page.get_by_role("textbox", name="Came to the school at").fill("08:02")
    page.get_by_role("button", name="Save the time").click()
    apart = cell(page, "Amara Abara").filter(has_text=re.compile(r"^Not enrolled before 8:02"))
    expect(apart).to_have_count(1)
    (hers,) = began.rows(table_of(Enrollment), student_id=AMARA)
    assert hers.begin_at == the_cast.local(the_cast.TUESDAY, 8, 2)
    for size in (desk.TABLET, (768, 1024), desk.PHONE, desk.WIDE):
        desk.resize(page, size, "light")
        assert not desk.overflows(page), f"at {size}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/came-{size[0]}.png")
    expect(page.get_by_role("textbox", name="Came to the school at")).to_have_value("08:02")
    assert desk.faults(page) == []
    tablet.open()
    words = re.compile(r"^Amara\sAbara joined at 8:02.*, after this meeting began")
    expect(tablet.page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    expect(tablet.page.get_by_text("29 students").first).to_be_visible()
    page.get_by_role("button", name="The whole day counts").click()
    expect(apart).to_have_count(0)
    tablet.open()
    expect(tablet.page.get_by_text("30 students").first).to_be_visible()
