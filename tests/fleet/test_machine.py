"""A state machine over real HTTP against real processes: Hypothesis chooses who taps, what is lost,
who is killed or stopped, what is restored, cloned, withdrawn or set wrong, and shrinks what fails
(layer b). Judged from outside by I1, I2, I3, I6, I7, I8, and by `rollbook check`."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.fleet.conftest import make_template
from tests.fleet.disks import Disk, PostgresDisk, SqliteDisk
from tests.fleet.fleet_servers import Servers
from tests.fleet.invariants import compare
from tests.fleet.ledger import Broken, Ledger
from tests.fleet.lone import sound
from tests.fleet.school_fleet import hand_out, tap
from tests.fleet.tablet import Store, Tablet
from tests.fleet.tally import SEED, tell
from tests.fleet.wire import Answer, Ask, Http, talk
from tests.support.cast import WEDNESDAY, gather
from tests.support.postgres import Cluster

pytestmark = pytest.mark.fleet
EXAMPLES = int(os.environ.get("FLEET_EXAMPLES", "2"))
STEPS = int(os.environ.get("FLEET_STEPS", "20"))
FATES = st.sampled_from(["arrives", "arrives", "request lost", "reply lost", "twice"])
MINUTE_MS = 60_000.0
SKEWS = st.sampled_from(
    [by * MINUTE_MS for by in (-400 * 1440, -90, -1.5, -0.01, 0, 4, 180, 2 * 365 * 1440)]
)
JUMPS_S = st.sampled_from([0.0, 0.0, -300.0, 300.0, -7200.0, 7200.0])
ROUNDS = 6
PLAYED = Counter[str]()
WHO = st.integers(0, 6)


class Fleet(RuleBasedStateMachine):
    """One school's tablets against processes that other examples used before."""

    servers: Servers
    disk: Disk

    def __init__(self) -> None:
        super().__init__()
        self.cast = gather()
        self.images: list[tuple[Tablet, Store]] = []
        self.backups: list[str] = []
        self.lost = 0

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ledger, self.tablets = hand_out(self.cast, self.servers.clock, self.rng)
        self.ways = [Http(port) for port in self.servers.ports]

    def carry(self, ask: Ask, fate: str = "arrives", number: int = 0) -> Answer | None:
        """One question to one of the processes, and what becomes of it."""
        self.lost += "lost" in fate
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
        self.talks(self.tablets[who], lambda ask: self.carry(ask, fate, number))

    def talks(self, tablet: Tablet, carry: Callable[[Ask], Answer | None]) -> str:
        """Send and read; who is asked for a password types it."""
        end = talk(tablet.sync(), carry)
        if end != "signin":
            return end
        person = next(p for p in self.cast.people if p.username == self.ledger.people[tablet.name])
        talk(tablet.sign_in(person.username, person.password), carry)
        return end

    @rule(who=WHO, other=WHO, fate=FATES)
    def somebody_else_delivers(self, who: int, other: int, fate: str) -> None:
        tablet, beside = self.tablets[who], self.tablets[other].store
        if tablet.store.school_id == beside.school_id:
            talk(tablet.flush(beside.cookie), lambda ask: self.carry(ask, fate))

    @rule(who=WHO, skew=SKEWS, looks=st.booleans())
    def somebody_sets_a_clock(self, who: int, skew: float, *, looks: bool) -> None:
        store = self.tablets[who].store
        store.time = store.time.stepped(store.time.skew_ms + skew)
        if looks:
            self.tablets[who].look()

    @rule(who=WHO)
    def a_tablet_is_cloned(self, who: int) -> None:
        tablet = self.tablets[who]
        if len(self.tablets) < 9:
            rng = random.Random(self.rng.random())
            clone = Tablet(tablet.name, tablet.image(), tablet.truth, self.ledger, rng)
            clone.only_pushes = tablet.only_pushes
            self.tablets.append(clone)

    @rule(who=WHO)
    def a_leave_is_withdrawn(self, who: int) -> None:
        store = self.tablets[who].store
        self.disk.withdraw(store.grant, store.cookie)

    @rule(place=st.integers(0, 9))
    def a_student_leaves_or_comes_back(self, place: int) -> None:
        self.disk.enroll_or_withdraw(self.cast.eight_a.students[place], WEDNESDAY)

    @rule()
    def the_operator_backs_up(self) -> None:
        if len(self.backups) < 2:
            self.backups.append(self.disk.back_up())

    @precondition(lambda self: self.backups)
    @rule(which=st.integers(0, 1))
    def the_operator_restores(self, which: int) -> None:
        gone = self.disk.put_back(self.backups[which % len(self.backups)])
        self.ledger.destroyed(gone, self.tablets)

    @rule(who=WHO)
    def keeps_an_image(self, who: int) -> None:
        self.images.append((self.tablets[who], self.tablets[who].image()))

    @rule(which=st.integers(0, 99))
    def puts_an_image_back(self, which: int) -> None:
        if self.images:
            tablet, image = self.images[which % len(self.images)]
            gone = tablet.store.entries.keys() - image.entries.keys()
            tablet.put_back(image)
            self.ledger.destroyed(gone - self.disk.ops(), self.tablets)

    @rule(number=st.integers(0, 2), jump_s=JUMPS_S)
    def a_process_is_killed(self, number: int, jump_s: float) -> None:
        """It comes up again, perhaps on a machine whose clock is wrong."""
        number %= len(self.servers.ports)
        right = self.servers.ahead_s
        self.servers.kill(number)
        self.servers.ahead_s += jump_s
        self.servers.start(number)
        self.servers.ahead_s = right

    @rule(number=st.integers(0, 2), who=WHO)
    def a_process_stands_still_meanwhile(self, number: int, who: int) -> None:
        number %= len(self.servers.ports)
        with self.servers.standing_still(number):
            other = number + 1 if len(self.servers.ports) > 1 else None
            if other is not None:
                self.talks(self.tablets[who], lambda ask: self.carry(ask, "arrives", other))

    def teardown(self) -> None:
        if not hasattr(self, "ways"):
            return
        ends: set[str] = set()
        for tablet in self.tablets:
            if tablet.only_pushes:  # who says nothing hears nothing: it takes one more roll
                tap(tablet, self.ledger.people[tablet.name], self.cast, self.rng)
        for _ in range(ROUNDS):
            ends = {self.talks(tablet, self.carry) for tablet in self.tablets}
            if ends == {"done"} and not any(tablet.waiting for tablet in self.tablets):
                break
        for tablet in self.tablets:
            talk(tablet.sync(), self.carry)
        judge(self.ledger, self.tablets, ends, self.carry)
        acknowledged = self.ledger.acknowledged() - self.ledger.excused
        sound(self.servers.url, acknowledged)
        PLAYED.update(examples=1, ops=len(self.ledger.born_ops), lost_messages=self.lost)
        for way in self.ways:
            way.close()


