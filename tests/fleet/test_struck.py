"""K1, K4: kill -9 of the server at its Nth system call, by strace; SQLite, as a school has it.

Each server is killed at a call chosen beforehand: in the middle of a commit's writes, before its
fdatasync, before the answer. The next one recovers what is left, and is killed in its turn.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.fleet.conftest import make_template
from tests.fleet.fleet_servers import Servers
from tests.fleet.lone import Lone, sound
from tests.fleet.tally import SEED, tell
from tests.fleet.wire import Answer, Ask, Http
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.fleet
STRIKES = int(os.environ.get("FLEET_STRIKES", "6"))
AT: dict[str, tuple[int, int]] = {
    # The call, and between which counts of it (by thread; the first are the server's start).
    "pwrite64": (20, 220),
    "fdatasync": (1, 9),
    "writev": (5, 40),
}
PUSHES = 60
HOW_TO_GET_IT = "K1 and K4 count system calls: `apt-get install strace`."


class Struck(Servers):
    """One server that dies by itself at a system call."""

    def strike_at(self, call: str, number: int) -> None:
        """From the next start on: kill -9 before this call is made for the nth time."""
        inject = f"inject={call}:signal=KILL:when={number}"
        self.under = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}")
        self.under += ("-e", inject)

    def gone(self) -> bool:
        """Whether the worker is gone: its connections are taken and answered by nobody."""
        return not self.answers(0, within_s=0.5 * PATIENCE)


@pytest.mark.skipif(not shutil.which("strace"), reason=HOW_TO_GET_IT)
def test_K1_kill_9_at_the_nth_system_call_loses_and_doubles_nothing(tmp_path: Path) -> None:
    database = make_template(tmp_path / "school.sqlite")
    rng, struck, at_call = Random(21 + SEED), 0, Counter[str]()
    with Struck(f"sqlite:///{database}", 1) as servers, closing(Http(servers.ports[0])) as way:
        lone = Lone("ruiz", servers.clock, way)
        for number in range(STRIKES):
            call = list(AT)[number % len(AT)]
            servers.kill(0)
            servers.strike_at(call, rng.randint(*AT[call]))
            servers.start(0)
            died = push_until_it_dies(lone, servers)
            struck += died
            at_call[call] += died
        servers.kill(0)
        servers.under = ()
        servers.start(0)
        while lone.tablet.waiting:
            assert lone.send() == "done"
    ops = sound(f"sqlite:///{database}", lone.acknowledged)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tell("K1, at the nth call", str(dict(at_call)), ops=ops, kills=struck)
    assert ops == len(lone.tablet.store.entries) == len(lone.acknowledged)
    assert struck >= STRIKES * 2 // 3
    assert set(at_call) == set(AT)


def push_until_it_dies(lone: Lone, servers: Struck) -> bool:
    """Roll after roll; whether the server died over one."""
    for _ in range(PUSHES):
        lone.take_roll()
        if lone.send() != "done" and servers.gone():
            return True
    return False


@pytest.mark.skipif(not shutil.which("strace"), reason=HOW_TO_GET_IT)
def test_K4_killed_between_commit_and_answer_the_replay_gives_the_stored_answer(
    tmp_path: Path,
) -> None:
    """And so does the one after the answer, before the tablet has written it down."""
    database = make_template(tmp_path / "school.sqlite")
    with Struck(f"sqlite:///{database}", 1) as servers, closing(Http(servers.ports[0])) as way:
        answers: list[Answer | None] = []

        def carry(ask: Ask) -> Answer | None:
            answers.append(way(ask))
            return answers[-1]

        lone = Lone("ruiz", servers.clock, carry)
        servers.kill(0)
        servers.strike_at("writev", 9)
        servers.start(0)
        assert push_until_it_dies(lone, servers)
        (cut,) = lone.tablet.waiting
        assert answers[-1] is None, "no answer came"
        (stored,) = rows_of(database, cut.op["id"])
        servers.kill(0)
        servers.under = ()
        servers.start(0)
        assert lone.send() == "done"
        first = lone.heard.outcomes[cut.op["id"]]
        assert (first["outcome"], first["seq"], first["replayed"]) == (*stored, True)
        cut.step = "sent"  # the answer came, and the tablet died before it was written down
        assert lone.send() == "done"
        assert lone.heard.outcomes[cut.op["id"]] == first
    assert sound(f"sqlite:///{database}", lone.acknowledged) == len(lone.tablet.store.entries)


def rows_of(database: Path, op_id: str) -> list[tuple[str, int]]:
    """The outcome and place of an op in the log, read from the disk of the dead server."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(
            "SELECT outcome, seq FROM op WHERE op_id = ?", (op_id.replace("-", ""),)
        ).fetchall()
