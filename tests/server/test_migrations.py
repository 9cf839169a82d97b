"""The migrations lead to the schema that the models say, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect

from server import migrations
from server.db import open_engine, reading
from server.migrations import schema_is_current, upgrade
from server.models import Base
from tests.support import postgres as throwaway


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.sqlite"
    else:
        cluster: throwaway.Cluster = request.getfixturevalue("postgres")
        url = cluster.new_database()
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_a_migrated_schema_is_what_the_models_say(empty: Engine) -> None:
    assert not schema_is_current(empty)
    upgrade(empty)
    assert schema_is_current(empty)
    with reading(empty) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    before = inspect(empty).get_table_names()
    upgrade(empty)
    assert inspect(empty).get_table_names() == before


def test_partial_indexes_keep_their_condition(empty: Engine) -> None:
    upgrade(empty)
    (due,) = [i for i in inspect(empty).get_indexes("roll") if i["name"] == "ix_roll_open_due"]
    where = due["dialect_options"][f"{empty.dialect.name}_where"]
    assert "not_taken" in str(where)


def test_a_migration_that_fails_leaves_nothing_half_done(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the migrations with a second one that creates a table and then fails."""
    source = Path(migrations.__file__).parent
    copy = tmp_path / "migrations"
    (copy / "versions").mkdir(parents=True)
    for file in [*source.glob("*.py"), *source.glob("*.mako"), *source.glob("versions/*.py")]:
        (copy / file.relative_to(source)).write_text(file.read_text())
    (copy / "versions" / "9999_broken.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = '9999'\ndown_revision = {migrations.newest_revision()!r}\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    raise RuntimeError('halfway')\n"
    )
    upgrade(empty)
    monkeypatch.setattr(migrations, "HERE", copy)
    with pytest.raises(RuntimeError, match="halfway"):
        upgrade(empty)
    assert "half" not in inspect(empty).get_table_names()
    assert migrations.present_revision(empty) != "9999"


def test_the_drivers_own_transactions_would_leave_half_a_migration(tmp_path: Path) -> None:
    """Why the engine begins by itself: Python's driver commits each DDL statement by default."""
    plain = create_engine(f"sqlite:///{tmp_path}/plain.sqlite")
    with plain.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        connection.rollback()
    plain.dispose()
    with sqlite3.connect(tmp_path / "plain.sqlite") as left:
        assert left.execute("SELECT count(*) FROM half").fetchone() == (0,)
    left.close()
