"""What every test may ask for, and which tests must not run beside each other."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

from tests.support import postgres as throwaway

# How long one generated case takes says more of the machine's other work than of ours.
settings.register_profile("rollbook", deadline=None)
settings.load_profile("rollbook")

# One at a time under `pytest -n 2`: each loads both cores by itself.
ALONE = ("browser", "fleet", "package")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests share one worker, and so its fixtures; heavy ones share one all together."""
    for item in items:
        heavy = any(item.get_closest_marker(name) for name in ALONE)
        item.add_marker(pytest.mark.xdist_group("heavy" if heavy else item.path.as_posix()))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    """Playwright, once a worker: a second one beside it refuses to start."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def postgres() -> Iterator[throwaway.Cluster]:
    """A PostgreSQL that forgets; `postgres.new_database()` gives the URL of an empty database."""
    with throwaway.running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[throwaway.Cluster]:
    """A PostgreSQL with fsync on, as in production: it survives a kill."""
    with throwaway.running(durable=True) as cluster:
        yield cluster
