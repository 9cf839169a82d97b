"""A slip from the front desk's screen to the camera of a tablet that reaches nobody."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.camera import Code, film
from tests.browser.conftest import NewTablet
from tests.browser.disagreement import arrive, ready, submit
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_carry import FAKE, back_again, cut_off
from tests.browser.test_screens import complaints
from tests.support.api import School
from tests.support.cast import TUESDAY, Cast, local
from tests.support.desk import california, mark, notice

PICTURES = os.environ.get("SLIP_PICTURES")
ELIF = 3
MODULE_PX = 10
DRAWN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
MM = 96 / 25.4


def test_V11_3_a_slip_becomes_a_teachers_mark_while_the_server_is_dead(
    new_tablet: NewTablet,
    page: Page,
    server: SchoolServer,
    record: School,
    cast: Cast,
    tmp_path: Path,
) -> None:
    server.kill()
    california(record)
    family_is_bereaved(record, cast)
    server.move_to(local(TUESDAY, 8, 12))
    server.start()
    camera = tmp_path / "camera.y4m"
    flags = (*FAKE, f"--use-file-for-fake-video-capture={camera}")
    tablet = ready(new_tablet(flags=flags), cast.ruiz)
    tablet.page.emulate_media(reduced_motion="reduce")
    cut_off(tablet)
    desk.arrive(page, server, cast.moss, "#/front-desk")
    came_with_a_word_of_the_administrator(page)
    prints_on_a_narrow_strip(page)
    film([code_shown(page)], camera)
    server.kill()

    scan(tablet)
    expect(said_of_the_slip(tablet)).to_have_text(
        re.compile(r"^Elif Eriksen came at 8:09, 9 minutes after the bell\.\s*$")
    )
    # A sheet that is just being laid out is looked at twice.
    assert not (complaints(tablet) and complaints(tablet))
    look(tablet, "says")
    tablet.page.get_by_role("button", name="Late, 9 min", exact=True).click()
    tile = tablet.page.locator(f'.tile[id="student-{cast.eight_a.students[ELIF]}"]')
    expect(tile).to_have_attribute("aria-label", re.compile("late, 9 min"))
    scan(tablet)
    expect(said_of_the_slip(tablet)).to_contain_text("The roll says so already: Elif Eriksen")
    tablet.page.get_by_role("button", name="Close").click()
    tablet.press("Undo")
    expect(tile).to_have_attribute("aria-label", re.compile("present"))
    scan(tablet)
    tablet.page.get_by_role("button", name="Late, 9 min", exact=True).click()
    expect(tile).to_have_attribute("aria-label", re.compile("late, 9 min"))
    submit(tablet)

    server.move_to(local(TUESDAY, 8, 20))
    server.start()
    back_again(tablet)
    arrive(tablet)
    late_and_nobody_disagrees(record, cast)


def family_is_bereaved(record: School, cast: Cast) -> None:
    """Five days for one funeral are known ahead: a sixth takes an administrator's word."""
    lind, elif_ = record.tablet(cast.lind), cast.eight_a.students[ELIF]
    notice(lind, elif_, "2026-10-13", "2026-10-19", code="A-5", incident="Grandfather")


def came_with_a_word_of_the_administrator(page: Page) -> None:
    """Elif came at 8:09, from the same funeral: refused, and then by an administrator's word."""
    page.get_by_label("Name of the student").fill("elif eriksen")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Incident, where days count together")).to_have_count(0)
    page.get_by_label("At another time").fill("8:09")
    page.get_by_label("Reason, if there is one").select_option("A-5")
    page.get_by_label("Incident, where days count together").fill("Grandfather")
    page.get_by_role("button", name="Came", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("A-5 may be set for 5 days")
    page.get_by_label("Your word as an administrator, beyond a limit").fill("Burial abroad.")
    page.get_by_role("button", name="Came", exact=True).click()
    line = page.get_by_role("list", name="Lines of today").get_by_role("listitem")
    expect(line).to_contain_text(re.compile(r"Elif.*Came at\s8:09.*Funeral or grieving", re.DOTALL))


def prints_on_a_narrow_strip(page: Page) -> None:
    """As wide as a receipt printer prints, each module 0.75 mm, and nothing else on the paper."""
    slip = page.get_by_role("region", name="The slip")
    expect(slip).to_contain_text(re.compile(r"Elif.*Came at\s8:09", re.DOTALL))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(72 * MM), "height": 900})
    expect(page.get_by_role("list", name="Lines of today")).to_be_hidden()
    code = slip.get_by_role("img", name="The slip’s code").bounding_box()
    assert code
    assert abs(code["width"] / MM - 53 * 0.75) < 0.1
    paper = page.locator(".visit-paper").bounding_box()
    assert paper
    assert paper["width"] <= 72 * MM + 1
    if PICTURES:
        for name, size in (
            ("80mm", {"width": "80mm", "height": "150mm"}),
            ("a4", {"format": "A4"}),
        ):
            page.pdf(path=f"{PICTURES}/slip-{name}.pdf", **size)
        page.screenshot(path=f"{PICTURES}/slip-print.png")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1440, "height": 900})


def code_shown(page: Page) -> Code:
    """The code on the screen, from its own drawing: grey values, ten pixels a module."""
    svg = page.get_by_role("img", name="The slip’s code")
    side = int(str(svg.get_attribute("viewBox")).split()[2])
    assert side == 45 + 2 * 4  # version 7 and its quiet zone
    rows = [bytearray([255]) * side for _ in range(side)]
    for x, y, run, _ in DRAWN.findall(str(svg.locator("path").get_attribute("d"))):
        rows[int(y)][int(x) : int(x) + int(run)] = bytes(int(run))
    wide = [b"".join(bytes([one]) * MODULE_PX for one in row) for row in rows]
    return side * MODULE_PX, b"".join(row for row in wide for _ in range(MODULE_PX))


def scan(tablet: Tablet) -> None:
    """From the open roll, past nothing that a roll without slips needs."""
    tablet.page.get_by_role("button", name="More", exact=True).click()
    look(tablet, "more")
    tablet.page.get_by_role("button", name="Scan a slip").click()
    look(tablet, "scan")


def said_of_the_slip(tablet: Tablet) -> Locator:
    """The sentence under the camera's place."""
    return tablet.page.locator(".slip-says")


def look(tablet: Tablet, name: str) -> None:
    """Pictures for whoever looks at screens."""
    if not PICTURES:
        return
    for scheme in ("light", "dark"):
        for width, height in ((1024, 768), (768, 1024), (390, 844)):
            tablet.page.set_viewport_size({"width": width, "height": height})
            tablet.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            tablet.page.screenshot(path=f"{PICTURES}/tablet-{name}-{width}-{scheme}.png")
    tablet.page.set_viewport_size({"width": 1024, "height": 768})
    tablet.page.emulate_media(color_scheme="light")


def late_and_nobody_disagrees(record: School, cast: Cast) -> None:
    """Late with the slip's time in both lanes; nobody is asked anything about it."""
    moss, elif_ = record.tablet(cast.moss), cast.eight_a.students[ELIF]
    line = mark(moss, cast.eight_a, elif_)
    assert (line["presence"], line["office"], line.get("seen")) == ("late", "late", None)
    assert line["arrived_at"] == moss.get("visits")["visits"][0]["at"]
    assert line.get("flags", []) == []
    assert moss.roll(cast.eight_a)["contested"] == 0
    found = moss.get(f"contradictions?on={TUESDAY}")["findings"]
    assert [one for one in found if str(elif_) in str(one)] == []
