"""Pictures of the screens for the docs and for looking at: `python -m tests.browser.screenshots`.

They are taken from the demo, begun anew in a folder of its own, so what they show is what
`make demo` shows. Those of the docs go to docs/screenshots, all of them to the folder named.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from server.demo.build import PASSWORD
from server.demo.processes import free_port
from tests.browser import office_desk
from tests.browser.desk_views import DESK_VIEWS, MORE_VIEWS, show
from tests.browser.tablet import LANDSCAPE, Tablet, until

ROOT = Path(__file__).resolve().parents[2]
FOR_DOCS = {
    *("roll", "board", "today", "roll-phone", "today-phone", "roll-dark", "board-dark"),
    *("sign-in", "students-phone", "year", *(view.name for view in (*DESK_VIEWS, *MORE_VIEWS))),
}
DESK_SIZES = {
    "": office_desk.WIDE,
    "-landscape": office_desk.TABLET,
    "-portrait": (768, 1024),
    "-phone": office_desk.PHONE,
}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var/screenshots")
    folder = parser.parse_args().folder
    with (
        tempfile.TemporaryDirectory() as place,
        demo(Path(place)) as url,
        sync_playwright() as playwright,
    ):
        take_all(playwright, Path(place), url, folder)
    print(f"The pictures are in {folder} and in docs/screenshots.")


@contextmanager
def demo(place: Path) -> Iterator[str]:
    """A demo in a folder of its own, for as long as it is looked at."""
    port = free_port(8600)
    url = f"http://127.0.0.1:{port}"
    command = ["-m", "server.cli", "demo", "--dir", str(place / "demo"), "--port", str(port)]
    with (place / "demo.log").open("w") as log:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=log, stderr=log)
    try:
        until(lambda: process.poll() is not None or _answers(url), 120)
        yield url
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def take_all(playwright: Playwright, place: Path, url: str, folder: Path) -> None:
    """Ruiz's tablet, a phone, and the office's desk, by day and in the dark."""
    for scheme, mark in (("light", ""), ("dark", "-dark")):
        for name, viewport in (("", LANDSCAPE), ("-phone", PHONE)):
            profile = place / f"ruiz{name}{mark}"
            tablet = Tablet(playwright, profile, url, viewport=viewport, color_scheme=scheme)
            take_tablet(tablet, folder, name + mark)
            tablet.close()
    with office_desk.browsing(playwright) as browser:
        take_desk(browser.new_page(), url, folder)


def take_desk(page: Page, url: str, folder: Path) -> None:
    """The board and the other pages of the desk, in every window, by day and in the dark."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{url}/office/")
    sign_in(page, "lind")
    page.get_by_text("Live.").first.wait_for()
    take_page(page, folder, "board")
    for view in (*DESK_VIEWS, *MORE_VIEWS):
        show(page, view)
        take_page(page, folder, view.name)
    office_desk.visit(page, "#/attendance")
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.locator("figure.year").wait_for()
    take_page(page, folder, "year")


def take_page(page: Page, folder: Path, name: str) -> None:
    """One page as it stands; nothing is loaded again between the pictures."""
    for size, window in DESK_SIZES.items():
        for scheme, mark in (("light", ""), ("dark", "-dark")):
            office_desk.resize(page, window, scheme)
            keep(page, folder, f"{name}{size}{mark}", rest_ms=400)
    office_desk.resize(page, office_desk.WIDE, "light")


def take_tablet(tablet: Tablet, folder: Path, mark: str) -> None:
    """Sign in, the day, and a roll with two absent, not submitted."""
    tablet.open("/")
    keep(tablet.page, folder, f"sign-in{mark}")
    sign_in(tablet.page, "ruiz")
    roll = tablet.page.get_by_role("button", name=re.compile("^Submit"))
    day = tablet.page.locator(".meetings")
    roll.or_(day).first.wait_for()
    if roll.is_visible():
        tablet.page.get_by_role("button", name="Back to today").click()
    day.wait_for()
    keep(tablet.page, folder, f"today{mark}")
    tablet.page.get_by_role("button", name=re.compile("^Take roll")).click()
    roll.wait_for()
    for name in ("Emma", "Maeve"):
        here = tablet.page.get_by_role("button", name=re.compile(f"^{name} "), pressed=False)
        here.first.click()
    keep(tablet.page, folder, f"roll{mark}")


def sign_in(page: Page, username: str) -> None:
    """As a person does; the password is the demo's."""
    page.locator("input").nth(0).fill(username)
    page.locator("input").nth(1).fill(PASSWORD)
    page.keyboard.press("Enter")


def keep(page: Page, folder: Path, name: str, rest_ms: int = 1200) -> None:
    """The picture, once nothing moves any more."""
    page.wait_for_timeout(rest_ms)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")
    if name in FOR_DOCS:
        page.screenshot(path=ROOT / "docs/screenshots" / f"{name}.png")


if __name__ == "__main__":
    main()
