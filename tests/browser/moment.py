"""The server as its users get it, but on another morning: its clock starts where we choose.

This process watches over the one worker and serves nothing, so it does not import the app
(moment_app.py): started by itself it would pay for that twice.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from granian.constants import Interfaces
from granian.server import Server

from server.settings import from_environment

AHEAD = "TABLET_TEST_AHEAD_S"
PAGES = "TABLET_TEST_PAGES"
PUSH_PORT = "TABLET_TEST_PUSH_PORT"
PUSH_TRUST = "TABLET_TEST_PUSH_TRUST"


def seconds_to(at: datetime) -> float:
    """How far to move a clock so that it reads this now."""
    return (at - datetime.now(UTC)).total_seconds()


def main() -> None:
    """Serve until killed."""
    settings = from_environment(os.environ)
    Server(
        "tests.browser.moment_app:make_app",
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
