"""Reminders and the clock on the wall: quiet hours, schools in two zones, days that change it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support import cast
from tests.support.api import School
from tests.support.campus import Campus
from tests.support.reminding import Bell

NEW_YORK = ZoneInfo("America/New_York")
CHANGE = date(2026, 11, 1)
"""The clocks go back at two in the night; at Cedar it is a school day."""
PERIOD_1 = [
    "8:10 push Period 1 roll is due at 8:15",
    "8:15 push Period 1 roll was due at 8:15",
    "8:25 push Period 1 roll was due at 8:15",
]


def campus(school: School, name: str, zone: ZoneInfo, *slots: str) -> tuple[Campus, cast.Person]:
    """A school with one teacher, who has a section in every period."""
    campus = Campus(school, name, zone.key)
    campus.bells(*slots)
    teacher = campus.teacher("Wu")
    campus.teacher("Ames", "office")
    for slot in slots:
        campus.section("Algebra", slot.partition(" ")[0], teacher)
    return campus, teacher


def run(bell: Bell, begin: datetime, end: datetime) -> None:
    """Every fifth minute between two instants."""
    while begin <= end:
        bell.school.clock.set(begin)
        bell.tick()
        begin += timedelta(minutes=5)


def lines(bell: Bell, person: cast.Person, zone: ZoneInfo) -> list[str]:
    return [one.line(zone) for one in bell.said if one.staff_id == person.staff_id]


def test_schools_in_two_zones_of_one_district_are_reminded_by_their_own_clocks(
    school: School,
) -> None:
    school.clock.set(datetime(2026, 10, 6, 11, tzinfo=UTC))
    west, wu = campus(school, "West", cast.ZONE, "1 08:00-08:50")
    east, eve = campus(school, "East", NEW_YORK, "1 08:00-08:50")
    bell = Bell(school, planned=False)
    for one, teacher in ((west, wu), (east, eve)):
        one.open(cast.TUESDAY)
        bell.subscribe(teacher)
    run(bell, datetime(2026, 10, 6, 11, tzinfo=UTC), datetime(2026, 10, 6, 17, tzinfo=UTC))
    assert lines(bell, wu, cast.ZONE) == lines(bell, eve, NEW_YORK) == PERIOD_1
    first = {one.staff_id: one.at for one in reversed(bell.said)}
    assert first[wu.staff_id] - first[eve.staff_id] == timedelta(hours=3)


@pytest.mark.parametrize("on", [CHANGE, date(2027, 3, 14)])
def test_on_a_day_that_changes_the_clocks_reminders_keep_to_the_bell(
    school: School, on: date
) -> None:
    """A night class begins at 0:50; the clocks change at two; the morning is as ever."""
    school.clock.set(datetime.combine(on, datetime.min.time(), cast.ZONE).astimezone(UTC))
    cedar, wu = campus(school, "Cedar", cast.ZONE, "0 00:50-03:30", "1 08:00-08:50")
    cedar.open(on)
    bell = Bell(school, planned=False)
    bell.subscribe(wu)
    run(bell, school.clock.now(), school.clock.now() + timedelta(hours=3))
    cedar.submit(wu, cedar.sections["Algebra/0"], on)
    run(bell, school.clock.now(), school.clock.now() + timedelta(hours=8))
    assert lines(bell, wu, cast.ZONE) == [
        "1:00 push Period 0 roll is due at 1:05",
        "1:05 push Period 0 roll was due at 1:05",
        "1:15 push Period 0 roll was due at 1:05",
        *PERIOD_1,
    ]


def policy(seen: Any, **quiet: str) -> dict[str, Any]:
    steps = ((-5, "teachers"), (0, "teachers"), (10, "teachers"), (15, "office"))
    return {
        "seen": seen,
        "steps": [{"after_min": after, "to": to} for after, to in steps],
        "quiet_from_time": quiet["begins"],
        "quiet_to_time": quiet["ends"],
        "office_staff": [],
        "administrators": [],
        "digest_time": None,
    }


def test_R4_1_quiet_hours_hold_back_an_early_class_and_drop_an_evening_one(school: School) -> None:
    """Quiet from 19:00 to 7:00. Period 0 is due at 6:45, the evening class at 19:45."""
    school.clock.set(cast.local(cast.TUESDAY, 6))
    cedar, wu = campus(school, "Cedar", cast.ZONE, "0 06:30-07:50", "9 19:30-21:00")
    head = cedar.teacher("Moss", "administrator")
    cedar.open(cast.TUESDAY)
    wanted = policy(None, begins="19:00", ends="07:00")
    answer = cedar.tablet(head).post("reminder-policy", wanted)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    bell = Bell(school, planned=False)
    for person in cedar.people:
        bell.subscribe(person)
    bell.until(7, 30)
    cedar.submit(wu, cedar.sections["Algebra/0"], cast.TUESDAY)
    bell.until(7, 30, cast.WEDNESDAY)
    assert lines(bell, wu, cast.ZONE) == ["7:00 push Period 0 roll was due at 6:45"]
    ames = cedar.people[1]
    assert lines(bell, ames, cast.ZONE) == ["7:00 push 1 roll not taken, period 0"]
    early = cedar.sections["Algebra/0"].roll(cast.TUESDAY)
    assert sorted(bell.reminders(roll_id=early)) == [
        ("office+15", "sent"),
        ("teachers+0", "pointless"),
        ("teachers+10", "sent"),
        ("teachers-5", "pointless"),
    ]
    evening = cedar.sections["Algebra/9"].roll(cast.TUESDAY)
    assert {state for _, state in bell.reminders(roll_id=evening)} == {"pointless"}


def test_R3_2_jobs_that_were_down_for_an_hour_say_what_still_helps(school: School) -> None:
    """Down from 8:05 to 9:12: period 1 has been missing for an hour, period 2 is due at 9:15."""
    school.clock.set(cast.local(cast.TUESDAY, 8, 5))
    cedar, _ = campus(school, "Cedar", cast.ZONE, "1 08:00-08:50", "2 09:00-09:50")
    cedar.open(cast.TUESDAY)
    bell = Bell(school, planned=False)
    for person in cedar.people:
        bell.subscribe(person)
    bell.sweep()
    school.clock.set(cast.local(cast.TUESDAY, 9, 12))
    bell.tick()
    assert sorted((one.title, one.body) for one in bell.said) == [
        ("1 roll not taken, period 1", "Tap for rooms and extensions."),
        ("2 rolls are due", "Periods 1 and 2. Tap to see them."),
    ]
    first = cedar.sections["Algebra/1"].roll(cast.TUESDAY)
    assert sorted(bell.reminders(roll_id=first)) == [
        ("office+15", "sent"),
        ("teachers+0", "pointless"),
        ("teachers+10", "sent"),
        ("teachers-5", "pointless"),
    ]
    second = cedar.sections["Algebra/2"].roll(cast.TUESDAY)
    assert bell.reminders(roll_id=second) == [("teachers-5", "sent")]
