"""Encrypted reminders a second, delivered to a push service that decrypts every one.

Sender and service are two processes on this machine, over TLS on loopback. Beside Rollbook's sender
stand pywebpush's call as its documentation has it and the same with a kept session, all in one run.
Every message is checked to have arrived, readable, once.

    make bench ARGS="--only push"            # these rows alone
"""

from __future__ import annotations

import json
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import webpush

from server.push.keys import SigningKey
from server.push.parcel import End, Parcel
from server.push.sender import WebPushSender
from server.sealing import make_pair
from tests.bench.processes import cpu_seconds
from tests.support.push_service import FCM, PushService
from tests.support.pushing import PushBrowser, spell

BROWSERS = 200
WARM_UP = 200
CONTACT = "mailto:it@school.example"
BODY = json.dumps(
    {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "Period 2 roll is due at 9:13",
            "body": "Not started on this tablet.",
            "lang": "en",
            "dir": "ltr",
            "tag": "rolls-1f3a9c",
            "navigate": f"https://rolls.school.example/#/roll/{uuid4()}",
            "silent": False,
        },
        "rollbook": {
            "v": 1,
            "kind": "reminder",
            "message_id": str(uuid4()),
            "made_at": "2026-10-06T16:08:00.000Z",
            "rolls": [
                {
                    "roll_id": str(uuid4()),
                    "period": "2",
                    "period_name": "Period 2",
                    "due_at": "2026-10-06T16:13:00.000Z",
                    "due": "9:13",
                }
            ],
        },
    }
).encode()


@dataclass(frozen=True)
class PushRow:
    """One way of sending; CPU of the sender and of the service apart."""

    name: str
    pushes_per_s: float
    sender_cpu_ms: float
    service_cpu_ms: float
    times_the_plain_call: float | None = None

    @property
    def speed(self) -> float:
        """What rounds are compared by."""
        return self.pushes_per_s


@dataclass(frozen=True)
class Bench:
    """A service in a process of its own, and browsers that it knows."""

    service: PushService
    browsers: Sequence[PushBrowser]
    pid: int
    line: socket.socket

    def received(self) -> int:
        """How many messages the service has decrypted by now."""
        self.line.sendall(b"?")
        return int(self.line.recv(20))

    def browser(self, number: int) -> PushBrowser:
        """One after the other, again and again."""
        return self.browsers[number % len(self.browsers)]


@contextmanager
def running(origin: str) -> Iterator[Bench]:
    """The service in a child of this process; `origin` is what its endpoints begin with."""
    service = PushService()
    origin = origin.format(port=service.port)
    browsers = [PushBrowser(f"{origin}/wp/s{n}") for n in range(BROWSERS)]
    for browser in browsers:
        service.adopt(browser)
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        _serve(service, theirs)
    try:
        yield Bench(service, browsers, pid, ours)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        ours.close()
        theirs.close()


def _serve(service: PushService, line: socket.socket) -> None:
    with service:
        while line.recv(1):
            line.sendall(str(len(service.received)).encode())
    os._exit(0)


def _measure(name: str, bench: Bench, count: int, send: Callable[[int], None]) -> PushRow:
    send(WARM_UP)
    before, began = bench.received(), time.perf_counter()
    own, theirs = time.process_time(), cpu_seconds(bench.pid)
    send(count)
    seconds = time.perf_counter() - began
    own, theirs = time.process_time() - own, cpu_seconds(bench.pid) - theirs
    arrived = bench.received() - before
    assert arrived == count, f"{arrived} of {count} arrived and could be read"
    return PushRow(
        name,
        round(count / seconds, 1),
        round(own * 1000 / count, 3),
        round(theirs * 1000 / count, 3),
    )


def rollbook(name: str) -> PushRow:
    """Rollbook's sender, one batch."""
    pair = make_pair()
    key = SigningKey(uuid4(), pair.public, pair.private)
    with (
        running(f"https://{FCM}") as bench,
        WebPushSender(lambda _: key, CONTACT, network=bench.service.network) as sender,
    ):

        def send(count: int) -> None:
            parcels = [_parcel(bench.browser(n), key) for n in range(count)]
            ends = [one.end for one in sender.send(parcels, datetime.now(UTC))]
            assert ends == [End.SENT] * count

        return _measure(name, bench, MESSAGES[name], send)


def _parcel(browser: PushBrowser, key: SigningKey) -> Parcel:
    return Parcel(
        parcel_id=uuid4(),
        endpoint=browser.endpoint,
        p256dh=browser.p256dh,
        auth=browser.auth,
        key_id=key.key_id,
        body=BODY,
        ttl_s=600,
        topic="rolls-1f3a9c",
    )


def plain(name: str) -> PushRow:
    """pywebpush's call as documented, one message after the other."""
    return _by_pywebpush(name, None)


def plain_kept(name: str) -> PushRow:
    """The same with one session for all, which it offers."""
    with requests.Session() as session:
        return _by_pywebpush(name, session)


def _by_pywebpush(name: str, session: requests.Session | None) -> PushRow:
    key = Vapid02(private_key=ec.generate_private_key(ec.SECP256R1()))
    with running("https://127.0.0.1:{port}") as bench, _trusted(bench.service):
        infos = [_info(browser) for browser in bench.browsers]

        def send(count: int) -> None:
            for n in range(count):
                answer = webpush(
                    infos[n % len(infos)],
                    BODY,
                    vapid_private_key=key,
                    vapid_claims={"sub": CONTACT},
                    ttl=600,
                    timeout=5,
                    headers={"urgency": "high", "topic": "rolls-1f3a9c"},
                    requests_session=session,
                )
                assert answer.status_code == 201

        return _measure(name, bench, MESSAGES[name], send)


def _info(browser: PushBrowser) -> dict[str, Any]:
    keys = {"p256dh": spell(browser.p256dh), "auth": spell(browser.auth)}
    return {"endpoint": browser.endpoint, "keys": keys}


@contextmanager
def _trusted(service: PushService) -> Iterator[None]:
    """requests takes its authorities from a file."""
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(service.authority.pem)
        file.flush()
        os.environ["REQUESTS_CA_BUNDLE"] = file.name
        try:
            yield
        finally:
            del os.environ["REQUESTS_CA_BUNDLE"]


OURS = "Rollbook's pushes"
PLAIN = "pywebpush's call, as documented"
KEPT = "pywebpush's call, one session"
TARGETS: dict[str, Callable[[str], PushRow]] = {
    OURS: rollbook,
    PLAIN: plain,
    KEPT: plain_kept,
}
MESSAGES = {OURS: 6000, PLAIN: 1000, KEPT: 1000}


def compared(rows: Sequence[PushRow]) -> list[PushRow]:
    """The rows with how they stand to the plain call."""
    base = next((row.pushes_per_s for row in rows if row.name == PLAIN), None)
    if base is None:
        return list(rows)
    return [replace(row, times_the_plain_call=round(row.pushes_per_s / base, 2)) for row in rows]


def print_table(rows: Sequence[PushRow]) -> None:
    """The figures, a line a target."""
    heads = ("pushes/s", "sender CPU ms", "service CPU ms", "× plain")
    print("\n" + " " * 40 + "".join(f"{head:>16}" for head in heads))
    for row in rows:
        figures = (row.pushes_per_s, row.sender_cpu_ms, row.service_cpu_ms)
        times = "" if row.times_the_plain_call is None else f"{row.times_the_plain_call:,.1f}"
        print(f"{row.name:<40}" + "".join(f"{one:>16,.2f}" for one in figures) + f"{times:>16}")
