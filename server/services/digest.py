"""The day's mail to the office and the administrators: how many rolls are missing (R7.5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
)

from schemas.words import Way
from server.ask import Question, ask
from server.bulk import insert_new
from server.db import asking, writing
from server.models import Message, RollRow, School, Staff, table_of
from server.services.compose import DIGEST
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.ladder import POLICY, Reminding, read_reminding
from server.services.whom import DESK, LEAVES, Whom
from sync.deadline import instant
from sync.remind import To

HELPS = timedelta(hours=2)
"""So long after its time the day's mail is still written, by jobs that were down."""
KEEPS = timedelta(hours=12)
_school, _staff, _message = table_of(School).c, table_of(Staff).c, table_of(Message).c
_roll = table_of(RollRow).c
NOT_TAKEN: ColumnElement[bool] = literal_column("roll.state = 'not_taken'")
SCHOOLS = select(_school.school_id).where(_school.active).order_by(_school.school_id)
COUNTS = (
    select(
        _roll.period_name,
        func.count().label("expected"),
        func.sum(case((NOT_TAKEN, 1), else_=0)).label("missing"),
    )
    .where(
        _roll.school_id == SCHOOL,
        _roll.school_date == bindparam("on"),
        _roll.due_at <= bindparam("now"),
        text("roll.expected"),
    )
    .group_by(_roll.period_name)
    .order_by(func.min(_roll.due_at), _roll.period_name)
)
MAILBOXES = select(_staff.staff_id, _staff.email).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS), _staff.email.is_not(None)
)
WRITTEN = select(_message.message_id).where(
    _message.school_id == SCHOOL, _message.message_id.in_(IDS)
)


def write_digests(engine: Engine, now: datetime) -> int:
    """Write the day's mail of every school whose time it is; answers how many mails that are."""
    with asking(engine) as connection:
        schools = list(connection.execute(SCHOOLS).scalars())
    return sum(_write_digest(engine, school_id, now) for school_id in schools)


def _write_digest(engine: Engine, school_id: UUID, now: datetime) -> int:
    with asking(engine) as connection:
        ((policy,),) = ask(connection, [Question(POLICY, {"school_id": school_id})])
    reminding = read_reminding(policy)
    on = now.astimezone(reminding.ladder.zone).date()
    if not _is_time(reminding, on, now):
        return 0
    with writing(engine) as connection:
        asked = {"school_id": school_id, "on": on, "now": now}
        between = {"school_id": school_id, "since_on": on, "until_on": on}
        counts, leaves, desk = ask(
            connection,
            [
                Question(COUNTS, asked),
                Question(LEAVES, between),
                Question(DESK, {"school_id": school_id}),
            ],
        )
        if not any(row.missing for row in counts):
            return 0
        whom = Whom(reminding, {}, {}, leaves, desk)
        rows = _mails(connection, school_id, whom, _body(on, counts), on, now)
        insert_new(connection, table_of(Message), rows)
        return len(rows)


def _is_time(reminding: Reminding, on: date, now: datetime) -> bool:
    if reminding.digest_time is None:
        return False
    at = instant(on, reminding.digest_time, reminding.ladder.zone)
    return at <= now < at + HELPS


def _body(on: date, counts: Sequence[Any]) -> str:
    told = [[row.period_name, row.missing, row.expected] for row in counts]
    return json.dumps({"on": on.isoformat(), "counts": told})


def _mails(
    connection: Connection, school_id: UUID, whom: Whom, body: str, on: date, now: datetime
) -> list[dict[str, Any]]:
    """One for each who hears of missing rolls, has a mailbox and has not got it yet. The id is that
    of person and date, so that there is never a second."""
    hearing = {one for to in (To.OFFICE, To.ADMINISTRATORS) for one in whom.hearing(to, on)}
    boxes = rows_of(connection, MAILBOXES, school_id, sorted(hearing))
    ids = {row.staff_id: uuid5(school_id, f"{DIGEST}/{on}/{row.staff_id}") for row in boxes}
    written = {row.message_id for row in rows_of(connection, WRITTEN, school_id, [*ids.values()])}
    return [
        {
            "school_id": school_id,
            "message_id": message_id,
            "sending_id": message_id,
            "staff_id": staff_id,
            "way": Way.MAIL.value,
            "subscription_id": None,
            "kind": DIGEST,
            "topic": None,
            "body": body,
            "made_at": now,
            "not_after": now + KEEPS,
            "state": "waiting",
            "tries": 0,
            "next_try_at": now,
        }
        for staff_id, message_id in ids.items()
        if message_id not in written
    ]
