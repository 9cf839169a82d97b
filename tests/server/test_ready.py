"""Whoever watches the server hears soon that its database hangs, and that it is back."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from sqlite3 import connect

import pytest
from sqlalchemy import text

from server.logs import to_stderr
from tests.support.api import School

MINE = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


@contextmanager
def frozen(school: School) -> Iterator[None]:
    """The database answers no more: its processes are stopped, or its file is locked."""
    if school.engine.dialect.name == "sqlite":
        path = school.engine.url.database
        assert path is not None, "the school is in a file"
        with closing(connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with school.engine.connect() as connection:
        pids = [row.pid for row in connection.execute(text(MINE))]
    try:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def test_a_database_that_hangs_is_told_in_seconds_and_so_is_its_return(school: School) -> None:
    browser = school.app.test_client()
    assert browser.get("/ready").status_code == 200
    with frozen(school):
        for _ in range(2):
            began = time.monotonic()
            answer = browser.get("/ready")
            assert time.monotonic() - began < 4
            assert answer.status_code == 503
            assert "does not answer" in answer.get_json()["checks"][0]["detail"]
    until = time.monotonic() + 30
    while browser.get("/ready").status_code != 200:
        assert time.monotonic() < until


def test_asking_for_the_schema_logs_nothing(
    sqlite_school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        to_stderr("info")
        sqlite_school.app.test_client().get("/ready")
    finally:
        root.handlers[:], root.level = handlers, level
    assert "request" in (said := capsys.readouterr().err)
    assert "Context" not in said
