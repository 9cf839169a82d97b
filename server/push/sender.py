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
from time import monotonic
from typing import Any, Final, Self
from uuid import UUID

from pywebpush import WebPusher

from server.push.addresses import Network, NotPublic
from server.push.answers import delivered, no_answer
from server.push.hosts import PUSH_HOSTS, Endpoint, NotAllowed, read_endpoint
from server.push.keys import SigningKey, Tokens
from server.push.lane import Lane
from server.push.line import Line, Unheard
from server.push.parcel import Delivery, End, Parcel

MOST_BYTES: Final = 3993
"""Of plaintext: what is left of one record of 4,096 bytes."""
TIME_OUT_S: Final = 5.0
TOPIC_FORM = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
URGENCIES: Final = {"very-low", "low", "normal", "high"}
SERVERS_FAULT = "Something went wrong here. It was recorded."
NOT_PUBLIC = "Its name leads to an address that is not public, as a filter's may."
RESTING = "It does not answer at present and is left alone for a while."

Keys = Callable[[UUID], SigningKey | None]
"""Finds the key that a subscription was made for."""
log = logging.getLogger("rollbook")


class CannotSend(Exception):
    """A parcel that no push service would take; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A parcel on its way: where, signed by whom, handed over when."""

    parcel: Parcel
    endpoint: Endpoint
    key: SigningKey
    now: datetime


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

    def _begin(self, parcel: Parcel, now: datetime, told: SimpleQueue[Delivery]) -> None:
        """Hand a parcel to the lane of its service, or say at once why not."""
        try:
            errand = self._check(parcel, now)
        except NotAllowed as not_allowed:
            told.put(Delivery(parcel, End.REFUSED, detail=str(not_allowed)))
        except CannotSend as no:
            told.put(_told(parcel, End.REFUSED, str(no)))
        else:
            lane = self._lane(errand.endpoint.host)
            lane.send(partial(self._run, errand, lane, told))

    def _check(self, parcel: Parcel, now: datetime) -> Errand:
        """Raises NotAllowed, CannotSend."""
        endpoint = read_endpoint(parcel.endpoint, self._hosts)
        key = self._keys(parcel.key_id)
        if key is None:
            raise NotAllowed("It was made for a key that this school does not have.")
        if len(parcel.body) > MOST_BYTES:
            size = f"{len(parcel.body):,} bytes"
            raise CannotSend(f"The message has {size}; {MOST_BYTES:,} are the most.")
        if not parcel.body:
            raise CannotSend("The message is empty.")
        if parcel.urgency not in URGENCIES or not TOPIC_FORM.fullmatch(parcel.topic or "-"):
            raise CannotSend("The message's topic or urgency is not one of RFC 8030.")
        return Errand(parcel, endpoint, key, now)

    def _lane(self, host: str) -> Lane:
        lane = self._lanes.get(host)
        return lane or self._lanes.setdefault(host, Lane(host, partial(Line.open, self._network)))

    def _run(self, errand: Errand, lane: Lane, told: SimpleQueue[Delivery]) -> None:
        """What a hand does; whatever happens, it is told once."""
        try:
            told.put(self._deliver(errand, lane))
        except NotAllowed as not_allowed:
            told.put(Delivery(errand.parcel, End.REFUSED, detail=str(not_allowed)))
        except Exception as bug:
            log.error("push_failed", exc_info=bug)  # noqa: TRY400 as the doors do
            told.put(_told(errand.parcel, End.LATER, SERVERS_FAULT))

    def _deliver(self, errand: Errand, lane: Lane) -> Delivery:
        left = lane.resting()
        if left:
            return _told(errand.parcel, End.LATER, RESTING, errand.now + timedelta(seconds=left))
        began, well, wait = monotonic(), False, 0.0
        try:
            delivery = self._post(errand, lane, began + self._time_out_s)
            well = delivery.end is not End.LATER
            if delivery.not_before is not None:
                wait = (delivery.not_before - errand.now).total_seconds()
            return delivery
        except NotPublic:
            return _told(errand.parcel, End.REFUSED, NOT_PUBLIC)
        except OSError as error:
            return no_answer(errand.parcel, error)
        finally:
            lane.note(monotonic() - began, well=well, wait=wait)

    def _post(self, errand: Errand, lane: Lane, deadline: float) -> Delivery:
        """One message, one answer. Raises OSError, NotPublic."""
        body = _encrypt(errand.parcel)
        head = self._head(errand, len(body))
        line = lane.borrow(deadline)
        try:
            answer = line.post(head, body, deadline)
        except Unheard:  # it had been kept for too long
            line.close()
            line = lane.open(lane.host, deadline)
            answer = line.post(head, body, deadline)
        finally:
            lane.give_back(line)
        wait = answer.header(b"retry-after")
        return delivered(errand.parcel, answer.status, wait, errand.now)

    def _head(self, errand: Errand, length: int) -> bytes:
        parcel, endpoint = errand.parcel, errand.endpoint
        token = self._tokens.header(endpoint.origin, errand.key, errand.now)
        topic = f"Topic: {parcel.topic}\r\n" if parcel.topic else ""
        return (
            f"POST {endpoint.target} HTTP/1.1\r\nHost: {endpoint.host}\r\n"
            f"Authorization: {token}\r\nTTL: {max(0, parcel.ttl_s)}\r\n"
            f"Urgency: {parcel.urgency}\r\n{topic}Content-Encoding: aes128gcm\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n\r\n"
        ).encode("ascii")


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
        raise NotAllowed("Its key is not one of a browser's.") from failure
    return body


def _spell(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
