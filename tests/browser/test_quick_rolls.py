"""Everybody present in two seconds, three weeks running: the teacher is asked first (X8)."""

from __future__ import annotations

import os
import re
from datetime import date

from playwright.sync_api import expect

from server.models import FindingLine, table_of
from tests.browser.conftest import NewTablet
from tests.browser.disagreement import inbox
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import until
from tests.browser.test_screens import complaints
from tests.support.api import School
from tests.support.cast import Cast, local, school_days

PICTURES = os.environ.get("TABLET_PICTURES")
LAST = date(2026, 10, 16)


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
