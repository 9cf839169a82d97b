"""Forty teachers and seven periods at Birch, for boards and reports: names, sections and rolls.

teachers = settle_whole(engine)       # beside the cast, on Tuesday; nothing is taken
take(engine, teachers[3], "2", at)    # as if it had been received then
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, update

from server import models
from server.db import writing
from sync.identity import roll_id
from tests.support.cast import TUESDAY, gather, local, named

PERIODS = {
    "1": time(8, 0),
    "2": time(9, 0),
    "3": time(10, 0),
    "4": time(11, 0),
    "5": time(12, 30),
    "6": time(13, 30),
    "7": time(14, 30),
}
NAMES = (
    "Abara K.|Adeyemi F.|Alvarez Quintero M.|Bautista R.|Castellanos Ortiz P.|Chen W.|Delgado S.|"
    "Dubois A.|Eze N.|Ferreira J.|Goldberg H.|Gutiérrez Solís E.|Hashimoto K.|Hernández T.|"
    "Ibrahim Y.|Jackson D.|Kahananui L.|Kealoha-Nakamura P.|Kim S.|Lê Thị Hạnh|López Arriaga V.|"
    "Marchetti G.|Mbeki T.|Murphy C.|Nguyễn Quang|Osei A.|Papadopoulos D.|Petrov I.|Quiroz B.|"
    "Ramanathan V.|Santos I.|Schneider U.|Thompson J.|Vargas Peña R.|Williams O.|Yamamoto N.|"
    "Zielińska W."
).split("|")


@dataclass(frozen=True)
class Teacher:
    """One of the many, who meets a section in every period but one."""

    place: int
    name: str
    staff_id: UUID
    sections: dict[str, UUID]

    def roll(self, period: str, on: date = TUESDAY) -> UUID:
        """The id of a roll."""
        return roll_id(gather().birch, self.sections[period], on, period)


def teachers() -> list[Teacher]:
    """Who they are, A to Z."""
    return [_teacher(place, name) for place, name in enumerate(NAMES)]


def _teacher(place: int, name: str) -> Teacher:
    free = str((place * 3 + 1) % len(PERIODS) + 1)
    sections = {
        period: named("section", f"whole/{place}/{period}") for period in PERIODS if period != free
    }
    return Teacher(place, name, named("staff", f"whole/{place}"), sections)


def settle_whole(engine: Engine, days: tuple[date, ...] = (TUESDAY,)) -> list[Teacher]:
    """Write them beside the cast, with their rolls of some days."""
    everybody, birch = teachers(), gather().birch
    with writing(engine) as connection:
        connection.execute(insert(models.Staff), [_staff(birch, one) for one in everybody])
        for model, rows in (
            (models.Section, _section),
            (models.Teaching, _teaching),
        ):
            connection.execute(
                insert(model),
                [rows(birch, one, period) for one in everybody for period in one.sections],
            )
        rolls = [
            roll_of(birch, one, period, on)
            for on in days
            for one in everybody
            for period in one.sections
        ]
        connection.execute(insert(models.RollRow), rolls)
    return everybody


def _staff(school_id: UUID, one: Teacher) -> dict[str, Any]:
    family, _, given = one.name.rpartition(" ")
    return {
        "school_id": school_id,
        "staff_id": one.staff_id,
        "sourced_id": f"whole-{one.place}",
        "given_name": given,
        "family_name": family,
        "display_name": one.name,
        "username": f"whole{one.place}",
        "role": "teacher",
        "room": str(one.place + 3),
        "extension": str(400 + one.place + 3),
        "account_id": None,
    }


def _section(school_id: UUID, one: Teacher, period: str) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "section_id": one.sections[period],
        "sourced_id": f"whole-{one.place}-{period}",
        "title": f"{one.place}{'ABCDEFG'[int(period) - 1]}",
        "course": "Mathematics",
        "room": str(one.place + 3),
        "kind": "scheduled",
        "grades": "08",
    }


def _teaching(school_id: UUID, one: Teacher, period: str) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "assignment_id": named("teaching", f"whole/{one.place}/{period}"),
        "sourced_id": f"whole-t-{one.place}-{period}",
        "section_id": one.sections[period],
        "staff_id": one.staff_id,
        "role": "primary",
    }


def roll_of(school_id: UUID, one: Teacher, period: str, on: date) -> dict[str, Any]:
    """A roll that is expected and not taken."""
    starts = local(on, PERIODS[period].hour, PERIODS[period].minute)
    return {
        "school_id": school_id,
        "roll_id": one.roll(period, on),
        "section_id": one.sections[period],
        "school_date": on,
        "period": period,
        "period_name": f"Period {period}",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=50),
        "opens_at": starts - timedelta(minutes=5),
        "due_at": starts + timedelta(minutes=15),
        "check_at": starts + timedelta(minutes=30),
        "closes_at": local(on, 17),
        "expected": True,
        "seq": 90,
    }


def taken(at: datetime, **more: Any) -> dict[str, Any]:
    """What a roll's row says that was taken and received at an instant, on time."""
    return {
        "state": "submitted",
        "revision": 1,
        "timeliness": "on_time",
        "taken_at": at,
        "received_at": at,
        "submitted_by": gather().ruiz.staff_id,
    } | more


def change(engine: Engine, roll: UUID, **values: Any) -> None:
    """Bring a roll's row to what it would say."""
    row = models.RollRow
    with writing(engine) as connection:
        connection.execute(update(row).where(row.roll_id == roll).values(values))
