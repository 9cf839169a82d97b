"""What every command asks first: are the tables those of this version?"""

from __future__ import annotations

import click
from sqlalchemy import Engine

from server.commands import console
from server.db import open_engine
from server.services.migrate import is_current, migrate, sqlite_file
from server.settings import Settings


def open_record(settings: Settings) -> Engine:
    """The database, for as long as the command runs. Raises Stop when its tables are not ours."""
    must_be_current(settings)
    return open_for_command(settings)


def open_for_command(settings: Settings) -> Engine:
    """An engine that is let go of when the command ends."""
    engine = open_engine(settings.database_url, pool_size=2)
    click.get_current_context().call_on_close(engine.dispose)
    return engine


def bring_up_to_date(settings: Settings) -> None:
    """On SQLite migrates; on PostgreSQL, where the operator says when, only looks."""
    if settings.is_sqlite:
        migrate(settings)
    else:
        must_be_current(settings)


def must_be_current(settings: Settings) -> None:
    """Raises Stop when the tables are of another version."""
    if is_current(settings):
        return
    where = sqlite_file(settings)
    raise console.NotNow(
        f"The tables{f' in {where}' if where else ''} are missing or of another version.",
        "Run `rollbook init`.",
    )
