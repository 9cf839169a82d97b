"""Sends what waits in the outbox: claims, looks again, hands over, writes down what became of it.

A claim lasts some minutes. A process that dies in between loses nothing: what it had claimed is
taken up again afterwards, and a push that went out twice takes its own place on the tablet (R6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, or_, select, text

from schemas.words import Way
from server.ask import Question, ask
from server.bulk import update_many
from server.db import asking, hastened, writing
from server.mail.letter import Mailer, NoMailer
from server.models import Message, table_of
from server.push.parcel import Sender
from server.services.became import Became, end_of, mailed, partly, pushed
from server.services.compose import compose_letter, compose_parcel
from server.services.facts import IDS, SCHOOL, question
from server.services.look_again import Seen, look_again
from server.services.note_sent import note_sent

AT_ONCE = 250
"""Few enough that what is looked at again is sent within a second or so."""
NOTED_AT_ONCE = 100
CLAIM = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
"""Nothing waits longer. What seems to was made before the clock went back."""
_message = table_of(Message).c
FREE = or_(
    _message.claimed_until.is_(None),
    _message.claimed_until <= bindparam("now"),
    _message.claimed_until > bindparam("longest_claim"),
)
# In the words that the partial index is found by.
WAITING = text("message.state = 'waiting'")
FOUND = (
    select(_message.school_id, _message.message_id)
    .where(
        WAITING,
        or_(
            _message.next_try_at <= bindparam("now"),
            _message.next_try_at > bindparam("longest_wait"),
        ),
        _message.way == bindparam("way"),
        FREE,
    )
    .order_by(_message.next_try_at, _message.school_id)
    .limit(AT_ONCE)
)
TAKEN = (
    select(table_of(Message))
    .where(_message.school_id == SCHOOL, _message.message_id.in_(IDS), WAITING, FREE)
    .order_by(_message.message_id)
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class Post:
    """How messages leave: by push, by mail where there is a mailer, with links to `public_url`."""

    sender: Sender
    public_url: str
    mailer: Mailer | None = None

    @property
    def mails(self) -> bool:
        """Whether mail can be sent."""
        return self.mailer is not None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message that is still worth sending."""

    school_id: UUID
    seen: Seen


def deliver(engine: Engine, post: Post, now: datetime, way: Way = Way.PUSH) -> int:
    """Send a lot of what waits to go by one way; answers how many messages were taken up."""
    taken = 0
    outgoing: list[Outgoing] = []
    for school_id, ids in _find(engine, way, now):
        seen = _claim(engine, post, school_id, ids, now)
        taken += len(seen)
        outgoing += [Outgoing(school_id, one) for one in seen if end_of(one, now) is None]
    done: list[tuple[UUID, Became]] = []
    for one in _send(post, outgoing, now, way):
        done.append(one)
        if len(done) == NOTED_AT_ONCE:
            _note(engine, post, done, now)
            done.clear()
    _note(engine, post, done, now)
    return taken


def _find(engine: Engine, way: Way, now: datetime) -> list[tuple[UUID, list[UUID]]]:
    asked = _limits(now) | {"longest_wait": now + LONGEST_WAIT, "way": way.value}
    with asking(engine) as connection:
        (rows,) = ask(connection, [Question(FOUND, asked)])
    rows.sort(key=lambda row: row.school_id)
    return [
        (school_id, [row.message_id for row in some])
        for school_id, some in groupby(rows, key=attrgetter("school_id"))
    ]


def _claim(
    engine: Engine, post: Post, school_id: UUID, ids: Sequence[UUID], now: datetime
) -> list[Seen]:
    """Claims, looks again, and ends at once what is not worth sending any more."""
    with writing(engine) as connection:
        (messages,) = ask(connection, [question(TAKEN, school_id, ids, **_limits(now))])
        if not messages:
            return []
        seen = look_again(connection, school_id, messages, now)
        with hastened(connection):
            _mark(connection, messages, now)
        ends = [end_of(one, now) or partly(one) for one in seen]
        note_sent(connection, school_id, [end for end in ends if end], now, mails=post.mails)
        return seen


def _limits(now: datetime) -> dict[str, Any]:
    return {"now": now, "longest_claim": now + CLAIM}


def _mark(connection: Connection, messages: Iterable[Any], now: datetime) -> None:
    claims = [
        {
            "school_id": one.school_id,
            "message_id": one.message_id,
            "claimed_until": now + CLAIM,
            "tries": one.tries + 1,
        }
        for one in messages
    ]
    update_many(connection, table_of(Message), "message_id", claims)


def _send(
    post: Post, outgoing: Sequence[Outgoing], now: datetime, way: Way
) -> Iterator[tuple[UUID, Became]]:
    """Hand all of them over; what became of each, with its school."""
    by_id = {one.seen.message.message_id: one for one in outgoing}
    if way is Way.PUSH:
        parcels = [compose_parcel(one.seen, post.public_url, now) for one in outgoing]
        for delivery in post.sender.send(parcels, now):
            one = by_id[delivery.parcel.parcel_id]
            yield one.school_id, pushed(one.seen, delivery, now)
        return
    letters = [compose_letter(one.seen, post.public_url, now) for one in outgoing]
    mailer = post.mailer or NoMailer()
    for posted in mailer.send(letters, now):
        one = by_id[posted.letter.letter_id]
        yield one.school_id, mailed(one.seen, posted, now)


def _note(engine: Engine, post: Post, done: Sequence[tuple[UUID, Became]], now: datetime) -> None:
    by_school = sorted(done, key=lambda one: one[0])
    for school_id, some in groupby(by_school, key=lambda one: one[0]):
        with writing(engine) as connection:
            note_sent(connection, school_id, [one for _, one in some], now, mails=post.mails)
