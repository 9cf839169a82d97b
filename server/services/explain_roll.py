"""An administrator says why nobody took a roll; it stays not taken, and counts as nothing (B4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam

from server.access import Viewer, access_roll
from server.db import writing
from server.models import RollRow, table_of
from server.problems import Problem
from server.services.acts import EXPLAINED, EXPLANATION_UNDONE, Act, note_act
from server.services.facts import rows_of
from server.services.not_submitted import stand_of_row
from server.services.unresolved import NEVER_TAKEN, SAID_OF, standing, tell_rolls, why_of
from sync.missing import Missing
from sync.sentence import say

ONE = NEVER_TAKEN.where(table_of(RollRow).c.roll_id == bindparam("roll_id"))
# A clock that was set back does not make what is said now lie before what was said already.
A_MOMENT = timedelta(milliseconds=1)
NOT_MISSING = say("This roll is not missing: it was taken, or none was expected.")
MAY_COME = say("This roll may still come: its day is not over.")


def explain_roll(
    engine: Engine, viewer: Viewer, roll_id: UUID, why: str | None, now: datetime
) -> dict[str, Any]:
    """Note why nobody took a roll, or take back what was said; the roll as it stands then.

    What stands already is not noted twice. Raises Problem `not_found`, `not_possible`.
    """
    with writing(engine) as connection:
        access_roll(connection, viewer, roll_id)
        asked = {"school_id": viewer.school_id, "roll_id": roll_id}
        row = connection.execute(ONE, asked).first()
        if row is None:
            raise Problem("not_possible", NOT_MISSING)
        if stand_of_row(row, now) is not Missing.UNRESOLVED:
            raise Problem("not_possible", MAY_COME)
        _say(connection, viewer, roll_id, why, now)
        said = standing(rows_of(connection, SAID_OF, viewer.school_id, [roll_id]))
        return tell_rolls(connection, viewer.school_id, [row], said)[0]


def _say(
    connection: Connection, viewer: Viewer, roll_id: UUID, why: str | None, now: datetime
) -> None:
    acts = rows_of(connection, SAID_OF, viewer.school_id, [roll_id])
    stands = standing(acts).get(roll_id)
    if why == (why_of(stands) if stands else None):
        return
    at = max(now, acts[-1].at + A_MOMENT) if acts else now
    kind, facts = (EXPLANATION_UNDONE, {}) if why is None else (EXPLAINED, {"why": why})
    note_act(connection, viewer.school_id, Act(kind, viewer.staff_id, roll_id, facts), at)
