"""Where the demo's school lies and when its bells ring, at any instant it may be started."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from server.demo import bells, calendar, school
from server.demo.build import first_moment
from server.demo.today import bells_for

INSTANTS = {
    "a Monday morning in Los Angeles": datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
    "Saturday noon": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    "Sunday evening": datetime(2026, 11, 22, 18, 45, tzinfo=UTC),
    "23:30 UTC": datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
    "one minute past midnight UTC": datetime(2026, 11, 25, 0, 1, tzinfo=UTC),
    "the day clocks go back": datetime(2026, 11, 1, 15, 10, tzinfo=UTC),
    "the day clocks go forward": datetime(2027, 3, 14, 16, 20, tzinfo=UTC),
    "the Monday after": datetime(2027, 3, 15, 14, 59, tzinfo=UTC),
    "Thanksgiving": datetime(2026, 11, 26, 16, 0, tzinfo=UTC),
    "New Year": datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
    "July": datetime(2027, 7, 14, 9, 0, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 13, 0, tzinfo=UTC),
}
HOURS = [datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=37 * step) for step in range(160)]


@pytest.mark.parametrize("now", [*INSTANTS.values(), *HOURS])
def test_8a_of_ruiz_began_four_minutes_ago(now: datetime) -> None:
    moment = first_moment(now, None)
    due = bells.due_now(list(moment.slots), moment.local(now))
    eight_a = next(one for one in moment.school.sections if one.key == "8A-MATH")
    assert eight_a.period in {slot.period for slot in due}
    minute = moment.local(now).hour * 60 + moment.local(now).minute
    assert all(minute - slot.starts == 4 for slot in due)


@pytest.mark.parametrize("now", [*INSTANTS.values(), *HOURS])
def test_todays_bells_are_in_order_and_within_the_date(now: datetime) -> None:
    slots = first_moment(now, None).slots
    assert all(0 <= slot.starts < slot.ends < 24 * 60 for slot in slots)
    numbered = [slot for slot in slots if slot.period != "HR"]
    assert all(one.ends <= two.starts for one, two in pairwise(numbered))


@pytest.mark.parametrize("now", INSTANTS.values())
def test_today_is_a_day_of_school_whatever_the_date(now: datetime) -> None:
    today = first_moment(now, None).on
    year = calendar.year_around(today)
    days = {day.on: day for day in calendar.days(year, today)}
    assert days[today].schedule == calendar.TODAY
    weekend = today.weekday() >= 5
    assert not weekend or days[today].kind == "make_up"


def test_thanksgiving_is_a_holiday_unless_it_is_today() -> None:
    thanksgiving = date(2026, 11, 26)
    for today, kind in ((date(2026, 11, 23), "holiday"), (thanksgiving, "make_up")):
        year = calendar.year_around(today)
        days = {day.on: day for day in calendar.days(year, today)}
        assert days[thanksgiving].kind == kind
        assert days[date(2026, 11, 27)].kind == "holiday"


def test_the_machines_zone_is_kept_in_school_hours() -> None:
    morning = datetime(2026, 11, 24, 8, 30, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert bells.choose_zone(morning, "Europe/Lisbon") == "Europe/Lisbon"


@pytest.mark.parametrize("eight_a", range(1, 8))
def test_nobody_is_in_two_rooms_at_once(eight_a: int) -> None:
    sections = school.build(eight_a).sections
    places = [(teacher, one.period) for one in sections for teacher in one.teachers]
    assert len(places) == len(set(places))
    groups = [(one.group, one.period) for one in sections]
    assert len(groups) == len(set(groups))


def test_the_school_is_as_large_as_it_says_and_the_same_each_time() -> None:
    alder = school.build()
    assert len(alder.staff) == 40
    assert 560 <= len(alder.students) <= 640
    assert alder == school.build()
    assert sum(one.given_name == "Kainoa" and one.group == "8A" for one in alder.students) == 2


@pytest.mark.parametrize("hour", range(24))
def test_on_a_weekday_some_place_in_the_world_has_school(hour: int) -> None:
    now = datetime(2026, 11, 25, hour, 10, tzinfo=UTC)
    zone = bells.choose_zone(now, "Etc/UTC" if not 8 <= hour < 15 else None)
    assert bells.is_school_time(now.astimezone(ZoneInfo(zone)))


def test_bells_stay_while_a_roll_of_yours_is_due() -> None:
    slots = bells.ordinary_day()
    here = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 - a wall clock
    assert bells_for(slots, {"2"}, here) == slots


def test_later_the_next_period_rings_and_what_rang_stays() -> None:
    slots = bells.ordinary_day()
    here = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - a wall clock
    moved = {slot.period: slot for slot in bells_for(slots, {"2", "4", "5"}, here)}
    assert moved["4"].starts_time == "09:56"
    assert moved["1"].starts == slots[1].starts
    assert moved["5"].starts > moved["4"].ends
    starts = [moved[str(number)].starts for number in range(1, 8)]
    assert starts == sorted(starts)


@pytest.mark.parametrize("at", [time(hour, minute) for hour in range(6, 24) for minute in (0, 31)])
@pytest.mark.parametrize("yours", [{"2", "3", "4", "5", "6"}, {"3"}, set()])
def test_started_again_at_any_hour_a_period_is_due(at: time, yours: set[str]) -> None:
    here = datetime.combine(date(2026, 11, 24), at)
    slots = bells_for(bells.ordinary_day(), yours, here)
    due = bells.due_now(slots, here)
    assert due
    assert not yours or {slot.period for slot in due} & yours
    assert all(slot.starts < slot.ends for slot in slots)
