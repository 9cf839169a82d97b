"""What every test may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

from tests.support import postgres as throwaway

# How long one generated case takes says more of the machine's other work than of ours.
settings.register_profile("rollbook", deadline=None)
settings.load_profile("rollbook")


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
