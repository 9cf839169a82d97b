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
import re
import socket
import ssl
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, Self

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from server.push.addresses import Network
from tests.support.certificates import new_authority
from tests.support.pushing import PushBrowser

FCM = "fcm.googleapis.com"
NAMES = (
    FCM,
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "wns2-par02p.notify.windows.com",
)
MOST_BODY = 4096
A_DAY_S = 24 * 3600
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
TOKEN = re.compile(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", re.ASCII)


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


class Behaviour(Protocol):
    """What the service does with a message that it could read."""

    status: int

    def answer(self, line: socket.socket) -> bool:
        """Answer; whether the connection goes on."""


@dataclass(frozen=True)
class Reply:
    """Answers this. `slowly`: so many seconds for each byte of it; `length`: whether it says how
    long its body is; `before`: what goes before it."""

    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    slowly: float = 0
    length: bool = True
    before: bytes = b""

    def answer(self, line: socket.socket) -> bool:
        """Send it."""
        said = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        length = f"Content-Length: {len(self.body)}\r\n" if self.length else ""
        head = f"HTTP/1.1 {self.status} X\r\n{said}{length}\r\n"
        whole = self.before + head.encode() + self.body
        step = 1 if self.slowly else len(whole)
        for at in range(0, len(whole), step):
            line.sendall(whole[at : at + step])
            time.sleep(self.slowly)
        return True


@dataclass(frozen=True)
class Hang:
    """Takes the message and never says a word, until the service is closed."""

    until: threading.Event = field(default_factory=threading.Event)
    status: int = 0

    def answer(self, _: socket.socket) -> bool:
        """Hold the connection."""
        self.until.wait(60)
        return False


@dataclass(frozen=True)
class HangUp:
    """Closes the connection after so many bytes of an answer."""

    after: int = 0
    status: int = 0

    def answer(self, line: socket.socket) -> bool:
        """Say the beginning, if anything."""
        line.sendall(
            b"HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n"[: self.after]
        )
        return False


TAKEN = Reply(201, {"Location": "https://fcm.googleapis.com/m/1"})


class Refusal(Exception):
    """What a real service would refuse, with the status that it answers."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


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
        self._authority = new_authority()
        self._context = self._authority.serving(NAMES)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._lines: set[socket.socket] = set()
        self._hanging: list[Hang] = []
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
            trust=self._authority.trusting(),
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
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for hang in self._hanging:
            hang.until.set()
        self._door.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Close every connection, as a service does with those that idle."""
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, bare: socket.socket) -> None:
        bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with bare, suppress(OSError), self._context.wrap_socket(bare, server_side=True) as line:
            with self._lock:
                self._lines.add(line)
            try:
                reader = line.makefile("rb", buffering=16384)
                while self._answer_one(reader, line):
                    pass
            finally:
                with self._lock:
                    self._lines.discard(line)

    def _answer_one(self, reader: Any, line: ssl.SSLSocket) -> bool:
        first = reader.readline(8192)
        if not first:
            return False
        method, target, _ = first.decode("ascii").split(" ")
        headers: dict[str, str] = {}
        while (field := reader.readline(8192)) not in {b"\r\n", b""}:
            name, _, value = field.decode("ascii").partition(":")
            headers[name.lower()] = value.strip()
        body = reader.read(int(headers.get("content-length", "0")))
        try:
            behaviour = self._take(method, target, headers, body)
        except Refusal as refusal:
            behaviour = Reply(refusal.status)
        return behaviour.answer(line)

    def _take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Behaviour:
        browser = self._browsers.get(target)
        if browser is None:
            raise Refusal(404)
        claims = self._check(method, headers, body)
        try:
            plain = browser.open(body)
        except (http_ece.ECEException, ValueError) as failure:
            raise Refusal(400) from failure
        behaviour = self._wills.get(target, TAKEN)
        with self._news:
            self.received.append(Message(browser, headers, plain, claims, behaviour.status))
            self._news.notify_all()
        return behaviour

    def _check(self, method: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
        """What RFC 8030, 8188 and 8292 ask of a sender. Raises Refusal."""
        if method != "POST" or not headers.get("ttl", "").isdigit():
            raise Refusal(400)
        if headers.get("content-encoding") != "aes128gcm":
            raise Refusal(415)
        if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
            raise Refusal(400)
        if not TOPIC.fullmatch(headers.get("topic", "t")):
            raise Refusal(400)
        if len(body) > MOST_BODY:
            raise Refusal(413)
        return self._verify(headers.get("authorization", ""), headers["host"])

    def _verify(self, authorization: str, host: str) -> Mapping[str, Any]:
        claims, public = read_token(authorization)
        late = (
            self.checks_clock is not None and not 0 < claims["exp"] - self.checks_clock() <= A_DAY_S
        )
        contact = str(claims.get("sub", ""))
        if (
            claims["aud"] != f"https://{host}"
            or late
            or not contact.startswith(("mailto:", "https:"))
        ):
            raise Refusal(403)
        return {**claims, "k": public}


@lru_cache(maxsize=64)
def read_token(authorization: str) -> tuple[dict[str, Any], bytes]:
    """The claims of a VAPID header and the key that signed them. Raises Refusal."""
    form = TOKEN.fullmatch(authorization)
    if form is None:
        raise Refusal(401)
    head, claims, signature, public = form.groups()
    point, signed = _bytes(public), _bytes(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    parts = (int.from_bytes(signed[:32], "big"), int.from_bytes(signed[32:], "big"))
    try:
        key.verify(encode_dss_signature(*parts), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature as failure:
        raise Refusal(403) from failure
    told: dict[str, Any] = json.loads(_bytes(claims))
    return told, point


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _target(endpoint: str) -> str:
    return "/" + endpoint.split("/", 3)[3]
