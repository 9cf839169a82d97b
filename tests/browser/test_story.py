"""The whole path: a roll taken with no network arrives once, and says so."""

from __future__ import annotations

from collections import Counter

from server.models import OpEntry, table_of
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.support.api import School, presences
from tests.support.cast import Cast


def test_a_roll_taken_with_the_server_dead_survives_a_killed_browser_and_arrives_once(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    tablet.sleep_and_wake()
    server.kill()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    away = [tablet.student(place).get_attribute("aria-label") for place in (3, 17)]
    tablet.tap(3)
    tablet.tap(17)
    assert tablet.submit_button().inner_text() == "Submit 28 present, 2 absent"
    tablet.submit_button().click()
    tablet.submitted_here()
    (entry,) = tablet.outbox()
    assert 0 < entry["op"]["took_ms"] < 10 * 60_000, "from when the roll was opened (X8.1)"
    tablet.kill()

    tablet.reopen()
    tablet.submitted_here()
    tablet.says("Waiting for network")
    assert tablet.outbox()[0]["id"] == entry["id"]
    assert tablet.page.locator('.tile[aria-pressed="true"]').count() == 2
    assert tablet.page.locator(".pencil-tick").count() == 0

    server.start()
    tablet.on_record()
    assert tablet.page.locator(".pencil-tick").count() == 28

    (op,) = record.rows(table_of(OpEntry), school_id=cast.birch)
    assert op.op_id.hex == entry["id"].replace("-", "")
    reader = record.tablet(cast.lind)
    marks = presences(reader.roll(cast.eight_a))
    assert Counter(marks.values()) == {"present": 28, "absent": 2}
    absent = [name for name, presence in marks.items() if presence == "absent"]
    assert len(away) == len(absent) == 2
    sent = [mark["student_id"] for mark in entry["op"]["marks"] if mark["presence"] == "absent"]
    assert sorted(sent) == sorted(absent)
    until(lambda: tablet.outbox()[0]["step"] == "recorded")
