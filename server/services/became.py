"""What became of a message: decided from what was seen before sending, or what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from schemas.words import Way
from server.mail.letter import Posted
from server.push.parcel import Delivery, End
from server.services.compose import DIGEST
from server.services.look_again import Seen

FIRST_WAIT = {Way.PUSH: timedelta(seconds=5), Way.MAIL: timedelta(minutes=1)}
LONGEST_STEP = {Way.PUSH: timedelta(minutes=5), Way.MAIL: timedelta(minutes=30)}
TOO_LATE = "It would have come too late to help."
NOT_IN_TIME = "It was not taken in time."
NO_TABLET = "The tablet is reminded no more."
NO_MAILBOX = "No e-mail address is known."


class State(StrEnum):
    """Where a message, or a reminder, stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    POINTLESS = "pointless"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one message. `state` None: only some of its rolls need no reminder any more.
    `delivery` is the push service's word about the subscription."""

    seen: Seen
    state: State | None
    detail: str | None = None
    status: int | None = None
    next_try_at: datetime | None = None
    delivery: Delivery | None = None

    @property
    def message(self) -> Any:
        """The message as it was claimed."""
        return self.seen.message


def end_of(seen: Seen, now: datetime) -> Became | None:
    """What becomes of a message without being sent, if so."""
    message = seen.message
    if message.kind != DIGEST and not seen.rolls:
        return Became(seen, State.CANCELLED, next(iter(seen.gone.values()), None))
    if message.not_after <= now:
        return Became(seen, State.POINTLESS, TOO_LATE)
    if seen.to is None:
        return Became(seen, State.FAILED, NO_TABLET if message.subscription_id else NO_MAILBOX)
    if seen.wait_until is not None:
        return _later(seen, seen.wait_until, None)
    return None


def partly(seen: Seen) -> Became | None:
    """Some of the rolls were received meanwhile; the message goes without them."""
    return Became(seen, None) if seen.gone else None


def pushed(seen: Seen, delivery: Delivery, now: datetime) -> Became:
    """What a push service's answer makes of a message."""
    match delivery.end:
        case End.SENT:
            return Became(seen, State.SENT, None, delivery.status, delivery=delivery)
        case End.LATER:
            at = max(now + _wait(seen, Way.PUSH), delivery.not_before or now)
            return _later(seen, at, delivery.status, delivery.detail, delivery)
        case End.GONE | End.REFUSED:
            detail = delivery.detail or None
            return Became(seen, State.FAILED, detail, delivery.status, delivery=delivery)


def mailed(seen: Seen, posted: Posted, now: datetime) -> Became:
    """What a mail server's answer makes of a message."""
    if posted.end is End.SENT:
        return Became(seen, State.SENT, None, posted.status)
    if posted.end is End.LATER:
        return _later(seen, now + _wait(seen, Way.MAIL), posted.status, posted.detail)
    return Became(seen, State.FAILED, posted.detail or None, posted.status)


def _later(
    seen: Seen,
    at: datetime,
    status: int | None,
    detail: str = "",
    delivery: Delivery | None = None,
) -> Became:
    """To be tried again, if it will help then."""
    if at >= seen.message.not_after:
        said = f"{NOT_IN_TIME} {detail}".strip()
        return Became(seen, State.POINTLESS, said, status, delivery=delivery)
    return Became(seen, State.WAITING, detail or None, status, at, delivery)


def _wait(seen: Seen, way: Way) -> timedelta:
    """Longer each time, and not the same for all that failed together."""
    step: timedelta = min(FIRST_WAIT[way] * 2 ** min(seen.message.tries, 12), LONGEST_STEP[way])
    spread: float = 0.75 + seen.message.message_id.int % 1000 / 2000
    return step * spread
