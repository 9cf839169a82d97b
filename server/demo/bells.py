"""When the bells ring at Alder Creek, and how a roll comes to be due right now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.demo.school import DAILY_PERIOD, PERIODS

BEGAN_AGO_MIN = 4
"""How long ago the bell of the period that is due rang: 11 of its 15 minutes are left."""
SCHOOL_HOURS = (time(8, 0), time(15, 0))
MORNING = time(9, 30)
MIDNIGHT_MIN = 24 * 60 - 1
AMERICAN_ZONES = (
    "America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles"
    " America/Anchorage Pacific/Honolulu"
).split()
OTHER_ZONES = (
    "America/St_Johns America/Halifax America/Sao_Paulo America/Noronha Atlantic/Azores"
    " Europe/London Europe/Berlin Europe/Helsinki Europe/Istanbul Asia/Dubai Asia/Karachi"
    " Asia/Kolkata Asia/Dhaka Asia/Bangkok Asia/Singapore Asia/Tokyo Australia/Brisbane"
    " Pacific/Noumea Pacific/Auckland Pacific/Tongatapu Pacific/Kiritimati Pacific/Pago_Pago"
).split()


@dataclass(frozen=True)
class Slot:
    """A class period of one day; minutes after midnight on the school's wall clock."""

    period: str
    name: str
    starts: int
    ends: int

    @property
    def starts_time(self) -> str:
        """When it begins, "HH:MM"."""
        return f"{self.starts // 60:02}:{self.starts % 60:02}"

    @property
    def ends_time(self) -> str:
        """When it ends, "HH:MM"."""
        return f"{self.ends // 60:02}:{self.ends % 60:02}"


def ordinary_day(first_bell: int = 8 * 60 + 30, length: int = 48, lunch: int = 35) -> list[Slot]:
    """Seven periods with five minutes between and lunch after the fourth, and the homeroom roll."""
    slots = [Slot(DAILY_PERIOD, "Homeroom", first_bell, first_bell + length)]
    starts = first_bell
    for number in range(1, PERIODS + 1):
        slots.append(Slot(str(number), f"Period {number}", starts, starts + length))
        starts += length + 5 + (lunch if number == 4 else 0)
    return slots


def minimum_day() -> list[Slot]:
    """The short day: everybody is home by half past one."""
    return ordinary_day(length=36, lunch=15)


def late_start() -> list[Slot]:
    """The day that begins an hour later: shorter periods, and it ends a little later."""
    return ordinary_day(first_bell=9 * 60 + 30, length=40, lunch=30)


def choose_zone(now: datetime, local: str | None) -> str:
    """The zone the school lies in: the machine's in school hours, else one where it is morning.

    `local` is the machine's IANA zone, if it can be told. A weekday is preferred to a weekend and
    America to elsewhere, for the school's name and holidays are American.
    """
    if local is not None and is_school_time(now.astimezone(ZoneInfo(local))):
        return local
    for zones in (AMERICAN_ZONES, OTHER_ZONES):
        morning = [zone for zone in zones if is_school_time(now.astimezone(ZoneInfo(zone)))]
        if morning:
            return min(morning, key=lambda zone: _from_morning(now.astimezone(ZoneInfo(zone))))
    every = AMERICAN_ZONES + OTHER_ZONES
    return min(every, key=lambda zone: _from_morning(now.astimezone(ZoneInfo(zone))))


def is_school_time(here: datetime) -> bool:
    """Whether a school would be at work at this local time."""
    opens, closes = SCHOOL_HOURS
    return here.weekday() < 5 and opens <= here.time() < closes


def _from_morning(here: datetime) -> int:
    return abs(_minutes(here.time()) - _minutes(MORNING))


def first_placement(now: datetime, wanted: set[str]) -> tuple[list[Slot], str]:
    """Today's bells on the first day: the ordinary day, shifted so that a wanted period is due.

    `now` is local; the period is the one in `wanted` that an ordinary day would have nearest, and
    is answered too.
    """
    usual = ordinary_day()
    bell = _bell(now)
    chosen = min((s for s in usual if s.period in wanted), key=lambda s: abs(s.starts - bell))
    return [_shifted(slot, bell - chosen.starts) for slot in usual], chosen.period


def due_now(slots: list[Slot], now: datetime) -> list[Slot]:
    """The periods that began within the last ten minutes: their rolls are due for a while yet."""
    minute = _minutes(now.time())
    return [slot for slot in slots if 0 <= minute - slot.starts <= 10]


def moved(slots: list[Slot], period: str, now: datetime) -> list[Slot]:
    """Today's bells with `period` begun just now: what rang before stays, what follows follows.

    A period in between, whose bell was yet to come, rings shortly before.
    """
    bell, chosen = _bell(now), _rank(period)
    by = bell - next(slot.starts for slot in slots if slot.period == period)
    shifted = [
        _shifted(slot, by)
        if _rank(slot.period) >= chosen
        else replace(
            slot, starts=max(min(slot.starts, bell - 10 * (chosen - _rank(slot.period))), 0)
        )
        for slot in slots
    ]
    return [_clipped(slot, shifted) for slot in shifted]


def _clipped(slot: Slot, slots: list[Slot]) -> Slot:
    """A slot that ends when the next one begins."""
    following = [one.starts for one in slots if one.starts > slot.starts]
    return replace(slot, ends=max(min([slot.ends, *following]), slot.starts + 1))


def _rank(period: str) -> int:
    """Its place in the day; the homeroom roll comes with the first."""
    return 1 if period == DAILY_PERIOD else int(period)


def _bell(now: datetime) -> int:
    return max(_minutes((now - timedelta(minutes=BEGAN_AGO_MIN)).time()), 0)


def _shifted(slot: Slot, by: int) -> Slot:
    """A slot at another time of the same date: never before midnight, nor past the next."""
    starts = min(max(slot.starts + by, 0), MIDNIGHT_MIN - 1)
    return replace(slot, starts=starts, ends=min(max(slot.ends + by, starts + 1), MIDNIGHT_MIN))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
