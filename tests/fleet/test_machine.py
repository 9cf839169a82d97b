"""A state machine over real HTTP against real processes: Hypothesis chooses who taps, what is lost,
who is killed or stopped, and shrinks what fails (layer b). Judged by I1, I2, I6, I7, I8 and I3."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.fleet.conftest import make_template
from tests.fleet.fleet_servers import Servers
from tests.fleet.invariants import compare
from tests.fleet.ledger import Broken, Ledger
from tests.fleet.school_fleet import hand_out, tap
from tests.fleet.tablet import Store, Tablet
from tests.fleet.wire import Answer, Ask, Http, talk
from tests.support.cast import gather
from tests.support.postgres import Cluster

pytestmark = pytest.mark.fleet
EXAMPLES = int(os.environ.get("FLEET_EXAMPLES", "2"))
STEPS = int(os.environ.get("FLEET_STEPS", "20"))
FATES = st.sampled_from(["arrives", "arrives", "request lost", "reply lost", "twice"])
SKEWS = st.sampled_from([-400 * 86_400_000.0, -90_000.0, -700.0, 0.0])
WHO = st.integers(0, 6)


class Fleet(RuleBasedStateMachine):
    """One school's tablets against processes that other examples used before."""

    servers: Servers

    def __init__(self) -> None:
        super().__init__()
        self.cast = gather()
        self.images: list[tuple[Tablet, Store]] = []
        self.lost_for_good: set[str] = set()

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ledger, self.tablets = hand_out(self.cast, self.servers.clock, self.rng)
        self.ways = [Http(port) for port in self.servers.ports]

    def carry(self, ask: Ask, fate: str = "arrives", number: int = 0) -> Answer | None:
        """One question to one of the processes, and what becomes of it."""
        if fate == "request lost":
            return None
        way = self.ways[number % len(self.ways)]
        answer = way(ask)
        if fate == "twice":
            answer = way(ask)
        return None if fate == "reply lost" else answer

    @rule(who=WHO)
    def taps(self, who: int) -> None:
        tablet = self.tablets[who]
        tap(tablet, self.ledger.people[tablet.name], self.cast, self.rng)

    @rule(who=WHO, fate=FATES, number=st.integers(0, 2))
    def syncs(self, who: int, fate: str, number: int) -> None:
        talk(self.tablets[who].sync(), lambda ask: self.carry(ask, fate, number))

    @rule(who=WHO, skew=SKEWS)
    def sets_the_clock_back(self, who: int, skew: float) -> None:
        store = self.tablets[who].store
        store.time = store.time.stepped(store.time.skew_ms + skew)

    @rule(who=WHO)
    def keeps_an_image(self, who: int) -> None:
        self.images.append((self.tablets[who], self.tablets[who].image()))

    @rule(which=st.integers(0, 99))
    def puts_an_image_back(self, which: int) -> None:
        if self.images:
            tablet, image = self.images[which % len(self.images)]
            gone = {
                op_id
                for op_id in tablet.store.entries.keys() - image.entries.keys()
                if op_id not in self.ledger.answers
            }
            tablet.put_back(image)
            self.ledger.excused |= gone

    @rule(number=st.integers(0, 2))
    def a_process_is_killed(self, number: int) -> None:
        number %= len(self.servers.ports)
        self.servers.kill(number)
        self.servers.start(number)

    @rule(number=st.integers(0, 2), who=WHO)
    def a_process_stands_still_meanwhile(self, number: int, who: int) -> None:
        number %= len(self.servers.ports)
        with self.servers.standing_still(number):
            other = number + 1 if len(self.servers.ports) > 1 else None
            if other is not None:
                talk(self.tablets[who].sync(), lambda ask: self.carry(ask, "arrives", other))

    def teardown(self) -> None:
        if not hasattr(self, "ways"):
            return
        ends: set[str] = set()
        for _ in range(3):
            ends = {talk(tablet.sync(), self.carry) for tablet in self.tablets}
        judge(self.ledger, self.tablets, ends, self.carry)
        for way in self.ways:
            way.close()


def judge(ledger: Ledger, tablets: list[Tablet], ends: set[str], carry: object) -> None:
    """What can be known from outside, through the API alone."""
    assert callable(carry)
    if ends != {"done"} or any(tablet.waiting for tablet in tablets):
        raise Broken("I7", f"not at rest: {ends}")
    for tablet in tablets:
        for op_id in tablet.store.entries:
            receipt = carry(_receipt(tablet, op_id))
            if receipt is None or receipt.status != 200:
                raise Broken("I1", "an acknowledged op has no receipt")
            first = next(iter(ledger.answers[op_id].values()))
            if first["seq"] != receipt.told["seq"] or first["hash"] != receipt.told["hash"]:
                raise Broken("I2", "a receipt is not what was answered")
        if not tablet.only_pushes:
            fresh = Tablet(tablet.name, tablet.image(), tablet.truth, ledger, random.Random(1))
            fresh.store.wants_bootstrap = True
            talk(fresh.pull(), carry)
            compare(tablet, fresh)
    known = {op_id for tablet in tablets for op_id in tablet.store.entries}
    nowhere = ledger.born_ops.keys() - known - ledger.answers.keys() - ledger.excused
    if nowhere:
        raise Broken("I6", f"{len(nowhere)} ops are nowhere")


def _receipt(tablet: Tablet, op_id: str) -> Ask:
    path = f"/api/v1/schools/{tablet.store.school_id}/ops/{op_id}"
    return Ask("GET", path, tablet.store.cookie)


@contextmanager
def machine(url: str, processes: int) -> Iterator[type[Fleet]]:
    """The machine against these servers."""
    with Servers(url, processes) as servers:
        yield type("FleetHere", (Fleet,), {"servers": servers})


def play(url: str, processes: int) -> None:
    chosen = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    with machine(url, processes) as fleet:
        run_state_machine_as_test(fleet, settings=chosen)


@pytest.mark.postgres
def test_I1_I3_the_machine_on_two_processes_and_postgresql(
    durable_postgres: Cluster, durable_template: str
) -> None:
    play(durable_postgres.new_database(durable_template), 2)


def test_I1_I3_the_machine_on_sqlite(tmp_path: Path) -> None:
    play(f"sqlite:///{make_template(tmp_path / 'school.sqlite')}", 1)
