"""Occasions of truancy from folded days, and what they come to in a school year (T14–T16).

Nobody is called a truant here: these are counts with their dates, and what still stands between a
count and a step of the law.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sync.clearing import clearing, returned_on, temporary_of
from sync.codes import Authorised
from sync.day import Day, Outcome, stretches
from sync.pack import Over, Pack, Rules
from sync.school_year import SchoolYear


class Kind(StrEnum):
    """A full day, or a stretch of one."""

    FULL_DAY = "full_day"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One school date without valid excuse; `final_on` is the first on which that stands."""

    on: date
    kind: Kind
    minutes: int
    final_on: date


@dataclass(frozen=True, slots=True)
class Truancy:
    """The count at the end of a date. `qualifying_on` is the date of the occasion that made the
    number full, `classified_on` when the last of them became final."""

    count: int
    qualifying_on: date | None = None
    classified_on: date | None = None


class Step(StrEnum):
    """What a district has to have done before it may call anybody a chronic truant."""

    REPORT = "48260"
    NOTICE = "48260.5"
    REPORT_AGAIN = "48261"
    HABITUAL = "48262"
    REFERRAL = "48263"
    DISTRICT_RECORD = "48291"


class Verdict(StrEnum):
    """How a student stands against the law's measure of a chronic truant."""

    NO = "no"
    STEPS_INCOMPLETE = "threshold_met_steps_incomplete"
    CHRONIC_TRUANT = "chronic_truant"


@dataclass(frozen=True, slots=True)
class ChronicTruancy:
    """The verdict, the exact share and the steps that are not logged."""

    verdict: Verdict
    share: Fraction
    missing: tuple[Step, ...]


UNEXCUSED = frozenset({Authorised.NO})
UNEXCUSED_IN_TIME = frozenset({Authorised.NO, Authorised.PENDING})


def occasion(
    day: Day, rules: Rules, which: Collection[Authorised] = UNEXCUSED
) -> tuple[Kind, int] | None:
    """Whether a day is an occasion, and of how many minutes; a day is one at most (T14).

    A day with a mark in dispute is none before that is settled.
    """
    if rules.gap_min is None or day.contested or day.attended is None:
        return None
    longest = max(stretches(day, which), default=0)
    whole = all(one.truant and one.authorised in which for one in day.missed)
    if day.outcome is Outcome.FULL_DAY and whole and day.missed:
        return Kind.FULL_DAY, day.missed_min
    more = rules.gap_counts is Over.MORE_THAN
    least = rules.gap_min + 1 if more else max(1, rules.gap_min)
    return (Kind.STRETCH, longest) if longest >= least else None


def occasions(
    days: Iterable[Day],
    pack: Pack,
    rules: Rules,
    year: SchoolYear,
    born_on: date | None = None,
    said_on: Mapping[date, date] | None = None,
) -> tuple[Occasion, ...]:
    """A school year's occasions by date, each with the day from which it stands: where the office
    said *unexcused* the day on which it did (`said_on` by school date; else the school date), else
    when the time to say why has run out. What is pending and has no such day is none yet. Only days
    on which the student is of the age of compulsory education (T15)."""
    listed, span = tuple(days), year.span()
    found = []
    for day in sorted(listed, key=lambda one: one.on):
        inside = span is not None and span[0] <= day.on <= span[1]
        if not inside or not is_of_age(born_on, day.on, rules):
            continue
        at_once, in_time = occasion(day, rules), occasion(day, rules, UNEXCUSED_IN_TIME)
        if at_once is not None:
            stands_on = (said_on or {}).get(day.on, day.on)
            found.append(Occasion(day.on, *at_once, max(day.on, stands_on)))
        elif in_time is not None:
            final_on = _final(day, listed, pack, year)
            found += [] if final_on is None else [Occasion(day.on, *in_time, final_on)]
    return tuple(found)


def truancy(of: Iterable[Occasion], rules: Rules, as_of: date) -> Truancy:
    """The count at the end of a date. A proof that comes later takes occasions away, and with them
    a classification: asked anew, it is not there; what was reported stays a report (T16)."""
    counted = sorted((one for one in of if one.final_on <= as_of), key=lambda one: one.on)
    full = rules.truancy_occasions
    if not 0 < full <= len(counted):
        return Truancy(len(counted))
    classified_on = sorted(one.final_on for one in counted)[full - 1]
    return Truancy(len(counted), counted[full - 1].on, classified_on)


def reports_due(of: Truancy, rules: Rules) -> int:
    """How many reports there should be: one when the number is full and one for each occasion
    after it (EC 48260, 48261)."""
    return max(0, of.count - rules.truancy_occasions + 1) if of.qualifying_on else 0


def is_habitual(reported_on: Sequence[date], efforts_on: Iterable[date], least: int = 3) -> bool:
    """Whether there are enough reports, and somebody tried to hold a conference after the first
    (EC 48262): one logged attempt is enough."""
    return len(reported_on) >= least and any(one >= min(reported_on) for one in efforts_on)


def chronic_truancy(
    unexcused_days: int, school_days: int, logged: Collection[Step], rules: Rules
) -> ChronicTruancy:
    """Full days without valid excuse against the school days from enrollment to now, and whether
    every step is logged (EC 48263.6)."""
    share = Fraction(unexcused_days, school_days) if school_days else Fraction(0)
    missing = tuple(step for step in Step if step not in logged)
    if share < rules.chronic_share:
        return ChronicTruancy(Verdict.NO, share, missing)
    verdict = Verdict.STEPS_INCOMPLETE if missing else Verdict.CHRONIC_TRUANT
    return ChronicTruancy(verdict, share, missing)


def is_of_age(born_on: date | None, on: date, rules: Rules) -> bool:
    """Whether a date lies in the years of compulsory education: from one birthday to the day before
    another. Without a known birthday it is taken that it does."""
    if born_on is None:
        return True
    had_birthday = (on.month, on.day) >= (born_on.month, born_on.day)
    age = on.year - born_on.year - (0 if had_birthday else 1)
    return rules.ages[0] <= age < rules.ages[1]


def _final(day: Day, days: Iterable[Day], pack: Pack, year: SchoolYear) -> date | None:
    temporary = temporary_of(pack, day)
    if temporary is None:
        return None
    return clearing(temporary, day.on, returned_on(day, days), year, date.max).final_on
