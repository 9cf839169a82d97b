"""A tablet, from docs/protocol.md and the rules O: an outbox, a mirror of the feed, a clock.

It knows nothing of the server's code. Its state is plain data: an image of it can be kept and put
back, and a clone is a copy.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from server.columns import spell
from tests.fleet.timepiece import Timepiece, at_ms
from tests.fleet.wire import Answer, Ask, Talk, Tree

MOST_OPS = 50
ACKNOWLEDGED = ("received", "held", "recorded")
STEPS = {"accepted": "received", "held": "held", "refused": "refused"}


@dataclass(slots=True)
class Entry:
    """One op on its way; `counter` is what a lesser protocol would have named it by."""

    op: Tree
    counter: int
    step: str = "sent"
    epoch: str | None = None
    answer: Tree | None = None


@dataclass(slots=True)
class Mirror:
    """What the tablet knows of the school, kept up by incremental pulls alone."""

    cursor: str = ""
    scope: str = ""
    rolls: dict[str, Tree] = field(default_factory=dict)
    sections: dict[str, Tree] = field(default_factory=dict)
    calendar: Tree = field(default_factory=dict)
    held: dict[str, Tree] = field(default_factory=dict)
    began: int = 0
    """The place in the school's history at which this mirror began."""

    def take(self, change: Tree) -> None:
        """Each change replaces what is there."""
        kind = change["type"]
        if kind == "roll":
            self.rolls[change["roll_id"]] = change
        elif kind == "section":
            self.sections[change["section_id"]] = change
        elif kind == "held":
            self.held[change["op_id"]] = change
        elif kind == "calendar":
            self.calendar = change


@dataclass(slots=True)
class Store:
    """All that lies on the tablet's disk."""

    device_id: str
    school_id: str
    cookie: str
    grant: str
    entries: dict[str, Entry] = field(default_factory=dict)
    mirror: Mirror = field(default_factory=Mirror)
    epoch: str | None = None
    wants_bootstrap: bool = True
    counter: int = 0
    safe_before: str | None = None
    device_token: str = ""
    time: Timepiece = field(default_factory=Timepiece)


class Watch:
    """Hears what a tablet does; the harness's ledger is one."""

    def born(self, tablet: Tablet, op: Tree, truth: datetime) -> None:
        """An op was made."""

    def answered(self, tablet: Tablet, epoch: str, result: Tree) -> None:
        """A result arrived at the tablet."""

    def received(self, tablet: Tablet, what: Tree) -> None:
        """Something of the school arrived: a change or a bootstrap."""


