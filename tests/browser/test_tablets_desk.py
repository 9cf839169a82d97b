"""Tablets and people at the office desk: a lost one loses its leave, and says what that means."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import office_desk as desk
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast

CAST = the_cast.gather()
AT = the_cast.MORNING
PICTURES = os.environ.get("OFFICE_PICTURES")


def open_tablets(page: Page, server: SchoolServer, person: the_cast.Person) -> Page:
    desk.sign_in(page, server, person)
    desk.expect_board(page)
    desk.choose_page(page, "School", "Tablets")
    expect(page.get_by_role("heading", name="Tablets and people")).to_be_visible()
    return page


@pytest.fixture
def tablets(page: Page, server: SchoolServer) -> Page:
    """Lind looks at the tablets; Ruiz took a roll on hers at 8:03."""
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    ruiz.push(ruiz.op(CAST.eight_a, {}))
    return open_tablets(page, server, CAST.lind)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=re.compile(re.escape(name)))
    )


def test_each_tablet_is_told_with_its_people_and_when_it_was_seen(tablets: Page) -> None:
    ruiz = row(tablets, "Tablet of D. Ruiz")
    expect(ruiz).to_contain_text("D. Ruiz (teacher)")
    expect(ruiz).to_contain_text(re.compile(r"Last seen 8:0\d, last roll 8:0\d"))
    expect(row(tablets, "Tablet of P. Brandt")).to_contain_text("no roll came from it")
    expect(row(tablets, "Office desk")).to_contain_text("this browser")
    tablets.get_by_label("Find a tablet or a person").fill("okafor")
    expect(tablets.get_by_role("listitem").filter(has_text="Last seen")).to_have_count(1)


def test_a_lost_tablet_is_revoked_with_a_reason_and_what_it_captured_before_counts(
    tablets: Page, server: SchoolServer
) -> None:
    ruiz = desk.WireTablet(server, CAST.ruiz, AT)
    before = ruiz.op(CAST.eight_a, {3: "absent"})
    ruiz.at = AT + timedelta(hours=1)
    after = ruiz.op(CAST.eight_a, {5: "absent"})
    tablets.get_by_role("button", name="Lost? Revoke Tablet of D. Ruiz").click()
    lost = row(tablets, "Tablet of D. Ruiz")
    expect(lost).to_contain_text("What it captured before counts, also when it arrives later.")
    expect(lost).to_contain_text("wipes the students’ names")
    expect(lost).to_contain_text("What may be on it: the students’ names of 8A")
    revoke = lost.get_by_role("button", name="Revoke Tablet of D. Ruiz", exact=True)
    revoke.click()
    expect(tablets.get_by_role("alert")).to_contain_text("Why?")
    lost.get_by_label("Why").fill("left on the bus")
    revoke.click()
    expect(lost).to_contain_text(re.compile(r"Revoked 8:0\d by R\.\sLind: “left on the bus”\."))
    expect(tablets.get_by_role("button", name="Lost? Revoke Tablet of D. Ruiz")).to_have_count(0)
    assert [one["outcome"] for one in ruiz.push(before)] == ["accepted"]
    server.kill()
    server.move_to(AT + timedelta(hours=2))
    server.start()
    (held,) = ruiz.push(after)
    assert (held["outcome"], held["reason"]) == ("held", "grant_revoked")


def test_a_tablet_that_was_found_is_let_in_again_with_a_reason_and_that_is_taken_back(
    tablets: Page, server: SchoolServer
) -> None:
    ruiz = row(tablets, "Tablet of D. Ruiz")
    tablets.get_by_role("button", name="Lost? Revoke Tablet of D. Ruiz").click()
    ruiz.get_by_label("Why").fill("left on the bus")
    ruiz.get_by_label("Why").press("Enter")
    expect(ruiz.get_by_role("textbox")).to_have_count(0)
    ruiz.get_by_role("button", name="Found? Let in again: Tablet of D. Ruiz").click()
    expect(ruiz).to_contain_text("What was captured on it while it was revoked stays held")
    ruiz.get_by_role("button", name="Let Tablet of D. Ruiz in again", exact=True).click()
    expect(tablets.get_by_role("alert")).to_contain_text("Why?")
    ruiz.get_by_label("Why").fill("found in the gym")
    ruiz.get_by_label("Why").press("Enter")
    expect(tablets.get_by_text("Tablet of D. Ruiz may be used again.")).to_be_visible()
    expect(ruiz).not_to_contain_text("left on the bus")
    assert desk.WireTablet(server, CAST.ruiz, AT).grant
    tablets.get_by_role("button", name="Undo").click()
    expect(tablets.get_by_text("Tablet of D. Ruiz is revoked again.")).to_be_visible()
    expect(ruiz).to_contain_text("“It was let in again by mistake”")
    expect(tablets.get_by_role("button", name="Undo")).to_have_count(0)
    tablets.get_by_label("Find a tablet or a person").fill("nobody's")
    expect(tablets.get_by_text("Nothing here is called “nobody's”.")).to_be_visible()


def test_a_persons_leave_is_taken_back_by_an_administrator_only(
    page: Page, tablets: Page, server: SchoolServer
) -> None:
    tablets.get_by_role("button", name="People").click()
    ruiz = row(tablets, "D. Ruiz")
    expect(ruiz).to_contain_text("May record on Tablet of D. Ruiz.")
    expect(ruiz).to_contain_text("An administrator can take this leave back.")
    expect(ruiz.get_by_role("button")).to_have_count(0)
    tablets.get_by_role("button", name="Sign out").click()
    moss = open_tablets(page, server, CAST.moss)
    moss.get_by_role("button", name="People").click()
    moss.get_by_role("button", name="Take back the leave of P. Brandt").click()
    brandt = row(moss, "P. Brandt")
    expect(brandt).to_contain_text("P. Brandt is signed out everywhere")
    brandt.get_by_label("Why").fill("has left the school")
    brandt.get_by_label("Why").press("Enter")
    expect(brandt).to_contain_text(
        re.compile(r"Leave taken back 8:0\d by T\.\sMoss: “has left the school”\.")
    )
    expect(row(moss, "T. Moss").get_by_role("button")).to_have_count(0)


def test_where_the_server_does_not_answer_the_tablets_can_be_asked_for_again(
    page: Page, server: SchoolServer
) -> None:
    desk.sign_in(page, server, CAST.lind)
    desk.expect_board(page)
    page.route("**/devices", lambda route: route.abort())
    desk.choose_page(page, "School", "Tablets")
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    page.unroute("**/devices")
    page.get_by_role("button", name="Try again").click()
    expect(row(page, "Tablet of D. Ruiz")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find_at_any_size(tablets: Page, scheme: str) -> None:
    tablets.get_by_role("button", name="Lost? Revoke Tablet of P. Brandt").click()
    row(tablets, "Tablet of P. Brandt").get_by_label("Why").fill("gone")
    row(tablets, "Tablet of P. Brandt").get_by_label("Why").press("Enter")
    expect(tablets.get_by_text("Tablet of P. Brandt is revoked.")).to_be_visible()
    tablets.get_by_role("button", name="Lost? Revoke Tablet of D. Ruiz").click()
    for shows in ("Tablets", "People"):
        tablets.get_by_role("button", name=shows, exact=True).click()
        for size in (desk.WIDE, desk.TABLET, (768, 1024), desk.PHONE, (320, 640)):
            desk.resize(tablets, size, scheme)
            assert desk.faults(tablets) == [], f"{shows} at {size}, {scheme}"
            assert not desk.overflows(tablets), f"{shows} at {size}"
            if PICTURES:
                tablets.screenshot(path=f"{PICTURES}/{shows}-{size[0]}-{scheme}.png")
