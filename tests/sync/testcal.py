"""TestCal 2025-26 from the worked examples, and days that came to something."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.codes import Code
from sync.day import Day, fold_day
from sync.model import Presence
from sync.period import PeriodMark
from sync.school_year import SchoolYear, weekdays_but
from tests.cases.reader import HERE
from tests.sync.packs import CALIFORNIA

WORKED: dict[str, Any] = json.loads((HERE / "attendance.json").read_text("utf-8"))
ZONE = ZoneInfo("America/Los_Angeles")
BIRCH = ("08:30-09:26", "09:32-10:28", "10:49-11:45", "11:51-12:47", "13:23-14:19", "14:25-15:21")
ALDER = ("08:00-14:20",)


def day(text: str) -> date:
    return date.fromisoformat(text)


def school_year() -> SchoolYear:
    told = WORKED["calendar"]
    closed = {day(one) for one in told["closed"]}
    fall = (day(told["first"]), day("2025-12-19"))
    return SchoolYear(
        weekdays_but(day(told["first"]), day(told["last"]), closed),
        semesters=(fall, (day("2026-01-12"), day(told["last"]))),
    )


TESTCAL = school_year()


def local(on: date, at: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(at), ZONE).astimezone(UTC)


def code(name: str, on: date) -> Code:
    found = CALIFORNIA.meaning(name, on)
    assert found is not None, name
    return found


def periods(
    on: date, *said: Presence | None, bell: Iterable[str] = BIRCH, **facts: Any
) -> list[PeriodMark]:
    """A mark a period; the facts are those of each."""
    return [
        PeriodMark(
            period=str(number),
            starts_at=local(on, times.split("-")[0]),
            ends_at=local(on, times.split("-")[1]),
            presence=presence,
            **facts,
        )
        for number, (presence, times) in enumerate(zip(said, bell, strict=False), start=1)
    ]


def present(on: date) -> Day:
    return fold_day(on, periods(on, Presence.PRESENT, bell=ALDER))


def absent(on: date, reason: str | None = None, bell: Iterable[str] = ALDER) -> Day:
    """A full day, with a reason or none yet."""
    said = [Presence.ABSENT] * len(tuple(bell))
    given = None if reason is None else code(reason, on)
    return fold_day(on, periods(on, *said, bell=bell, code=given))


def late(on: date, minutes: int, reason: str | None = None, *, excused: bool | None = False) -> Day:
    """Late to the daily roll, without excuse unless a reason is given."""
    begins = local(on, ALDER[0].split("-")[0])
    given = None if reason is None else code(reason, on)
    (mark,) = periods(
        on,
        Presence.LATE,
        bell=ALDER,
        arrived_at=begins + timedelta(minutes=minutes),
        code=given,
        excused=None if given else excused,
    )
    return fold_day(on, [mark])


def left(on: date, minutes: int) -> Day:
    """Left the daily roll early, without excuse."""
    ends = local(on, ALDER[0].split("-")[1])
    left_at = ends - timedelta(minutes=minutes)
    return fold_day(
        on, periods(on, Presence.LEFT_EARLY, bell=ALDER, left_at=left_at, excused=False)
    )


def year_with(*told: Day, until: date | None = None, since: date | None = None) -> list[Day]:
    """TestCal's days: these, and present on every other."""
    by_date = {one.on: one for one in told}
    days = TESTCAL.between(since or TESTCAL.days[0], until or TESTCAL.days[-1])
    return [by_date.get(on) or present(on) for on in days]
