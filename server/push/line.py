"""One TLS connection to a push service, kept for the next message: HTTP/1.1, and little of it.

Made by hand because a message must end by a deadline whatever the other side does (a byte now and
then also), its answer is read no further than needed, nothing is followed, and because a client for
everything costs more than the encryption (measured: urllib3 360 µs a message, this 50).
"""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from time import monotonic
from typing import Final

from server.push.addresses import Network
from server.push.answer import Answer, read_answer

MOST_ADDRESSES: Final = 3
READ_BYTES: Final = 16 * 1024


class Unheard(Exception):
    """A connection that was kept had ended meanwhile: nothing came back, a new one may be tried."""


class Line:
    """A connection to one address that was checked, for one message at a time."""

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

    def fileno(self) -> int:
        """What becomes readable when an answer comes."""
        return self._tls.fileno()

    def is_quiet(self) -> bool:
        """Whether nothing came unasked: neither its end nor one answer too many."""
        poll = select.poll()
        poll.register(self._tls.fileno(), select.POLLIN)
        return not self._tls.pending() and not poll.poll(0)

    def write(self, request: bytes, deadline: float) -> None:
        """Send one message. Raises OSError, Unheard."""
        self.stands = False
        with self._heard_before():
            self._tls.settimeout(_left(deadline))
            self._tls.sendall(request)
            self._tls.settimeout(0)

    def read(self) -> Answer | None:
        """Its answer, if all of it has come by now. Raises OSError, Unheard."""
        with self._heard_before():
            self._read += self._what_came()
            answer = read_answer(self._read)
        if answer is not None:
            self._used = True
            self.stands = answer.size == len(self._read)
            self._read = b""
        return answer

    def close(self) -> None:
        """Hang up."""
        self.stands = False
        with suppress(OSError):
            self._tls.close()

    def _what_came(self) -> bytes:
        """Nothing, where it was only a word of TLS."""
        try:
            more = self._tls.recv(READ_BYTES)
        except ssl.SSLWantReadError:
            return b""
        if not more:
            raise ConnectionResetError("it hung up")
        if self._tls.pending():
            more += self._what_came()
        return more

    @contextmanager
    def _heard_before(self) -> Iterator[None]:
        """Tells a connection that ended while it was kept from one that ends now."""
        try:
            yield
        except TimeoutError:
            raise
        except OSError as error:
            if self._used and not self._read:
                raise Unheard from error
            raise


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
