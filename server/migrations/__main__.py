"""`python -m server.migrations "What changes"` writes a migration from what the models now say."""

from __future__ import annotations

import sys
import tempfile

from alembic import command

from server.db import open_engine, writing
from server.migrations import _config, upgrade


def main(arguments: list[str]) -> int:
    """Compare the models with a fresh database at the newest revision."""
    if len(arguments) != 1:
        sys.stderr.write('usage: python -m server.migrations "What changes"\n')
        return 2
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/fresh.sqlite")
        upgrade(engine)
        config = _config()
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.revision(config, arguments[0], autogenerate=True)
        engine.dispose()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
