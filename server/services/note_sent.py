"""Writes down what became of messages: of the reminders they were for, and of the tablets (R6, R7).

Where the last of a person's tablets is gone, what was to be said goes by mail, if it is late enough
for one; else the reminder says that nobody was reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, text

from schemas.words import Way
from server.ask import Question, ask
from server.bulk import update_many
from server.db import hastened
from server.models import Message, PushSubscription, Reminder, table_of
from server.push.parcel import End
from server.services.became import Became, State
from server.services.calls import Call, Rung
from server.services.facts import IDS, SCHOOL, question
from server.services.note_delivery import note_delivery
from server.services.outbox import open_outbox
from server.services.whom import grouped
from sync.remind import Step, by_mail

MARGIN = timedelta(days=1)
"""A reminder may be older than the message it was put into, where a clock went back."""
_message, _reminder = table_of(Message).c, table_of(Reminder).c
STILL_WAITING = (
    select(_message.message_id)
    .where(
        _message.school_id == SCHOOL,
        _message.message_id.in_(IDS),
        text("message.state = 'waiting'"),
    )
    .order_by(_message.message_id)
    .with_for_update()
)
REMINDERS = select(
    _reminder.reminder_id,
    _reminder.sending_id,
    _reminder.staff_id,
    _reminder.roll_id,
    _reminder.step,
    _reminder.detail,
).where(
    _reminder.school_id == SCHOOL,
    _reminder.staff_id.in_(IDS),
    _reminder.made_at >= bindparam("since"),
    text("reminder.state = 'waiting'"),
)
MESSAGES = select(_message.message_id, _message.sending_id, _message.state).where(
    _message.school_id == SCHOOL,
    _message.staff_id.in_(IDS),
    _message.made_at >= bindparam("since"),
)


def note_sent(
    connection: Connection,
    school_id: UUID,
    became: Sequence[Became],
    now: datetime,
    *,
    mails: bool,
) -> None:
    """Write down what became of some messages of one school; what was ended meanwhile stays so."""
    if not became:
        return
    still, reminders = _read(connection, school_id, became)
    became = [one for one in became if one.message.message_id in still]
    rows = [row for one in became for row in _ended(one, reminders, now)]
    ended = {row["reminder_id"] for row in rows}
    left = {
        sending: [row for row in some if row.reminder_id not in ended]
        for sending, some in reminders.items()
    }
    failed = [one for one in became if one.state in {State.FAILED, State.POINTLESS}]
    rows += _given_up(connection, school_id, failed, left, now, mails=mails)
    for one in became:
        if one.delivery is not None and one.delivery.end is not End.SENT:
            tablet = one.message.subscription_id
            note_delivery(connection, school_id, tablet, one.delivery, now)
    with hastened(connection):
        _note_messages(connection, school_id, became, now)
        _note_tablets(connection, school_id, became, now)
        update_many(connection, table_of(Reminder), "reminder_id", rows)


def _read(
    connection: Connection, school_id: UUID, became: Sequence[Became]
) -> tuple[frozenset[UUID], dict[UUID, list[Any]]]:
    """Which messages still wait, and the reminders that wait for them, by sending."""
    ids = sorted({one.message.message_id for one in became})
    still, reminders = ask(
        connection,
        [
            question(STILL_WAITING, school_id, ids),
            _of_people(REMINDERS, school_id, became),
        ],
    )
    return frozenset(row.message_id for row in still), grouped(reminders, "sending_id")


def _of_people(statement: Any, school_id: UUID, became: Sequence[Became]) -> Question:
    staff = sorted({one.message.staff_id for one in became})
    since = min(one.message.made_at for one in became) - MARGIN
    return question(statement, school_id, staff, since=since)


def _note_messages(
    connection: Connection, school_id: UUID, became: Iterable[Became], now: datetime
) -> None:
    rows = [
        {
            "school_id": school_id,
            "message_id": one.message.message_id,
            "state": one.state.value,
            "next_try_at": one.next_try_at,
            "claimed_until": None,
            "sent_at": now if one.state is State.SENT else None,
            "status": one.status,
            "detail": one.detail,
        }
        for one in became
        if one.state is not None
    ]
    update_many(connection, table_of(Message), "message_id", rows)


def _note_tablets(
    connection: Connection, school_id: UUID, became: Iterable[Became], now: datetime
) -> None:
    """The tablets that took a push."""
    taken = {
        one.message.subscription_id
        for one in became
        if one.delivery is not None and one.delivery.end is End.SENT
    }
    rows = [
        {
            "school_id": school_id,
            "subscription_id": subscription_id,
            "last_ok_at": now,
            "failures": 0,
            "not_before": None,
        }
        for subscription_id in sorted(taken)
    ]
    update_many(connection, table_of(PushSubscription), "subscription_id", rows)


def _ended(one: Became, reminders: dict[UUID, list[Any]], now: datetime) -> list[dict[str, Any]]:
    """The reminders that this ends: of rolls that came, and of all that was sent."""
    rows = []
    for row in reminders.get(one.message.sending_id, ()):
        if why := one.seen.gone.get(row.roll_id):
            rows.append(_row(one, row, State.CANCELLED, why.value, now))
        elif one.state is State.SENT:
            rows.append(_row(one, row, State.SENT, row.detail, now))
    return rows


def _given_up(
    connection: Connection,
    school_id: UUID,
    failed: Sequence[Became],
    left: dict[UUID, list[Any]],
    now: datetime,
    *,
    mails: bool,
) -> list[dict[str, Any]]:
    """The reminders that reached nobody, but for those that another message carries still."""
    if not failed:
        return []
    over = {one.message.message_id for one in failed}
    (messages,) = ask(connection, [_of_people(MESSAGES, school_id, failed)])
    carried = {
        row.sending_id
        for row in messages
        if row.state in {State.WAITING, State.SENT} and row.message_id not in over
    }
    alone = {one.message.sending_id: one for one in failed if one.message.sending_id not in carried}
    outbox = open_outbox(
        connection, school_id, {one.message.staff_id for one in alone.values()}, now, mails=mails
    )
    rows = []
    for sending_id, one in alone.items():
        some = left.get(sending_id, [])
        steps = [Step.named(row.step) for row in some]
        state = State.UNREACHABLE if one.state is State.FAILED else State.POINTLESS
        by_letter = (
            one.state is State.FAILED
            and one.message.way == Way.PUSH
            and one.message.staff_id in outbox.emails
            and by_mail(steps)
        )
        if by_letter:
            mail = outbox.mail(_call(one, some))
            rows += [_row(one, row, State.WAITING, row.detail, None, mail) for row in some]
        else:
            rows += [_row(one, row, state, one.detail, now) for row in some]
    outbox.write(connection)
    return rows


def _call(one: Became, some: Iterable[Any]) -> Call:
    """What was to be said, to be said by mail."""
    rolls = {roll.roll_id: roll for roll in one.seen.rolls}
    rungs = [Rung(rolls[row.roll_id], Step.named(row.step)) for row in some if row.roll_id in rolls]
    until = max((rung.roll.closes_at for rung in rungs), default=one.message.not_after)
    call = Call(one.message.staff_id, one.message.kind, until)
    for rung in rungs:
        call.add(rung, until)
    for roll in one.seen.also:
        call.name(roll)
    return call


def _row(
    one: Became,
    reminder: Any,
    state: State,
    detail: str | None,
    ended_at: datetime | None,
    sending_id: UUID | None = None,
) -> dict[str, Any]:
    return {
        "school_id": one.message.school_id,
        "reminder_id": reminder.reminder_id,
        "sending_id": sending_id or reminder.sending_id,
        "state": state.value,
        "ended_at": ended_at,
        "detail": detail,
    }
