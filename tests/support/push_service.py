"""A push service on loopback (RFC 8030, 8188, 8291, 8292) that decrypts every message it gets.

with PushService() as service:
    browser = service.browser()                    # a subscription that this service knows
    school = open_school(url, network=service.network)
    subscribe(tablet, browser)
    service.will(browser, Reply(429, {"Retry-After": "30"}))   # from the next message on
    ...
    (message,) = service.received                  # decrypted, with its headers

It speaks TLS under the real services' names, which `service.network` leads to it. What a real one
would refuse it refuses: a wrong signature (403), no TTL (400), an unknown subscription (404).
"""

from __future__ import annotations

import itertools
import json
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import http_ece

from server.push.addresses import Network
from tests.support.certificates import new_authority
from tests.support.push_answers import Behaviour, Hang, HangUp, Reply
from tests.support.push_rules import Refusal, check, read_token
from tests.support.pushing import PushBrowser

__all__ = ["FCM", "NAMES", "Hang", "HangUp", "Message", "PushService", "Reply", "read_token"]
FCM = "fcm.googleapis.com"
NAMES = (
    FCM,
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "wns2-par02p.notify.windows.com",
)
Request = tuple[str, str, dict[str, str], bytes]
TAKEN = Reply(201, {"Location": "https://fcm.googleapis.com/m/1"})


@dataclass(frozen=True)
class Message:
    """One message that was received whole and decrypted. `plain` is what the page would get."""

    browser: PushBrowser
    headers: Mapping[str, str]
    plain: bytes
    claims: Mapping[str, Any]
    answered: int

    @property
    def told(self) -> Any:
        """The message as JSON."""
        return json.loads(self.plain)


class Connection:
    """One connection of a sender, and what was read of its next request."""

    def __init__(self, tls: ssl.SSLSocket) -> None:
        self.tls = tls
        self.number = tls.fileno()
        self._read = b""

    def requests(self) -> Iterator[Request]:
        """Those that are whole by now. Raises EOFError where it was closed, OSError."""
        more = self.tls.recv(65536)
        if not more:
            raise EOFError
        self._read += more
        while (request := self._next()) is not None:
            yield request

    def _next(self) -> Request | None:
        head, end, rest = self._read.partition(b"\r\n\r\n")
        if not end:
            return None
        first, *fields = head.decode("ascii").split("\r\n")
        method, target, _ = first.split(" ")
        named = (field.partition(":") for field in fields)
        headers = {name.lower(): value.strip() for name, _, value in named}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return None
        self._read = rest[length:]
        return method, target, headers, rest[:length]


