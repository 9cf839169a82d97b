"""Day passes at the office desk: issued for Sato, shown once, printed, used, and withdrawn."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast

CAST = the_cast.gather()
PICTURES = os.environ.get("OFFICE_PICTURES")
READ_QR = """() => {
  const path = document.querySelector(".slip .qr-dark").getAttribute("d");
  const size = Number(document.querySelector(".slip .qr").getAttribute("viewBox").split(" ")[2]);
  return {path, size};
}"""


@pytest.fixture
def passes(page: Page, server: SchoolServer) -> Page:
    """Lind is at the passes of today; Ruiz called in sick."""
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    desk.choose_page(page, "School", "Passes")
    expect(page.get_by_role("heading", name="Day passes")).to_be_visible()
    return page


def issue(page: Page, given: str = "Emi", family: str = "Tanaka", away: str = "D. Ruiz") -> str:
    """Issue a pass for a new person; the code as it is shown."""
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.get_by_label("Who is away").select_option(away)
    page.get_by_role("button", name="Issue the pass for 1 meeting").click()
    spelled = slip(page).locator(".slip-spelled")
    expect(spelled).to_have_text(re.compile(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$"))
    return spelled.inner_text()


def slip(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("Tanaka|Sato"))


def redeem(server: SchoolServer, code: str, device: Any = None) -> requests.Response:
    """As the substitute's tablet does it."""
    body = {
        "code": code,
        "device_id": str(device or the_cast.named("device", "substitute")),
        "device_label": "Spare tablet 3",
    }
    headers = {"Origin": server.url}
    return requests.post(f"{server.url}/api/v1/pass", json=body, headers=headers, timeout=20)


def test_a_pass_for_somebody_new_is_issued_in_four_steps_and_shown_once(
    passes: Page, server: SchoolServer
) -> None:
    code = issue(passes)
    shown = slip(passes)
    expect(shown).to_contain_text("Valid until 9:05. Issued by R. Lind.")
    expect(shown.get_by_role("row")).to_have_count(1)
    expect(shown.get_by_role("row")).to_contain_text("8:00 to 8:50")
    expect(shown.get_by_role("row")).to_contain_text("room 12")
    expect(shown.get_by_role("img", name=f"QR code of the pass {code}")).to_be_visible()
    expect(passes.get_by_role("list", name="Passes of the day")).to_contain_text("Not used yet.")
    shown.get_by_role("button", name="Done, hide the code").click()
    assert code not in passes.content()
    passes.reload()
    expect(passes.get_by_role("list", name="Passes of the day")).to_contain_text("E. Tanaka")
    assert code not in passes.content()
    assert redeem(server, code).status_code == 200
    passes.reload()
    expect(passes.get_by_text("In use on Spare tablet 3")).to_be_visible()


def test_the_code_that_is_scanned_is_the_code_that_is_read(
    passes: Page, server: SchoolServer, tmp_path: Path
) -> None:
    code = issue(passes)
    drawn = passes.evaluate(READ_QR)
    cells = {
        (int(x) + n, int(y))
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", drawn["path"])
        for n in range(int(run))
    }
    finder = {(4 + n, 4) for n in range(7)}
    assert finder <= cells, "a QR code begins with its finder, four modules from the edge"
    assert (drawn["size"] - 8 - 17) % 4 == 0
    assert redeem(server, code.lower().replace("-", " ")).status_code == 200


def test_what_a_pass_shows_and_what_not_is_said_before_it_is_issued(passes: Page) -> None:
    said = passes.get_by_role("region", name="Issue a pass")
    expect(said).to_contain_text("never shows reasons, notes, other days, other sections")
    expect(said).to_contain_text("uncertified until a teacher of the section")


def test_what_is_missing_is_said_in_a_sentence(passes: Page) -> None:
    go = passes.get_by_role("button", name="Issue the pass")
    alert = passes.get_by_role("alert")
    go.click()
    expect(alert).to_contain_text("Who comes?")
    passes.get_by_label("Given name").fill("Emi")
    passes.get_by_label("Family name").fill("Tanaka")
    go.click()
    expect(alert).to_contain_text("Which meetings?")
    passes.get_by_label("Who is away").select_option("D. Ruiz")
    passes.get_by_label("Valid until").fill("later")
    go.click()
    expect(alert).to_contain_text("Until when?")


