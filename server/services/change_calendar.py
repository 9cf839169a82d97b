"""Changes to what dates are and when the bells ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select

from server.models import BellPeriod, CalendarDay, Section, SectionMeeting, table_of
from server.services.lay_out import Only
from server.services.plan import INSTRUCTIONAL, band_of, usual_schedule
from server.services.timetable_desk import Desk, Done, Wrong
from sync.band import EVERYBODY
from sync.phrases import date_of
from sync.sentence import say, say_count

Body = Mapping[str, Any]
AFTER_THE_LAST = timedelta(days=31)
DAY_FACTS = ("kind", "schedule", "day_label", "note", "closed_from_time")
_day, _bell = table_of(CalendarDay).c, table_of(BellPeriod).c
_meets, _section = table_of(SectionMeeting).c, table_of(Section).c


def change_day(desk: Desk, asked: Body) -> Done:
    """What a date is for a band of grades. Raises Wrong."""
    on, band = asked["on"], desk.band(asked["grades"])
    facts = {name: asked.get(name) for name in DAY_FACTS}
    _check_day(desk, facts)
    _check_date(desk, on)
    bands = _bands(desk, on)
    _check_overlap(band, bands.keys() - {band})
    before = bands.get(band)
    if before is not None:
        _forget_day(desk, on, before.grades)
    row = {"school_id": desk.school_id, "school_date": on, "grades": band, **facts}
    row["set_by"] = desk.viewer.staff_id
    desk.connection.execute(insert(table_of(CalendarDay)), row)
    return Done(
        act="timetable_day",
        facts={"on": on, "grades": band, "before": _facts(before), "after": facts},
        touches=Only(frozenset({on})),
        undo=(_undo_day(on, band, before),),
        calendar=True,
    )


def remove_day(desk: Desk, asked: Body) -> Done:
    """Take a band's line of a date out of the calendar. Raises Wrong."""
    on, band = asked["on"], band_of(asked["grades"])
    before = _bands(desk, on).get(band)
    if before is None:
        raise Wrong("on", say("The calendar has no such line on {date}.", date=date_of(on)))
    _forget_day(desk, on, before.grades)
    return Done(
        act="timetable_day",
        facts={"on": on, "grades": band, "before": _facts(before), "after": None},
        touches=Only(frozenset({on})),
        undo=(_undo_day(on, band, before),),
        calendar=True,
    )


def _check_day(desk: Desk, facts: Body) -> None:
    is_school = facts["kind"] in INSTRUCTIONAL
    if is_school and facts["schedule"] is None:
        raise Wrong("schedule", say("A school day needs a bell schedule."))
    if facts["schedule"] is not None and not _bells(desk, facts["schedule"]):
        said = say(
            "There is no bell schedule {schedule}. Make it first.", schedule=facts["schedule"]
        )
        raise Wrong("schedule", said)
    if facts["closed_from_time"] is not None and not is_school:
        raise Wrong("closed_from_time", say("There is no school on that day anyway."))


def _check_date(desk: Desk, on: date) -> None:
    mine = _day.school_id == desk.school_id
    ((first, last),) = desk.rows(
        select(func.min(_day.school_date), func.max(_day.school_date)).where(mine)
    )
    first, last = first or desk.today, last or desk.today
    if not first <= on <= last + AFTER_THE_LAST:
        said = say(
            "The calendar runs from {first} to {last}. Import a calendar for other years.",
            first=date_of(first),
            last=date_of(last),
        )
        raise Wrong("on", said)


def _check_overlap(band: str, others: Iterable[str]) -> None:
    """A grade that two bands of a date share, neither within the other, would belong to neither."""
    mine = frozenset(band.split(","))
    for other in sorted(others):
        theirs = frozenset(other.split(","))
        shared = sorted(mine & theirs)
        if EVERYBODY not in {band, other} and shared and not (mine <= theirs or theirs <= mine):
            said = say(
                "Grade {grade} is in the line for grades {other} of that date already.",
                grade=shared[0],
                other=other,
            )
            raise Wrong("grades", said)


def _bands(desk: Desk, on: date) -> dict[str, Any]:
    mine = select(table_of(CalendarDay)).where(
        _day.school_id == desk.school_id, _day.school_date == on
    )
    return {band_of(row.grades): row for row in desk.rows(mine)}


def _forget_day(desk: Desk, on: date, grades: str) -> None:
    desk.connection.execute(
        delete(table_of(CalendarDay)).where(
            _day.school_id == desk.school_id, _day.school_date == on, _day.grades == grades
        )
    )


