"""Where a push service is: names become addresses once, and only public ones are connected to.

What is connected to is exactly the address that was checked, so a name that answers something else
a moment later leads nowhere new.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import Final, cast

HTTPS = 443
Resolve = Callable[[str], Sequence[str]]
"""The addresses of a host. Raises OSError where it has none or nobody knows."""

CARRIES_V4: Final = tuple(
    ip_network(text)
    for text in (
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b::/96",  # NAT64: how a network without IPv4 reaches the others
    )
)
"""Networks of IPv6 with an IPv4 address in their last 32 bits: that one counts."""
UNICAST: Final = ip_network("2000::/3")
"""All of IPv6 that is given out to the public."""
NEVER: Final = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocols' own
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocols' own, Teredo
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
"""What Python's own list takes for public, or did in some version."""


class NotPublic(Exception):
    """A name that leads to an address which is not public."""


def resolve(host: str) -> list[str]:
    """What DNS says. Raises OSError."""
    found = socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(cast("str", place[0]) for *_, place in found))


def resolve_within(seconds: float, by: Resolve, host: str) -> Sequence[str]:
    """As `by`, but not for longer: the system's resolver takes no time-out. Raises OSError."""
    told: Future[Sequence[str]] = Future()
    Thread(target=_ask, args=(by, host, told), daemon=True).start()
    return told.result(seconds)


def _ask(by: Resolve, host: str, told: Future[Sequence[str]]) -> None:
    try:
        told.set_result(by(host))
    except BaseException as error:  # noqa: BLE001 raised again where it is asked for
        told.set_exception(error)


def is_public(text: str) -> bool:
    """Whether an address lies in the public internet, whatever it is wrapped in."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_public(address)
    if address.scope_id is not None:
        return False
    if any(address in network for network in CARRIES_V4):
        return _is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in UNICAST and _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    never = address.is_multicast or any(address in network for network in NEVER)
    return address.is_global and not never


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Network:
    """How push services are reached. What is not said is what production uses; a test says
    otherwise, a setting cannot."""

    resolve: Resolve = resolve
    allows: Callable[[str], bool] = is_public
    port: int = HTTPS
    trust: ssl.SSLContext = field(default_factory=trusted)

    def addresses(self, host: str, seconds: float) -> list[str]:
        """Where a host is, asked once. Raises OSError; NotPublic if any of it is not public."""
        found = resolve_within(seconds, self.resolve, host)
        if not all(map(self.allows, found)):
            raise NotPublic(host)
        return list(found)
