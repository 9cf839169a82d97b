"""A school's morning in one process: a seeded scheduler, virtual time, a faulty network, and a
server that dies, restarts and is put back to yesterday. The same seed gives the same run.

    told = run(7, template, folder)     # raises Broken, naming the invariant and the seed
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from tests.fleet import invariants, refolding
from tests.fleet.chance import chance
from tests.fleet.ledger import POISON, Broken, Ledger
from tests.fleet.school_fleet import TABLETS, hand_out, tap, taught
from tests.fleet.tablet import Store, Tablet
from tests.fleet.wire import Answer, Ask, Talk, talk
from tests.fleet.world import World
from tests.support.cast import FIRST, TUESDAY, WEDNESDAY, named

TIMEOUT_S = 20.0
ROUNDS = 12
DAY_MS = 86_400_000.0


@dataclass(slots=True)
class Told:
    """What a run did."""

    seed: int
    ops: int = 0
    requests: int = 0
    lost: int = 0
    kills: int = 0
    restores: int = 0
    trace: str = ""


@dataclass(slots=True)
class Weather:
    """How bad the network is in one run."""

    lose_request: float
    lose_reply: float
    twice: float
    slow_s: float


@dataclass(order=True, slots=True)
class Due:
    at: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class Simulation:
    """One run."""

    def __init__(self, seed: int, template: Path, folder: Path) -> None:
        self.rng = Random(seed)
        self.told = Told(seed)
        self.world = World(template, folder)
        self.ledger, self.tablets = hand_out(self.world.cast, self.world.clock, self.rng)
        self.weather = self._weather()
        self.due: list[Due] = []
        self.number = 0
        self.busy: set[tuple[str, int]] = set()
        self.images: list[tuple[Tablet, Store]] = []
        self.trace = hashlib.sha256()
        self.resting = False
        for tablet in self.tablets:
            self._step_clock(tablet)

    def _weather(self) -> Weather:
        bad = self.rng.choice([0.0, 0.1, 0.3])
        return Weather(
            bad, self.rng.choice([0.0, 0.1, 0.3]), bad / 2, self.rng.choice([0.1, 5, 60])
        )

    # --- virtual time

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something later."""
        self.number += 1
        at = self.world.clock.now() + timedelta(milliseconds=int(seconds * 1000))
        heapq.heappush(self.due, Due(at, self.number, act))

    def pass_time(self) -> None:
        """Do what is due, until nothing is."""
        while self.due:
            due = heapq.heappop(self.due)
            self.world.clock.set(max(due.at, self.world.clock.now()))
            due.act()

    # --- the network

    def start(self, tablet: Tablet, conversation: Talk) -> None:
        """A tablet begins to talk, if it is not talking already."""
        key = (tablet.name, tablet.life)
        if key not in self.busy:
            self.busy.add(key)
            self._go_on(tablet, tablet.life, conversation, None, first=True)

    def _go_on(
        self,
        tablet: Tablet,
        life: int,
        talking: Talk,
        answer: Answer | None,
        *,
        first: bool = False,
    ) -> None:
        if tablet.life != life:
            return
        try:
            ask = next(talking) if first else talking.send(answer)
        except StopIteration as end:
            self.busy.discard((tablet.name, life))
            self._after(tablet, end.value)
            return
        self._carry(tablet, life, talking, ask)

    def _after(self, tablet: Tablet, end: str) -> None:
        if end == "signin" and (self.resting or self.rng.random() < 0.5):
            self._sign_in(tablet)

    def _carry(self, tablet: Tablet, life: int, talking: Talk, ask: Ask) -> None:
        weather, rng = self.weather, self.rng
        there, back = (0.02 + rng.random() * weather.slow_s for _ in range(2))
        if rng.random() < weather.twice:
            self.after(rng.random() * 90, lambda: self._serve(ask))
        if rng.random() < weather.lose_request:
            self.told.lost += 1
            self.after(TIMEOUT_S, lambda: self._go_on(tablet, life, talking, None))
            return
        lost = rng.random() < weather.lose_reply or there + back > TIMEOUT_S
        self.told.lost += lost

        def arrive() -> None:
            answer = self._serve(ask)
            self.after(
                TIMEOUT_S if lost else back,
                lambda: self._go_on(tablet, life, talking, None if lost else answer),
            )

        self.after(there, arrive)

    def _serve(self, ask: Ask) -> Answer | None:
        answer = self.world.serve(ask)
        heard = answer and (answer.status, answer.told)
        self.trace.update(f"{ask.method} {self.world.clock.now()} {ask.body} {heard}".encode())
        return answer

    # --- what happens

    def live(self, steps: int) -> None:
        """Some hours of a school's life, with faults."""
        openings = (
            bool,
            self._a_forgotten_leave,
            self._a_student_comes_back,
            self._a_clock_set_forward,
        )
        openings[self.told.seed % len(openings)]()
        deeds = self._deeds()
        names, weights = list(deeds), [weight for weight, _ in deeds.values()]
        for _ in range(steps):
            tablet = self.rng.choice(self.tablets)
            name = self.rng.choices(names, weights)[0]
            self.trace.update(f"{name} {tablet.name}".encode())
            deeds[name][1](tablet)
            until = self.world.clock.now() + timedelta(seconds=self.rng.choice([0, 1, 30, 600]))
            while self.due and self.due[0].at <= until:
                due = heapq.heappop(self.due)
                self.world.clock.set(max(due.at, self.world.clock.now()))
                due.act()
            self.world.clock.set(max(until, self.world.clock.now()))

    def _a_forgotten_leave(self) -> None:
        """An opening: the school is restored to before a leave with which a roll was taken."""
        tablet = self.rng.choice(self.tablets)
        self._back_up(tablet)
        self._revoke(tablet)
        self._sign_in(tablet)
        self._tap(tablet)
        if self.rng.random() < 0.5:
            self._at_once(tablet)
        self._restore(tablet)
        talk(tablet.flush(), self._serve)

    def _a_student_comes_back(self) -> None:
        """An opening: a roll of nobody but a student who has left; then she is enrolled again."""
        tablet, student = self.tablets[0], self.world.cast.eight_a.students[0]
        self.world.leave(student, FIRST)
        mark = {"student_id": str(student), "presence": "present"}
        tablet.make(str(self.world.cast.eight_a.roll(TUESDAY)), [mark])
        self._at_once(tablet)
        self.world.leave(student, None)

    def _a_clock_set_forward(self) -> None:
        """An opening: in time by the truth, late by a clock that somebody set forward, and sent
        when it is late."""
        tablet = self.tablets[0]
        self._at_once(tablet)
        tablet.store.time = tablet.store.time.stepped(tablet.store.time.skew_ms + 1_200_000.0)
        tablet.look()
        one = self.world.cast.eight_a
        marks = [{"student_id": str(student), "presence": "present"} for student in one.students]
        tablet.make(str(one.roll(WEDNESDAY)), marks)
        self.world.clock.forward(minutes=45)

    def _sign_in(self, tablet: Tablet) -> None:
        person = self.world.person(self._who(tablet))
        talk(tablet.sign_in(person.username, person.password), self.world.serve)

    def _deeds(self) -> dict[str, tuple[float, Callable[[Tablet], object]]]:
        world = self.world
        return {
            "tap": (14, self._tap),
            "sync": (16, lambda tablet: self.start(tablet, tablet.sync())),
            "strange": (1.5, self._strange),
            "step the clock": (1, self._step_clock),
            "start the app again": (0.7, self._start_again),
            "kill at commit": (1.5, lambda _: setattr(world, "die_at", "commit")),
            "kill after commit": (1.5, lambda _: setattr(world, "die_at", "reply")),
            "restart": (0.5, lambda _: world.restart()),
            "back up": (1.2, self._back_up),
            "restore": (1.2, self._restore),
            "keep an image": (1, lambda tablet: self.images.append((tablet, tablet.image()))),
            "put an image back": (0.8, self._put_image_back),
            "clone": (0.5, self._clone),
            "roster": (1, self._roster),
            "revoke": (0.5, self._revoke),
            "a session ends": (0.8, lambda tablet: world.end_session(tablet.store.cookie)),
            "somebody else delivers": (3, self._somebody_else_delivers),
        }

    def _who(self, tablet: Tablet) -> str:
        return self.ledger.people[tablet.name]

    def _tap(self, tablet: Tablet) -> None:
        tap(tablet, self._who(tablet), self.world.cast, self.rng)

    def _strange(self, tablet: Tablet) -> None:
        """Ops that a newer app, a fault or a mistake would send."""
        one = taught(self.world.cast, self._who(tablet))
        marks = [{"student_id": str(one.students[0]), "presence": "present"}]
        roll_id, kind = str(one.roll(TUESDAY)), self.rng.choice(["poison", "newer", "roll", "bad"])
        if kind == "poison":
            tablet.make(roll_id, marks, **{POISON: 2**70})
        elif kind == "newer":
            tablet.make(roll_id, marks, kind="dance", v=3)
        elif kind == "roll":
            tablet.make(str(named("roll", "nowhere")), marks)
        else:
            op = tablet.make(roll_id, [{"student_id": str(one.students[0]), "presence": "asleep"}])
            self.ledger.born_ops[op["id"]].well_formed = False

    def _step_clock(self, tablet: Tablet) -> None:
        """Somebody sets the tablet's wall clock, back or forward by any amount; the app sees it
        happen, or not."""
        time = tablet.store.time
        back = self.rng.choice([0.0, 700.0, 90_000.0, DAY_MS, 300 * DAY_MS])
        ahead = self.rng.choice([0.0, 0.0, 1_200_000.0, 3_600_000.0, 400 * DAY_MS])
        tablet.store.time = time.stepped(time.skew_ms - back + ahead)
        if self.rng.random() < 0.5:
            tablet.look()

    def _start_again(self, tablet: Tablet) -> None:
        """The app is closed and opened: what its monotonic clock knew is gone."""
        tablet.store.time = tablet.store.time.restarted()
        if self.rng.random() < 0.5:
            tablet.look()

    def _back_up(self, _: Tablet) -> None:
        self.world.back_up()

    def _restore(self, _: Tablet) -> None:
        if self.world.backups:
            gone = self.world.put_back(self.rng.randrange(len(self.world.backups)))
            self.ledger.destroyed(gone, self.tablets)
            self.told.restores += 1

    def _put_image_back(self, _: Tablet) -> None:
        if self.images:
            tablet, image = self.rng.choice(self.images)
            before = set(tablet.store.entries)
            tablet.put_back(image)
            there = {str(row.op_id) for row in self.world.log()}
            self.ledger.destroyed(before - set(tablet.store.entries) - there, self.tablets)

    def _clone(self, tablet: Tablet) -> None:
        """A second device begins as a copy of this one."""
        if len(self.tablets) > len(TABLETS) + 1:
            return
        clone = Tablet(
            tablet.name, tablet.image(), tablet.truth, self.ledger, Random(self.rng.random())
        )
        clone.only_pushes = tablet.only_pushes
        clone.life = 1000 * len(self.tablets)
        self.tablets.append(clone)

    def _roster(self, _: Tablet) -> None:
        student = self.rng.choice(self.world.cast.eight_a.students[:10])
        left = student in self.world.left
        self.world.leave(student, None if left else TUESDAY)

    def _revoke(self, tablet: Tablet) -> None:
        """Her leave to record is withdrawn and her session ends; she may sign in again."""
        self.world.revoke([UUID(tablet.store.grant)])
        self.world.end_session(tablet.store.cookie)
        self.ledger.revoked.setdefault(tablet.store.grant, self.world.clock.now())

    def _somebody_else_delivers(self, tablet: Tablet) -> None:
        """Several people use one tablet: what one left is sent while another is signed in."""
        there = [one for one in self.tablets if one.store.school_id == tablet.store.school_id]
        self.start(tablet, tablet.flush(self.rng.choice(there).store.cookie))

    # --- rest

    def rest(self) -> None:
        """The faults stop; the tablets go on until they have nothing left to do."""
        self.weather, self.resting = Weather(0, 0, 0, 0.1), True
        self.world.die_at = None
        self.pass_time()
        for tablet in self.tablets:
            if tablet.only_pushes:  # who says nothing hears nothing: it takes one more roll
                self._tap(tablet)
        for _ in range(ROUNDS):
            ends = {self._at_once(tablet) for tablet in self.tablets}
            self.world.clock.forward(seconds=60)
            if ends == {"done"} and not any(tablet.waiting for tablet in self.tablets):
                break
        for tablet in self.tablets:
            self._at_once(tablet)

    def _at_once(self, tablet: Tablet) -> str:
        end = talk(tablet.sync(), self._serve)
        self._after(tablet, end)
        return end

    def tell(self) -> Told:
        """What was done."""
        told = self.told
        told.ops, told.requests = len(self.ledger.born_ops), self.world.requests
        told.kills, told.trace = self.world.kills, self.trace.hexdigest()
        return told


