"""`rollbook serve`: the pages and the API, until it is told to stop."""

from __future__ import annotations

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server import logs
from server.app import create_app
from server.commands import console, rehear, schema
from server.settings import Settings


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
    console.say(f"Rollbook answers at {settings.public_url}. Ctrl-C stops it.")
    listen(settings)


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
    return create_app(settings)
