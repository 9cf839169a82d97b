"""K2, NW4, DF4, DF5: PostgreSQL itself is killed or has no room, and two processes of ours live on.

Meanwhile 503 and nothing else; afterwards they go on by themselves; nothing that was answered is
lost, nothing is there twice.
"""

from __future__ import annotations

import os
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from urllib.error import HTTPError

import psycopg
import pytest

from server.db import open_engine
from tests.fleet.fleet_servers import Servers
from tests.fleet.lone import Lone, sound
from tests.fleet.school_fleet import furnish
from tests.fleet.stricken_postgres import NOT_HERE, StrickenPostgres, can_mount
from tests.fleet.tally import SEED, tell
from tests.fleet.wire import Answer, Ask, Http
from tests.support.api import prepare
from tests.support.patience import PATIENCE

pytestmark = [pytest.mark.fleet, pytest.mark.postgres]
KILLS = int(os.environ.get("FLEET_PG_KILLS", "5"))
KINDS = ("rollbook t_", "postmaster", "checkpointer", "walwriter", "postmaster")
BACK_WITHIN_S = 10.0 * PATIENCE
WRITERS = ("ruiz", "okafor", "brandt")


class School:
    """A stricken PostgreSQL, two processes on it, and tablets that talk with either."""

    def __init__(
        self, stricken: StrickenPostgres, ending: ExitStack, patience_s: float = 30 * PATIENCE
    ) -> None:
        self.stricken, self.patience_s = stricken, patience_s
        self.url = prepare(stricken.cluster.new_database())
        engine = open_engine(self.url)
        furnish(engine)
        engine.dispose()
        self.servers = ending.enter_context(Servers(self.url, 2))
        self.statuses: Counter[int] = Counter()
        self.slowest_s = 0.0
        self.lones = [self._lone(name, n, ending) for n, name in enumerate(WRITERS)]

    def _lone(self, name: str, number: int, ending: ExitStack) -> Lone:
        way, other = (Http(port, self.patience_s) for port in self.servers.ports)
        ending.callback(way.close)
        ending.callback(other.close)
        rng = Random(number)

        def carry(ask: Ask) -> Answer | None:
            began = time.monotonic()
            answer = rng.choice([way, other])(ask)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)
            self.statuses[answer.status if answer else 0] += 1
            return answer

        return Lone(name, self.servers.clock, carry, number)

    def acknowledged(self) -> set[str]:
        return set().union(*(lone.acknowledged for lone in self.lones))

    def delivers(self) -> None:
        """Every tablet gets everything through, soon."""
        limit = time.monotonic() + BACK_WITHIN_S
        while any(lone.tablet.waiting for lone in self.lones):
            for lone in self.lones:
                if lone.send() != "done":
                    time.sleep(0.05)
            assert time.monotonic() < limit, "the processes did not recover by themselves"

    def ready(self) -> int:
        """What whoever watches the first process is told."""
        try:
            url = f"http://127.0.0.1:{self.servers.ports[0]}/ready"
            with urllib.request.urlopen(url, timeout=10 * PATIENCE) as answer:
                return int(answer.status)
        except HTTPError as refused:
            refused.close()
            return refused.code

    def judged(self) -> int:
        """At rest: I1, I2, I4; and that nothing but 200 and 503 was ever answered. (0: a 503 came
        while the body was still being sent, and Python's client does not read it then.)"""
        assert set(self.statuses) <= {0, 200, 503}, self.statuses
        made = sum(len(lone.tablet.store.entries) for lone in self.lones)
        assert len(self.acknowledged()) == made
        ops = sound(self.url, self.acknowledged())
        assert ops == made
        return ops


@contextmanager
def school(small: str = "", patience_s: float = 30 * PATIENCE) -> Iterator[School]:
    with StrickenPostgres(small) as stricken, ExitStack() as ending:
        yield School(stricken, ending, patience_s)


