"""The story's stage: a school's server, tablets, and the people of the cast."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import office_desk
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.api import School, open_school, prepare
from tests.support.cast import MORNING, Cast, gather
from tests.support.patience import PATIENCE

HERE = Path(__file__).parent
DIST = HERE.parent.parent / "pwa" / "dist"

NewTablet = Callable[..., Tablet]

expect.set_options(timeout=10_000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def school_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the cast in it, to be copied."""
    path = tmp_path_factory.mktemp("browser") / "school.sqlite"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def cast() -> Cast:
    """Who is who."""
    return gather()


@pytest.fixture
def server(school_file: Path, tmp_path: Path) -> Iterator[SchoolServer]:
    """The school's server on a database of its own; it is 8:03, three minutes into period 1."""
    assert (DIST / "index.html").is_file(), "the pages are not built: run `make setup`"
    copy = tmp_path / "school.sqlite"
    shutil.copy(school_file, copy)
    server = SchoolServer(copy, MORNING)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def record(server: SchoolServer) -> Iterator[School]:
    """The school's record, read beside the server, as anybody with the file could."""
    school = open_school(f"sqlite:///{server.database}")
    yield school
    school.engine.dispose()


@pytest.fixture
def new_tablet(chromium: Playwright, server: SchoolServer, tmp_path: Path) -> Iterator[NewTablet]:
    """Makes tablets; at the end none may have complained or asked anybody but the school."""
    made: list[Tablet] = []

    def make(**options: Any) -> Tablet:
        tablet = Tablet(chromium, tmp_path / f"tablet-{len(made)}", server.url, **options)
        made.append(tablet)
        return tablet

    yield make
    for tablet in made:
        tablet.close()
    for tablet in made:
        assert tablet.complaints == []
        strangers = [url for url in tablet.requests if not url.startswith((server.url, "blob:"))]
        assert strangers == []


@pytest.fixture
def tablet(new_tablet: NewTablet, cast: Cast) -> Tablet:
    """Ruiz's tablet: signed in, ready without a network, on the roll of 8A."""
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    return tablet


@pytest.fixture(scope="session")
def window(chromium: Playwright) -> Iterator[Browser]:
    """Chromium without a profile: the office keeps nothing between visits."""
    with office_desk.browsing(chromium) as browser:
        yield browser


@pytest.fixture
def page(window: Browser, server: SchoolServer) -> Iterator[Page]:
    """A window of the office desk; at the end no script and no policy may have complained."""
    page = window.new_page(viewport={"width": 1440, "height": 900})
    wrong = office_desk.watch(page)
    yield page
    page.close()
    assert wrong == []
