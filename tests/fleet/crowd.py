"""A set workload: many writers of ops that are each unique, and readers that only ever ask what is
new. When all is quiet nothing that was acknowledged may be missing from any reader.

Half of the ops are about rolls that nobody knows: each is held, and so is a row of the feed of its
own, which no later op can bring along.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Protocol
from uuid import UUID

from tests.fleet.school_fleet import cookie, taught
from tests.fleet.tablet import Store, Tablet, Watch
from tests.fleet.wire import Answer, Ask, Carry, Tree, talk
from tests.support.cast import TUESDAY, gather, named

WRITERS = ("ruiz", "okafor", "brandt", "lind", "ruiz-2", "okafor")
READERS = ("lind", "lind", "ruiz", "brandt")
MOST = 150
"""Ops of one writer, however long the faults go on."""
DAYS = (TUESDAY, *(date(2026, 10, day) for day in (1, 2, 5)))


class Truth(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant."""


@dataclass(slots=True)
class Heard(Watch):
    """What the writers were told."""

    outcomes: dict[str, Tree] = field(default_factory=dict)

    def answered(self, tablet: Tablet, epoch: str, result: Tree) -> None:  # noqa: ARG002 - Watch's
        self.outcomes[result["id"]] = result


@dataclass(slots=True)
class Counted:
    """What the carriers saw."""

    asked: int = 0
    busy: int = 0
    silent: int = 0
    broken: int = 0

    def through(self, carry: Carry) -> Carry:
        """The same carrier, counted."""

        def counted(ask: Ask) -> Answer | None:
            answer = carry(ask)
            self.asked += 1
            self.silent += answer is None
            self.busy += answer is not None and answer.status == 503
            self.broken += answer is not None and answer.status == 500
            return answer

        return counted


class Crowd:
    """The tablets of one workload; `carrier` makes each its own way to the servers."""

    def __init__(self, carrier: Callable[[Random], Carry], truth: Truth, seed: int) -> None:
        self.heard, self.counted = Heard(), Counted()
        self.truth, self.rng, self.cast = truth, Random(seed), gather()
        self.carries: dict[int, Carry] = {}
        self.writers = [self._tablet(name, n, carrier) for n, name in enumerate(WRITERS)]
        self.readers = [self._tablet(name, 90 + n, carrier) for n, name in enumerate(READERS)]
        self.quiet, self.enough = threading.Event(), threading.Event()
        self.enough.set()

    def _tablet(self, name: str, number: int, carrier: Callable[[Random], Carry]) -> Tablet:
        person = next(p for p in self.cast.people if p.username == name.partition("-")[0])
        device, grant = named("device", f"fleet/{name}"), named("grant", f"fleet/{name}")
        store = Store(str(device), str(person.school_id), cookie(name), str(grant))
        tablet = Tablet(name, store, self.truth, self.heard, Random(self.rng.random()))
        self.carries[id(tablet)] = self.counted.through(carrier(Random(number)))
        return tablet

    def work(self, ops_each: int, within_s: float) -> None:
        """Everybody at once, until every writer is acknowledged. Raises TimeoutError."""
        with ThreadPoolExecutor(len(self.writers) + len(self.readers)) as threads:
            reading = [threads.submit(self._read, tablet) for tablet in self.readers]
            writing = [threads.submit(self._write, tablet, ops_each) for tablet in self.writers]
            late = wait(writing, within_s).not_done
            self.quiet.set()
            for done in (*reading, *writing):
                done.result(within_s)
        if late or any(tablet.waiting for tablet in self.writers):
            raise TimeoutError("some writers were never acknowledged")

    def _write(self, tablet: Tablet, ops: int) -> None:
        username = tablet.name.partition("-")[0]
        one = taught(self.cast, username)
        for number in count():
            if number >= ops and (self.enough.is_set() or number >= MOST):
                break
            known = number % 2 == 0 and username != "lind"
            roll = one.roll(tablet.rng.choice(DAYS)) if known else UUID(int=number + 1)
            marks = [{"student_id": str(tablet.rng.choice(one.students)), "presence": "present"}]
            tablet.make(str(roll), marks)
            if tablet.rng.random() < 0.6:
                self._send(tablet)
        while tablet.waiting and not self.quiet.is_set():
            self._send(tablet)

    def _send(self, tablet: Tablet) -> None:
        if talk(tablet.flush(), self.carries[id(tablet)]) != "done":
            self.quiet.wait(0.02)

    def _read(self, tablet: Tablet) -> None:
        while not self.quiet.is_set():
            talk(tablet.pull(), self.carries[id(tablet)])
            self.quiet.wait(0.02)

    def missing(self) -> dict[str, set[str]]:
        """By reader: acknowledged ops that it should have heard of since it began, and did not."""
        missing: dict[str, set[str]] = {}
        for number, tablet in enumerate(self.readers):
            while talk(tablet.pull(), self.carries[id(tablet)]) != "done":
                pass
            mirror = tablet.store.mirror
            known = {op for roll in mirror.rolls.values() for op in roll["ops"]}
            due = set(self._due(tablet.name))
            if lost := due - known - mirror.held.keys():
                missing[f"{tablet.name} {number}"] = lost
        return missing

    def _due(self, reader: str) -> Iterator[str]:
        theirs = {"ruiz": {"ruiz", "ruiz-2"}, "brandt": {"brandt"}}.get(reader)
        for tablet in self.writers:
            for op_id in tablet.store.entries:
                if op_id in self.heard.outcomes and (theirs is None or tablet.name in theirs):
                    yield op_id


@contextmanager
def begun(crowd: Crowd) -> Iterator[Crowd]:
    """Readers begin before anybody writes, so that all they know came by the feed."""
    for tablet in crowd.readers:
        while talk(tablet.pull(), crowd.carries[id(tablet)]) != "done":
            pass
    yield crowd