class Tablet:
    """One device with one person on it. `now` is asked for the true time."""

    def __init__(self, name: str, store: Store, truth: Any, watch: Watch, rng: Random) -> None:
        self.name, self.store, self.truth, self.watch, self.rng = name, store, truth, watch, rng
        self.only_pushes = False
        self.life = 0
        """Counts images put back: a conversation of an earlier life ends unheard."""
        self.heard_as = "ok"
        """Whether somebody was signed in when the last push was answered."""

    # --- capture

    def make(self, roll_id: str, marks: Sequence[Tree], **more: Any) -> Tree:
        """A new op, frozen; saved before anything is sent."""
        store, now = self.store, self.truth.now()
        self.look()
        reading = store.time.read(now)
        op: Tree = {
            "id": self._new_id(reading.wall),
            "v": 1,
            "kind": "submit",
            "roll_id": roll_id,
            "grant": store.grant,
            "taken_at": spell(at_ms(reading.wall)),
            "marks": list(marks),
        }
        clock = store.time.stated(reading)
        if clock:
            op["clock"] = clock
        op |= more
        store.counter += 1
        store.entries[op["id"]] = Entry(op, store.counter)
        self.watch.born(self, op, now)
        return op

    def parents(self, roll_id: str, student_id: str) -> list[str]:
        """Whose word this tablet has before it: the mark's heads, and its own ops of the roll."""
        roll = self.store.mirror.rolls.get(roll_id)
        found = [mark for mark in (roll or {}).get("marks", ()) if mark["student_id"] == student_id]
        heads = [roll["ops"][at] for mark in found if roll for at in mark.get("heads", [0])]
        own = [
            entry.op["id"]
            for entry in self.store.entries.values()
            if entry.op["roll_id"] == roll_id and entry.step != "refused"
        ]
        return sorted({*heads, *own})[:50]

    def _new_id(self, wall: float) -> str:
        bits = max(0, int(wall)) << 80 | 7 << 76 | self.rng.getrandbits(12) << 64
        text = f"{bits | 2 << 62 | self.rng.getrandbits(62):032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    # --- images

    def image(self) -> Store:
        """The disk as it is."""
        return copy.deepcopy(self.store)

    def put_back(self, image: Store) -> None:
        """The disk as it was; what the tablet was doing is forgotten. The clock runs on."""
        skew = self.store.time.skew_ms
        self.store = copy.deepcopy(image)
        self.store.time = self.store.time.restarted().stepped(skew)
        self.life += 1

    def look(self) -> None:
        """What the app does now and then: look at both clocks."""
        self.store.time = self.store.time.observed(self.store.time.read(self.truth.now()))

    # --- sending, by O2 and O3

    @property
    def waiting(self) -> list[Entry]:
        """What is not acknowledged, oldest first."""
        return [e for _, e in sorted(self.store.entries.items()) if e.step == "sent"]

    def flush(self, cookie: str | None = None) -> Talk:
        """Send what waits, until nothing does or the network fails; how it ended. `cookie`: of
        somebody else who is signed in on this tablet, in whose presence it is sent."""
        most = MOST_OPS
        while batch := self.waiting[:most]:
            ids = {entry.op["id"] for entry in batch}
            answer = yield from self._exchange("POST", "ops", self._push(batch), cookie)
            end = self._after_push(answer, ids)
            if end == "halve" and most > 1:
                most = max(1, len(batch) // 2)
            elif end != "again":
                return end
        return "done"

    def _push(self, batch: Iterable[Entry]) -> Tree:
        now = self.store.time.read(self.truth.now())
        return {
            "protocol": 1,
            "app": "fleet",
            "device_id": self.store.device_id,
            "epoch": self.store.epoch,
            "client_time": spell(at_ms(now.wall)),
            "ops": [entry.op for entry in batch],
        }

    def _after_push(self, answer: Answer | None, ids: set[str]) -> str:
        if answer is None or answer.status >= 500 or answer.status == 429:
            return "unreachable"
        if answer.status == 401:
            return "signin"
        if answer.status in {410, 409} and answer.told and "epoch" in answer.told:
            self.honour(answer.told["epoch"])
            return "again"
        if answer.status == 413:
            return "halve"
        told = answer.told or {}
        if answer.status != 200 or not isinstance(told.get("results"), list):
            return "unreachable"
        before, self.heard_as = len(self.waiting), told["session"]
        for result in told["results"]:
            if result["id"] in ids:
                self._settle(told["epoch"], result)
        self.store.safe_before = told["safe_before"]
        self.honour(told["epoch"])
        return "again" if len(self.waiting) != before else "stuck"

    def _settle(self, epoch: str, result: Tree) -> None:
        entry = self.store.entries.get(result["id"])
        if entry is None:
            return
        entry.step, entry.epoch, entry.answer = STEPS[result["outcome"]], epoch, result
        self.watch.answered(self, epoch, result)

    def honour(self, epoch: str) -> None:
        """Another history: what the old one acknowledged is offered again (O5)."""
        store = self.store
        if store.epoch not in {None, epoch}:
            for entry in store.entries.values():
                if entry.step in ACKNOWLEDGED and entry.epoch != epoch:
                    entry.step, entry.answer, entry.epoch = "sent", None, None
            store.wants_bootstrap = True
        store.epoch = epoch

    # --- reading

    def pull(self) -> Talk:
        """Bring the mirror up to date; how it ended."""
        while True:
            if self.store.wants_bootstrap or not self.store.mirror.cursor:
                end = yield from self._bootstrap()
                if end != "done":
                    return end
            page = f"changes?since={self.store.mirror.cursor}&limit={self.rng.choice([1, 3, 200])}"
            answer = yield from self._exchange("GET", page)
            if answer is not None and answer.status == 401:
                return "signin"
            if answer is None or answer.told is None:
                return "unreachable"
            if answer.status == 410:
                self.honour(answer.told["epoch"])
                self.store.wants_bootstrap = True
                continue
            if answer.status != 200:
                return "unreachable"
            self.honour(answer.told["epoch"])
            if self.store.wants_bootstrap or answer.told["scope"] != self.store.mirror.scope:
                self.store.wants_bootstrap = True
                continue
            self._take(answer.told)
            if not answer.told["more"]:
                return "done"

    def _take(self, page: Tree) -> None:
        mirror = self.store.mirror
        for change in page["changes"]:
            self.watch.received(self, change)
            mirror.take(change)
        self._record(op for c in page["changes"] if c["type"] == "roll" for op in c["ops"])
        mirror.cursor, self.store.safe_before = page["cursor"], page["safe_before"]

    def _bootstrap(self) -> Talk:
        answer = yield from self._exchange("GET", "bootstrap")
        if answer is not None and answer.status == 401:
            return "signin"
        if answer is None or answer.status != 200 or answer.told is None:
            return "unreachable"
        told = answer.told
        self.watch.received(self, told)
        self.store.mirror = Mirror(told["cursor"], told["scope"])
        self.store.mirror.began = int(told["cursor"].rpartition(".")[2])
        for change in [*told["rolls"], *told["sections"], told["calendar"]]:
            self.store.mirror.take(change)
        self.honour(told["epoch"])
        self.store.wants_bootstrap = False
        self.store.grant = told["grant"]["grant_id"]
        self._record(op for roll in told["rolls"] for op in roll["ops"])
        return "done"

    def _record(self, seen: Iterable[str]) -> None:
        for op_id in seen:
            entry = self.store.entries.get(op_id)
            if entry and entry.step in {"received", "held"}:
                entry.step = "recorded"

    def sign_in(self, username: str, password: str) -> Talk:
        """The person types the password; the school hears which leaves this device holds."""
        held = [entry.op["grant"] for entry in self.store.entries.values() if "grant" in entry.op]
        body = {
            "username": username,
            "password": password,
            "device_id": self.store.device_id,
            "grants": sorted({*held, self.store.grant})[:20],
        }
        answer = yield Ask("POST", "/api/v1/sign-in", "", body, self.store.device_token)
        if answer is None or answer.status != 200 or answer.told is None:
            return "unreachable"
        self.store.cookie = answer.cookies["rollbook"]
        self.store.device_token = answer.cookies.get("rollbook-device", self.store.device_token)
        self.store.grant, self.heard_as = answer.told["grant"]["grant_id"], "ok"
        return "done"

    def sync(self) -> Talk:
        """What a tablet does whenever it may: send, then read."""
        end = yield from self.flush()
        if self.only_pushes:
            return end if self.heard_as == "ok" else "signin"
        return (yield from self.pull())

    def _exchange(
        self, method: str, where: str, body: Tree | None = None, cookie: str | None = None
    ) -> Any:
        """One question; an answer sets the clock."""
        path = f"/api/v1/schools/{self.store.school_id}/{where}"
        sent = self.store.time.read(self.truth.now())
        speaks = self.store.cookie if cookie is None else cookie
        answer = yield Ask(method, path, speaks, body, self.store.device_token)
        if answer is not None and answer.told and "server_time" in answer.told:
            got = self.store.time.read(self.truth.now())
            server = datetime.fromisoformat(answer.told["server_time"])
            self.store.time = self.store.time.measured(sent, got, server)
        return answer