def _facts(row: Any) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in DAY_FACTS}


def _undo_day(on: date, band: str, before: Any) -> dict[str, Any]:
    named = {"on": on, "grades": band}
    if before is None:
        return {"type": "remove_day", **named}
    return {"type": "day", **named, **(_facts(before) or {})}


def change_schedule(desk: Desk, asked: Body) -> Done:
    """The bells of a bell schedule, all of them; they move the deadlines of every date that they
    ring. Raises Wrong, Problem `not_possible`."""
    desk.must_be_administrator()
    name, slots = asked["schedule"], asked["periods"]
    before = _bells(desk, name)
    if slots:
        _check_slots(desk, slots)
    else:
        _check_unused(desk, name, before)
    schedule = (_bell.school_id == desk.school_id) & (_bell.schedule == name)
    desk.connection.execute(delete(table_of(BellPeriod)).where(schedule))
    for slot in slots:
        row = {"school_id": desk.school_id, "schedule": name, **slot}
        desk.connection.execute(insert(table_of(BellPeriod)), row)
    return Done(
        act="timetable_schedule",
        facts={"schedule": name, "before": before, "after": slots},
        touches=Only(_dates_of(desk, name)),
        undo=({"type": "schedule", "schedule": name, "periods": before},),
    )


def _bells(desk: Desk, name: str) -> list[dict[str, Any]]:
    asked = (
        select(_bell.period, _bell.name, _bell.starts_time, _bell.ends_time)
        .where(_bell.school_id == desk.school_id, _bell.schedule == name)
        .order_by(_bell.starts_time, _bell.period)
    )
    return [dict(row._mapping) for row in desk.rows(asked)]  # noqa: SLF001 SQLAlchemy's public name


def _check_slots(desk: Desk, slots: Sequence[Body]) -> None:
    seen: set[str] = set()
    for slot in slots:
        if slot["ends_time"] <= slot["starts_time"]:
            raise Wrong("periods", say("{period} ends before it begins.", period=slot["name"]))
        if slot["period"] in seen:
            raise Wrong("periods", say("Period {period} is there twice.", period=slot["period"]))
        seen.add(slot["period"])
    for before, after in pairwise(sorted(slots, key=lambda slot: slot["starts_time"])):
        if after["starts_time"] < before["ends_time"]:
            _check_shared(desk, before, after)


def _check_shared(desk: Desk, before: Body, after: Body) -> None:
    """Periods may overlap where no section meets in both."""
    one, other = _meeting_in(desk, before["period"]), _meeting_in(desk, after["period"])
    shared = sorted(title for section_id, title in one.items() if section_id in other)
    if shared:
        said = say(
            "{after} begins before {before} ends, and {section} meets in both.",
            after=after["name"],
            before=before["name"],
            section=shared[0],
        )
        raise Wrong("periods", said)


def _meeting_in(desk: Desk, period: str) -> dict[UUID, str]:
    asked: Select[Any] = (
        select(_section.section_id, _section.title)
        .join(
            table_of(SectionMeeting),
            (_meets.school_id == _section.school_id) & (_meets.section_id == _section.section_id),
        )
        .where(_section.school_id == desk.school_id, _section.active, _meets.period == period)
    )
    return {row.section_id: row.title for row in desk.rows(asked.distinct())}


def _check_unused(desk: Desk, name: str, before: Sequence[Body]) -> None:
    if not before:
        raise Wrong("schedule", say("There is no bell schedule {name}.", name=name))
    used = select(func.count()).where(
        _day.school_id == desk.school_id, _day.schedule == name, _day.school_date >= desk.today
    )
    ((count,),) = desk.rows(used)
    if count:
        said = say_count(
            count,
            "{count} date from today on uses it. Give it another first.",
            "{count} dates from today on use it. Give them another first.",
        )
        raise Wrong("schedule", said)


def _dates_of(desk: Desk, name: str) -> frozenset[date]:
    """The dates from today on that a schedule makes: those that name it, and the days without
    school that name none, which go by the usual one."""
    rings = _day.schedule == name
    if usual_schedule(desk.connection, desk.school_id) == name:
        rings |= _day.schedule.is_(None)
    asked = select(_day.school_date).where(
        _day.school_id == desk.school_id, _day.school_date >= desk.today, rings
    )
    return frozenset(row.school_date for row in desk.rows(asked.distinct()))
