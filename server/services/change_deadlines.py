"""Changes to deadlines: from a school date on, never to what has passed (D13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from server.models import DeadlinePolicy, table_of
from server.services.lay_out import Only
from server.services.plan import band_of
from server.services.timetable_desk import Desk, Done, Wrong
from sync.phrases import date_of
from sync.policy import EVERY_PERIOD
from sync.sentence import say

Body = Mapping[str, Any]
FACTS = (
    "open_before_min", "due_after_min", "check_after_min", "grace_min", "close_time",
    "lock_after_days",
)  # fmt: skip
PASSED = say("Deadlines change from today or a later date on; what has passed stays as it was.")
_policy = table_of(DeadlinePolicy).c


def set_policy(desk: Desk, asked: Body) -> Done:
    """Deadlines for a band and a period from a date on. Raises Wrong; Problem `not_possible`."""
    desk.must_be_administrator()
    if asked["from_on"] < desk.today:
        raise Wrong("from_on", PASSED)
    if asked["check_after_min"] < asked["due_after_min"]:
        raise Wrong("check_after_min", say("Look for missing rolls when they are due or later."))
    key = {
        "grades": desk.band(asked["grades"]),
        "period": EVERY_PERIOD if asked["period"] == EVERY_PERIOD else desk.period(asked["period"]),
        "from_on": asked["from_on"],
    }
    former = _in_its_place(desk, key)
    facts = {name: asked[name] for name in FACTS}
    policy_id = _add(desk, key, facts)
    revived = [_end(desk, row, row.from_on) for row in former]
    return Done(
        act="deadline_policy_set",
        subject=policy_id,
        facts={**key, **facts},
        touches=Only(desk.school_dates(asked["from_on"]), key["grades"], key["period"]),
        undo=(_end_again(policy_id, key["from_on"]), *revived),
    )


def _in_its_place(desk: Desk, key: Body) -> list[Any]:
    """The rules for the same band, period and first date that are in force."""
    asked = select(table_of(DeadlinePolicy)).where(
        _policy.school_id == desk.school_id,
        *(_policy[name] == value for name, value in key.items()),
    )
    return [row for row in desk.rows(asked) if row.until_on is None or row.until_on > row.from_on]


def _add(desk: Desk, key: Body, facts: Body) -> UUID:
    policy_id = uuid4()
    row = {
        "school_id": desk.school_id,
        "policy_id": policy_id,
        "set_by": desk.viewer.staff_id,
        "set_at": desk.now,
        **key,
        **facts,
    }
    desk.connection.execute(insert(table_of(DeadlinePolicy)), row)
    return policy_id


def end_policy(desk: Desk, asked: Body) -> Done:
    """Deadlines hold no more from a date on, or on after all. Raises Wrong; Problem."""
    desk.must_be_administrator()
    row = _find(desk, asked["policy_id"])
    last = row.from_on if row.until_on is None else max(row.until_on, row.from_on)
    until_on: date | None = asked["from_on"]
    if until_on is not None and until_on < desk.today:
        raise Wrong("from_on", PASSED)
    if row.until_on is not None and last < desk.today:
        raise Wrong("policy_id", say("They ended on {date}. Set them anew.", date=date_of(last)))
    if until_on is not None:
        until_on = max(until_on, row.from_on)
    undo = _end(desk, row, until_on)
    return Done(
        act="deadline_policy_ended",
        subject=row.policy_id,
        facts={"until_on": until_on, "before": row.until_on},
        touches=Only(
            desk.school_dates(max(row.from_on, desk.today)), band_of(row.grades), row.period
        ),
        undo=(undo,),
    )


def _find(desk: Desk, policy_id: UUID) -> Any:
    rows = desk.rows(
        select(table_of(DeadlinePolicy)).where(
            _policy.school_id == desk.school_id, _policy.policy_id == policy_id
        )
    )
    if not rows:
        raise Wrong("policy_id", say("There are no such deadlines."))
    return rows[0]


def _end(desk: Desk, row: Any, until_on: date | None) -> dict[str, Any]:
    """End a rule, or not; what takes that back."""
    desk.connection.execute(
        update(table_of(DeadlinePolicy))
        .where(_policy.school_id == desk.school_id, _policy.policy_id == row.policy_id)
        .values(until_on=until_on)
    )
    return _end_again(row.policy_id, row.until_on)


def _end_again(policy_id: UUID, until_on: date | None) -> dict[str, Any]:
    return {"type": "end_policy", "policy_id": policy_id, "from_on": until_on}
