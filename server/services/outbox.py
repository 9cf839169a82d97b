"""The outbox: what is to be said to a person, a message for each of her tablets, or a mail.

A mail is for who has no tablet to be reminded on, from some minutes past the deadline, one an hour
at most: what comes up meanwhile joins the one that waits (R7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, select

from schemas.words import Way
from server.ask import ask
from server.bulk import insert_many, update_many
from server.columns import spell
from server.models import Message, table_of
from server.push.message import topic_of
from server.services.calls import Call
from server.services.facts import IDS, SCHOOL, question
from server.services.reach import MAILBOXES, SUBSCRIPTIONS, live
from server.services.whom import grouped
from sync.remind import by_mail, not_after

BETWEEN_MAILS = timedelta(hours=1)
_message = table_of(Message).c
MAILS = (
    select(
        _message.staff_id,
        _message.kind,
        _message.message_id,
        _message.sending_id,
        _message.state,
        _message.claimed_until,
        _message.made_at,
        _message.not_after,
        _message.body,
    )
    .where(
        _message.school_id == SCHOOL,
        _message.staff_id.in_(IDS),
        _message.made_at > bindparam("since"),
        _message.way == Way.MAIL,
    )
    .order_by(_message.made_at, _message.message_id)
    .with_for_update(skip_locked=True)
)


@dataclass(slots=True)
class Outbox:
    """What is being put into one school's outbox."""

    school_id: UUID
    now: datetime
    subscriptions: Mapping[UUID, Sequence[Any]]
    emails: Mapping[UUID, str]
    mails: dict[tuple[UUID, str], list[Any]]
    new: list[dict[str, Any]] = field(default_factory=list)
    longer: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def post(self, call: Call) -> UUID | None:
        """Say something to a person; answers the sending, None where there is no way to her."""
        tablets = self.subscriptions.get(call.staff_id, ())
        if tablets:
            return self._push(call, tablets)
        late = by_mail(one.step for one in call.rungs)
        if call.staff_id in self.emails and (late or call.nobody):
            return self.mail(call)
        return None

    def write(self, connection: Connection) -> None:
        """Keep the messages."""
        insert_many(connection, table_of(Message), self.new)
        update_many(connection, table_of(Message), "message_id", list(self.longer.values()))

    def _push(self, call: Call, tablets: Sequence[Any]) -> UUID:
        sending_id = uuid4()
        until = not_after(call.until, self.now)
        for tablet in tablets:
            self.new.append(
                self._row(call, sending_id)
                | {
                    "way": Way.PUSH.value,
                    "subscription_id": tablet.subscription_id,
                    "topic": topic_of(call.kind, call.staff_id),
                    "body": spell_body(call),
                    "not_after": until,
                    "next_try_at": self.now,
                }
            )
        return sending_id

    def mail(self, call: Call) -> UUID:
        """Into the mail that waits, or into a new one."""
        known = self.mails.get((call.staff_id, call.kind), [])
        waiting = [one for one in known if one.state == "waiting" and one.claimed_until is None]
        if waiting:
            return self._join(waiting[-1], call)
        last = max((one.made_at for one in known), default=None)
        sending_id = uuid4()
        row = self._row(call, sending_id) | {
            "way": Way.MAIL.value,
            "subscription_id": None,
            "topic": None,
            "body": spell_body(call),
            "not_after": call.until,
            "next_try_at": max(self.now, last + BETWEEN_MAILS) if last else self.now,
        }
        self.new.append(row)
        return sending_id

    def _join(self, mail: Any, call: Call) -> UUID:
        """What comes up while a mail waits is said by it too."""
        so_far = self.longer.get(mail.message_id)
        body = so_far["body"] if so_far else mail.body
        until = so_far["not_after"] if so_far else mail.not_after
        self.longer[mail.message_id] = {
            "school_id": self.school_id,
            "message_id": mail.message_id,
            "body": join_bodies(body, spell_body(call)),
            "not_after": max(until, call.until),
        }
        joined: UUID = mail.sending_id
        return joined

    def _row(self, call: Call, sending_id: UUID) -> dict[str, Any]:
        return {
            "school_id": self.school_id,
            "message_id": uuid4(),
            "sending_id": sending_id,
            "staff_id": call.staff_id,
            "kind": call.kind,
            "made_at": self.now,
            "state": "waiting",
            "tries": 0,
        }


def open_outbox(
    connection: Connection, school_id: UUID, staff: Iterable[UUID], now: datetime, *, mails: bool
) -> Outbox:
    """The outbox of a school, with by which ways these people are reached."""
    wanted = sorted(set(staff))
    if not wanted:
        return Outbox(school_id, now, {}, {}, {})
    subscriptions, mailboxes, mailed = ask(
        connection,
        [
            question(SUBSCRIPTIONS, school_id, wanted),
            question(MAILBOXES, school_id, wanted),
            question(MAILS, school_id, wanted, since=now - BETWEEN_MAILS),
        ],
    )
    alive = grouped(live(subscriptions, now), "staff_id")
    emails = {row.staff_id: row.email for row in mailboxes if row.email} if mails else {}
    known: dict[tuple[UUID, str], list[Any]] = {}
    for row in mailed:
        known.setdefault((row.staff_id, row.kind), []).append(row)
    return Outbox(school_id, now, alive, emails, known)


def spell_body(call: Call) -> str:
    """What a message is about: its rolls with their deadlines; the words come when it is sent."""
    about = {str(one.roll.roll_id): spell(one.roll.due_at) for one in call.rungs}
    also = {str(roll.roll_id): spell(roll.due_at) for roll in call.also}
    return json.dumps({"for": about, "also": also, "nobody": call.nobody})


def join_bodies(first: str, second: str) -> str:
    """Two bodies as one."""
    one, other = json.loads(first), json.loads(second)
    about = one["for"] | other["for"]
    also = {key: at for key, at in (one["also"] | other["also"]).items() if key not in about}
    nobody = one["nobody"] and other["nobody"]
    return json.dumps({"for": about, "also": also, "nobody": nobody})
