"""The jobs: each finds out from the database and the present instant what there is to do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from sqlalchemy import Engine, select

from server.db import reading, school_turn
from server.models import School
from server.services.follow_notices import follow_everywhere
from server.services.forget import forget_sign_ins
from server.services.lay_out import lay_out
from server.services.lock_rolls import lock_rolls
from server.services.rehear import hear_everywhere
from server.services.remind import AT_ONCE, find_due, remind_school
from server.services.tablet_words import forget_words

SCHOOLS_AT_ONCE = 4


def extend_layout(engine: Engine, now: datetime) -> int:
    """Keeps every school's rolls laid out as its calendar says; answers how many rows changed."""
    with reading(engine) as connection:
        active = select(School.school_id).where(School.active).order_by(School.school_id)
        schools = list(connection.execute(active).scalars())
    total = 0
    for school_id in schools:
        with school_turn(engine, school_id) as turn:
            total += sum(lay_out(turn.connection, school_id, now).counts().values())
    if total:
        hear_everywhere(engine, now)
    follow_everywhere(engine, now)
    return total


def remind(engine: Engine, now: datetime, *, mails: bool = False) -> int:
    """Turns what is due of missing rolls into reminders, a school at a time; sends nothing.

    Answers how many rolls it looked at. What another process looks at is left to it. While the
    database writes one school, the next is thought about.
    """
    one = partial(remind_school, engine, now=now, mails=mails)
    at_once = 1 if engine.dialect.name == "sqlite" else SCHOOLS_AT_ONCE
    total = 0
    while lots := find_due(engine, now):
        with ThreadPoolExecutor(at_once) as pool:
            done = sum(pool.map(one, lots))
        total += done
        if not done or sum(len(lot.roll_ids) for lot in lots) < AT_ONCE:
            break
    return total


def lock_due(engine: Engine, now: datetime) -> int:
    """Locks the rolls whose time has come by the school's deadlines; answers how many."""
    return lock_rolls(engine, now)


def expire_sessions(engine: Engine, now: datetime) -> int:
    """Forgets sign-ins that are over; answers how many rows went."""
    return forget_sign_ins(engine, now)


def forget_tablet_words(engine: Engine, now: datetime) -> int:
    """Forgets what tablets said of rolls weeks ago; answers how many words went."""
    return forget_words(engine, now)
