"""What a push service for tests does with a message: answers, hangs, hangs up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Behaviour(Protocol):
    """What the service does with a message that it could read."""

    @property
    def status(self) -> int:
        """What it answers; 0 for nothing."""

    @property
    def at_once(self) -> bool:
        """Whether that takes no time."""

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

    @property
    def at_once(self) -> bool:
        """Whether it says it as it comes."""
        return type(self) is Reply and not self.slowly

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
    at_once = False

    def answer(self, _: socket.socket) -> bool:
        """Hold the connection."""
        self.until.wait(60)
        return False


@dataclass(frozen=True)
class HangUp:
    """Closes the connection after so many bytes of an answer."""

    after: int = 0
    status: int = 0
    at_once = False

    def answer(self, line: socket.socket) -> bool:
        """Say the beginning, if anything."""
        line.sendall(
            b"HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n"[: self.after]
        )
        return False


TAKEN = Reply(201, {"Location": "https://fcm.googleapis.com/m/1"})
