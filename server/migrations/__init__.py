"""Brings a database's schema up to this version, whole or not at all.

Run by `rollbook init` and `serve` on SQLite, by hand on PostgreSQL. Everything happens in one
transaction, also on SQLite: a migration that fails leaves nothing half done.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from server.db import reading, writing

HERE = Path(__file__).parent


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run what migrations are missing. Raises what the failing one raised; then nothing changed."""
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def schema_is_current(engine: Engine) -> bool:
    """Whether the database has this version's schema."""
    return present_revision(engine) == newest_revision()


def present_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None where there is no schema yet."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this version of Rollbook needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is a first migration"
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config
