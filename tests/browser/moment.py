"""The server as its users get it, but on another morning: its clock starts where we choose."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server.app import create_app
from server.blueprints import pages
from server.clock import SystemClock
from server.settings import from_environment

AHEAD = "TABLET_TEST_AHEAD_S"
PAGES = "TABLET_TEST_PAGES"


class MovedClock:
    """The machine's clock, so many seconds ahead (or, mostly, behind)."""

    def __init__(self, ahead_s: float) -> None:
        self.ahead = timedelta(seconds=ahead_s)

    def now(self) -> datetime:
        """The moved present."""
        return SystemClock().now() + self.ahead


def make_app() -> Flask:
    """The app of the one worker, from its environment; its pages may lie elsewhere."""
    if PAGES in os.environ:
        pages.PLACES = (Path(os.environ[PAGES]), *pages.PLACES[1:])
    clock = MovedClock(float(os.environ[AHEAD]))
    return create_app(from_environment(os.environ), clock)


def seconds_to(at: datetime) -> float:
    """How far to move a clock so that it reads this now."""
    return (at - datetime.now(UTC)).total_seconds()


def main() -> None:
    """Serve until killed."""
    settings = from_environment(os.environ)
    Server(
        "tests.browser.moment:make_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.threads,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
