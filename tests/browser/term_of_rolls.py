"""A term at the whole school: rolls that came, late ones, missing ones, for reports to draw."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import Engine, insert, update

from server import models
from server.db import writing
from tests.support.cast import TUESDAY, gather
from tests.support.whole_school import PERIODS, Teacher, roll_of, teachers

BEGINS = date(2026, 8, 13)


def days() -> list[date]:
    """The school days of the term before Tuesday."""
    span = (TUESDAY - BEGINS).days
    dates = [BEGINS + timedelta(days=n) for n in range(span)]
    return [one for one in dates if one.weekday() < 5]


def settle(engine: Engine) -> None:
    """Rolls of eight weeks; it gets better week by week, and Fridays are worst."""
    chance = random.Random(6)
    rows = [
        _row(chance, one, period, on)
        for on in days()
        for one in teachers()
        for period in one.sections
    ]
    term = {
        "school_id": gather().birch,
        "term_id": roll_of(
            gather().birch, teachers()[0], next(iter(teachers()[0].sections)), BEGINS
        )["roll_id"],
        "sourced_id": "fall",
        "title": "Fall term",
        "starts_on": BEGINS,
        "ends_on": date(2026, 12, 18),
    }
    with writing(engine) as connection:
        connection.execute(insert(models.Term), term)
        connection.execute(insert(models.RollRow), rows)
        # Students and marks are beside the point; so are the cast's own rolls of September.
        row = models.RollRow
        connection.execute(
            update(row)
            .where(row.section_id == gather().eight_a.section_id, row.on < TUESDAY)
            .values(
                state="submitted",
                revision=1,
                timeliness="on_time",
                taken_at=row.due_at,
                received_at=row.due_at,
            )
        )


def _row(chance: random.Random, one: Teacher, period: str, on: date) -> dict[str, object]:
    row = roll_of(gather().birch, one, period, on)
    week = (on - BEGINS).days // 7
    slack = (0.10 - 0.008 * week) * (1.8 if on.weekday() == 4 else 1) * (0.4 + one.place % 5 / 3)
    dice = chance.random()
    if dice < slack * 0.35:
        return row | {
            "state": "not_taken",
            "revision": 0,
            "timeliness": None,
            "taken_at": None,
            "received_at": None,
            "submitted_by": None,
        }
    late = dice < slack
    minutes = chance.randrange(16, 40) if late else chance.randrange(1, 15)
    at = row["starts_at"] + timedelta(minutes=minutes)
    how = ("late", "late", "late", "late_unproven")[chance.randrange(4)] if late else "on_time"
    if not late and chance.random() < 0.03:
        how = "taken_on_time"
    return row | {
        "state": "submitted",
        "revision": 1,
        "timeliness": how,
        "taken_at": at,
        "received_at": at,
        "submitted_by": one.staff_id,
    }


assert PERIODS
