"""The school of the stories on both databases: `school`; each test has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import postgres as throwaway
from tests.support.api import School, open_school, prepare

Fresh = Callable[[], str]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "school.sqlite"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> Fresh:
    """Makes databases with the cast in them; returns their URLs."""

    def make() -> str:
        copy = tmp_path / f"school-{len(list(tmp_path.iterdir()))}.sqlite"
        shutil.copy(sqlite_template, copy)
        return f"sqlite:///{copy}"

    return make


@pytest.fixture(scope="session")
def postgres_template(request: pytest.FixtureRequest) -> str:
    cluster: throwaway.Cluster = request.getfixturevalue("postgres")
    return throwaway.database_name(prepare(cluster.new_database()))


@pytest.fixture
def fresh_postgres(request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """As `fresh_sqlite`."""
    cluster: throwaway.Cluster = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    made: list[str] = []

    def make() -> str:
        made.append(cluster.new_database(template))
        return made[-1]

    yield make
    for url in made:
        cluster.drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Makes databases with the cast in them, on one engine after the other."""
    name = "fresh_sqlite" if request.param == "sqlite" else "fresh_postgres"
    make: Fresh = request.getfixturevalue(name)
    return make


@pytest.fixture
def school(fresh: Fresh) -> Iterator[School]:
    """The server with the cast in it, on both databases."""
    school = open_school(fresh())
    yield school
    school.engine.dispose()


@pytest.fixture
def sqlite_school(fresh_sqlite: Fresh) -> Iterator[School]:
    """The server with the cast in it, on SQLite."""
    school = open_school(fresh_sqlite())
    yield school
    school.engine.dispose()
