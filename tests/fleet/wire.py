"""How a tablet speaks: it asks, and is answered or not. Who carries the question is no matter.

A tablet's `flush` and `pull` are generators: they yield an `Ask` and are sent an `Answer`, or None
when none came. The simulation carries them through a faulty network in virtual time; `talk` carries
them at once, in this process or over HTTP.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any, Protocol

from flask import Flask

from tests.support.patience import PATIENCE

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `cookie` is the session's token, `device` the device's own."""

    method: str
    path: str
    cookie: str
    body: Tree | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply; `told` is None when it was no JSON (a hotel's page)."""

    status: int
    told: Tree | None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The problem's code, if it is one."""
        return str((self.told or {}).get("code", ""))


Talk = Generator[Ask, Answer | None, str]
Carry = Callable[[Ask], Answer | None]


class Transport(Protocol):
    """Carries one question."""

    def __call__(self, ask: Ask) -> Answer | None:
        """The answer, or None when none came."""


def talk(conversation: Talk, carry: Carry) -> str:
    """Hold a conversation at once; how it ended."""
    try:
        ask = next(conversation)
        while True:
            ask = conversation.send(carry(ask))
    except StopIteration as end:
        return str(end.value)


class InProcess:
    """Calls the app as WSGI: no sockets, no threads, the same every time."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, ask: Ask) -> Answer | None:
        client = self.app.test_client(use_cookies=False)
        told = client.open(
            ask.path,
            method=ask.method,
            data=None if ask.body is None else json.dumps(ask.body),
            headers=_headers(ask, "same-origin"),
        )
        cookies = _cookies(told.headers.getlist("Set-Cookie"))
        return Answer(told.status_code, told.get_json(silent=True), dict(told.headers), cookies)


class Http:
    """Real HTTP to one of several servers; a connection that breaks is no answer."""

    def __init__(self, port: int, timeout_s: float = 8.0 * PATIENCE) -> None:
        self.port, self.timeout_s = port, timeout_s
        self._connection: HTTPConnection | None = None

    def __call__(self, ask: Ask) -> Answer | None:
        try:
            return self._ask(ask)
        except (OSError, HTTPException, ValueError):
            self.close()
            return None

    def _ask(self, ask: Ask) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout_s)
        body = None if ask.body is None else json.dumps(ask.body)
        self._connection.request(ask.method, ask.path, body, _headers(ask, "same-origin"))
        reply = self._connection.getresponse()
        raw = reply.read()
        cookies = _cookies(reply.headers.get_all("Set-Cookie") or ())
        return Answer(reply.status, json.loads(raw) if raw else None, dict(reply.headers), cookies)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _cookies(lines: Iterable[str]) -> dict[str, str]:
    found = SimpleCookie()
    for line in lines:
        found.load(line)
    return {name: morsel.value for name, morsel in found.items()}


def _headers(ask: Ask, site: str) -> dict[str, str]:
    cookies = {"rollbook": ask.cookie, "rollbook-device": ask.device}
    told = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
    headers = {"Sec-Fetch-Site": site} | ({"Cookie": told} if told else {})
    if ask.body is not None:
        headers["Content-Type"] = "application/json"
    return headers
