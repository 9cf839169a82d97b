"""What goes wrong in a school's day, and what the tablet still holds afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from server.models import OpEntry, table_of
from tests.browser import strangers
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.support.api import OURS, School
from tests.support.cast import Cast
from tests.support.patience import PATIENCE

OPS = table_of(OpEntry)
Reply = Callable[[str], tuple[int, str, bytes]]


def submit_and_leave(tablet: Tablet) -> dict[str, object]:
    """Submit what is there, and let it go at once as a hidden page does; the entry."""
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    release(tablet)
    return tablet.outbox()[-1]


def release(tablet: Tablet) -> None:
    """What `visibilitychange` does: headless pages are never hidden."""
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


def step(tablet: Tablet) -> str:
    """Where the newest entry is."""
    return str(tablet.outbox()[-1]["step"])


def test_K3_kill_9_of_the_browser_at_every_tap_loses_no_tap_that_was_drawn(tablet: Tablet) -> None:
    tablet.sleep_and_wake()
    for taps in range(1, 6):
        tablet.tap(taps * 3)
        tablet.kill()
        tablet.reopen()
        tablet.page.locator(".students").wait_for()
        assert tablet.page.locator('.tile[aria-pressed="true"]').count() == taps
        assert len(tablet.drafts()[0]["said"]) == taps


def test_K3_kill_9_right_after_submitting_keeps_the_roll_in_the_outbox(
    tablet: Tablet, record: School
) -> None:
    tablet.sleep_and_wake()
    tablet.tap(3)
    tablet.submit_button().click()
    tablet.submitted_here()
    tablet.kill()
    tablet.reopen()
    tablet.on_record()
    assert len(record.rows(OPS)) == 1


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(lambda _: strangers.PORTAL, id="captive-portal"),
        pytest.param(lambda _: strangers.LIAR, id="foreign-json"),
        pytest.param(lambda _: strangers.NOTHING, id="204"),
        pytest.param(lambda _: strangers.SIGN_ON, id="511"),
        pytest.param(strangers.cut_short, id="truncated"),
        pytest.param(strangers.for_another, id="other-shape"),
    ],
)
def test_NW3_nothing_leaves_the_outbox_without_a_receipt_of_ours(
    tablet: Tablet, server: SchoolServer, record: School, reply: Reply
) -> None:
    server.kill()
    entry = submit_and_leave(tablet)
    with strangers.answering(server.port, reply(str(entry["id"]))) as asked:
        tablet.page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: any(line.startswith("POST") and "/ops" in line for line in asked))
        tablet.says("Waiting for network")
        assert step(tablet) == "sent"
        assert tablet.page.locator(".pencil-tick").count() == 0
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.on_record()
    assert len(record.rows(OPS)) == 1


def test_O2_an_answer_about_other_ops_is_waited_out_and_not_asked_for_without_end(
    tablet: Tablet, server: SchoolServer, record: School
) -> None:
    server.kill()
    entry = submit_and_leave(tablet)
    epoch = f"e{str(entry['school_id'])[:8]}"
    with strangers.answering(server.port, strangers.about_nothing(epoch)) as asked:
        tablet.page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: sum("/ops" in line for line in asked) >= 3)
        pushes = [line for line in asked if "/ops" in line]
        assert len(pushes) < 10, "asked without a pause"
        assert step(tablet) == "sent"
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.on_record()
    assert len(record.rows(OPS)) == 1


def test_a_sign_in_that_ran_out_stops_nothing_the_tablet_delivers_by_itself(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    server.kill()
    server.write("DELETE FROM signin_session")
    tablet.tap(2)
    submit_and_leave(tablet)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("Your sign-in ran out.")
    until(lambda: len(record.rows(OPS, outcome="accepted")) == 1)
    tablet.tap(4)
    assert tablet.submit_button().inner_text() == "Submit 1 change"
    submit_and_leave(tablet)
    until(lambda: len(record.rows(OPS, outcome="accepted")) == 2)
    assert {row.author for row in record.rows(OPS)} == {cast.ruiz.staff_id}
    tablet.page.get_by_role("button", name="Sign in").last.click()
    tablet.sign_in(cast.ruiz)
    tablet.on_record()


def test_a_tablet_that_the_school_does_not_know_waits_for_a_sign_in_and_it_delivers(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    """As after a restore from a backup that is older than the tablet."""
    server.kill()
    server.write("DELETE FROM signin_session")
    server.write("UPDATE device SET token_hash = NULL")
    tablet.tap(2)
    submit_and_leave(tablet)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("Your sign-in ran out.")
    tablet.tap(4)
    assert tablet.submit_button().inner_text() == "Submit 1 change"
    submit_and_leave(tablet)
    assert record.rows(OPS) == []
    tablet.page.get_by_role("button", name="Sign in").last.click()
    tablet.sign_in(cast.ruiz)
    tablet.on_record()
    until(lambda: len(record.rows(OPS, outcome="accepted")) == 2)


def test_O5_a_school_restored_from_a_backup_gets_every_acknowledged_roll_again(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast, school_file: Path
) -> None:
    tablet.tap(2)
    entry = submit_and_leave(tablet)
    tablet.on_record()
    assert len(record.rows(OPS)) == 1
    sessions = server.rows("SELECT * FROM signin_session")
    device = server.rows("SELECT * FROM device")
    grants = server.rows("SELECT * FROM capture_grant")
    server.kill()
    record.engine.dispose()
    for old in server.database.parent.glob("school.sqlite*"):
        old.unlink()
    shutil.copy(school_file, server.database)
    for table, rows in (
        ("device", device),
        ("capture_grant", grants),
        ("signin_session", sessions),
    ):
        server.write(f"DELETE FROM {table}")
        for row in rows:
            server.write(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", *row)
    server.write("UPDATE school_sync SET epoch = 'restored' WHERE school_id = ?", cast.birch.hex)
    assert record.rows(OPS) == []
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS)) == 1, 60)
    assert str(record.rows(OPS)[0].op_id) == entry["id"]
    until(lambda: step(tablet) == "recorded", 60)


SPOIL = """(id) => new Promise((resolve) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("outbox", "readwrite");
    const asked = tx.objectStore("outbox").get(id);
    asked.onsuccess = () => {
      asked.result.op.taken_at = "this morning";
      tx.objectStore("outbox").put(asked.result);
    };
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def test_a_refused_roll_stays_goes_to_a_file_and_the_office_can_bring_it_in(
    tablet: Tablet, record: School, cast: Cast
) -> None:
    tablet.tap(2)
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    tablet.page.evaluate(SPOIL, tablet.outbox()[0]["id"])
    release(tablet)
    tablet.says("The school refused this roll.")
    assert step(tablet) == "refused"
    tablet.page.reload()
    tablet.page.get_by_role("button", name="See why").click()
    tablet.says("It stays here until a person deletes it.")
    with tablet.page.expect_download() as waiting:
        tablet.press("Hand it to the office")
    file = json.loads(Path(waiting.value.path()).read_text())
    assert len(file["ops"]) == 1
    assert waiting.value.suggested_filename.startswith("rollbook-")
    lind = record.tablet(cast.lind)
    answer = lind.client.post(f"{lind.path}/handovers", json=file, headers=OURS)
    assert answer.status_code == 200, answer.text
    (result,) = answer.get_json()["results"]
    assert result["outcome"] in {"held", "accepted", "refused"}
    tablet.press("Delete")
    assert len(tablet.outbox()) == 1
    tablet.press("Delete for good")
    tablet.says("Nothing is kept here")
    assert tablet.outbox() == []


def test_a_held_roll_says_who_decides(tablet: Tablet, server: SchoolServer) -> None:
    server.kill()
    server.write("UPDATE capture_grant SET revoked_at = '2026-10-01T00:00:00.000Z'")
    tablet.tap(2)
    submit_and_leave(tablet)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The school is holding this roll.")
    tablet.says("Held by the office")
    assert step(tablet) == "held"
    assert tablet.outbox()[0]["answer"]["reason"] == "grant_revoked"


def test_a_full_tablet_keeps_the_tile_as_it_was_and_says_so(tablet: Tablet) -> None:
    tablet.tap(2)
    full = "IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = function () {\n"
    full += "  throw new DOMException('no room', 'QuotaExceededError');\n};"
    tablet.page.evaluate(f"() => {{ {full} }}")
    tablet.student(5).click()
    tablet.says("Rollbook cannot save here.")
    assert tablet.student(5).get_attribute("aria-pressed") == "false"
    assert len(tablet.drafts()[0]["said"]) == 1
    tablet.page.reload()
    tablet.page.locator(".students").wait_for()
    assert tablet.page.locator('.tile[aria-pressed="true"]').count() == 1


def test_a_fault_of_our_own_is_not_called_a_full_tablet(tablet: Tablet) -> None:
    tablet.tap(2)
    broken = "IDBObjectStore.prototype.put = () => { throw new TypeError('a fault'); };"
    tablet.page.evaluate(f"() => {{ {broken} }}")
    name = tablet.student(5).locator(".tile-given").inner_text()
    tablet.student(5).click()
    tablet.says("Rollbook met a fault of its own.")
    tablet.says(f"Your last tap ({name}) was not saved.")
    tablet.press("Reload")
    tablet.page.locator(".students").wait_for()
    assert tablet.page.locator('.tile[aria-pressed="true"]').count() == 1


def test_a_store_that_is_not_persistent_is_said(tablet: Tablet) -> None:
    """Headless Chromium refuses persist(), as a browser that may clear the store does."""
    submit_and_leave(tablet)
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.says("This browser may clear unsent rolls")
    tablet.says("Not protected.")


def test_two_tabs_show_the_same_and_send_once(
    tablet: Tablet, record: School, server: SchoolServer
) -> None:
    other = tablet.context.new_page()
    other.goto(tablet.url)
    other.locator(".students").wait_for()
    tablet.tap(2)
    other.locator('.tile[aria-pressed="true"]').wait_for()
    other.locator(".tile").nth(7).click()
    tablet.page.locator('.tile[aria-pressed="true"]').nth(1).wait_for()
    server.kill()
    tablet.submit_button().click()
    other.locator(".steps").wait_for()
    release(tablet)
    server.start()
    for page in (tablet.page, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (tablet.page, other):
        page.locator(".step-done", has_text="On the record").wait_for()
    assert len(record.rows(OPS)) == 1
    delivered = [url for status, url in tablet.answers if url.endswith("/ops") and status == 200]
    assert len(delivered) == 1


def test_a_tab_whose_store_was_taken_by_a_newer_version_says_so_and_reloads(
    tablet: Tablet,
) -> None:
    other = tablet.context.new_page()
    other.goto(f"{tablet.url}/manifest.webmanifest")
    other.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("rollbook-outbox", 2);
          opening.onsuccess = () => { opening.result.close(); resolve(); };
          opening.onerror = () => reject(opening.error);
        })"""
    )
    tablet.student(3).click()
    tablet.says("This page is older than Rollbook.")
    assert tablet.student(3).get_attribute("aria-pressed") == "false"


def publish_newer(server: SchoolServer, folder: Path) -> None:
    """Another build of the pages, from the next start of the server on."""
    shutil.copytree(Path(__file__).parents[2] / "pwa" / "dist", folder)
    worker = folder / "sw.js"
    worker.write_text(worker.read_text().replace("rollbook-shell-", "rollbook-shell-newer"))
    server.pages = folder


def look_for_update(tablet: Tablet) -> None:
    """As the browser does each day; returns when the newer worker waits."""
    tablet.page.evaluate("window.stillOld = true")
    tablet.page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    tablet.page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
    )


def test_an_update_waits_for_a_pause_and_loses_no_queued_entry(
    tablet: Tablet, server: SchoolServer, tmp_path: Path
) -> None:
    server.kill()
    server.write("DELETE FROM signin_session")
    tablet.tap(2)
    entry = submit_and_leave(tablet)
    publish_newer(server, tmp_path / "newer")
    server.start()
    look_for_update(tablet)
    tablet.tap(4)
    assert tablet.page.evaluate("window.stillOld")
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.page.wait_for_function("() => window.stillOld === undefined", timeout=30_000 * PATIENCE)
    tablet.page.locator(".meetings").wait_for()
    assert [kept["id"] for kept in tablet.outbox()] == [entry["id"]]
    assert len(tablet.drafts()[0]["said"]) == 1
    names = tablet.page.evaluate("caches.keys()")
    assert [name for name in names if name.startswith("rollbook-shell-newer")]


def test_an_update_is_offered_and_comes_when_it_is_asked_for(
    tablet: Tablet, server: SchoolServer, tmp_path: Path
) -> None:
    server.kill()
    publish_newer(server, tmp_path / "newer")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.tap(4)
    tablet.page.get_by_role("button", name="Back to today").click()
    look_for_update(tablet)
    tablet.press("Update now")
    tablet.page.wait_for_function("() => window.stillOld === undefined")
    tablet.page.locator(".meetings").wait_for()
    assert len(tablet.drafts()[0]["said"]) == 1
