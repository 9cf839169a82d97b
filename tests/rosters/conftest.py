"""Each story is told on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rosters.files import Office, office


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def birch_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An empty database and somebody who imports files into it."""
    if request.param == "sqlite":
        made = office(f"sqlite:///{tmp_path / 'rollbook.db'}", tmp_path)
    else:
        made = office(request.getfixturevalue("postgres").new_database(), tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite alone: for what is decided before any database is asked."""
    made = office(f"sqlite:///{tmp_path / 'rollbook.db'}", tmp_path)
    yield made
    made.engine.dispose()
