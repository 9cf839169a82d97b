"""Accepts a roll that came on a later school date, once its teacher has attested it (C13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, select

from server.access import Viewer, access_roll
from server.db import Turn, school_turn
from server.models import NextDayAcceptance, table_of
from server.problems import Problem
from server.services.receive import receive
from server.services.week_content import read_content
from server.services.weeks import load_signed, monday, signed_places
from sync.sentence import say

_row = table_of(NextDayAcceptance).c
IN_TIME = say("This roll was received on its own school date: there is nothing to accept.")
NOT_ATTESTED = say("No teacher of the section has signed this roll's week yet.")


def accept_next_day(engine: Engine, viewer: Viewer, roll_id: UUID, why: str, now: datetime) -> None:
    """Accept it; once accepted it stays so. Raises Problem `not_found`, `not_possible`."""
    with school_turn(engine, viewer.school_id) as turn:
        roll = access_roll(turn.connection, viewer, roll_id)
        if not roll.next_day:
            raise Problem("not_possible", IN_TIME)
        if not _attested(turn, roll):
            raise Problem("not_possible", NOT_ATTESTED)
        mine = (_row.school_id == turn.school_id) & (_row.roll_id == roll_id)
        if turn.connection.execute(select(_row.at).where(mine)).first() is None:
            turn.connection.execute(
                insert(NextDayAcceptance).values(
                    school_id=turn.school_id,
                    roll_id=roll_id,
                    at=receive(turn, now),
                    by=viewer.staff_id,
                    why=why,
                )
            )


def _attested(turn: Turn, roll: Any) -> bool:
    """Whether somebody signed the roll after it came."""
    signed = load_signed(turn.connection, turn.school_id, monday(roll.school_date)).values()
    places = (signed_places(read_content(one.content)["rolls"]) for one in signed)
    return any(one.get(roll.roll_id, 0) > 0 for one in places)
