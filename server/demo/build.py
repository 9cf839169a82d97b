"""Makes the demo's school from nothing: its files, the real imports, its people, its last days."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event, select

from schemas.words import Role
from server.db import open_engine, reading
from server.demo import bells, calendar, school
from server.demo.bells import Slot
from server.demo.history import read_people, read_place, relive, tablet_id
from server.demo.memory import Stories
from server.demo.roster_files import write_roster
from server.demo.schedule_files import write_schedule
from server.demo.substitute import send_substitute
from server.models import School
from server.roster.outcome import Ending, Outcome
from server.services.add_staff import NewStaff, add_staff
from server.services.begin import Browser
from server.services.change_pack import choose_pack
from server.services.import_roster import RosterOptions, import_roster
from server.services.import_schedule import ScheduleOptions, import_schedule
from server.services.issue_passwords import issue_missing
from server.services.migrate import migrate
from server.services.sign_in import Asked, sign_in
from server.services.vapid import give_vapid_key
from server.settings import Settings

Advance = Callable[[str, int, int], None]
PASSWORD = "alder-creek"  # noqa: S105 - for the demo alone, and printed beside the names
YOU = ("ruiz", "okafor")
"""Whose rolls of today are left for whoever tries the demo."""
DESK = "lind"
RULE_PACK = "california_lausd"
DAILY_FOR_YOU = "5A-HR"
DAYS_BACK = 7
EIGHT_A_MAY_BE_IN = {"1", "2", "3", "4", "5"}


@dataclass(frozen=True)
class Moment:
    """What the demo knows of its own time: the school's zone, its date of today, and the bells."""

    zone: str
    on: date
    slots: tuple[Slot, ...]
    eight_a: int
    """The period in which Ruiz has 8A, so that it is 8A that is due on the first start."""

    @property
    def school(self) -> school.DemoSchool:
        """Who is there and who teaches when."""
        return school.build(self.eight_a)

    def local(self, now: datetime) -> datetime:
        """An instant on the school's wall clock."""
        return now.astimezone(ZoneInfo(self.zone))


def first_moment(now: datetime, local_zone: str | None) -> Moment:
    """Where the school lies and when its bells ring today, so that Ruiz has 8A just now."""
    zone = bells.choose_zone(now, local_zone)
    here = now.astimezone(ZoneInfo(zone))
    slots, period = bells.first_placement(here, EIGHT_A_MAY_BE_IN)
    return Moment(zone, here.date(), tuple(slots), int(period))


def build(
    folder: Path,
    settings: Settings,
    moment: Moment,
    now: datetime,
    advance: Advance,
    *,
    days_back: int = DAYS_BACK,
) -> None:
    """Everything, into an empty database; with the rolls of so many days before today."""
    advance("Writing the school's files", 0, 1)
    alder, year = moment.school, calendar.year_around(moment.on)
    write_roster(folder / "roster.zip", alder, year)
    write_schedule(folder / "schedule", alder, year, moment.on, moment.slots)
    advance("Writing the school's files", 1, 1)
    migrate(settings)
    engine = open_engine(settings.database_url, pool_size=2)
    event.listen(engine, "connect", _do_not_wait_for_the_disk)
    try:
        began = now - timedelta(days=days_back)
        options = RosterOptions(zone=moment.zone)
        _must(import_roster(engine, folder / "roster.zip", began, options, advance))
        school_id = find_school(engine)
        give_vapid_key(engine, began)
        choose_pack(engine, school_id, RULE_PACK, None, began)
        _add_office(engine, school_id, alder, began)
        first_on = moment.on - timedelta(days=days_back)
        since = ScheduleOptions(since=first_on)
        _must(import_schedule(engine, folder / "schedule", now, since, advance))
        _issue_passwords(engine, began, len(alder.staff), advance)
        _hand_out_tablets(engine, settings, school_id, began, advance)
        place = read_place(engine, school_id, moment.zone)
        span = (first_on, moment.on)
        relive(engine, place, stories(moment, now), span=span, now=now, advance=advance)
        send_substitute(engine, place, moment.on, sorted(key for key, _ in away(moment)), now)
    finally:
        engine.dispose()


def _do_not_wait_for_the_disk(connection: sqlite3.Connection, _: object) -> None:
    """A demo that loses its power while it is made is made anew."""
    connection.execute("PRAGMA synchronous=OFF").close()


def _must(outcome: Outcome) -> None:
    if outcome.ending not in {Ending.IMPORTED, Ending.UNCHANGED} or outcome.findings.errors:
        raise RuntimeError("; ".join(map(str, outcome.findings.in_order())) or outcome.ending)


