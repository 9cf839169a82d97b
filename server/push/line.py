"""One TLS connection to a push service, kept for the next message: HTTP/1.1, and little of it.

Made by hand because a message must end by a deadline whatever the other side does (a byte now and
then also), its answer is read no further than needed, nothing is followed, and because a client for
everything costs more than the encryption (measured: urllib3 360 µs a message, this 25).
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from typing import Final

from server.push.addresses import Network

MOST_HEAD: Final = 16 * 1024
MOST_BODY: Final = 64 * 1024
MOST_ADDRESSES: Final = 3
READ_BYTES: Final = 16 * 1024
STATUS_FORM = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: [^\r\n]*)?", re.ASCII)
WITHOUT_BODY: Final = {204, 304}


class Unheard(Exception):
    """A connection that was kept had ended meanwhile: nothing came back, a new one may be tried."""


class Garbled(OSError):
    """What came back is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A push service's answer; its body was thrown away."""

    status: int
    headers: Mapping[bytes, bytes]

    def header(self, name: bytes) -> str | None:
        """A header by its name in lower case."""
        found = self.headers.get(name)
        return None if found is None else found.decode("latin-1")


class Line:
    """A connection to one address that was checked, used by one hand at a time."""

    def __init__(self, tls: ssl.SSLSocket) -> None:
        """Take a connection whose certificate was verified."""
        self._tls = tls
        self._read = b""
        self._used = False
        self.stands = True
        """Whether it can be used again."""

    @classmethod
    def open(cls, network: Network, host: str, deadline: float) -> Line:
        """Connect. Raises OSError, NotPublic."""
        addresses = network.addresses(host, _left(deadline))
        return cls(_connect(network, host, _old_ones_first(addresses), deadline))

    def post(self, head: bytes, body: bytes, deadline: float) -> Answer:
        """Send one message and wait for its answer. Raises OSError, Unheard."""
        self.stands, was_used, self._used = False, self._used, True
        try:
            self._tls.settimeout(_left(deadline))
            self._tls.sendall(head + body)
            answer, keeps = self._answer(deadline)
        except TimeoutError:
            raise
        except OSError as error:
            if was_used and not self._read:
                raise Unheard from error
            raise
        self.stands = keeps and not self._read
        return answer

    def close(self) -> None:
        """Hang up."""
        self.stands = False
        with suppress(OSError):
            self._tls.close()

    def _answer(self, deadline: float) -> tuple[Answer, bool]:
        """The answer, and whether the other side keeps the connection."""
        minor, status, headers = self._head(deadline)
        while status < 200:
            minor, status, headers = self._head(deadline)
        whole = status in WITHOUT_BODY or self._skip_body(headers, deadline)
        closes = headers.get(b"connection", b"").lower() == b"close" or minor == b"0"
        return Answer(status, headers), whole and not closes

    def _head(self, deadline: float) -> tuple[bytes, int, dict[bytes, bytes]]:
        head = self._until(b"\r\n\r\n", MOST_HEAD, deadline)
        first, *lines = head.split(b"\r\n")
        form = STATUS_FORM.fullmatch(first)
        if form is None:
            raise Garbled("no status")
        named = (line.partition(b":") for line in lines)
        return form[1], int(form[2]), {name.lower(): value.strip() for name, _, value in named}

    def _skip_body(self, headers: Mapping[bytes, bytes], deadline: float) -> bool:
        """Throw the body away, if that is done soon; else the connection goes with it."""
        if b"chunked" in headers.get(b"transfer-encoding", b"").lower():
            return self._skip_chunks(deadline)
        length = headers.get(b"content-length", b"")
        if not length.isdigit() or int(length[:9]) > MOST_BODY:
            return False
        self._exactly(int(length), deadline)
        return True

    def _skip_chunks(self, deadline: float) -> bool:
        left = MOST_BODY
        while left > 0:
            size = self._until(b"\r\n", 64, deadline).partition(b";")[0]
            if not re.fullmatch(rb"[0-9a-fA-F]{1,6}", size):
                return False
            length = int(size, 16)
            left -= length
            if length == 0:  # trailers are not read on: they are as rare as they are useless
                return self._until(b"\r\n", 64, deadline) == b""
            if left > 0:
                self._exactly(length + 2, deadline)
        return False

    def _until(self, end: bytes, most: int, deadline: float) -> bytes:
        while end not in self._read:
            if len(self._read) > most:
                raise Garbled("no end")
            self._more(deadline)
        found, _, self._read = self._read.partition(end)
        return found

    def _exactly(self, length: int, deadline: float) -> None:
        while len(self._read) < length:
            self._more(deadline)
        self._read = self._read[length:]

    def _more(self, deadline: float) -> None:
        self._tls.settimeout(_left(deadline))
        more = self._tls.recv(READ_BYTES)
        if not more:
            raise ConnectionResetError("it hung up")
        self._read += more


def _connect(network: Network, host: str, addresses: list[str], deadline: float) -> ssl.SSLSocket:
    failure: OSError = OSError("it has no address")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            bare = socket.create_connection((address, network.port), _left(deadline))
        except OSError as error:
            failure = error
            continue
        bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            return network.trust.wrap_socket(bare, server_hostname=host)
        except BaseException:
            bare.close()
            raise
    raise failure


def _old_ones_first(addresses: list[str]) -> list[str]:
    """IPv4 is where a school's network works if any of it does."""
    return sorted(addresses, key=lambda address: ip_address(address).version)


def _left(deadline: float) -> float:
    """The seconds until a deadline. Raises TimeoutError when it has passed."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


Open = Callable[[str, float], Line]
"""Connects to a host by a deadline. Raises OSError, NotPublic."""
