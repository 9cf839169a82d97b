"""The fleet's school, ready to be copied; on memory where durability is not what is asked."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.db import open_engine
from tests.fleet.chance import chance
from tests.fleet.school_fleet import furnish
from tests.support.api import prepare
from tests.support.postgres import Cluster, database_name

MEMORY = "/dev/shm"  # noqa: S108 - mkdtemp makes a folder there that is nobody else's


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Where runs may write; gone afterwards."""
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    made = Path(tempfile.mkdtemp(prefix="rollbook-fleet-", dir=memory))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def template(folder: Path) -> Path:
    """A database with the cast and its signed-in tablets."""
    return make_template(folder / "template.sqlite")


def make_template(path: Path) -> Path:
    """As `template`, the same in every process."""
    with chance("template"):
        engine = open_engine(prepare(f"sqlite:///{path}"))
        furnish(engine)
        engine.dispose()
    return path


@pytest.fixture(scope="session")
def durable_template(durable_postgres: Cluster) -> str:
    url = prepare(durable_postgres.new_database())
    engine = open_engine(url)
    furnish(engine)
    engine.dispose()
    return database_name(url)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Faults are what these tests are made of: their log lines say nothing."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