def find_school(engine: Engine) -> UUID:
    """Alder Creek's id."""
    with reading(engine) as connection:
        found: UUID = connection.execute(
            select(School.school_id).where(School.name == school.NAME)
        ).scalar_one()
    return found


def _add_office(engine: Engine, school_id: UUID, alder: school.DemoSchool, now: datetime) -> None:
    for one in alder.staff:
        if one.role == Role.OFFICE:
            person = NewStaff(
                one.username, one.given_name, one.family_name, Role.OFFICE, one.room, one.extension
            )
            add_staff(engine, school_id, person, now)


def _issue_passwords(engine: Engine, now: datetime, staff: int, advance: Advance) -> None:
    for done, _ in enumerate(issue_missing(engine, now, password=PASSWORD), start=1):
        advance("Giving everybody a password", done, staff)


def _hand_out_tablets(
    engine: Engine, settings: Settings, school_id: UUID, now: datetime, advance: Advance
) -> None:
    """Signs every teacher in on a tablet of their own, and the office at its desk: they may
    record."""
    with reading(engine) as connection:
        people = read_people(connection, school_id)
    teachers = {
        name: one for name, one in people.items() if one.role == Role.TEACHER or name == DESK
    }
    for done, (username, person) in enumerate(teachers.items(), start=1):
        label = "Front office" if username == DESK else f"Tablet of {person.name}"
        tablet = Browser(tablet_id(username), label, "127.0.0.1")
        sign_in(engine, Asked(username, PASSWORD, None, tablet), settings, now)
        advance("Handing out tablets", done, len(teachers))


# --- what is to be found on the board


def stories(moment: Moment, now: datetime, *, all_day: bool = False) -> Stories:
    """What happened on which roll, so that each state can be seen somewhere.

    On the first start what is due just now is left for Ruiz and Okafor; later all their day is.
    """
    here = moment.local(now)
    sections = moment.school.sections
    due = {slot.period for slot in bells.due_now(list(moment.slots), here)}
    yours = {
        (one.key, moment.on)
        for one in sections
        if set(YOU) & set(one.teachers) and (all_day or one.period in due)
    }
    minute = here.hour * 60 + here.minute
    rung = {slot.period for slot in moment.slots if slot.starts <= minute - 20}
    gone = away(moment)
    others = [
        one
        for one in sections
        if one.period in rung
        and not set(YOU) & set(one.teachers)
        and (one.key, moment.on) not in gone
    ]
    today = [(one.key, moment.on) for one in others if one.key != DAILY_FOR_YOU]
    shared = [(one.key, moment.on) for one in others if len(one.teachers) > 1]
    yesterday, before = last_school_days(moment, 2)
    alone = [key for key in today if key not in shared]
    return Stories(
        contested=frozenset({("8A-MATH", yesterday), *shared[:1]}),
        corrected=frozenset({("8B-MATH", yesterday), *alone[6::23][:2]}),
        came_later=frozenset({("8E-MATH", before), ("7C-SCI", yesterday), *alone[9:10]}),
        late=frozenset({("8C-MATH", before), *alone[12:13]}),
        not_taken=frozenset({("8D-MATH", yesterday), ("6A-PE", before), *alone[15::19][:2]}),
        differ=frozenset({("8C-MATH", yesterday)}),
        ruled=frozenset({("8A-MATH", before)}),
        stood_in=frozenset({("8D-MATH", yesterday)}),
        stranger=frozenset({("8E-MATH", yesterday)}),
        away=gone,
        for_you=frozenset({*yours, (DAILY_FOR_YOU, moment.on)}),
    )


def away(moment: Moment) -> frozenset[tuple[str, date]]:
    """Today's classes of somebody who went home before the period in which Ruiz has 8A."""
    sections = moment.school.sections
    due = [one for one in sections if one.grade == 7 and one.period == str(moment.eight_a)]
    (ill,) = next(one.teachers for one in due if len(one.teachers) == 1)
    return frozenset(
        (one.key, moment.on)
        for one in sections
        if one.teachers == (ill,) and int(one.period) >= moment.eight_a
    )


def last_school_days(moment: Moment, count: int) -> list[date]:
    """The latest days of school before today, the latest first."""
    year = calendar.year_around(moment.on)
    past = [day.on for day in calendar.days(year, moment.on) if day.schedule and day.on < moment.on]
    return past[: -count - 1 : -1]
