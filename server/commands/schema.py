"""What every command asks first: are the tables those of this version?"""

from __future__ import annotations

from server.commands import console
from server.db import open_engine
from server.services.migrate import is_current, migrate
from server.settings import Settings


def bring_up_to_date(settings: Settings) -> None:
    """On SQLite migrates; on PostgreSQL, where the operator says when, only looks."""
    if settings.is_sqlite:
        migrate(settings)
    else:
        must_be_current(settings)


def must_be_current(settings: Settings) -> None:
    """Raises Stop when the tables are of another version."""
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        current = is_current(engine)
    finally:
        engine.dispose()
    if not current:
        raise console.NotNow(
            "The tables are missing or of another version.",
            "Run `rollbook init`.",
        )
