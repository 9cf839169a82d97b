"""Delivers parcels to push services (RFC 8030): checks, encrypts, signs, sends, says what became of
each.

The only importer of pywebpush, of which it takes the encoder alone: its own call follows redirects,
has no time-out and signs every message anew.
"""

from __future__ import annotations

import logging
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, Self
from uuid import UUID

from pywebpush import WebPusher

from server.push.addresses import Network, NotPublic
from server.push.answer import Answer
from server.push.answers import delivered, no_answer
from server.push.hosts import PUSH_HOSTS, Endpoint, NotAllowed, read_endpoint
from server.push.keys import SigningKey, Tokens
from server.push.lane import Lane
from server.push.line import Line
from server.push.parcel import Delivery, End, Parcel
from sync.sentence import say

MOST_BYTES: Final = 3993
"""Of plaintext: what is left of one record of 4,096 bytes."""
TIME_OUT_S: Final = 5.0
TOPIC_FORM = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
URGENCIES: Final = {"very-low", "low", "normal", "high"}
SERVERS_FAULT = say("Something went wrong here. It was recorded.")
NOT_PUBLIC = say("Its name leads to an address that is not public, as a filter's may.")
RESTING = say("It does not answer at present and is left alone for a while.")

Keys = Callable[[UUID], SigningKey | None]
"""Finds the key that a subscription was made for."""
log = logging.getLogger("rollbook")


class CannotSend(Exception):
    """A parcel that no push service would take; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A parcel on its way: where, signed by whom, handed over when, and who waits to be told."""

    parcel: Parcel
    endpoint: Endpoint
    token: Callable[[], str]
    now: datetime
    told: SimpleQueue[Delivery]

    def packed(self) -> bytes:
        """The whole request. Raises NotAllowed for a browser without a key."""
        parcel, body = self.parcel, _encrypt(self.parcel)
        topic = f"Topic: {parcel.topic}\r\n" if parcel.topic else ""
        head = (
            f"POST {self.endpoint.target} HTTP/1.1\r\nHost: {self.endpoint.host}\r\n"
            f"Authorization: {self.token()}\r\nTTL: {max(0, parcel.ttl_s)}\r\n"
            f"Urgency: {parcel.urgency}\r\n{topic}Content-Encoding: aes128gcm\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode("ascii") + body

    def answered(self, answer: Answer) -> tuple[bool, float]:
        """What the push service said."""
        asked = answer.header(b"retry-after")
        delivery = delivered(self.parcel, answer.status, asked, self.now)
        until = delivery.not_before or self.now
        wait = (until - self.now).total_seconds()
        self.told.put(delivery)
        return delivery.end is not End.LATER, wait

    def failed(self, error: Exception) -> None:
        """It said nothing, or was not asked."""
        match error:
            case NotAllowed():
                self.told.put(Delivery(self.parcel, End.REFUSED, detail=str(error)))
            case NotPublic():
                self.told.put(_told(self.parcel, End.REFUSED, NOT_PUBLIC))
            case OSError():
                self.told.put(no_answer(self.parcel, error))
            case _:
                log.error("push_failed", exc_info=error)
                self.told.put(_told(self.parcel, End.LATER, SERVERS_FAULT))

    def spared(self, seconds: float) -> None:
        """It is left alone at present."""
        later = self.now + timedelta(seconds=seconds)
        self.told.put(_told(self.parcel, End.LATER, RESTING, later))


class WebPushSender:
    """Sends over TLS to the listed push services and to nobody else. One a process: it keeps
    connections, tokens, and who is left alone."""

    def __init__(
        self,
        keys: Keys,
        contact: str,
        hosts: Sequence[str] = PUSH_HOSTS,
        network: Network | None = None,
        time_out_s: float = TIME_OUT_S,
    ) -> None:
        """Take who signs, whom a push service may write to, and which push services there are."""
        self._keys = keys
        self._tokens = Tokens(contact)
        self._hosts = hosts
        self._network = network or Network()
        self._time_out_s = time_out_s
        self._lanes: dict[str, Lane] = {}

    def send(self, parcels: Iterable[Parcel], now: datetime) -> Iterator[Delivery]:
        """Deliver all of them, each service's beside the others'."""
        self._tidy()
        told: SimpleQueue[Delivery] = SimpleQueue()
        count = 0
        for parcel in parcels:
            count += 1
            self._begin(parcel, now, told)
        for _ in range(count):
            yield told.get()

    def close(self) -> None:
        """Hang up everywhere. What is under way ends by itself."""
        for lane in self._lanes.values():
            lane.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tidy(self) -> None:
        """Close what idles: of Windows' push service alone there are dozens of hosts."""
        for host, lane in list(self._lanes.items()):
            if lane.tidy():
                self._lanes.pop(host, None)

    def _begin(self, parcel: Parcel, now: datetime, told: SimpleQueue[Delivery]) -> None:
        """Hand a parcel to the lane of its service, or say at once why not."""
        try:
            errand = self._check(parcel, now, told)
        except NotAllowed as not_allowed:
            told.put(Delivery(parcel, End.REFUSED, detail=str(not_allowed)))
        except CannotSend as no:
            told.put(_told(parcel, End.REFUSED, str(no)))
        else:
            self._lane(errand.endpoint.host).send(errand)

    def _check(self, parcel: Parcel, now: datetime, told: SimpleQueue[Delivery]) -> Errand:
        """Raises NotAllowed, CannotSend."""
        endpoint = read_endpoint(parcel.endpoint, self._hosts)
        key = self._keys(parcel.key_id)
        if key is None:
            raise NotAllowed(say("It was made for a key that this school does not have."))
        if len(parcel.body) > MOST_BYTES:
            size, most = f"{len(parcel.body):,}", f"{MOST_BYTES:,}"
            raise CannotSend(
                say("The message has {size} bytes; {most} are the most.", size=size, most=most)
            )
        if not parcel.body:
            raise CannotSend(say("The message is empty."))
        if parcel.urgency not in URGENCIES or not TOPIC_FORM.fullmatch(parcel.topic or "-"):
            raise CannotSend(say("The message's topic or urgency is not one of RFC 8030."))
        token = partial(self._tokens.header, endpoint.origin, key, now)
        return Errand(parcel, endpoint, token, now, told)

    def _lane(self, host: str) -> Lane:
        if host not in self._lanes:
            lane = Lane(host, partial(Line.open, self._network), self._time_out_s)
            self._lanes.setdefault(host, lane)
        return self._lanes[host]


def _told(parcel: Parcel, end: End, detail: str, not_before: datetime | None = None) -> Delivery:
    """What became of a parcel that nobody was asked about: it says nothing of its subscription."""
    return Delivery(parcel, end, None, not_before, detail, tells_of_subscription=False)


def _encrypt(parcel: Parcel) -> bytes:
    """For this browser's eyes only (RFC 8291), with a key that was never used before. Raises
    NotAllowed for a browser without a key."""
    subscription: dict[str, Any] = {
        "endpoint": parcel.endpoint,
        "keys": {"p256dh": _spell(parcel.p256dh), "auth": _spell(parcel.auth)},
    }
    try:
        body: bytes = WebPusher(subscription).encode(parcel.body)["body"]
    except ValueError as failure:
        raise NotAllowed(say("Its key is not one of a browser's.")) from failure
    return body


def _spell(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
