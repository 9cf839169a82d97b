"""Looks at what a waiting message is about once more before it is sent (promise P6, rules R6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from server.ask import Question, ask
from server.columns import spell
from server.models import Device, PushSubscription, RollRow, Staff, table_of
from server.services.facts import IDS, SCHOOL, question
from server.services.reach import ZONE, live

_roll, _sub = table_of(RollRow).c, table_of(PushSubscription).c
_device, _staff = table_of(Device).c, table_of(Staff).c
ROLLS = select(
    _roll.roll_id,
    _roll.period,
    _roll.period_name,
    _roll.due_at,
    _roll.closes_at,
    _roll.state,
    _roll.expected,
).where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS))
TABLETS = (
    select(
        _sub.subscription_id,
        _sub.endpoint,
        _sub.p256dh,
        _sub.auth,
        _sub.key_id,
        _sub.not_before,
        _sub.language,
        _sub.ended_at,
        _sub.ended_why,
        _sub.until_at,
        _device.revoked_at,
    )
    .join_from(
        table_of(PushSubscription),
        table_of(Device),
        (_device.school_id == _sub.school_id) & (_device.device_id == _sub.device_id),
    )
    .where(_sub.school_id == SCHOOL, _sub.subscription_id.in_(IDS))
)
MAILBOXES = select(_staff.staff_id, _staff.email).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS), _staff.active
)


class Gone(StrEnum):
    """Why a roll needs no reminder any more, for people."""

    RECEIVED = "The roll was received."
    NOT_EXPECTED = "No roll is expected any more."
    MOVED = "Its deadline was moved."


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found: `rolls` are still missing and what the message is for, `also` besides;
    `gone` are no more. `to` is a tablet's subscription or a mail address, None where there is
    none any more. `wait_until`: the push service asked for that."""

    message: Any
    rolls: Sequence[Any]
    also: Sequence[Any]
    gone: Mapping[UUID, Gone]
    to: Any
    zone: ZoneInfo
    body: Mapping[str, Any]
    wait_until: datetime | None = None

    @property
    def about(self) -> list[Any]:
        """All rolls that the message names, in the order of their deadlines."""
        return sorted((*self.rolls, *self.also), key=lambda one: (one.due_at, one.roll_id))


def look_again(
    connection: Connection, school_id: UUID, messages: Sequence[Any], now: datetime
) -> list[Seen]:
    """Look at some claimed messages of one school."""
    bodies = [json.loads(message.body) for message in messages]
    ids = {UUID(key) for body in bodies for part in ("for", "also") for key in body.get(part, {})}
    tablets = {one.subscription_id for one in messages if one.subscription_id}
    people = {one.staff_id for one in messages if not one.subscription_id}
    wanted = [(ROLLS, ids), (TABLETS, tablets), (MAILBOXES, people)]
    asked = [question(one, school_id, sorted(about)) for one, about in wanted if about]
    (here,), *answers = ask(connection, [Question(ZONE, {"school_id": school_id}), *asked])
    told = iter(answers)
    rolls, subscriptions, mailboxes = (next(told) if about else [] for _, about in wanted)
    finder = _Finder(
        ZoneInfo(here.zone),
        {row.roll_id: row for row in rolls},
        {row.subscription_id: row for row in live(subscriptions, now)},
        {row.staff_id: row.email for row in mailboxes},
        now,
    )
    return [finder.see(*one) for one in zip(messages, bodies, strict=True)]


@dataclass(frozen=True, slots=True)
class _Finder:
    zone: ZoneInfo
    rolls: Mapping[UUID, Any]
    tablets: Mapping[UUID, Any]
    mailboxes: Mapping[UUID, str | None]
    now: datetime

    def see(self, message: Any, body: Mapping[str, Any]) -> Seen:
        gone = {
            UUID(key): why
            for key, due in body.get("for", {}).items()
            if (why := self._gone(key, due))
        }
        tablet = self.tablets.get(message.subscription_id)
        return Seen(
            message,
            [self.rolls[UUID(key)] for key in body.get("for", {}) if UUID(key) not in gone],
            [
                self.rolls[UUID(key)]
                for key, due in body.get("also", {}).items()
                if not self._gone(key, due)
            ],
            gone,
            tablet if message.subscription_id else self.mailboxes.get(message.staff_id) or None,
            self.zone,
            body,
            self._wait_until(tablet),
        )

    def _wait_until(self, tablet: Any) -> datetime | None:
        """Until when its push service asked to be left alone."""
        if tablet is None or tablet.not_before is None or tablet.not_before <= self.now:
            return None
        at: datetime = tablet.not_before
        return at

    def _gone(self, key: str, due: str) -> Gone | None:
        roll = self.rolls.get(UUID(key))
        if roll is None or not roll.expected:
            return Gone.NOT_EXPECTED
        if roll.state != "not_taken":
            return Gone.RECEIVED
        return Gone.MOVED if spell(roll.due_at) != due else None