Look = Callable[[World, Ledger, Sequence[Tablet]], None]
LOOKS: Sequence[Look] = (
    invariants.durable,
    invariants.alive,
    invariants.once,
    invariants.discarded,
    refolding.folded,
    invariants.complete,
    invariants.heard_again,
    invariants.in_order,
    invariants.leave_by_capture,
    refolding.timely,
)


Bug = Callable[[Simulation], AbstractContextManager[Any]]


def run(
    seed: int,
    template: Path,
    folder: Path,
    *,
    steps: int = 60,
    deep: bool = False,
    bug: Bug | None = None,
    looks: Sequence[Look] | None = None,
) -> Told:
    """One run and its judgement. Raises Broken; `deep` also looks at I5 by a second server, `bug`
    breaks the server while the run lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    with chance(seed):
        return _run(seed, template, folder, steps, bug, looks or _looks(deep=deep))


def _looks(*, deep: bool) -> Sequence[Look]:
    return (*LOOKS, *([refolding.ordered] if deep else []))


def _run(
    seed: int, template: Path, folder: Path, steps: int, bug: Bug | None, looks: Sequence[Look]
) -> Told:
    simulation = Simulation(seed, template, folder)
    try:
        with bug(simulation) if bug else nullcontext():
            simulation.live(steps)
            simulation.rest()
            for look in looks:
                look(simulation.world, simulation.ledger, simulation.tablets)
    except Broken as broken:
        raise Broken(broken.rule, f"{broken.what} (seed {seed})") from broken
    finally:
        simulation.world.stop()
    return simulation.tell()
