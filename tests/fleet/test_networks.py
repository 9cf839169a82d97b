"""NW1, NW2: a network that carries one way only, and one that comes and goes, loses and is narrow.

Time runs faster than in a school: `HASTE` times. NW3 is in tests/browser/test_trouble.py, NW4 in
test_postgres_dies.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.fleet.bad_network import BadNetwork, Line
from tests.fleet.conftest import make_template
from tests.fleet.fleet_servers import Servers
from tests.fleet.lone import Lone, sound
from tests.fleet.tally import tell
from tests.fleet.wire import Http
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.fleet
MINUTES = 10
HASTE = 120
"""NW1: ten minutes last five seconds; a tablet's 20 s time-out a sixth of one."""
SECOND = 0.1 * PATIENCE
"""NW2: a second of the school, shorter where the machine is free: this network must be the slower
of the two."""
NARROW = Line(
    loss=0.2,
    again_after_s=0.2 * SECOND,
    bytes_a_second=32_000 / SECOND,
    up_s=3 * SECOND,
    down_s=4 * SECOND,
)
"""3 s up, 4 s down, 20 % lost, 256 kbit/s."""
BACKLOG = 30
WITHIN = 5 * 60


@contextmanager
def school(folder: Path) -> Iterator[tuple[str, Servers, BadNetwork, ExitStack]]:
    url = f"sqlite:///{make_template(folder / 'school.sqlite')}"
    with Servers(url, 1) as servers, ExitStack() as ending:
        network = ending.enter_context(BadNetwork(servers.ports[0]))
        yield url, servers, network, ending


def tablet(
    name: str, servers: Servers, network: BadNetwork, ending: ExitStack, timeout_s: float
) -> Lone:
    way = Http(network.port, timeout_s)
    ending.callback(way.close)
    return Lone(name, servers.clock, way)


def test_NW1_ten_minutes_in_which_no_answer_comes_double_nothing_and_lose_nothing(
    tmp_path: Path,
) -> None:
    """Every request arrives and is recorded; every tablet sends the same again and again."""
    with school(tmp_path) as (url, servers, network, ending):
        lones = [
            tablet(name, servers, network, ending, timeout_s=20 / HASTE)
            for name in ("ruiz", "okafor", "brandt")
        ]
        network.weather = Line(answers=False)
        rng, tries, end = Random(2), 0, time.monotonic() + MINUTES * 60 / HASTE
        while time.monotonic() < end:
            lone = rng.choice(lones)
            if rng.random() < 0.3:
                lone.take_roll()
            tries += bool(lone.tablet.waiting)
            assert lone.send() == ("unreachable" if lone.tablet.waiting else "done")
        assert not any(lone.acknowledged for lone in lones)
        recorded = sound(url, set())
        network.weather = Line()
        for lone in lones:
            lone.tablet.make(lone.take_roll()["roll_id"], [])
            assert lone.send() == "done"
        made = sum(len(lone.tablet.store.entries) for lone in lones)
        ops = sound(url, set().union(*(lone.acknowledged for lone in lones)))
        replayed = sum(
            result["replayed"] for lone in lones for result in lone.heard.outcomes.values()
        )
    tell("NW1", ops=ops, lost_messages=tries, recorded_unheard=recorded, replayed=replayed)
    assert recorded > 3, "no request arrived"
    assert replayed >= recorded, "and perhaps some that were on their way still"
    assert ops == made


def test_NW2_a_backlog_gets_through_a_flapping_lossy_narrow_line(tmp_path: Path) -> None:
    """Thirty rolls within five minutes, with at most three times their bytes."""
    with school(tmp_path) as (url, servers, network, ending):
        lone = tablet("ruiz", servers, network, ending, timeout_s=20 * SECOND)
        for _ in range(BACKLOG):
            lone.take_roll()
        payload = lone.bytes_waiting()
        network.weather = NARROW
        began, backoff = time.monotonic(), Random(3)
        pause, took = 1, 0.0
        while lone.tablet.waiting:
            if lone.send() != "done":
                time.sleep(backoff.random() * pause * SECOND)
                pause = min(60, pause * 2)
            took = (time.monotonic() - began) / SECOND
            assert took < WITHIN, "the backlog does not get through"
        sent = network.carried.up
    tell("NW2", f"{took:.0f} s, {sent / payload:.2f} x payload", ops=BACKLOG, payload=payload)
    assert sound(url, lone.acknowledged) == BACKLOG
    assert sent <= 3 * payload
