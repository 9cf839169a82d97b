"""Signs a week: the person saw exactly what is kept, or nothing is signed (C9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, insert

from server.access import Viewer
from server.db import Turn, school_turn
from server.models import WeekStatement
from server.problems import Problem
from server.services.horizon import today_at
from server.services.receive import receive
from server.services.show_weeks import tell_week
from server.services.week_content import pack_content
from server.services.weeks import load_signed, load_week, monday, statement_of
from sync.sentence import say
from sync.statement import Statement, digest, is_over

NOT_OVER = say("This week is not over yet. You can sign it from Monday on.")
NOTHING = say("You had no rolls in this week: there is nothing to sign.")


def sign_week(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Sign one's own week; the week as it stands then. What is signed already is not signed twice.

    Raises Problem `not_possible`, `changed_meanwhile`.
    """
    from_on = monday(body["week_on"])
    with school_turn(engine, viewer.school_id) as turn:
        week = load_week(turn.connection, viewer.school_id, from_on, viewer.staff_id)
        statement = statement_of(week, viewer.staff_id)
        if not is_over(week.to_on, today_at(viewer.zone, now)):
            raise Problem("not_possible", NOT_OVER)
        if not statement.rolls:
            raise Problem("not_possible", NOTHING)
        if digest(statement) != body["digest"]:
            raise Problem("changed_meanwhile", CHANGED)
        before = load_signed(turn.connection, viewer.school_id, from_on).get(viewer.staff_id)
        if before is None or before.digest != body["digest"]:
            _keep(turn, viewer, statement, receive(turn, now))
        return tell_week(turn.connection, viewer, viewer.staff_id, from_on, now)


CHANGED = say("These rolls changed while you read them. Read them again, then sign.")


def _keep(turn: Turn, viewer: Viewer, statement: Statement, now: datetime) -> None:
    turn.connection.execute(
        insert(WeekStatement).values(
            school_id=viewer.school_id,
            statement_id=uuid4(),
            staff_id=viewer.staff_id,
            from_on=statement.from_on,
            to_on=statement.to_on,
            words=statement.words,
            digest=digest(statement),
            content=pack_content(statement),
            signed_at=now,
            device_id=viewer.device_id,
            seq=turn.next_seq(),
        )
    )
