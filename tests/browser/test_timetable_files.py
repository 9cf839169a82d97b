"""The timetable's files at the desk: chosen, shown what they move, mended, brought in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.browser.test_calendar import look_at
from tests.browser.timetable_desk import calendar
from tests.support.cast import WEDNESDAY, Cast, Person

BELLS = """schedule,period,name,starts,ends
regular,1,Period 1,08:00,08:50
regular,2,Period 2,09:00,09:50
minimum,1,Period 1,08:00,08:30
minimum,2,Period 2,08:40,09:10
"""
DAYS = f"date,kind,schedule,note\n{WEDNESDAY},instructional,minimum,Staff meeting\n"
WRONG = f"{DAYS}2026-10-08,instructional,no such bells,\n"


def at_files(page: Page, server: SchoolServer, person: Person) -> Locator:
    calendar(page, server, person)
    page.get_by_role("navigation", name="Calendar").get_by_role("link", name="Files").click()
    expect(page.get_by_role("heading", level=1, name="Timetable files")).to_be_visible()
    return page.get_by_role("main")


def choose(page: Page, **texts: str) -> None:
    page.get_by_label("The timetable’s files").set_input_files(
        [
            {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
            for name, text in texts.items()
        ]
    )
    names = page.get_by_role("list", name="Chosen files").get_by_role("listitem")
    expect(names).to_have_text([f"{name}.csv" for name in texts])


def test_L12_files_show_what_they_move_then_come_in(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    main = at_files(page, server, cast.moss)
    choose(page, bell_schedules=BELLS, calendar=WRONG)
    page.get_by_role("button", name="See what changes").click()
    expect(main).to_contain_text("Nothing was brought in: something is wrong in the files.")
    wrong = page.get_by_role("table", name="What is wrong in the files")
    expect(wrong).to_contain_text("calendar.csv, line 3, schedule")
    expect(page.get_by_role("button", name="Bring the files in")).to_have_count(0)
    page.get_by_label("Leave the wrong lines out").check()
    page.get_by_role("button", name="See what changes").click()
    expect(main).to_contain_text("Nothing is written yet. 1 line is wrong and left out.")
    expect(main).to_contain_text("Bell schedules: 2 lines new, 1 no longer there.")
    expect(main).to_contain_text("Period 2 moves from 9:15 to 8:55.")
    choose(page, bell_schedules=BELLS, calendar=DAYS)
    expect(page.get_by_role("button", name="Bring the files in")).to_have_count(0)
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Bring the files in").click()
    expect(main).to_contain_text("The files were brought in.")
    page.get_by_role("button", name="See what changes").click()
    expect(main).to_contain_text("Nothing to change: the school has all this already.")
    page.get_by_role("navigation", name="Calendar").get_by_role("link", name="Month").click()
    cell = page.get_by_role("gridcell", name="Wednesday, October 7")
    expect(cell).to_contain_text("minimum")


def test_what_fails_on_the_way_is_said_and_the_files_stay_chosen(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    main = at_files(page, server, cast.moss)
    choose(page, calendar=DAYS)
    page.route("**/timetable/files", lambda route: route.abort())
    page.get_by_role("button", name="See what changes").click()
    expect(main).to_contain_text("The files were not brought in. The server does not answer.")
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text("calendar.csv")


def test_the_office_reads_who_brings_files_in(page: Page, server: SchoolServer, cast: Cast) -> None:
    main = at_files(page, server, cast.lind)
    expect(main).to_contain_text("Who can change that: an administrator of your school.")
    expect(page.get_by_role("button", name="Choose files")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(
    page: Page, server: SchoolServer, cast: Cast, scheme: str
) -> None:
    main = at_files(page, server, cast.moss)
    choose(page, bell_schedules=BELLS, calendar=WRONG)
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("table").wait_for()
    page.get_by_label("Leave the wrong lines out").check()
    page.get_by_role("button", name="See what changes").click()
    expect(main).to_contain_text("Nothing is written yet.")
    look_at(page, "files", scheme)
    desk.resize(page, desk.WIDE, scheme)
