"""The demo started again on the same school date: what happened meanwhile, and a roll due again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, Select, select

from server.db import open_engine, reading
from server.demo import bells, calendar
from server.demo.build import YOU, Moment, find_school, stories
from server.demo.history import read_place, relive
from server.demo.schedule_files import write_schedule
from server.models import RollRow, Section, Staff, Teaching
from server.services.import_schedule import import_schedule
from server.services.migrate import migrate
from server.settings import Settings

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True)
class DueRoll:
    """A roll of today that is due just now."""

    title: str
    teacher: str
    username: str
    period: str
    starts_at: datetime
    due_at: datetime


def go_on(
    folder: Path, settings: Settings, moment: Moment, now: datetime, advance: Advance
) -> Moment:
    """The school as it is by now; answers when its bells ring."""
    migrate(settings)
    engine = open_engine(settings.database_url, pool_size=2)
    try:
        school_id = find_school(engine)
        _catch_up(engine, school_id, moment, now, advance)
        slots = bells_for(
            list(moment.slots), open_for_you(engine, school_id, moment), moment.local(now)
        )
        if slots == list(moment.slots):
            return moment
        moment = replace(moment, slots=tuple(slots))
        year = calendar.year_around(moment.on)
        write_schedule(folder / "schedule", moment.school, year, moment.on, moment.slots)
        import_schedule(engine, folder / "schedule", now, progress=advance)
        _catch_up(engine, school_id, moment, now, advance)
        return moment
    finally:
        engine.dispose()


def bells_for(slots: list[bells.Slot], yours: set[str], here: datetime) -> list[bells.Slot]:
    """Today's bells with a period due in which one of `yours` is still to be taken.

    They stay as they are where that is so already. Else the next such period rings now, or where
    there is none the last of the day.
    """
    if any(slot.period in yours for slot in bells.due_now(slots, here)):
        return slots
    minute = here.hour * 60 + here.minute
    coming = [slot for slot in slots if slot.starts > minute]
    chosen = (
        [slot for slot in coming if slot.period in yours]
        or [slot for slot in slots if slot.period in yours][-1:]
        or coming
        or slots[-1:]
    )
    return bells.moved(slots, chosen[0].period, here)


def open_for_you(engine: Engine, school_id: UUID, moment: Moment) -> set[str]:
    """The periods of today in which Ruiz has a roll to take."""
    query = _rolls(school_id).where(RollRow.on == moment.on, Staff.username == YOU[0])
    with reading(engine) as connection:
        return {row.period for row in connection.execute(query)}


def due_rolls(engine: Engine, school_id: UUID, now: datetime) -> list[DueRoll]:
    """What is due at this instant, one line a roll and teacher of record."""
    query = _rolls(school_id).where(RollRow.starts_at <= now, RollRow.due_at >= now)
    with reading(engine) as connection:
        return [DueRoll(*row) for row in connection.execute(query)]


def _rolls(school_id: UUID) -> Select[str, str, str, str, datetime, datetime]:
    return (
        select(
            Section.title,
            Staff.display_name,
            Staff.username,
            RollRow.period,
            RollRow.starts_at,
            RollRow.due_at,
        )
        .join_from(
            RollRow,
            Section,
            (Section.school_id == RollRow.school_id) & (Section.section_id == RollRow.section_id),
        )
        .join(
            Teaching,
            (Teaching.school_id == RollRow.school_id) & (Teaching.section_id == RollRow.section_id),
        )
        .join(Staff, (Staff.school_id == RollRow.school_id) & (Staff.staff_id == Teaching.staff_id))
        .where(
            RollRow.school_id == school_id,
            RollRow.expected,
            RollRow.state == "not_taken",
            Teaching.active,
            Teaching.role == "primary",
        )
        .order_by(RollRow.starts_at, Section.title)
    )


def _catch_up(
    engine: Engine, school_id: UUID, moment: Moment, now: datetime, advance: Advance
) -> None:
    """What the other teachers took while the demo was not running."""
    place = read_place(engine, school_id, moment.zone)
    told = stories(moment, now, all_day=True)
    relive(engine, place, told, span=(moment.on, moment.on), now=now, advance=advance)
