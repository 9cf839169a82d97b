"""Reports at the desk: what is missing at the check, what nobody took, how rolls came; as files."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import board_at_920, term_of_rolls
from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import School
from tests.support.patience import PATIENCE

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
AT_CHECK = the_cast.local(the_cast.TUESDAY, 9, 31)
CLOSED = the_cast.local(the_cast.TUESDAY, 17, 1)
A4_PX = {"width": 718, "height": 1046}

Open = Callable[..., Page]


@pytest.fixture
def open_desk(window: Browser, server: SchoolServer, record: School) -> Iterator[Open]:
    """The whole school and its term so far; a desk for somebody, at a time, on a report."""
    server.kill()
    board_at_920.settle(record.engine)
    term_of_rolls.settle(record.engine)
    pages: list[Page] = []
    complaints: list[str] = []

    def open_it(person: the_cast.Person, report: str, at: object = AT_CHECK) -> Page:
        if server.process is None:
            server.move_to(at)
            server.start()
        page = window.new_context(accept_downloads=True).new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        complaints.extend(desk.watch(page))
        pages.append(page)
        desk.arrive(page, server, person, f"#/reports/{report}")
        return page

    yield open_it
    for page in pages:
        page.context.close()
    assert complaints == []


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def table(page: Page, link: str) -> list[dict[str, str]]:
    """The file behind a link, as a spreadsheet reads it."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    file = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert re.fullmatch(
        r"[a-z-]+-\d{4}-\d\d-\d\d(-\d{4}-\d\d-\d\d)?\.csv", coming.value.suggested_filename
    )
    return list(csv.DictReader(io.StringIO(file)))


def test_B3_1_at_the_check_it_says_who_is_missing_and_where_to_call(open_desk: Open) -> None:
    page = open_desk(CAST.lind, "not-submitted")
    expect(title(page)).to_have_text("9 rolls not submitted")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"Tuesday, October 6, as of 9:3\d\. 55 of 223"))
    delgado = page.locator("tbody", has_text="Delgado S.")
    expect(delgado).to_contain_text("room 9, ext. 409")
    expect(delgado).to_contain_text("Period 1, 6A")
    expect(delgado).to_contain_text("Reminded twice, last at 9:15.")
    expect(delgado).to_contain_text(re.compile(r"Yesterday: \d of 6 in time"))
    expect(page.locator("tbody", has_text="Chen W.")).to_contain_text(
        "Saved on a tablet since 9:11"
    )
    page.get_by_role("button", name="Called Delgado S.").click()
    expect(delgado).to_contain_text(re.compile(r"called 9:3\d by R\.\sLind", re.IGNORECASE))
    page.get_by_role("button", name="Undo: Delgado S. was not called").click()
    expect(page.get_by_role("button", name="Called Delgado S.")).to_be_visible()


def test_B3_1_an_earlier_check_shows_what_was_known_then(open_desk: Open) -> None:
    page = open_desk(CAST.lind, "not-submitted")
    page.get_by_label("Looked at").select_option(label="Check of Period 1, 8:30")
    expect(page.get_by_role("main")).to_contain_text("as it was known at 8:30")
    expect(page.get_by_role("button", name=re.compile("^Called "))).to_have_count(0)
    page.get_by_label("School day").fill("2026-10-12")
    expect(page.get_by_role("main")).to_contain_text("No roll is expected on that day.")


def test_B7_1_what_is_missing_is_a_file(open_desk: Open) -> None:
    page = open_desk(CAST.lind, "not-submitted")
    lines = table(page, "Spreadsheet")
    assert len(lines) == 9
    (chen,) = [line for line in lines if line["Teacher"] == "Chen W."]
    assert (chen["Period"], chen["Extension"], chen["On a tablet"]) == (
        "Period 2",
        "408",
        "saved, on its way",
    )


def test_B4_2_an_administrator_says_why_and_the_office_reads_it(open_desk: Open) -> None:
    moss = open_desk(CAST.moss, "never-taken", CLOSED)
    lind = open_desk(CAST.lind, "never-taken")
    count = int(title(moss).inner_text().split()[0])
    row = moss.locator("tbody tr").first
    row.get_by_role("button", name=re.compile("^Say why")).click()
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_contain_text("Write why nobody took it")
    moss.get_by_label("Why nobody took it").fill("Fire drill, all of it.")
    moss.keyboard.press("Enter")
    expect(title(moss)).to_have_text(f"{count - 1} rolls never taken")
    expect(lind.get_by_role("button", name=re.compile("^Say why"))).to_have_count(0)
    lind.get_by_role("button", name="With those explained").click()
    expect(lind.get_by_role("main")).to_contain_text(
        re.compile(r"“Fire drill, all of it\.” T\.\sMoss, Oct 6, 5:0\d\.")
    )
    moss.get_by_role("button", name="With those explained").click()
    moss.get_by_role("button", name=re.compile("^Take back the reason")).click()
    expect(title(moss)).to_have_text(f"{count} rolls never taken")


