"""Delivers parcels to push services (RFC 8030): encrypts, signs, sends, says what became of each.

The only importer of pywebpush, of which it takes the encoder alone: its own call follows redirects,
has no time-out and signs every message anew.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import urllib3
from pywebpush import WebPusher

from server.push.addresses import Network, NotPublic
from server.push.answers import delivered, no_answer
from server.push.hosts import PUSH_HOSTS, Endpoint, NotAllowed, read_endpoint
from server.push.keys import SigningKey, Tokens
from server.push.parcel import Delivery, End, Parcel

MOST_BYTES: Final = 3993
"""Of plaintext: what is left of one record of 4,096 bytes."""
TIME_OUT_S = 5.0

Keys = Callable[[UUID], SigningKey | None]


class WebPushSender:
    """Sends over TLS to the listed push services and to nobody else."""

    def __init__(
        self,
        keys: Keys,
        contact: str,
        hosts: Sequence[str] = PUSH_HOSTS,
        network: Network | None = None,
    ) -> None:
        """Take who signs, whom a push service may write to, and which push services there are."""
        self._keys = keys
        self._tokens = Tokens(contact)
        self._hosts = hosts
        self._network = network or Network()

    def send(self, parcels: Iterable[Parcel], now: datetime) -> Iterator[Delivery]:
        """Deliver all of them."""
        for parcel in parcels:
            yield self._deliver(parcel, now)

    def _deliver(self, parcel: Parcel, now: datetime) -> Delivery:
        try:
            endpoint = read_endpoint(parcel.endpoint, self._hosts)
        except NotAllowed as not_allowed:
            return Delivery(parcel, End.REFUSED, detail=str(not_allowed))
        key = self._keys(parcel.key_id)
        if key is None:
            return Delivery(parcel, End.REFUSED, detail="Its key is not one of this school's.")
        if len(parcel.body) > MOST_BYTES:
            said = f"The message has {len(parcel.body)} bytes, {MOST_BYTES} are the most."
            return Delivery(parcel, End.REFUSED, detail=said, tells_of_subscription=False)
        headers = {
            "Host": endpoint.host,
            "Authorization": self._tokens.header(endpoint.origin, key, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(parcel.ttl_s),
            "Urgency": parcel.urgency,
            **({"Topic": parcel.topic} if parcel.topic else {}),
        }
        return self._post(parcel, endpoint, headers, now)

    def _post(
        self, parcel: Parcel, endpoint: Endpoint, headers: dict[str, str], now: datetime
    ) -> Delivery:
        try:
            pool = self._pool(endpoint.host)
            answer = pool.urlopen(
                "POST",
                endpoint.target,
                body=_encrypt(parcel),
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
            )
        except NotPublic:
            said = "The push service's name leads to an address that is not public."
            return Delivery(parcel, End.REFUSED, detail=said, tells_of_subscription=False)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            return no_answer(parcel, error)
        answer.close()
        return delivered(parcel, answer.status, answer.headers.get("Retry-After"), now)

    def _pool(self, host: str) -> urllib3.HTTPSConnectionPool:
        """One address, checked, by which this connection goes and no other."""
        address = self._network.addresses(host, TIME_OUT_S)[0]
        return urllib3.HTTPSConnectionPool(
            address,
            self._network.port,
            timeout=TIME_OUT_S,
            ssl_context=self._network.trust,
            server_hostname=host,
            assert_hostname=host,
        )


def _encrypt(parcel: Parcel) -> bytes:
    """For this browser's eyes only, with a key that was never used before."""
    subscription: dict[str, Any] = {
        "endpoint": parcel.endpoint,
        "keys": {"p256dh": _spell(parcel.p256dh), "auth": _spell(parcel.auth)},
    }
    body: bytes = WebPusher(subscription).encode(parcel.body)["body"]
    return body


def _spell(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