@contextmanager
def under_load(school: School) -> Iterator[None]:
    """Meanwhile everybody takes rolls and sends them, without a pause."""
    over = threading.Event()

    def work(lone: Lone) -> None:
        while not over.is_set():
            if len(lone.tablet.waiting) < 20:
                lone.take_roll()
            if lone.send() != "done":
                over.wait(0.02)

    threads = [threading.Thread(target=work, args=(lone,)) for lone in school.lones]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def wait_for(done: Callable[[], bool], within_s: float = BACK_WITHIN_S) -> float:
    """How long it took. Raises AssertionError."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < within_s, "it did not come about in time"
        time.sleep(0.02)
    return time.monotonic() - began


def test_K2_kill_9_of_postgresql_under_load_loses_nothing_and_nobody_restarts_the_server() -> None:
    """A backend, the checkpointer, the WAL writer, and the postmaster with all of them."""
    rng, struck, outages = Random(8 + SEED), Counter[str](), []
    with school() as here:
        before = {n: process.pid for n, process in here.servers.running.items()}
        with under_load(here):
            for number in range(KILLS):
                kind, done = KINDS[number % len(KINDS)], here.statuses[200]
                wait_for(lambda done=done: here.statuses[200] > done + 12, within_s=60 * PATIENCE)
                time.sleep(rng.random() * 0.05)
                if kind == "postmaster":
                    here.stricken.kill()
                    time.sleep(0.2)
                    here.stricken.start()
                else:
                    assert here.stricken.kill_one(rng, kind), f"there is no {kind}"
                struck[kind] += 1
                done = here.statuses[200]
                outages.append(wait_for(lambda done=done: here.statuses[200] > done))
        here.delivers()
        assert before == {n: process.pid for n, process in here.servers.running.items()}
        assert here.statuses[503], "nobody noticed"
        assert here.slowest_s < 10 * PATIENCE
        ops = here.judged()
        words = f"{dict(struck)}, longest outage {max(outages):.1f} s, {dict(here.statuses)}"
        tell("K2", f"{words}, slowest answer {here.slowest_s:.1f} s", ops=ops, kills=KILLS)


def test_NW4_a_database_out_of_reach_is_503_within_two_seconds_and_red_on_ready() -> None:
    with school() as here:
        for lone in here.lones:
            lone.take_roll()
        here.delivers()
        here.stricken.kill()
        slowest = 0.0
        for _ in range(3):
            for lone in here.lones:
                lone.take_roll()
                began = time.monotonic()
                assert lone.send() == "unreachable"
                slowest = max(slowest, time.monotonic() - began)
        assert here.statuses[503] >= 9
        assert slowest < 2 * PATIENCE
        wait_for(lambda: here.ready() == 503)
        here.stricken.start()
        here.delivers()
        wait_for(lambda: here.ready() == 200)
        tell("NW4", f"slowest 503 after {slowest:.2f} s", ops=here.judged(), kills=1)


def test_NW4_a_database_that_hangs_is_red_on_ready_and_when_it_goes_on_nothing_is_doubled() -> None:
    """A request that was on its way hangs with it; its tablet gives up and sends again."""
    with school(patience_s=1) as here:
        for lone in here.lones:
            lone.take_roll()
        here.delivers()
        with here.stricken.standing_still():
            for lone in here.lones:
                lone.take_roll()
                assert lone.send() == "unreachable"
            assert here.ready() == 503
        here.delivers()
        wait_for(lambda: here.ready() == 200)
        tell("NW4, hanging", str(dict(here.statuses)), ops=here.judged())


@pytest.mark.skipif(not can_mount(), reason=NOT_HERE)
def test_DF4_a_full_data_volume_is_503_and_heals_without_a_restart() -> None:
    with school("data") as here:
        for lone in here.lones:
            lone.take_roll()
        here.delivers()
        with here.stricken.full():
            took = 0
            while not here.statuses[503]:  # there is room inside the pages that exist
                for lone in here.lones:
                    lone.take_roll()
                    lone.send()
                took += 1
                assert took < 2000, "the volume never filled"
            assert here.stricken.stands()
        here.delivers()
        tell("DF4", f"full after {took * 3} rolls, {dict(here.statuses)}", ops=here.judged())


@pytest.mark.skipif(not can_mount(), reason=NOT_HERE)
def test_DF5_a_full_wal_volume_stops_postgresql_and_after_room_and_a_start_all_is_there() -> None:
    """PostgreSQL gives up (PANIC) and cannot recover without room: an operator has to come."""
    with school("wal") as here:
        for lone in here.lones:
            lone.take_roll()
        here.delivers()
        with here.stricken.full(), under_load(here):
            threading.Thread(target=_fill, args=(here.stricken,)).start()
            wait_for(lambda: not here.stricken.stands(), within_s=30 * PATIENCE)
            wait_for(lambda: here.ready() == 503)
        assert here.statuses[503]
        here.stricken.start()
        here.delivers()
        wait_for(lambda: here.ready() == 200)
        tell("DF5", str(dict(here.statuses)), ops=here.judged())


def _fill(stricken: StrickenPostgres) -> None:
    """New WAL files, until there is no room for one more."""
    try:
        while True:
            stricken.say("SELECT pg_switch_wal(), pg_logical_emit_message(false, 'x', 'y')")
    except psycopg.Error:  # the server is gone
        return
