"""A sender that keeps what it is given and answers as it is told: for tests and for trying out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from server.push.parcel import Delivery, End, Parcel

Answer = Callable[[Parcel], Delivery]


def taken(parcel: Parcel) -> Delivery:
    """As a push service answers that takes everything."""
    return Delivery(parcel, End.SENT, 201)


class RecordingSender:
    """Keeps the parcels in `sent`, in their order; `answer` says what became of each."""

    def __init__(self, answer: Answer = taken) -> None:
        """Take how to answer."""
        self.answer = answer
        self.sent: list[Parcel] = []

    def send(self, parcels: Iterable[Parcel], now: datetime) -> Iterator[Delivery]:  # noqa: ARG002 - the Sender's signature
        """Keep each and answer."""
        for parcel in parcels:
            self.sent.append(parcel)
            yield self.answer(parcel)
