"""The server with synchronous=NORMAL, as its users must never get it: the proof that PW1 bites."""

from __future__ import annotations

import os
import sqlite3
from typing import Any
from unittest.mock import patch

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server import db
from server.settings import from_environment
from tests.browser import moment_app

careful = db._prepare_sqlite


def careless(connection: sqlite3.Connection, record: Any) -> None:
    """All as it should be, but for the one pragma."""
    careful(connection, record)
    connection.execute("PRAGMA synchronous=NORMAL").close()


def make_app() -> Flask:
    """The app of the worker."""
    patch.object(db, "_prepare_sqlite", careless).start()
    return moment_app.make_app()


def main() -> None:
    """Serve until told to end."""
    settings = from_environment(os.environ)
    Server(
        "tests.fleet.careless:make_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.threads,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
