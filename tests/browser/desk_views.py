"""The pages of the office desk and how to come to them: for axe-core and for the pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser import office_desk as desk


@dataclass(frozen=True)
class DeskView:
    """One page; `title` is what its heading says, whatever waits there."""

    name: str
    place: str
    title: str


DESK_VIEWS = [
    DeskView("students", "#/students", "Students"),
    DeskView("front-desk", "#/front-desk", "Front desk"),
    DeskView("clearing", "#/clearing", "without a reason|waits for a reason"),
    DeskView("contradictions", "#/contradictions", "fit together|Nothing waits here"),
    DeskView("attendance", "#/attendance", "attended of|No day is known yet"),
    DeskView("signatures", "#/signatures", "sign|not over yet"),
    DeskView("files", "#/files", "Timetable files"),
    DeskView("audit", "#/audit", "rolls?"),
]

# Each of these has a story of its own that looks at it in every window; here are its pictures.
MORE_VIEWS = [
    DeskView("contested", "#/contested", "need"),
    DeskView("held", "#/held", "wait"),
    DeskView("known-ahead", "#/front-desk/ahead", "."),
    DeskView("months", "#/attendance/months", "."),
    DeskView("charts", "#/attendance/charts", "."),
    DeskView("not-submitted", "#/reports/not-submitted", "submitted"),
    DeskView("submission", "#/reports/submission", "."),
    DeskView("outages", "#/audit/outages", "outage"),
    DeskView("calendar", "#/calendar", "."),
    DeskView("bells", "#/bells", "Bell schedules"),
    DeskView("deadlines", "#/deadlines", "Deadlines"),
    DeskView("exemptions", "#/exemptions", "Exemptions and leave"),
    DeskView("reminders", "#/reminders", "Reminders"),
    DeskView("passes", "#/passes", "Day passes"),
    DeskView("tablets", "#/tablets", "Tablets and people"),
    DeskView("paper", "#/sheets", "Paper sheets"),
]


def show(page: Page, view: DeskView) -> None:
    """Come to it, signed in, and wait until it is there with what it shows."""
    desk.visit(page, view.place)
    heading = page.get_by_role("heading", level=1, name=re.compile(view.title))
    expect(heading).to_be_visible()
    expect(page.locator(".desk-starting, [aria-busy=true]")).to_have_count(0)
