import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.postgres import Cluster, PostgresMissing, database_name, find_programs, running

pytestmark = pytest.mark.postgres


def run(url: str, statement: str) -> list[object]:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(sa.text(statement))
            return list(result.scalars()) if result.returns_rows else []
    finally:
        engine.dispose()


def test_a_copy_of_a_template_holds_what_the_template_held(postgres: Cluster) -> None:
    template = postgres.new_database()
    run(template, "CREATE TABLE student AS SELECT 7 AS grade")
    copy = postgres.new_database(database_name(template))
    assert run(copy, "SELECT grade FROM student") == [7]


def test_the_server_is_nobodys_and_ends_with_its_block() -> None:
    with running() as cluster:
        owner = Path(f"/proc/{cluster.pid}").stat().st_uid
        assert owner != 0
        url = cluster.new_database()
    assert not cluster.folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(cluster.pid, 0)
    with pytest.raises(sa.exc.OperationalError):
        run(url, "SELECT 1")


def test_durable_means_fsync(durable_postgres: Cluster, postgres: Cluster) -> None:
    assert run(durable_postgres.new_database(), "SHOW fsync") == ["on"]
    assert run(postgres.new_database(), "SHOW fsync") == ["off"]


def test_who_names_a_wrong_folder_is_told_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(PostgresMissing, match="holds no initdb"):
        find_programs()
