"""Layer (d): the real pages in Chromium; browser and server are killed at random moments.

What a tablet once showed as saved is on the record in the end, once; and nothing waits any more.
`FLEET_PWA_STEPS=200`, `FLEET_SEED=7`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Playwright
from playwright.sync_api import TimeoutError as TooSlow

from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.fleet.lone import sound
from tests.fleet.tally import SEED, tell
from tests.support.api import prepare
from tests.support.cast import MORNING, Person, gather
from tests.support.patience import PATIENCE

pytestmark = [pytest.mark.fleet, pytest.mark.browser]
DIST = Path(__file__).parents[2] / "pwa" / "dist"
STEPS = int(os.environ.get("FLEET_PWA_STEPS", "12"))
SAVE_S = 10.0 * PATIENCE
DELIVERED_S = 150.0 * PATIENCE
TRIES = 3


class Morning:
    """A server, some tablets, and what each of them showed as saved."""

    def __init__(self, server: SchoolServer, tablets: list[Tablet], rng: Random) -> None:
        self.server, self.tablets, self.rng = server, tablets, rng
        self.saved: dict[Path, set[str]] = {tablet.profile: set() for tablet in tablets}
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        """One thing that happens."""
        tablet = self.rng.choice(self.tablets)
        happens = self.rng.choices(
            [self.submit, self.submit_and_die, self.tap_and_die, self.server_dies], [4, 4, 2, 3]
        )[0]
        happens(tablet)
        self.done[happens.__name__] += 1

    def submit(self, tablet: Tablet) -> None:
        """A roll, or a change to it; afterwards it lies in the outbox."""
        self._saves(tablet, wait=True)

    def submit_and_die(self, tablet: Tablet) -> None:
        """kill -9 of the browser as soon as the roll is shown as saved, or some moments later."""
        self._saves(tablet, wait=True)
        time.sleep(self.rng.choice([0, 0, 0.05, 0.3]))
        self._die(tablet)

    def tap_and_die(self, tablet: Tablet) -> None:
        """kill -9 in the middle of submitting: saved or still a draft, and never in between."""
        self._saves(tablet, wait=False)
        time.sleep(self.rng.random() * 0.1)
        self._die(tablet)

    def server_dies(self, _: Tablet) -> None:
        """kill -9 of the server, or it comes up again."""
        if self.server.process is None:
            self.server.start()
        else:
            self.server.kill()

    def _saves(self, tablet: Tablet, *, wait: bool) -> None:
        before = len(tablet.outbox())
        self._submits(tablet)
        if wait:
            until(lambda: len(tablet.outbox()) > before, SAVE_S)
            tablet.submitted_here()
            self.saved[tablet.profile] |= {str(entry["id"]) for entry in tablet.outbox()}

    def _submits(self, tablet: Tablet) -> None:
        """A colleague may say the same before it is submitted: then nothing is left to submit."""
        for _ in range(TRIES - 1):
            self._taps(tablet, self.rng.randrange(30))
            with suppress(TooSlow):
                tablet.submit_button().click(timeout=SAVE_S * 1000)
                return
        self._taps(tablet, self.rng.randrange(30))
        tablet.submit_button().click()

    def _taps(self, tablet: Tablet, place: int) -> None:
        """A colleague's mark may arrive between the look and the tap: then it is tapped again."""
        for _ in range(TRIES - 1):
            with suppress(TooSlow):
                tablet.tap(place, within_ms=SAVE_S * 1000)
                return
        tablet.tap(place)

    def _die(self, tablet: Tablet) -> None:
        tablet.kill()
        tablet.reopen()
        tablet.page.locator(".students").wait_for()
        kept = {str(entry["id"]) for entry in tablet.outbox()}
        self.done["browser killed"] += 1
        assert self.saved[tablet.profile] <= kept, "K3: shown as saved, and gone with the browser"

    def ends(self) -> set[str]:
        """The faults stop: every outbox is delivered; all ops that there are on any tablet."""
        if self.server.process is None:
            self.server.start()
        made: set[str] = set()
        for tablet in self.tablets:
            tablet.page.evaluate("dispatchEvent(new Event('online'))")
            until(lambda tablet=tablet: delivered(tablet), DELIVERED_S)
            made |= {str(entry["id"]) for entry in tablet.outbox()}
        return made


def delivered(tablet: Tablet) -> bool:
    """Whether every entry was answered for good."""
    return {entry["step"] for entry in tablet.outbox()} <= {"received", "recorded"}


@contextmanager
def morning(playwright: Playwright, folder: Path, seed: int) -> Iterator[Morning]:
    assert (DIST / "index.html").is_file(), "the pages are not built: run `make setup`"
    database = folder / "school.sqlite"
    prepare(f"sqlite:///{database}")
    server, cast = SchoolServer(database, MORNING), gather()
    server.start()
    tablets = []
    try:
        for person in (cast.ruiz, cast.okafor):
            tablets.append(Tablet(playwright, folder / person.username, server.url))
            signs_in(tablets[-1], person)
        yield Morning(server, tablets, Random(1 + seed))
    finally:
        for tablet in tablets:
            tablet.close()
        server.kill()


def signs_in(tablet: Tablet, person: Person) -> None:
    """Signed in, ready without a network, on the roll; a killed browser will not forget it."""
    tablet.open()
    tablet.sign_in(person)
    tablet.ready_offline()
    tablet.sleep_and_wake()
    tablet.page.locator(".students").wait_for()


def test_K3_every_roll_that_was_shown_as_saved_is_on_the_record_once(
    chromium: Playwright, tmp_path: Path
) -> None:
    with morning(chromium, tmp_path, SEED) as here:
        for _ in range(STEPS):
            here.step()
        made = here.ends()
        url = f"sqlite:///{here.server.database}"
    saved = set().union(*here.saved.values())
    ops = sound(url, saved)
    killed = here.done["browser killed"] + here.done["server_dies"]
    tell("K3, real pages", str(dict(here.done)), ops=ops, saved=len(saved), kills=killed)
    assert saved <= made
    assert ops == len(made)
    assert saved
