"""The inbox with something of everything in it, and a roll on its way over another tablet."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.disagreement import online, release
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.api import School, open_school
from tests.support.cast import MORNING, TUESDAY, Cast

MONDAY = TUESDAY - timedelta(days=1)
LATE = "2026-10-06T15:12:00.000Z"


def _others_speak(record: School, cast: Cast, ruizs: str) -> None:
    """Okafor saw two differently, Lind ruled on a third, and somebody joined on Monday."""
    record.clock.set(MORNING + timedelta(minutes=6))
    okafor, lind = record.tablet(cast.okafor), record.tablet(cast.lind)
    okafor.push(okafor.op(cast.eight_a))
    ruling = {
        "student_id": str(cast.eight_a.students[9]),
        "presence": "late",
        "arrived_at": LATE,
        "parents": [ruizs, *_ops(record, cast)],
        "why": "Signed in at the front desk.",
    }
    lind.push(lind.op(cast.eight_a, kind="rule", marks=[ruling]))
    monday = okafor.op(cast.eight_a, on=MONDAY)
    okafor.push(monday | {"marks": monday["marks"][1:]})


def _ops(record: School, cast: Cast) -> list[str]:
    ops: list[str] = record.tablet(cast.lind).roll(cast.eight_a)["ops"]
    return ops


def _taken(tablet: Tablet, cast: Cast) -> None:
    """Ruiz's roll with two absent: the fifth and the tenth of the class, wherever they stand."""
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    for place in (4, 9):
        tablet.page.locator(f'.tile[id*="{cast.eight_a.students[place]}"]').click()
    tablet.page.locator('.tile[aria-pressed="true"]').nth(1).wait_for()
    tablet.submit_button().click()
    tablet.submitted_here()
    release(tablet)
    tablet.on_record()


def inbox(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Two people differ, the office changed a mark, somebody is not marked."""
    _taken(tablet, cast)
    record = open_school(f"sqlite:///{server.database}")
    _others_speak(record, cast, str(tablet.outbox()[0]["id"]))
    record.engine.dispose()
    online(tablet)
    tablet.page.get_by_role("button", name="For you, 3 things").click()
    tablet.says("is not marked")


def inbox_settled(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Two answered, one of them with the office."""
    inbox(tablet, server, cast)
    tablet.page.get_by_role("button", name="was here").click()
    tablet.press("I saw something else")
    tablet.press("I saw: absent")
    tablet.says("With somebody else now")
    tablet.page.locator(".kept-marks summary").last.click()


def inbox_else(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """What the teacher saw instead, with words for the office."""
    inbox(tablet, server, cast)
    tablet.press("I saw something else")
    tablet.page.locator("dialog").wait_for()


def inbox_empty(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Nothing is asked."""
    _taken(tablet, cast)
    tablet.page.goto(f"{tablet.url}/#/inbox")
    tablet.says("Nothing needs you")


def waits_here(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A submitted roll and no network: by code or by file."""
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    server.kill()
    tablet.submit_button().click()
    tablet.submitted_here()
    release(tablet)
    tablet.says("Waiting for network")
    tablet.page.goto(f"{tablet.url}/#/tray")
    tablet.says("waiting here")


def code(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """The roll as codes."""
    waits_here(tablet, server, cast)
    tablet.press("Show as code")
    tablet.page.locator("canvas.code[data-drawn]").wait_for()


def carry(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Where a roll is scanned, on a tablet without a camera."""
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.page.goto(f"{tablet.url}/#/carry")
    tablet.press("Scan the code")
    tablet.page.get_by_role("alert").wait_for()


INBOX_VIEWS = (inbox, inbox_settled, inbox_else, inbox_empty, waits_here, code, carry)
