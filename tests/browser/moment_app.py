"""The app of a school's morning: what the worker of tests/browser/moment.py serves."""

from __future__ import annotations

import os
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from server.app import create_app
from server.blueprints import pages
from server.clock import SystemClock
from server.push.addresses import Network
from server.settings import from_environment
from tests.browser.moment import AHEAD, PAGES, PUSH_PORT, PUSH_TRUST


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
