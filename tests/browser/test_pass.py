"""A substitute with a day pass: her rolls of today, offline too, and no name after it ends."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from server.models import OpEntry, table_of
from tests.browser.conftest import NewTablet
from tests.browser.people import PIN, covered, lock, names_on, set_pin, store, type_pin
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_vault import submit
from tests.support.api import OURS, School
from tests.support.cast import TUESDAY, Cast

OPS = table_of(OpEntry)


def issue(record: School, cast: Cast) -> dict[str, Any]:
    """Lind prints a pass for period 1 of 8A; it ends fifteen minutes after the class."""
    lind = record.tablet(cast.lind)
    asked = {
        "on": TUESDAY.isoformat(),
        "roll_ids": [str(cast.eight_a.roll())],
        "given_name": "Esther",
        "family_name": "Quill",
    }
    answer = lind.client.post(f"{lind.path}/passes", json=asked, headers=OURS)
    assert answer.status_code == 200, answer.text
    issued: dict[str, Any] = answer.get_json()
    return issued


def begin(tablet: Tablet, code: str) -> None:
    """From the address in the QR code."""
    tablet.open(f"/#/pass/{code}")
    tablet.press("Begin")
    tablet.page.locator(".students, .pin-keys").first.wait_for()


def test_O10_a_substitute_takes_the_listed_roll_offline_and_it_counts_after_the_pass_has_ended(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    issued = issue(record, cast)
    tablet = new_tablet()
    tablet.start()
    tablet.page.clock.install()
    begin(tablet, issued["code"])
    assert issued["code"] not in tablet.page.url
    tablet.ready_offline()
    tablet.page.get_by_role("button", name="Back to today").click()
    expect(tablet.page.locator(".meeting")).to_have_count(1)
    tablet.page.goto(f"{tablet.url}/#/today/2026-10-05")
    tablet.says("No rolls on this day")

    server.kill()
    tablet.open(f"/#/roll/{cast.eight_a.roll()}")
    tablet.page.locator(".students").wait_for()
    assert names_on(tablet) != []
    tablet.tap(3)
    submit(tablet)
    tablet.page.clock.fast_forward("01:05:00")
    tablet.says("Your day pass has ended")
    tablet.says("1 roll waiting here.")
    covered(tablet)
    assert store(tablet, "sealed") == []
    tablet.page.reload()
    tablet.says("Your day pass has ended")
    covered(tablet)

    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS)) == 1, 60)
    (op,) = record.rows(OPS)
    assert (op.outcome, str(op.author)) == ("accepted", issued["pass"]["staff_id"])
    tablet.says("Nothing waiting here.")
    tablet.press("Done")
    tablet.says("Sign in once, with the network on")


def test_O10_a_code_is_typed_as_it_was_printed_or_nearly_and_a_wrong_one_is_said(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    code = issue(record, cast)["code"]
    tablet = new_tablet()
    tablet.open()
    tablet.press("I have a day pass")
    field = tablet.page.get_by_label("Code on your day pass")
    field.fill("4KD7M")
    tablet.press("Begin")
    tablet.says("The code has ten letters and digits")
    field.fill("00000-00000")
    tablet.press("Begin")
    tablet.says("There is no pass with this code.")
    field.fill(code.lower().replace("-", " "))
    tablet.press("Begin")
    tablet.page.locator(".students").wait_for()


def test_O10_a_pass_on_a_shared_tablet_asks_for_a_pin_and_leaves_the_teachers_lists_closed(
    tablet: Tablet, record: School, cast: Cast
) -> None:
    code = issue(record, cast)["code"]
    set_pin(tablet)
    lock(tablet)
    tablet.press("I have a day pass")
    tablet.page.get_by_label("Code on your day pass").fill(code)
    tablet.press("Begin")
    tablet.says("Others take roll here too")
    for _ in range(2):
        type_pin(tablet, "602214")
    tablet.page.locator(".students").wait_for()
    lock(tablet)
    expect(tablet.page.locator(".person")).to_have_count(2)
    expect(tablet.page.locator(".person").nth(1)).to_contain_text("substitute")
    expect(tablet.page.locator(".person").nth(1)).to_contain_text("Pass ends 9:05")
    tablet.page.locator(".person").first.click()
    type_pin(tablet, PIN)
    tablet.page.locator(".students").wait_for()
