"""Makes the database what this version needs, wherever it is."""

from __future__ import annotations

from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import make_url

from server.db import open_engine
from server.migrations import schema_is_current, upgrade
from server.settings import Settings


class NewerDatabase(Exception):
    """The tables were made by a version that this one does not know."""


def migrate(settings: Settings) -> None:
    """Runs every migration that is missing; makes an SQLite file with its folder. Idempotent.

    Raises NewerDatabase; Unavailable when the database cannot be asked.
    """
    file = sqlite_file(settings)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        if not schema_is_current(engine):
            upgrade(engine)
    except CommandError as unknown:
        raise NewerDatabase from unknown
    finally:
        engine.dispose()


def is_current(settings: Settings) -> bool:
    """Whether the database is there with the tables of this version; makes nothing."""
    file = sqlite_file(settings)
    if file is not None and not file.exists():
        return False
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        return schema_is_current(engine)
    finally:
        engine.dispose()


def sqlite_file(settings: Settings) -> Path | None:
    """Where the record is, if it is a file."""
    if not settings.is_sqlite:
        return None
    return Path(make_url(settings.database_url).database or "rollbook.db")
