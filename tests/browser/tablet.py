"""A tablet: Chromium with a profile on disk, and what a teacher does with it."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright

from tests.support.cast import Person
from tests.support.patience import PATIENCE

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
LANDSCAPE = {"width": 1024, "height": 768}
# A request gives up after 20 s; then the next one has to come through.
PATIENCE_MS = 30_000 * PATIENCE


def find_chromium() -> str | None:
    """The system's Chromium; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next(filter(None, found), None)


class Tablet:
    """One browser profile at one address. What it complains of is collected and asserted empty."""

    def __init__(self, playwright: Playwright, profile: Path, url: str, **options: Any) -> None:
        """Take a folder; the browser starts with `open`."""
        self.playwright = playwright
        self.profile = profile
        self.url = url
        self.flags = [*FLAGS, *options.pop("flags", ())]
        self.options = {"viewport": LANDSCAPE, "locale": "en-US", **options}
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.answers: list[tuple[int, str]] = []
        self.context: BrowserContext
        self.page: Page

    def start(self) -> None:
        """Start the browser with an empty tab."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            headless=True,
            args=self.flags,
            **self.options,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("response", lambda answer: self.answers.append((answer.status, answer.url)))
        self.context.on("page", self._listen)
        self.page = self.context.pages[0]
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: Any) -> None:
        """Everything but the browser's own lines about requests that failed."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, where: str = "/") -> None:
        """Start if need be, and go to a page."""
        if not hasattr(self, "context"):
            self.start()
        self.page.goto(self.url + where)

    def reopen(self, where: str = "/") -> None:
        """After a kill: the same profile in a new browser."""
        self.start()
        self.open(where)

    def close(self) -> None:
        """Close the browser as a person would."""
        with suppress(Error, AttributeError):
            self.context.close()

    def sleep_and_wake(self) -> None:
        """Closed and started again: a killed Chromium would forget a cookie of this minute."""
        self.close()
        self.reopen()

    def kill(self) -> None:
        """kill -9 of every process of this browser."""
        mine = f"--user-data-dir={self.profile}"
        for pid in _processes(mine):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        limit = time.monotonic() + 5
        while _processes(mine) and time.monotonic() < limit:
            time.sleep(0.02)
        self.close()

    # What a teacher does.

    def sign_in(self, person: Person) -> None:
        """Fill in the form and wait for the first screen."""
        self.page.get_by_label("School e-mail or user name").fill(person.username)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.locator(".meetings, .students, .empty").first.wait_for()

    def ready_offline(self) -> None:
        """Wait until the worker keeps the shell."""
        self.page.wait_for_function(
            "async () => (await navigator.serviceWorker.getRegistration())?.active?.state"
            " === 'activated' && navigator.serviceWorker.controller !== null"
        )

    def student(self, place: int) -> Locator:
        """A student by place on the screen, from 0."""
        return self.page.locator(".tile").nth(place)

    def tap(self, place: int, within_ms: float = PATIENCE_MS) -> None:
        """Here or not here; returns when the tile says so."""
        tile = self.student(place)
        before = tile.get_attribute("aria-pressed")
        tile.click()
        after = "false" if before == "true" else "true"
        self.page.locator(
            f'.tile[id="{tile.get_attribute("id")}"][aria-pressed="{after}"]'
        ).wait_for(timeout=within_ms)

    def press(self, words: str) -> None:
        """A button by its words."""
        self.page.get_by_role("button", name=words).first.click()

    def says(self, words: str) -> None:
        """Wait until the screen says so."""
        self.page.get_by_text(words).first.wait_for()

    def submitted_here(self) -> None:
        """Wait for the first step of the road; "Draft saved on this tablet" is not it."""
        self.page.locator(".step-done", has_text="Saved on this tablet").wait_for()

    def on_record(self) -> None:
        """Wait for the third step of the road."""
        self.page.locator(".step-done", has_text="On the record").wait_for(timeout=75_000)

    def submit_button(self) -> Locator:
        """The one in the bar."""
        return self.page.locator(".submit-button button")

    def outbox(self) -> list[dict[str, Any]]:
        """What the store of this tablet holds, read beside the app."""
        found: list[dict[str, Any]] = self.page.evaluate(READ_ALL, "outbox")
        return found

    def drafts(self) -> list[dict[str, Any]]:
        """As `outbox`."""
        found: list[dict[str, Any]] = self.page.evaluate(READ_ALL, "drafts")
        return found


READ_ALL = """(name) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


def _processes(mark: str) -> list[int]:
    """The processes that were started with this argument, and so by this test."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if mark in (folder / "cmdline").read_bytes().decode(errors="replace").split("\0"):
                    found.append(int(folder.name))
    return found


def until(done: Callable[[], bool], seconds: float = 20 * PATIENCE) -> None:
    """Wait for something outside the page."""
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, "it did not come about in time"
        time.sleep(0.05)
