"""`rollbook serve`: the pages and the API, until it is told to stop."""

from __future__ import annotations

import logging
import threading

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server import logs
from server.app import create_app
from server.clock import SystemClock
from server.commands import console, rehear, schema
from server.db import DATABASE_ERRORS, Unavailable, open_engine
from server.heartbeat import begin_heartbeat
from server.models import db
from server.services.server_runs import note_start
from server.settings import Settings

log = logging.getLogger("rollbook")


@click.command(
    epilog=f"""\b
Example:
  ROLLBOOK_DATABASE_URL=postgresql:///rollbook \\
  ROLLBOOK_PUBLIC_URL=https://rolls.example.org rollbook serve

{console.settings_help()}"""
)
def serve() -> None:
    """Serve the pages and the API in the foreground.

    On SQLite the tables are brought up to date first. On PostgreSQL that is `rollbook init`, when
    you say so; with a schema that is behind this stops with exit code 3. SIGTERM or Ctrl-C ends
    it: running requests are answered first. The clockwork is a second process: `rollbook jobs`.
    """
    settings = console.read_settings()
    schema.bring_up_to_date(settings)
    rehear.hear_what_waits(settings)
    keep_start(settings)
    console.say(f"Rollbook answers at {settings.public_url}. Ctrl-C stops it.")
    listen(settings)


def keep_start(settings: Settings) -> None:
    """Write the start down; one that cannot be written is no reason not to start."""
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        note_start(engine, SystemClock().now())
    except (Unavailable, *DATABASE_ERRORS) as away:
        log.warning("start_not_noted", extra={"facts": {"why": type(away).__name__}})
    finally:
        engine.dispose()


def listen(settings: Settings) -> None:
    """Accept requests until SIGTERM."""
    Server(
        "server.commands.serve:make_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=settings.threads,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def make_app() -> Flask:
    """The app of one worker process, from its environment."""
    settings = console.read_settings()
    logs.to_stderr(settings.log_level)
    app = create_app(settings)
    with app.app_context():
        begin_heartbeat(db.engine, SystemClock(), threading.Event())
    return app
