"""The server as its users get it, but on another morning: its clock starts where we choose."""

from __future__ import annotations

import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server.app import create_app
from server.blueprints import pages
from server.clock import SystemClock
from server.push.addresses import Network
from server.settings import from_environment

AHEAD = "TABLET_TEST_AHEAD_S"
PAGES = "TABLET_TEST_PAGES"
PUSH_PORT = "TABLET_TEST_PUSH_PORT"
PUSH_TRUST = "TABLET_TEST_PUSH_TRUST"


class MovedClock:
    """The machine's clock, so many seconds ahead (or, mostly, behind)."""

    def __init__(self, ahead_s: float) -> None:
        self.ahead = timedelta(seconds=ahead_s)

    def now(self) -> datetime:
        """The moved present."""
        return SystemClock().now() + self.ahead


def network() -> Network | None:
    """The way to a push service on loopback, where there is one."""
    if PUSH_PORT not in os.environ:
        return None
    return Network(
        resolve=lambda _: ["127.0.0.1"],
        allows=lambda address: address == "127.0.0.1",
        port=int(os.environ[PUSH_PORT]),
        trust=ssl.create_default_context(cadata=os.environ[PUSH_TRUST]),
    )


def make_app() -> Flask:
    """The app of the one worker, from its environment; its pages may lie elsewhere."""
    if PAGES in os.environ:
        pages.PLACES = (Path(os.environ[PAGES]), *pages.PLACES[1:])
    clock = MovedClock(float(os.environ[AHEAD]))
    return create_app(from_environment(os.environ), clock, network())


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