def test_somebody_of_the_staff_gets_single_meetings_until_a_time(passes: Page) -> None:
    passes.get_by_role("button", name="Somebody of the staff").click()
    passes.get_by_label("Person").select_option("K. Sato, teacher")
    single = passes.get_by_label("Add a single meeting")
    passes.get_by_label("Who is away").select_option("N. Okafor")
    single.select_option("9:00 8B, Period 2, P. Brandt")
    passes.get_by_label("Valid until").fill("10:30")
    passes.get_by_role("button", name="Issue the pass for 2 meetings").click()
    expect(slip(passes)).to_contain_text("K. Sato")
    expect(slip(passes)).to_contain_text("Valid until 10:30")
    expect(slip(passes).get_by_role("row")).to_have_count(2)


def test_a_new_code_ends_the_old_one_and_a_revoked_pass_opens_nothing(
    passes: Page, server: SchoolServer
) -> None:
    first = issue(passes)
    passes.get_by_role("button", name="New code for E. Tanaka").click()
    spelled = slip(passes).locator(".slip-spelled")
    expect(spelled).not_to_have_text(first)
    second = spelled.inner_text()
    assert redeem(server, first).json()["code"] == "wrong_code"
    assert redeem(server, second).status_code == 200
    passes.get_by_role("button", name="Revoke the pass of E. Tanaka").click()
    expect(passes.get_by_text("The code ends at once.")).to_be_visible()
    passes.get_by_role("button", name="Keep it").click()
    passes.get_by_role("button", name="Revoke the pass of E. Tanaka").click()
    passes.get_by_role("button", name="Revoke the pass of E. Tanaka").last.click()
    listed = passes.get_by_role("list", name="Passes of the day")
    expect(listed).to_contain_text(re.compile(r"Revoked at 8:0\d by R\.\sLind\."))
    assert redeem(server, second).status_code in {401, 410}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_slip_prints_on_half_a_sheet(passes: Page, tmp_path: Path, paper: str) -> None:
    issue(passes)
    file = tmp_path / "pass.pdf"
    passes.pdf(path=file, format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) == 1
    passes.emulate_media(media="print")
    tall = "document.querySelector('.slip-paper').getBoundingClientRect().height * 25.4 / 96"
    half = {"A4": 297, "Letter": 279}[paper] / 2
    assert passes.evaluate(tall) < half - 12
    if PICTURES:
        (Path(PICTURES) / f"pass-{paper}.pdf").write_bytes(file.read_bytes())


def test_a_pass_is_issued_by_keyboard_alone(passes: Page) -> None:
    passes.get_by_label("Given name").focus()
    for keys in ("Emi", "Tab", "Tanaka", "Tab", "D. R"):
        if keys == "Tab":
            passes.keyboard.press("Tab")
        else:
            passes.keyboard.type(keys)
    expect(passes.get_by_label("Who is away")).to_have_value("D. Ruiz")
    passes.get_by_label("Family name").focus()
    passes.keyboard.press("Enter")
    expect(slip(passes).get_by_role("heading", name="E. Tanaka")).to_be_focused()
    passes.keyboard.press("Tab")
    expect(passes.get_by_role("button", name="Print half a sheet")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(
    passes: Page, server: SchoolServer, scheme: str
) -> None:
    code = issue(passes)
    redeem(server, code)
    issue(passes, "Noor")
    passes.get_by_role("button", name="Revoke the pass of N. Tanaka").click()
    for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE, (320, 640)):
        desk.resize(passes, size, scheme)
        assert desk.faults(passes) == [], f"passes at {size}, {scheme}"
        assert not desk.overflows(passes), f"passes at {size}"
        if PICTURES:
            passes.screenshot(path=f"{PICTURES}/passes-{size[0]}-{scheme}.png")
