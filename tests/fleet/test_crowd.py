"""The set workload on several real processes that are killed, and in threads with the bugs that
need two at once. What was acknowledged is in every reader's mirror when all is quiet (I1, I3)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from server.db import open_engine, writing
from tests.fleet.conftest import make_template
from tests.fleet.crowd import Crowd, begun
from tests.fleet.fleet_servers import Servers
from tests.fleet.races import (
    crowd_in_threads,
    deferred_begin,
    no_bug,
    no_school_lock,
    sequence_as_cursor,
)
from tests.fleet.tally import SEED, tell
from tests.fleet.wire import Answer, Ask, Carry, Http
from tests.support.patience import PATIENCE
from tests.support.postgres import Cluster

Bug = Callable[[ExitStack], None]
pytestmark = pytest.mark.fleet
OPS_EACH = 24
TRIES = 5
KILLS = int(os.environ.get("FLEET_KILLS", "3"))


class Carrier:
    """Makes each tablet its own connections."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.ways: list[Http] = []

    def __call__(self, rng: Random) -> Carry:
        ways = [Http(port) for port in self.servers.ports]
        self.ways += ways

        def carry(ask: Ask) -> Answer | None:
            return rng.choice(ways)(ask)

        return carry

    def close(self) -> None:
        """Everybody hangs up."""
        for way in self.ways:
            way.close()


@contextmanager
def killing(servers: Servers, crowd: Crowd, kills: int) -> Iterator[None]:
    """Kill one server after the other, each once all are up again; then let the writers end."""

    def kill() -> None:
        rng = Random(5 + SEED)
        for _ in range(kills):
            crowd.quiet.wait(0.1 + rng.random() * 0.3)
            number = rng.randrange(len(servers.ports))
            servers.kill(number)
            servers.start(number)
        crowd.enough.set()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def swarm(url: str, processes: int, kills: int) -> None:
    """The whole story: begin, write and read while servers die, be quiet, compare."""
    with Servers(url, processes) as servers:
        carrier = Carrier(servers)
        crowd = Crowd(carrier, servers.clock, seed=11 + SEED)
        crowd.enough.clear()
        with begun(crowd), killing(servers, crowd, kills):
            crowd.work(OPS_EACH, within_s=120 * PATIENCE)
        missing = crowd.missing()
        carrier.close()
    tell("K1, set workload", str(crowd.counted), ops=len(crowd.heard.outcomes), kills=kills)
    assert missing == {}
    assert crowd.counted.silent, "no request fell victim to a kill"
    assert len(crowd.heard.outcomes) >= len(crowd.writers) * OPS_EACH
    assert {one["outcome"] for one in crowd.heard.outcomes.values()} == {"accepted", "held"}


@pytest.mark.postgres
def test_K1_three_processes_on_postgresql_are_killed_and_nothing_is_missing(
    durable_postgres: Cluster, durable_template: str
) -> None:
    swarm(durable_postgres.new_database(durable_template), processes=3, kills=KILLS)


def test_K1_the_process_on_sqlite_is_killed_and_nothing_is_missing(tmp_path: Path) -> None:
    swarm(f"sqlite:///{make_template(tmp_path / 'school.sqlite')}", processes=1, kills=KILLS)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("bug", "noticed_by"),
    [(no_bug, ""), (no_school_lock, "I3 I6 I7"), (sequence_as_cursor, "I3")],
)
def test_the_bugs_that_need_two_at_once_are_caught_on_postgresql(
    durable_postgres: Cluster, durable_template: str, bug: Bug, noticed_by: str
) -> None:
    """Chance decides who meets whom: a bug has some tries to show itself."""
    word = ""
    for _ in range(TRIES if noticed_by else 1):
        url = durable_postgres.new_database(durable_template)
        engine = open_engine(url)
        with writing(engine) as connection:
            connection.execute(text("CREATE SEQUENCE places START 1000"))
        engine.dispose()
        crowd, word = crowd_in_threads(url, bug, ops_each=16, within_s=12 * PATIENCE)
        print(f"{bug.__name__}: {word or 'holds'} {crowd.counted}")
        if word:
            break
    assert word in noticed_by.split() if noticed_by else not word


@pytest.mark.parametrize(("bug", "noticed_by"), [(no_bug, ""), (deferred_begin, "I7")])
def test_the_bugs_that_need_two_at_once_are_caught_on_sqlite(
    tmp_path: Path, bug: Bug, noticed_by: str
) -> None:
    url = f"sqlite:///{make_template(tmp_path / 'school.sqlite')}"
    crowd, word = crowd_in_threads(url, bug, ops_each=16, within_s=12 * PATIENCE)
    print(f"{bug.__name__}: {word or 'holds'} {crowd.counted}")
    assert word == noticed_by