def judge(
    ledger: Ledger, tablets: list[Tablet], ends: set[str], way: Callable[[Ask], Answer | None]
) -> None:
    """What can be known from outside, through the API alone."""

    def carry(ask: Ask) -> Answer | None:
        """Asks until there is an answer: that none came in time is no fact about the record."""
        return next((answer for answer in (way(ask) for _ in range(ROUNDS)) if answer), None)

    if ends != {"done"} or any(tablet.waiting for tablet in tablets):
        raise Broken("I7", f"not at rest: {ends}")
    for tablet in tablets:
        for op_id in tablet.store.entries:
            receipt = carry(_receipt(tablet, op_id))
            if receipt is None or receipt.status != 200:
                raise Broken("I1", "an acknowledged op has no receipt")
            told = ledger.answers[op_id].get(tablet.store.epoch or "")
            if told and told["hash"] != receipt.told["hash"]:
                raise Broken("I2", "a receipt is of another op than what was answered")
            same = told and told["outcome"] == receipt.told["outcome"] != "held"
            if told and same and told["seq"] != receipt.told["seq"]:
                raise Broken("I2", "a receipt is not what was answered")
        if not tablet.only_pushes:
            fresh = Tablet(tablet.name, tablet.image(), tablet.truth, ledger, random.Random(1))
            fresh.store.wants_bootstrap = True
            talk(fresh.pull(), carry)
            compare(tablet, fresh)
    known = {op_id for tablet in tablets for op_id in tablet.store.entries}
    nowhere = ledger.born_ops.keys() - known - ledger.acknowledged() - ledger.excused
    if nowhere:
        raise Broken("I6", f"{len(nowhere)} ops are nowhere")


def _receipt(tablet: Tablet, op_id: str) -> Ask:
    path = f"/api/v1/schools/{tablet.store.school_id}/ops/{op_id}"
    return Ask("GET", path, tablet.store.cookie)


@contextmanager
def machine(url: str, processes: int, disk_of: Callable[[Servers], Disk]) -> Iterator[type[Fleet]]:
    """The machine against these servers."""
    with Servers(url, processes) as servers:
        yield type("FleetHere", (Fleet,), {"servers": servers, "disk": disk_of(servers)})


def play(url: str, processes: int, disk_of: Callable[[Servers], Disk]) -> None:
    chosen = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not SEED,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    with machine(url, processes, disk_of) as fleet:
        PLAYED.clear()
        run_state_machine_as_test(fleet, settings=chosen)
        tell("the machine", kills=fleet.servers.kills, restores=fleet.disk.restores, **PLAYED)


@pytest.mark.postgres
def test_I1_I3_the_machine_on_two_processes_and_postgresql(
    durable_postgres: Cluster, durable_template: str, tmp_path: Path
) -> None:
    url = durable_postgres.new_database(durable_template)
    play(url, 2, lambda servers: PostgresDisk(servers, tmp_path, durable_postgres))


def test_I1_I3_the_machine_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{make_template(tmp_path / 'school.sqlite')}"
    play(url, 1, lambda servers: SqliteDisk(servers, tmp_path))