class PushService:
    """The service; `received` grows while it runs."""

    def __init__(self, *, checks_clock: Callable[[], float] | None = None) -> None:
        """`checks_clock` tells the present second, where tokens shall be in date by it."""
        self.received: list[Message] = []
        self.connections = 0
        self.checks_clock = checks_clock
        self._browsers: dict[str, PushBrowser] = {}
        self._wills: dict[str, Behaviour] = {}
        self._numbers = itertools.count(1)
        self.authority = new_authority()
        self._context = self.authority.serving(NAMES)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._lines: dict[int, Connection] = {}
        self._poll = select.epoll()
        self._hanging: list[Hang] = []
        self._is_over = False
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._door.getsockname()[1]
        return port

    @property
    def network(self) -> Network:
        """A way to it, and to nothing else, under the real services' names."""
        return self.network_by(lambda _: ["127.0.0.1"])

    def network_by(self, resolve: Callable[[str], Sequence[str]]) -> Network:
        """The same with a DNS of the test's own; only loopback is allowed."""
        return Network(
            resolve=resolve,
            allows=lambda address: address == "127.0.0.1",
            port=self.port,
            trust=self.authority.trusting(),
        )

    def browser(self, host: str = FCM) -> PushBrowser:
        """A browser that subscribed here."""
        browser = PushBrowser(f"https://{host}/wp/s{next(self._numbers)}:-_")
        self.adopt(browser)
        return browser

    def adopt(self, browser: PushBrowser) -> None:
        """Know a browser's subscription, so that what comes for it can be read."""
        self._browsers[_target(browser.endpoint)] = browser

    def will(self, browser: PushBrowser, behaviour: Behaviour) -> None:
        """From now on do this with what comes for a browser."""
        if isinstance(behaviour, Hang):
            behaviour.until.clear()
            self._hanging.append(behaviour)
        self._wills[_target(browser.endpoint)] = behaviour

    def forget(self, browser: PushBrowser) -> None:
        """The subscription is no more: 404."""
        del self._browsers[_target(browser.endpoint)]

    def wait_for(self, count: int, seconds: float = 10) -> list[Message]:
        """The messages, once so many have come."""
        with self._news:
            enough = self._news.wait_for(lambda: len(self.received) >= count, seconds)
            assert enough, f"{len(self.received)} messages came, not {count}"
            return list(self.received)

    def __enter__(self) -> Self:
        for work in (self._accept, self._read):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for hang in self._hanging:
            hang.until.set()
        self._is_over = True
        self._door.close()
        self.hang_up()
        for line in list(self._lines.values()):  # whoever reads may be gone before
            self._drop(line)

    def hang_up(self) -> None:
        """Close every connection, as a service does with those that idle."""
        for line in list(self._lines.values()):
            with suppress(OSError):
                line.tls.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                bare, _ = self._door.accept()
            except OSError:
                self._poll.close()
                return
            self.connections += 1
            threading.Thread(target=self._welcome, args=(bare,), daemon=True).start()

    def _welcome(self, bare: socket.socket) -> None:
        bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            line = Connection(self._context.wrap_socket(bare, server_side=True))
        except OSError:
            bare.close()
            return
        self._lines[line.number] = line
        if self._is_over:
            self._drop(line)
            return
        with suppress(OSError, ValueError):  # it was closed
            self._poll.register(line.number, select.EPOLLIN)

    def _read(self) -> None:
        """All that is said at once is answered by one thread; what takes time has another."""
        with suppress(OSError, ValueError):  # it was closed
            while True:
                for number, _ in self._poll.poll():
                    if line := self._lines.get(number):
                        self._hear(line)

    def _hear(self, line: Connection) -> None:
        try:
            for request in line.requests():
                behaviour = self._answer(*request)
                if not behaviour.at_once:
                    self._poll.unregister(line.number)
                    threading.Thread(
                        target=self._take_time, args=(line, behaviour), daemon=True
                    ).start()
                    return
                behaviour.answer(line.tls)
        except (OSError, EOFError):
            self._drop(line)

    def _take_time(self, line: Connection, behaviour: Behaviour) -> None:
        with suppress(OSError, ValueError):  # it was closed
            if behaviour.answer(line.tls):
                self._poll.register(line.number, select.EPOLLIN)
                return
        self._drop(line)

    def _drop(self, line: Connection) -> None:
        self._lines.pop(line.number, None)
        with suppress(OSError):
            line.tls.close()

    def _answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Behaviour:
        try:
            return self._take(method, target, headers, body)
        except Refusal as refusal:
            return Reply(refusal.status)

    def _take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Behaviour:
        browser = self._browsers.get(target)
        if browser is None:
            raise Refusal(404)
        claims = check(method, headers, body, self.checks_clock and self.checks_clock())
        try:
            plain = browser.open(body)
        except (http_ece.ECEException, ValueError) as failure:
            raise Refusal(400) from failure
        behaviour = self._wills.get(target, TAKEN)
        with self._news:
            self.received.append(Message(browser, headers, plain, claims, behaviour.status))
            self._news.notify_all()
        return behaviour


def _target(endpoint: str) -> str:
    return "/" + endpoint.split("/", 3)[3]
