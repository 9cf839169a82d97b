"""Everybody present in two seconds, three weeks running: the teacher is asked first (X8)."""

from __future__ import annotations

import os
import re
from datetime import date
from uuid import uuid4

from playwright.sync_api import Page, expect

from server.models import FindingLine, table_of
from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.disagreement import inbox
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import until
from tests.browser.test_screens import complaints
from tests.support.api import School
from tests.support.cast import Cast, local, school_days

PICTURES = os.environ.get("TABLET_PICTURES")
LAST = date(2026, 10, 16)
MONDAY = date(2026, 10, 19)
LATER = date(2026, 10, 20), date(2026, 10, 21)


def test_X8_the_inbox_of_the_teacher_asks_first_in_a_calm_sentence(
    new_tablet: NewTablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    server.kill()
    ruiz = record.tablet(cast.ruiz)
    for on in school_days():
        if on <= LAST:
            record.clock.set(local(on, 8, 5))
            ruiz.push(ruiz.op(cast.eight_a, on=on) | {"took_ms": 1_300})
    server.move_to(local(LAST, 14, 30))
    server.start()
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    inbox(tablet)
    title = tablet.page.get_by_role("heading", name="Was everybody in 8A there each time?")
    expect(title).to_be_visible()
    thing = tablet.page.get_by_role("listitem").filter(has=title)
    expect(thing).to_contain_text(re.compile(r"each of your 14\srolls of 8A"))
    expect(thing).to_contain_text("That may well be so. You are asked first")
    until(lambda: len(record.rows(table_of(FindingLine))) == 1)
    for scheme in ("light", "dark"):
        tablet.page.emulate_media(color_scheme=scheme)
        assert complaints(tablet) == []
        for size in ((1024, 768), (768, 1024), (390, 844)):
            if PICTURES:
                tablet.page.set_viewport_size({"width": size[0], "height": size[1]})
                tablet.page.screenshot(path=f"{PICTURES}/quick-{size[0]}-{scheme}.png")
    thing.get_by_role("button", name="I have read this").click()
    expect(title).to_be_hidden()


def test_X8_the_office_is_asked_when_it_goes_on_and_what_it_says_holds_on_other_days(
    page: Page, server: SchoolServer, record: School, cast: Cast
) -> None:
    """Shown to the teacher on Friday; it goes on in the week after that."""
    server.kill()
    ruiz = record.tablet(cast.ruiz)
    for on in school_days():
        if on == MONDAY:
            (habit,) = ruiz.get("quick-rolls")["habits"]
            ruiz.post("quick-rolls/shown", {"line_id": str(uuid4()), "key": habit["key"]})
        if on <= LATER[1]:
            record.clock.set(local(on, 8, 5))
            ruiz.push(ruiz.op(cast.eight_a, on=on) | {"took_ms": 1_300})
    server.move_to(local(LATER[1], 14, 30))
    server.start()
    desk.arrive(page, server, cast.lind, f"#/contradictions/{LATER[1]}")
    found = page.get_by_role("list", name="What does not fit together").locator("> li")
    found = found.filter(has_text=re.compile("8A"))
    expect(found).to_contain_text(re.compile(r"D\.\sRuiz"))
    if PICTURES:
        desk.resize(page, desk.WIDE, "light")
        page.screenshot(path=f"{PICTURES}/quick-office.png")
    assert desk.faults(page) == []
    found.get_by_role("button", name=re.compile("^Set aside")).click()
    page.get_by_label("Why it is set aside").fill("She counts them at the door.")
    page.get_by_role("button", name="Set aside", exact=True).click()
    expect(found).to_contain_text(re.compile(r"Set aside by R\.\sLind"))
    page.get_by_label("School day").fill(str(LATER[0]))
    expect(page).to_have_url(re.compile(str(LATER[0])))
    expect(found).to_contain_text("She counts them at the door")
