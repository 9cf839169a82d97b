"""When a tablet reaches nobody: its roll goes to the record over another one, and counts once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route

from server.models import OpEntry, table_of
from tests.browser.camera import film, shown_codes
from tests.browser.conftest import NewTablet
from tests.browser.disagreement import online, ready, release, submit
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_screens import complaints
from tests.support.api import School, presences
from tests.support.cast import Cast

OPS = table_of(OpEntry)
FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def cut_off(tablet: Tablet) -> None:
    """The network is gone for this tablet alone."""

    def refuse(route: Route) -> None:
        route.abort("internetdisconnected")

    tablet.context.route("**/api/**", refuse)
    tablet.context.set_offline(True)


def back_again(tablet: Tablet) -> None:
    """As before."""
    tablet.context.unroute("**/api/**")
    tablet.context.set_offline(False)
    online(tablet)


@pytest.fixture
def waiting(new_tablet: NewTablet, cast: Cast) -> Tablet:
    """Ruiz's tablet, which reaches nobody and holds a submitted roll."""
    tablet = ready(new_tablet(), cast.ruiz)
    cut_off(tablet)
    tablet.tap(4)
    submit(tablet)
    tablet.says("Waiting for network")
    return tablet


def carried_once(waiting: Tablet, record: School, cast: Cast) -> None:
    """The roll is on the record by one op; its own tablet hears so when it is back."""
    (entry,) = waiting.outbox()
    until(lambda: len(record.rows(OPS)) == 1)
    (op,) = record.rows(OPS)
    assert str(op.op_id) == entry["id"]
    marks = presences(record.tablet(cast.lind).roll(cast.eight_a))
    assert sorted(marks.values(), key=str) == ["absent", *["present"] * 29]
    back_again(waiting)
    waiting.on_record()
    assert len(record.rows(OPS)) == 1
    assert waiting.outbox()[0]["answer"]["outcome"] == "accepted"
    assert presences(record.tablet(cast.lind).roll(cast.eight_a)) == marks


def test_O11_a_roll_goes_from_screen_to_camera_to_the_record_and_counts_once(
    waiting: Tablet, new_tablet: NewTablet, record: School, cast: Cast, tmp_path: Path
) -> None:
    waiting.page.get_by_role("button", name="Show as code").click()
    assert complaints(waiting) == []
    waiting.press("Pause")
    codes = shown_codes(waiting)
    seen = film(codes, tmp_path / "camera.y4m")
    assert record.rows(OPS) == []
    waiting.page.get_by_role("button", name="Close").click()

    carrier = ready(
        new_tablet(flags=(*FAKE, f"--use-file-for-fake-video-capture={seen}")), cast.brandt
    )
    carrier.page.goto(f"{carrier.url}/#/carry")
    carrier.press("Scan the code")
    carrier.says("1 roll with 30 marks saved on this tablet")
    carrier.says("A roll carried for somebody else")
    (entry,) = carrier.outbox()
    assert (entry["staff_id"], entry["carried"]) == ("", True)
    assert entry["op"] == waiting.outbox()[0]["op"]
    assert cast.ruiz.name not in carrier.page.locator("main").inner_text()
    assert complaints(carrier) == []
    carried_once(waiting, record, cast)


def test_O11_the_same_roll_goes_as_a_file_and_a_second_time_changes_nothing(
    waiting: Tablet, new_tablet: NewTablet, record: School, cast: Cast, tmp_path: Path
) -> None:
    waiting.page.goto(f"{waiting.url}/#/tray")
    with waiting.page.expect_download() as download:
        waiting.press("Make a file for the office")
    file = tmp_path / "rolls.json"
    download.value.save_as(file)
    carrier = ready(new_tablet(), cast.brandt)
    carrier.page.goto(f"{carrier.url}/#/carry")
    carrier.page.get_by_label("The file that the other tablet made").set_input_files(file)
    carrier.says("1 roll with 30 marks saved on this tablet")
    carrier.page.get_by_label("Or its text").fill(file.read_text())
    carrier.press("Carry what is pasted")
    carrier.says("Nothing was doubled.")
    carrier.page.get_by_label("Or its text").fill(json.dumps({"rollbook_qr": 1, "ops": [{}]}))
    carrier.press("Carry what is pasted")
    carrier.says("That is no roll that a tablet made.")
    assert len(carrier.outbox()) == 1
    waiting.page.goto(f"{waiting.url}/#/roll/{cast.eight_a.roll()}")
    carried_once(waiting, record, cast)


def test_O11_a_code_that_was_shown_cannot_be_taken_back_here(
    new_tablet: NewTablet, cast: Cast
) -> None:
    tablet = ready(new_tablet(), cast.ruiz)
    cut_off(tablet)
    tablet.submit_button().click()
    tablet.submitted_here()
    tablet.page.goto(f"{tablet.url}/#/tray")
    tablet.press("Show as code")
    tablet.page.wait_for_function("() => document.querySelector('canvas.code')?.width > 300")
    assert tablet.outbox()[0]["step"] == "sent"


def test_a_refused_camera_is_said_with_the_other_way(
    new_tablet: NewTablet, cast: Cast, server: SchoolServer
) -> None:
    tablet = ready(new_tablet(), cast.ruiz)
    tablet.page.goto(f"{server.url}/#/carry")
    tablet.press("Scan the code")
    tablet.page.get_by_role("alert").get_by_text("open the file").wait_for()
    assert complaints(tablet) == []
    release(tablet)
