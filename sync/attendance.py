"""What a student's days come to over time: days attended and absent, ADA, chronic absence (T7–T9).

Shares are exact fractions; nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sync.codes import Authorised, Special
from sync.day import Day, Outcome
from sync.pack import Rules
from sync.school_year import SATURDAY


class Bucket(StrEnum):
    """Which of the year's sums a day belongs to; `undetermined` and `not_expected` to none."""

    ATTENDED = "attended"
    IN_SCHOOL_SUSPENSION = "in_school_suspension"
    STUDY = "study"
    STUDY_INCOMPLETE = "study_incomplete"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    PENDING = "pending"
    SUSPENSION = "suspension"
    UNDETERMINED = "undetermined"
    NOT_EXPECTED = "not_expected"


EXCUSES = {
    Authorised.YES: Bucket.EXCUSED,
    Authorised.NO: Bucket.UNEXCUSED,
    Authorised.PENDING: Bucket.PENDING,
    None: Bucket.PENDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Days by what they came to. `in_person` attended days include neither suspension in school nor
    independent study; `undetermined` days have no roll and are in no other figure."""

    in_person: int = 0
    in_school_suspension: int = 0
    study: int = 0
    study_incomplete: int = 0
    excused: int = 0
    unexcused: int = 0
    pending: int = 0
    suspension: int = 0
    undetermined: int = 0

    @property
    def attended(self) -> int:
        """Days that earn attendance (ADA): in-school suspension does, out of school does not."""
        return self.in_person + self.in_school_suspension + self.study

    @property
    def absent(self) -> int:
        """Full days absent for any reason."""
        in_person = self.excused + self.unexcused + self.pending + self.suspension
        return in_person + self.study_incomplete

    @property
    def expected(self) -> int:
        """Days on which the student was expected and somebody knows what became of it."""
        return self.attended + self.absent


def bucket(day: Day, excuse: Authorised | None = None) -> Bucket:
    """Where a day is summed (T7). `excuse` stands for the day's own where time has run out on a
    reason that was pending (T11)."""
    if day.outcome is Outcome.NOT_EXPECTED:
        return Bucket.NOT_EXPECTED
    if day.outcome is Outcome.UNDETERMINED:
        return Bucket.UNDETERMINED
    if day.special is Special.INDEPENDENT_STUDY:
        return Bucket.STUDY if day.attended else Bucket.STUDY_INCOMPLETE
    if day.special is not None:
        return Bucket(day.special.value)
    return Bucket.ATTENDED if day.attended else EXCUSES[excuse or day.excuse]


def totals(days: Iterable[Day], lapsed: Mapping[date, Authorised] | None = None) -> Totals:
    """A student's days summed, each date at most once (EC 46140). Raises ValueError for a date that
    is given twice: two folds of one day would be two days of attendance."""
    sums: dict[str, int] = {}
    seen: set[date] = set()
    for day in days:
        if day.on in seen:
            raise ValueError(f"{day.on} is there twice.")
        seen.add(day.on)
        into = bucket(day, (lapsed or {}).get(day.on))
        if into is not Bucket.NOT_EXPECTED:
            name = "in_person" if into is Bucket.ATTENDED else into.value
            sums[name] = sums.get(name, 0) + 1
    return Totals(**sums)


def ada(of_students: Iterable[Totals], days_taught: int) -> Fraction:
    """Average daily attendance: days of attendance of all students over days taught (T8)."""
    if days_taught < 1:
        raise ValueError("No day was taught; there is no average of it.")
    return Fraction(sum(one.attended for one in of_students), days_taught)


def attendance_rate(of: Totals) -> Fraction | None:
    """Days attended of those that are known; none where nothing is."""
    return Fraction(of.attended, of.expected) if of.expected else None


def recovery_credit(earned_days: int, of: Totals, rules: Rules) -> int:
    """Days of attendance recovery that are credited: no more than the cap, nor than the absences
    that there are to recover (EC 46211; CALPADS 13.24)."""
    return max(0, min(earned_days, rules.recovery_most_days, of.absent))


@dataclass(frozen=True, slots=True)
class Chronic:
    """A student's absence against the measure. `tier` None: too few days to be measured by."""

    absent: int
    expected: int
    share: Fraction | None
    tier: str | None
    chronic: bool


def chronic(absent: int, expected: int, rules: Rules) -> Chronic:
    """Whether absence is chronic: at least the share, exactly, of more days than the least (T9)."""
    share = Fraction(absent, expected) if expected else None
    if share is None or expected <= rules.chronic_more_than_days:
        return Chronic(absent, expected, share, None, chronic=False)
    tier = [name for name, least in rules.tiers if share >= least][-1]
    return Chronic(absent, expected, share, tier, share >= rules.chronic_share)


def chronic_of(days: Iterable[Day], rules: Rules) -> Chronic:
    """The same from folded days: full days for any reason, weekends apart (T9.1). What was earned
    in attendance recovery takes nothing away."""
    known = [day for day in days if day.attended is not None and day.on.weekday() < SATURDAY]
    return chronic(sum(day.chronic for day in known), len(known), rules)
