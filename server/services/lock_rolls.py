"""Locks the rolls whose time has come by the deadlines that their school set (rule D17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, bindparam, select, update

from server.db import Turn, reading, school_turn
from server.models import DeadlinePolicy, RollRow, School, table_of
from server.services.enter_act import Deed, enter_acts
from server.services.facts import IDS, SCHOOL, load_prior, rows_of
from server.services.horizon import load_rosters
from server.services.known import Roll, open_roll
from server.services.poke import poke
from server.services.receive import receive
from server.services.rolls import rolls
from sync.certify import Act, locks

AT_ONCE = 100
_roll, _policy = table_of(RollRow).c, table_of(DeadlinePolicy).c
ZONE = select(School.zone).where(School.school_id == SCHOOL)
# Spelled as the partial index has it.
TO_LOCK = (
    _roll.locks_at.is_not(None),
    _roll.state != "locked",
    _roll.locks_at <= bindparam("now"),
)
SCHOOLS = select(_roll.school_id).where(*TO_LOCK).distinct()
NEXT = rolls().where(*TO_LOCK).order_by(_roll.locks_at, _roll.roll_id).limit(AT_ONCE)
POLICIES = select(_policy.policy_id, _policy.set_by, _policy.lock_after_days).where(
    _policy.school_id == SCHOOL, _policy.policy_id.in_(IDS)
)
STAYS_OPEN = (
    update(table_of(RollRow))
    .where(_roll.school_id == bindparam("of_school"), _roll.roll_id == bindparam("of_roll"))
    .values(locks_at=None, seq=bindparam("to_seq"))
)


def lock_rolls(engine: Engine, now: datetime) -> int:
    """Lock what is due in every school, a hundred rolls at a school's turn; answers how many."""
    with reading(engine) as connection:
        schools = sorted(connection.execute(SCHOOLS, {"now": now}).scalars())
    return sum(_lock_school(engine, school_id, now) for school_id in schools)


def _lock_school(engine: Engine, school_id: UUID, now: datetime) -> int:
    locked = 0
    while True:
        with school_turn(engine, school_id) as turn:
            rows = turn.connection.execute(NEXT, {"school_id": school_id, "now": now}).all()
            if not rows:
                break
            locked += _lock(turn, rows, receive(turn, now))
    poke(school_id)
    return locked


def _lock(turn: Turn, rows: Sequence[Any], now: datetime) -> int:
    """Lock some rolls; how many. What was opened again since its time stays open."""
    due: list[tuple[Any, Roll]] = []
    stays: list[dict[str, Any]] = []
    for row, roll in zip(rows, _open(turn, rows), strict=True):
        if locks(roll.acts, row.locks_at):
            due.append((row, roll))
        else:
            named = {"of_school": turn.school_id, "of_roll": row.roll_id}
            stays.append({**named, "to_seq": turn.next_seq()})
    if due:
        policies = _policies(turn, [row for row, _ in due])
        deeds = [(roll, _deed(roll, policies.get(row.policy_id))) for row, roll in due]
        enter_acts(turn, deeds, now)
    if stays:
        turn.connection.execute(STAYS_OPEN, stays)
    return len(due)


def _open(turn: Turn, rows: Sequence[Any]) -> list[Roll]:
    rosters = load_rosters(turn.connection, turn.school_id, rows)
    prior = load_prior(turn.connection, turn.school_id, [row.roll_id for row in rows])
    zone: str = turn.connection.execute(ZONE, {"school_id": turn.school_id}).scalar_one()
    return [
        open_roll(
            turn.connection,
            turn.school_id,
            row,
            rosters[row.section_id],
            prior[row.roll_id],
            zone=zone,
        )
        for row in rows
    ]


def _policies(turn: Turn, rows: Iterable[Any]) -> dict[UUID, Any]:
    ids = sorted({row.policy_id for row in rows if row.policy_id})
    found = rows_of(turn.connection, POLICIES, turn.school_id, ids)
    return {row.policy_id: row for row in found}


def _deed(roll: Roll, policy: Any) -> Deed:
    """In the name of whoever set the deadlines."""
    by = None if policy is None else policy.set_by
    return Deed(Act.LOCK, roll.revision, by=by, why=_why(policy))


def _why(policy: Any) -> str:
    if policy is None or policy.lock_after_days is None:
        return "By the school's deadlines."
    days = policy.lock_after_days
    when = "on their own date" if days == 0 else f"{days} day{'s' * (days > 1)} after it"
    return f"By the school's deadlines: rolls lock {when}."
