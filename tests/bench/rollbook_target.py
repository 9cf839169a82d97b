"""Rollbook as it is served, every check on: sign-in, grants, rosters, deadlines, conflicts, log."""

from __future__ import annotations

import contextlib
import json
import random
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tests.bench.district import PASSWORD, STUDENTS, BenchSchool
from tests.bench.load import Connection, Request
from tests.bench.processes import free_port, serving

ABSENT_SHARE = 0.06


@dataclass
class Running:
    """Rollbook, up: where, the top of its process tree, and who is signed in."""

    base: str
    pid: int
    cookies: dict[UUID, str] = field(default_factory=dict)
    devices: dict[UUID, str] = field(default_factory=dict)
    database_pids: list[int] = field(default_factory=list)
    url: str = ""

    def headers(self, school: BenchSchool) -> dict[str, str]:
        """What each request of this school's tablet carries."""
        return {
            "Cookie": self.cookies[school.school_id],
            "Origin": self.base,
            "Content-Type": "application/json",
        }


@contextlib.contextmanager
def running(
    url: str, folder: Path, processes: int, schools: Sequence[BenchSchool]
) -> Iterator[Running]:
    """`rollbook serve` on a database that is laid out, each school's teacher signed in."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = {
        "ROLLBOOK_DATABASE_URL": url,
        "ROLLBOOK_PUBLIC_URL": base,
        "ROLLBOOK_PORT": str(port),
        "ROLLBOOK_PROCESSES": str(processes),
    }
    command = [str(Path(sys.executable).parent / "rollbook"), "serve"]
    with serving(command, env, f"{base}/ready", folder / "rollbook.log") as pid:
        here = Running(base, pid)
        for school in schools:
            _sign_in(here, school)
        yield here


def _sign_in(here: Running, school: BenchSchool) -> None:
    device = str(uuid.uuid4())
    body = {"username": school.username, "password": PASSWORD, "device_id": device}
    request = urllib.request.Request(
        f"{here.base}/api/v1/sign-in",
        json.dumps(body).encode(),
        {"Origin": here.base, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        here.cookies[school.school_id] = answer.headers["Set-Cookie"].partition(";")[0]
    here.devices[school.school_id] = device


def pushes(
    here: Running, schools: Sequence[BenchSchool], first: int, rolls: int, batch: int
) -> list[Connection]:
    """One connection a school: its rolls from the `first` on, `batch` ops a request."""
    chance = random.Random(19)
    made = []
    for school in schools:
        mine = school.rolls[first : first + rolls]
        ops = [_op(roll_id, students, chance) for roll_id, students in mine]
        parts = [ops[at : at + batch] for at in range(0, len(ops), batch)]
        requests = [_push(here, school, part) for part in parts]
        made.append(Connection(here.headers(school), requests, _accepted))
    return made


def _push(here: Running, school: BenchSchool, ops: list[dict[str, object]]) -> Request:
    body = {
        "protocol": 1,
        "app": "bench",
        "device_id": here.devices[school.school_id],
        "epoch": None,
        "client_time": _now(),
        "ops": ops,
    }
    path = f"/api/v1/schools/{school.school_id}/ops"
    return Request("POST", path, json.dumps(body).encode(), len(ops))


def some_ops(rolls: int) -> list[dict[str, object]]:
    """Ops like those that are pushed, about students nobody knows: something to store."""
    chance = random.Random(19)
    return [
        _op(uuid.uuid4(), [uuid.uuid4() for _ in range(STUDENTS)], chance) for _ in range(rolls)
    ]


def _op(roll_id: UUID, students: list[UUID], chance: random.Random) -> dict[str, object]:
    now = _now()
    return {
        "id": str(_uuid7()),
        "v": 1,
        "kind": "submit",
        "roll_id": str(roll_id),
        "roster_rev": 1,
        "taken_at": now,
        "clock": {
            "offset_ms": -412,
            "uncertainty_ms": 90,
            "server_seen_at": now,
            "suspect": False,
        },
        "marks": [
            {
                "student_id": str(student),
                "presence": "absent" if chance.random() < ABSENT_SHARE else "present",
            }
            for student in students
        ],
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _uuid7() -> UUID:
    stamp = time.time_ns() // 1_000_000
    chance = uuid.uuid4().int & ((1 << 76) - 1)
    rand_a, rand_b = chance >> 64, chance & ((1 << 62) - 1)
    return UUID(int=stamp << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def _accepted(status: int, body: bytes, request: Request) -> None:
    results = json.loads(body).get("results", []) if status == 200 else []
    if [one["outcome"] for one in results] != ["accepted"] * request.rolls:
        message = f"Rollbook answered {status}: {body[:500]!r}"
        raise ValueError(message)


def pulls(here: Running, schools: Sequence[BenchSchool], pages: int) -> list[Connection]:
    """One connection a school, reading its feed from the start, 100 changes a page."""
    return [
        Connection(here.headers(school), list(_pages(here, school, pages)), _whole)
        for school in schools
    ]


def _pages(here: Running, school: BenchSchool, pages: int) -> Iterator[Request]:
    me = urllib.request.Request(f"{here.base}/api/v1/me", headers=here.headers(school))
    with urllib.request.urlopen(me) as answer:
        cursor = f"{answer.headers['Rollbook-Epoch']}.0"
    for _ in range(pages):
        path = f"/api/v1/schools/{school.school_id}/changes?limit=100&since={cursor}"
        request = urllib.request.Request(here.base + path, headers=here.headers(school))
        with urllib.request.urlopen(request) as answer:
            page = json.load(answer)
        yield Request("GET", path, None, sum(one["type"] == "roll" for one in page["changes"]))
        cursor = page["cursor"]


def _whole(status: int, body: bytes, request: Request) -> None:
    found = (
        sum(one["type"] == "roll" for one in json.loads(body)["changes"]) if status == 200 else -1
    )
    if found != request.rolls:
        message = f"Rollbook's feed answered {status} with {found} rolls, not {request.rolls}"
        raise ValueError(message)
