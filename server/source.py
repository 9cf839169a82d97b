"""Where a request comes from, for rate limits: an address that the caller cannot choose."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from server.settings import Network


def source_of(peer: str | None, forwarded: str, trusted: Iterable[Network]) -> str:
    """The nearest address that is not one of our proxies.

    `forwarded` is X-Forwarded-For: each proxy appends whom it saw, so it is read from the right
    and believed only as far as our own proxies wrote it. A household or phone has a whole /64 of
    IPv6, so that counts as one.
    """
    trusted = tuple(trusted)
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    found = _address(peer or "")
    while found is not None and hops and any(found in network for network in trusted):
        found = _address(hops.pop()) or found
    return _spell(found)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _spell(found: IPv4Address | IPv6Address | None) -> str:
    if found is None:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found)
