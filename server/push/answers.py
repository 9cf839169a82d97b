"""What a push service's answer means (P7): RFC 8030, and what the four services really do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from server.push.parcel import Delivery, End, Parcel
from sync.sentence import say

LONGEST_WAIT: Final = timedelta(hours=1)
"""However long a push service asks to be left alone: a reminder is pointless by then."""
TAKEN: Final = {200, 201, 202, 204}
GONE: Final = {404, 410}
TOO_LARGE = 413
LATER: Final = {408, 425, 429}

SAID_LATER = say("It asked to be asked later.")
SAID_NOTHING = say("It did not answer in time.")
SAID_AWAY = say("It could not be reached.")


def delivered(parcel: Parcel, status: int, retry_after: str | None, now: datetime) -> Delivery:
    """What became of a parcel that was answered with this status."""
    if status in TAKEN:
        return Delivery(parcel, End.SENT, status)
    if status in GONE:
        return Delivery(parcel, End.GONE, status, detail=say("The subscription is no more."))
    if status in LATER or status >= 500:
        wait = read_retry_after(retry_after, now)
        return Delivery(parcel, End.LATER, status, wait, SAID_LATER)
    if status == TOO_LARGE:
        said = say("The message was too large for it.")
        return Delivery(parcel, End.REFUSED, status, detail=said, tells_of_subscription=False)
    if 300 <= status < 400:
        said = say("It wanted to send the message elsewhere, which is not done.")
        return Delivery(parcel, End.REFUSED, status, detail=said)
    return Delivery(parcel, End.REFUSED, status, detail=say("It answered {status}.", status=status))


def no_answer(parcel: Parcel, error: OSError) -> Delivery:
    """What became of a parcel that nobody answered."""
    said = SAID_NOTHING if isinstance(error, TimeoutError) else SAID_AWAY
    return Delivery(parcel, End.LATER, detail=said, tells_of_subscription=False)


def read_retry_after(header: str | None, now: datetime) -> datetime | None:
    """The instant before which it shall not be asked again: seconds or an HTTP date, bounded."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        wanted = now + timedelta(seconds=min(int(text[:9]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            said = parsedate_to_datetime(text)
            wanted = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None
    return max(now, min(wanted, now + LONGEST_WAIT))
