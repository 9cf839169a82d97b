"""Puts what a message is about into words, as they are right when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.language import language_of
from server.mail.letter import Letter
from server.push.message import Push, ToldRoll, spell_push
from server.push.parcel import Parcel
from server.services.calls import OFFICE
from server.services.look_again import Seen
from sync.remind_words import (
    Named,
    Words,
    clock_time,
    mail_of_day,
    mail_to_office,
    mail_to_teachers,
    to_office,
    to_teachers,
)

DIGEST = "digest"


def compose_parcel(seen: Seen, public_url: str, now: datetime) -> Parcel:
    """The push for one tablet."""
    message, tablet, rolls = seen.message, seen.to, seen.about
    nobody = seen.body["nobody"]
    office = message.kind == OFFICE
    words = (
        to_office(_named(rolls), nobody=nobody)
        if office
        else to_teachers(_named(rolls), seen.zone, now)
    )
    push = Push(
        kind=message.kind,
        message_id=message.message_id,
        topic=message.topic,
        words=words,
        navigate=_link(message.kind, rolls, public_url),
        made_at=message.made_at,
        rolls=[_told(roll, seen) for roll in rolls],
        language=language_of(tablet.language),
    )
    return Parcel(
        parcel_id=message.message_id,
        endpoint=tablet.endpoint,
        p256dh=tablet.p256dh,
        auth=tablet.auth,
        key_id=tablet.key_id,
        body=spell_push(push),
        ttl_s=max(1, int((message.not_after - now).total_seconds())),
        topic=message.topic,
    )


def compose_letter(seen: Seen, public_url: str, now: datetime) -> Letter:
    """The mail to one person."""
    message = seen.message
    words = _mail(seen, _link(message.kind, seen.about, public_url), now)
    letter_id: UUID = message.message_id
    return Letter(letter_id, seen.to, words.title, words.body)


def _mail(seen: Seen, link: str, now: datetime) -> Words:
    if seen.message.kind == DIGEST:
        counts = [(name, missing, of) for name, missing, of in seen.body["counts"]]
        return mail_of_day(date.fromisoformat(seen.body["on"]), counts, link)
    rolls = _named(seen.about)
    if seen.message.kind == OFFICE:
        return mail_to_office(rolls, seen.zone, link, nobody=seen.body["nobody"])
    return mail_to_teachers(rolls, seen.zone, now, link)


def _named(rolls: Sequence[Any]) -> list[Named]:
    return [Named(roll.period_name, roll.due_at) for roll in rolls]


def _told(roll: Any, seen: Seen) -> ToldRoll:
    due = clock_time(roll.due_at, seen.zone)
    return ToldRoll(roll.roll_id, roll.period, roll.period_name, roll.due_at, due)


def _link(kind: str, rolls: Sequence[Any], public_url: str) -> str:
    """The page that a tap opens: the roll, where it is one."""
    if kind in {OFFICE, DIGEST}:
        return f"{public_url}/office/"
    if len(rolls) == 1:
        return f"{public_url}/#/roll/{rolls[0].roll_id}"
    return f"{public_url}/#/today"
