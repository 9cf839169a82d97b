"""A sender that only says what it would send: for a Rollbook that may reach no push service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from server.push.parcel import Delivery, End, Parcel


class ConsoleSender:
    """Says each parcel as one line. The body names no student, and the endpoint is left out."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Take where to say it."""
        self.say = say

    def send(self, parcels: Iterable[Parcel], now: datetime) -> Iterator[Delivery]:  # noqa: ARG002 - the Sender's signature
        """Say each, and call it sent."""
        for parcel in parcels:
            self.say(f"push {parcel.topic or '-'} for {parcel.ttl_s} s: {parcel.body.decode()}")
            yield Delivery(parcel, End.SENT, detail="Said on the console.")
