"""Decides whether a browser may be remembered: what will never be sent to is not kept (P5)."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec

from server.problems import Problem
from server.push.addresses import Network, NotPublic
from server.push.hosts import NotAllowed, read_endpoint
from server.settings import Settings
from sync.sentence import say

WITHIN_S = 2.0
"""A server that asks no DNS, or a slow one, does not keep anybody from subscribing: it is asked
again before anything is sent."""
INSIDE = say("The push service's name leads to an address that is not public.")
NO_POINT = say("Not a point of P-256.")


def allow_browser(endpoint: str, p256dh: bytes, settings: Settings, network: Network) -> None:
    """Raises Problem `invalid` for an endpoint that is never sent to, or a key that is none."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except (ValueError, UnsupportedAlgorithm) as failure:
        raise Problem("invalid", errors={"p256dh": [NO_POINT]}) from failure
    try:
        host = read_endpoint(endpoint, settings.push_hosts).host
        network.addresses(host, WITHIN_S)
    except NotAllowed as failure:
        raise Problem("invalid", errors={"endpoint": [str(failure)]}) from failure
    except NotPublic as failure:
        raise Problem("invalid", errors={"endpoint": [INSIDE]}) from failure
    except OSError:  # no answer from DNS; TimeoutError is one
        return
