"""What is handed to a push service, and what became of it.

A sender takes parcels and answers what became of each; it knows no database and no school day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class End(StrEnum):
    """What became of a parcel.

    `sent`: the push service took it · `gone`: the subscription is no more (404, 410) · `later`: it
    may be tried again (429, 5xx, time-outs, no connection) · `refused`: it never will be taken as
    it is (400, 401, 403, 413, a redirect, an address that may not be asked).
    """

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One encrypted-to-be message for one browser. `ttl_s`: pointless after so many seconds.

    `topic` (at most 32 characters of base64url) replaces what still waits at the push service.
    """

    parcel_id: UUID
    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    key_id: UUID
    body: bytes = field(repr=False)
    ttl_s: int
    topic: str | None = None
    urgency: str = "high"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a parcel; `status` is the push service's, `not_before` when it asked to be
    asked again, `detail` a sentence for people without the endpoint in it.

    `tells_of_subscription`: whether it says something of the subscription, and not only of this
    parcel (too large) or of our own network.
    """

    parcel: Parcel
    end: End
    status: int | None = None
    not_before: datetime | None = None
    detail: str = ""
    tells_of_subscription: bool = True


class Sender(Protocol):
    """Delivers parcels; answers each once, in whatever order they end."""

    def send(self, parcels: Iterable[Parcel], now: datetime) -> Iterator[Delivery]:
        """Deliver all of them. Raises nothing that one parcel can cause."""
