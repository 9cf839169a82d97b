"""The office desk for tests: Chromium at the door, and tablets that push over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page, Playwright, expect
from playwright.sync_api import TimeoutError as TooSlow

from server.columns import spell
from tests.browser.school_server import SchoolServer
from tests.support import cast as the_cast
from tests.support.api import uuid7
from tests.support.patience import PATIENCE

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)


@dataclass
class WireTablet:
    """One person's tablet, on the wire."""

    server: SchoolServer
    person: the_cast.Person
    at: datetime

    def __post_init__(self) -> None:
        """Sign in."""
        self.session = requests.Session()
        self.session.headers["Origin"] = self.server.url
        body = {
            "username": self.person.username,
            "password": self.person.password,
            "device_id": str(self.person.device_id),
            "device_label": f"Tablet of {self.person.name}",
        }
        self.grant = self._post("sign-in", body)["grant"]["grant_id"]

    def op(self, one: the_cast.Class, marks: dict[int, str], **more: Any) -> dict[str, Any]:
        """A roll of a class, everybody present but those named by place; taken at `self.at`."""
        said = [
            {"student_id": str(student), "presence": marks.get(place, "present")}
            for place, student in enumerate(one.students)
        ]
        clock = {
            "offset_ms": 0,
            "uncertainty_ms": 90,
            "server_seen_at": spell(self.at - timedelta(minutes=2)),
            "suspect": False,
        }
        return {
            "id": str(uuid7(self.at)),
            "v": 1,
            "kind": "submit",
            "roll_id": str(one.roll()),
            "grant": self.grant,
            "roster_rev": 1,
            "taken_at": spell(self.at),
            "clock": clock,
            "marks": said,
        } | more

    def push(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        """Send a batch; an outcome each."""
        batch = {
            "protocol": 1,
            "app": "test",
            "device_id": str(self.person.device_id),
            "epoch": None,
            "client_time": spell(self.at),
            "ops": list(ops),
        }
        answer = self._post(f"schools/{self.person.school_id}/ops", batch)
        results: list[dict[str, Any]] = answer["results"]
        return results

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.session.post(f"{self.server.url}/api/v1/{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told


@contextmanager
def browsing(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own."""
    system = Path("/usr/bin/chromium")
    path = str(system) if system.exists() else None
    browser = playwright.chromium.launch(headless=True, args=FLAGS, executable_path=path)
    try:
        yield browser
    finally:
        browser.close()


def sign_in(page: Page, server: SchoolServer, person: the_cast.Person) -> None:
    """Through the door, as a person does it."""
    page.goto(f"{server.url}/office/")
    page.get_by_label("Sign-in name").fill(person.username)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()


def watch(page: Page) -> list[str]:
    """Collects what must not happen: errors of scripts, and refusals by the security policy."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: (
            wrong.append(said.text)
            if "Content Security" in said.text or "Trusted" in said.text
            else None
        ),
    )
    return wrong


def resize(page: Page, size: tuple[int, int], scheme: str) -> None:
    """Another window and theme; nothing is reloaded."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )


def faults(page: Page, within: str = "html") -> list[str]:
    """What axe finds against WCAG 2.2 AA; injected past the policy, as a tool would be."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # What is being laid out anew is looked at again.
    return _violations(page, within) and _violations(page, within)


def _violations(page: Page, within: str) -> list[str]:
    run = "([rules, within]) => axe.run(within, {runOnly: rules})"
    found = page.evaluate(run, [RULES, within])["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways as a whole, also after it had time to lay itself out."""
    fits = "() => document.documentElement.scrollWidth <= window.innerWidth"
    try:
        page.wait_for_function(fits, timeout=2_000 * PATIENCE)
    except TooSlow:
        return True
    return False


def expect_board(page: Page) -> None:
    """The board is here and live."""
    expect(page.get_by_text("Live.")).to_be_visible(timeout=10_000 * PATIENCE)


def arrive(page: Page, server: SchoolServer, person: the_cast.Person, place: str = "") -> None:
    """Signed in at the desk, the board seen, and then a page of it: `#/held`."""
    sign_in(page, server, person)
    expect_board(page)
    if place:
        visit(page, place)


def visit(page: Page, place: str) -> None:
    """Another page of the desk, as by its address."""
    page.evaluate("(hash) => { location.hash = hash; }", place)


def choose_page(page: Page, menu: str, words: str) -> None:
    """Another page of the desk, from a menu of its bar."""
    nav = page.get_by_role("navigation", name="Desk")
    nav.get_by_role("button", name=menu).click()
    nav.get_by_role("link", name=words, exact=True).click()


def differ(server: SchoolServer, at: datetime, marks: dict[int, str] | None = None) -> None:
    """Ruiz and Okafor take the same roll, unknown to each other, and see different things."""
    cast = the_cast.gather()
    both = ((cast.ruiz, 1, marks or {2: "absent"}), (cast.okafor, 0, {}))
    for person, minutes, seen in both:
        tablet = WireTablet(server, person, at - timedelta(minutes=minutes))
        tablet.push(tablet.op(cast.eight_a, seen))
