"""Every screen of the tablet, and the pages of the desk, light and dark, to be looked at:
`python -m tests.browser.every_screen [folder] [view …]`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Playwright, sync_playwright

from tests.browser import office_desk
from tests.browser.desk_views import DESK_VIEWS, MORE_VIEWS, show
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.views import VIEWS, View
from tests.support.api import prepare
from tests.support.cast import MORNING, gather

SIZES = {"wide": (1024, 768), "tall": (768, 1024), "phone": (390, 844)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """All of them, or those that are named."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots/tablet")
    wanted = sys.argv[2:]
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        template = Path(place) / "template.sqlite"
        prepare(f"sqlite:///{template}")
        for view in VIEWS:
            if not wanted or view.name in wanted:
                picture(view, playwright, template, target)
        picture_desk(playwright, template, target, wanted)
    print(f"The pictures are in {target}.")


def picture(view: View, playwright: Playwright, template: Path, target: Path) -> None:
    """One view at every size, on a school of its own."""
    database = template.with_name(f"{view.name}.sqlite")
    shutil.copy(template, database)
    server = SchoolServer(database, MORNING)
    server.start()
    tablet = Tablet(playwright, template.with_name(view.name), server.url)
    try:
        view.show(tablet, server, gather())
        for size, (width, height) in SIZES.items():
            tablet.page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                tablet.page.emulate_media(color_scheme=theme)
                tablet.page.wait_for_timeout(300)
                tablet.page.screenshot(path=target / f"{view.name}-{size}-{theme}.png")
    finally:
        tablet.close()
        server.kill()


def picture_desk(playwright: Playwright, template: Path, target: Path, wanted: list[str]) -> None:
    """The desk's pages in one window of one school: each is loaded once for all its pictures."""
    views = [view for view in (*DESK_VIEWS, *MORE_VIEWS) if not wanted or view.name in wanted]
    if not views:
        return
    database = template.with_name("desk.sqlite")
    shutil.copy(template, database)
    server = SchoolServer(database, MORNING)
    server.start()
    try:
        with office_desk.browsing(playwright) as browser:
            page = browser.new_page()
            page.set_viewport_size({"width": 1440, "height": 900})
            office_desk.differ(server, MORNING)
            office_desk.arrive(page, server, gather().lind)
            for view in views:
                show(page, view)
                for size, window in {"desk": office_desk.WIDE, **SIZES}.items():
                    for theme in THEMES:
                        office_desk.resize(page, window, theme)
                        page.wait_for_timeout(300)
                        page.screenshot(path=target / f"{view.name}-{size}-{theme}.png")
                office_desk.resize(page, office_desk.WIDE, "light")
    finally:
        server.kill()


if __name__ == "__main__":
    main()