def test_B4_1_a_roll_never_taken_is_entered_from_paper(open_desk: Open) -> None:
    page = open_desk(CAST.lind, "never-taken", CLOSED)
    eight_b = page.locator("tbody tr", has_text="8B").filter(has_text="P. Brandt").first
    expect(eight_b).to_contain_text("Tuesday, October 6")
    eight_b.get_by_role("link", name="Enter from paper").click()
    expect(page).to_have_url(re.compile(r"#/transcribe/[0-9a-f-]{36}$"))
    expect(page.get_by_role("main")).to_contain_text("8B")


def test_B5_3_the_rates_are_drawn_and_the_table_says_the_same(open_desk: Open) -> None:
    page = open_desk(CAST.lind, "submission")
    expect(title(page)).to_have_text(
        re.compile(r"^\d\d% in time of 8,\d{3} rolls, \d{3} not taken$")
    )
    expect(page.get_by_role("img", name=re.compile("Rolls not in time by week"))).to_be_visible()
    weeks = page.locator(".report-pair tbody tr")
    assert weeks.count() == page.locator(".chart-bars g").count() == 9
    expect(weeks.first).to_contain_text("so far")
    due = [
        int(cell.replace(",", "")) for cell in weeks.locator("td:nth-child(2)").all_inner_texts()
    ]
    total = re.search(r"of ([\d,]+) rolls", title(page).inner_text())
    assert total is not None
    assert sum(due) == int(total[1].replace(",", ""))
    by_day = table(page, "By day")
    assert sum(int(line["Due"]) for line in by_day) == sum(due)
    by_period = table(page, "By period")
    assert sum(int(line["Due"]) for line in by_period) == sum(due)
    page.get_by_label("Time", exact=True).select_option(label="The last 2 weeks")
    expect(page.get_by_role("heading", name="Not in time, by day")).to_be_visible()
    page.get_by_label("From", exact=True).fill("2026-10-20")
    expect(page.get_by_role("main")).to_contain_text("Begins after it ends, or has not begun.")


def test_B6_2_teachers_are_for_administrators_alone(open_desk: Open) -> None:
    moss = open_desk(CAST.moss, "teachers")
    expect(title(moss)).to_have_text("Rolls by teacher")
    names = moss.locator("tbody th").all_inner_texts()
    assert names[:2] == ["Abara K.", "Adeyemi F."]
    assert len(table(moss, "Spreadsheet")) == len(names)
    lind = open_desk(CAST.lind, "teachers")
    expect(lind.get_by_role("navigation", name="Reports")).not_to_contain_text("Teachers")
    expect(title(lind)).to_contain_text("not submitted")


@pytest.mark.parametrize(
    ("report", "heading"),
    [
        ("not-submitted", "not submitted"),
        ("never-taken", "never taken"),
        ("submission", "in time"),
        ("teachers", "by teacher"),
    ],
)
def test_each_report_fits_a_page_in_portrait_and_has_no_fault(
    open_desk: Open, report: str, heading: str
) -> None:
    page = open_desk(CAST.moss, report)
    expect(title(page)).to_contain_text(heading)
    for scheme in ("light", "dark"):
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE):
            desk.resize(page, size, scheme)
            assert desk.faults(page) == [], f"{report} at {size}, {scheme}"
            assert not desk.overflows(page), f"{report} at {size}"
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/report-{report}-{size[0]}-{scheme}.png")
    desk.resize(page, desk.WIDE, "light")
    printed = page.pdf(prefer_css_page_size=True)
    (box,) = set(re.findall(rb"/MediaBox \[0 0 (\d+) (\d+)", printed))
    assert int(box[0]) < int(box[1]), "not in portrait"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_PX["width"], "height": A4_PX["height"]})
    assert not desk.overflows(page)
    expect(page.get_by_role("navigation", name="Reports")).to_be_hidden()
    expect(page.get_by_role("link", name=re.compile("Spreadsheet|By day"))).to_be_hidden()


def test_a_server_that_is_away_is_said(open_desk: Open, server: SchoolServer) -> None:
    page = open_desk(CAST.lind, "not-submitted")
    expect(title(page)).to_contain_text("not submitted")
    server.kill()
    page.get_by_role("link", name="Submission").click()
    expect(page.get_by_role("main")).to_contain_text(
        "The server does not answer.", timeout=25_000 * PATIENCE
    )
