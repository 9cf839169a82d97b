"""The board of a whole school at twenty past nine, with every state that a cell can have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, insert

from server import models
from server.db import writing
from tests.support import cast as the_cast
from tests.support.whole_school import Teacher, change, settle_whole, taken

CAST = the_cast.gather()
AT = the_cast.local(the_cast.TUESDAY, 9, 20)


def first(minute: int) -> datetime:
    """A minute of period 1."""
    return the_cast.local(the_cast.TUESDAY, 8, minute)


def second(minute: int) -> datetime:
    """A minute of period 2."""
    return the_cast.local(the_cast.TUESDAY, 9, minute)


ODD: dict[tuple[str, str], dict[str, Any]] = {
    ("Alvarez Quintero M.", "2"): taken(second(18), timeliness="late"),
    ("Bautista R.", "1"): taken(first(31), timeliness="late"),
    ("Gutiérrez Solís E.", "1"): taken(
        first(11), timeliness="taken_on_time", received_at=first(40)
    ),
    ("Hernández T.", "2"): {"expected": False, "void_reason": "Trip"},
    ("Hernández T.", "3"): {"expected": False, "void_reason": "Trip"},
    ("Kealoha-Nakamura P.", "1"): taken(first(9), revision=2),
    ("Petrov I.", "1"): taken(first(22), timeliness="late_unproven"),
    ("Quiroz B.", "1"): taken(first(9), contested=1),
    ("Osei A.", "2"): taken(second(8), timeliness="taken_on_time", received_at=second(18)),
    ("Delgado S.", "1"): {},
    ("Delgado S.", "2"): {},
    ("Jackson D.", "2"): {},
    ("Murphy C.", "2"): {},
    ("Chen W.", "2"): {},
    ("Goldberg H.", "2"): {},
    ("Vargas Peña R.", "2"): {},
    ("Lê Thị Hạnh", "2"): {},
}


def settle(engine: Engine) -> list[Teacher]:
    """Everybody and every state."""
    teachers = settle_whole(engine)
    by_name = {one.name: one for one in teachers}
    for one in teachers:
        for period, minute in (("1", first), ("2", second)):
            if period in one.sections:
                usual = taken(minute(3 + one.place % 10))
                change(
                    engine, one.roll(period), **(ODD.get((one.name, period), usual) or {"seq": 90})
                )
    change(engine, CAST.eight_a.roll(), **taken(first(12), revision=2))
    word(engine, by_name["Goldberg H."], "open", AT - timedelta(minutes=1))
    word(engine, by_name["Vargas Peña R."], "open", AT - timedelta(minutes=2))
    word(engine, by_name["Lê Thị Hạnh"], "waiting", second(12), taken_at=second(8))
    word(engine, by_name["Chen W."], "waiting", AT, taken_at=second(11))
    word(engine, by_name["Murphy C."], "open", second(2))
    for name, steps in (("Jackson D.", 2), ("Delgado S.", 2), ("Murphy C.", 1)):
        for step in range(steps):
            remind(engine, by_name[name], ("teachers-5", "teachers+0")[step], second(10 + 5 * step))
    return teachers


def word(
    engine: Engine, one: Teacher, state: str, at: datetime, taken_at: datetime | None = None
) -> None:
    """What a tablet said of the second period."""
    row = {
        "school_id": CAST.birch,
        "device_id": the_cast.named("device", one.name),
        "roll_id": one.roll("2"),
        "staff_id": one.staff_id,
        "state": state,
        "at": at,
        "taken_at": taken_at,
    }
    with writing(engine) as connection:
        connection.execute(insert(models.TabletWord), row)


def remind(engine: Engine, one: Teacher, step: str, at: datetime, period: str = "2") -> None:
    """A reminder that was sent."""
    row = {
        "school_id": CAST.birch,
        "reminder_id": uuid4(),
        "roll_id": one.roll(period),
        "staff_id": one.staff_id,
        "step": step,
        "made_at": at,
        "state": "sent",
        "ended_at": at,
    }
    with writing(engine) as connection:
        connection.execute(insert(models.Reminder), row)
