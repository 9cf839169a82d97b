"""Ruiz and Okafor share a tablet: each sees her own; what waits goes in its author's name."""

from __future__ import annotations

from playwright.sync_api import expect

from server.models import OpEntry, table_of
from tests.browser.people import (
    OTHER_PIN,
    PIN,
    add,
    choose_pin,
    lock,
    locked,
    set_pin,
    store,
    unlock,
)
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_vault import submit
from tests.support.api import School
from tests.support.cast import Cast

OPS = table_of(OpEntry)


def test_O9_ruizs_roll_waits_while_okafor_has_the_tablet_and_arrives_as_ruizs(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    tablet.tap(5)
    server.kill()
    submit(tablet)
    (entry,) = tablet.outbox()
    tablet.tap(9)
    lock(tablet)
    expect(tablet.page.locator(".person", has_text=cast.ruiz.name)).to_contain_text(
        "1 roll waiting here"
    )
    tablet.context.route("**/ops", lambda route: route.abort())
    server.start()
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    assert tablet.page.locator('.tile[aria-pressed="true"]').count() == 0
    assert tablet.submit_button().inner_text() == "Submit 30 present"
    tablet.page.goto(f"{tablet.url}/#/tray")
    expect(tablet.page.get_by_role("button", name="Delete")).to_have_count(0)
    assert [kept["id"] for kept in tablet.outbox()] == [entry["id"]]

    tablet.context.unroute("**/ops")
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS)) == 1)
    (op,) = record.rows(OPS)
    assert (str(op.op_id), op.author, op.outcome) == (entry["id"], cast.ruiz.staff_id, "accepted")

    tablet.page.goto(f"{tablet.url}/#/roll/{cast.eight_a.roll()}")
    lock(tablet)
    unlock(tablet, cast.ruiz, PIN)
    tablet.page.goto(f"{tablet.url}/#/roll/{cast.eight_a.roll()}")
    expect(tablet.page.locator('.tile[aria-pressed="true"]')).to_have_count(2)
    tablet.says("Submit 1 change")


def test_O9_each_persons_drafts_are_her_own(tablet: Tablet, cast: Cast) -> None:
    set_pin(tablet)
    tablet.tap(3)
    lock(tablet)
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    tablet.tap(7)
    tablet.tap(8)
    lock(tablet)
    for person, pin, taps in ((cast.ruiz, PIN, 1), (cast.okafor, OTHER_PIN, 2)):
        unlock(tablet, person, pin)
        tablet.page.locator(".students").wait_for()
        assert tablet.page.locator('.tile[aria-pressed="true"]').count() == taps
        lock(tablet)
    assert len(tablet.drafts()) == 2


def test_O9_somebody_who_is_added_comes_after_a_pin_and_both_stay_signed_in(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("Somebody else takes roll here")
    choose_pin(tablet, PIN)
    tablet.page.get_by_label("School e-mail or user name").fill(cast.okafor.username)
    tablet.page.get_by_label("Password").fill(cast.okafor.password)
    tablet.page.get_by_role("button", name="Sign in", exact=True).click()
    tablet.says("Others take roll here too")
    choose_pin(tablet, OTHER_PIN)
    tablet.page.locator(".students").wait_for()
    lock(tablet)
    unlock(tablet, cast.ruiz, PIN)
    tablet.page.locator(".students").wait_for()
    tablet.tap(3)
    submit(tablet)
    until(lambda: len(record.rows(OPS, author=cast.ruiz.staff_id)) == 1)
    tablet.press("Show the names")
    tablet.on_record()
    sessions = server.rows("SELECT count(*) FROM signin_session WHERE revoked_at IS NULL")
    assert sessions == [(2,)]


def test_O9_signing_out_takes_ones_own_lists_and_leaves_the_queue_and_the_others(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    tablet.context.route("**/ops", lambda route: route.abort())
    tablet.tap(2)
    submit(tablet)
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("Sign out")
    tablet.says("kept, and sent all the same")
    tablet.page.get_by_role("button", name="Sign out").last.click()
    locked(tablet)
    expect(tablet.page.locator(".person")).to_have_count(1)
    assert len(tablet.outbox()) == 1
    tablet.context.unroute("**/ops")
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS, author=cast.okafor.staff_id, outcome="accepted")) == 1)
    unlock(tablet, cast.ruiz, PIN)


def test_O9_a_queue_gets_through_with_every_session_over_and_the_tablet_locked(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    server.kill()
    server.write("DELETE FROM signin_session")
    tablet.tap(2)
    submit(tablet)
    lock(tablet)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS, author=cast.ruiz.staff_id, outcome="accepted")) == 1)
    tablet.says("Nothing waiting")


def test_O9_whoever_has_no_pin_leaves_no_list_to_the_next_person(
    tablet: Tablet, server: SchoolServer, cast: Cast
) -> None:
    server.kill()
    server.write("DELETE FROM signin_session")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.page.get_by_role("button", name="Sign in").last.click()
    tablet.sign_in(cast.brandt)
    assert tablet.page.get_by_role("button", name="8A").count() == 0
    lists = store(tablet, "sealed")
    assert {key.split("/")[0] for key in lists} == {str(cast.brandt.staff_id)}
