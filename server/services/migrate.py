"""Brings the tables up to those of this version; in one transaction, so all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url

from server.db import open_engine, reading, writing
from server.settings import Settings

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def migrate(settings: Settings) -> None:
    """Runs every migration that is missing; makes an SQLite file with its folder. Idempotent.

    Raises Unavailable when the database cannot be asked.
    """
    if settings.is_sqlite:
        file = Path(make_url(settings.database_url).database or "rollbook.db")
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        if not is_current(engine):
            upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine) -> None:
    """Runs what is missing on a database that is there."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this version."""
    with reading(engine) as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has == ScriptDirectory(str(MIGRATIONS)).get_current_head()
