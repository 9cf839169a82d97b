"""A rule pack: a jurisdiction's codes and numbers, what a school adds to them, and what is wrong
with a pack (K2, K3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from sync.codes import Code, Role, in_force, meaning
from sync.model import Presence


class Over(StrEnum):
    """How a length is held against a limit."""

    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


class Unit(StrEnum):
    """What attendance is counted in: days, or morning and afternoon sessions."""

    DAY = "day"
    SESSION = "session"


class Plain(StrEnum):
    """A mark about which nobody has said why. The two of the afternoon and the one after the
    register closed are England's."""

    PRESENT = "present"
    PRESENT_PM = "present_pm"
    LATE = "late"
    LATE_CLOSED = "late_closed"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of a jurisdiction. Durations in minutes of the bell, shares exact.

    `gap_min` and `gap_counts`: how long an absence without excuse in one stretch is an occasion of
    truancy; None where the jurisdiction knows none. `ages`: of compulsory education, from birthday
    to birthday. `tiers` of chronic absence ascend.
    """

    unit: Unit = Unit.DAY
    gap_min: int | None = 30
    gap_counts: Over = Over.MORE_THAN
    truancy_occasions: int = 3
    ages: tuple[int, int] = (6, 18)
    chronic_share: Fraction = Fraction(1, 10)
    chronic_more_than_days: int = 30
    tiers: tuple[tuple[str, Fraction], ...] = (
        ("fine", Fraction(0)),
        ("at_risk", Fraction(5, 100)),
        ("moderate", Fraction(10, 100)),
        ("severe", Fraction(20, 100)),
    )
    recovery_most_days: int = 0
    register_open_most_min: int | None = None
    keep_years: int | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A jurisdiction's codes and rules, with what one school added or changed (`own`).

    `profiles` are the readings of the rules among which a school chooses; the first is the default.
    `languages` are those in which every code has its label. A pack only grows: a code that changes
    ends, and begins anew with another meaning.
    """

    name: str
    version: str
    jurisdiction: str
    label: Mapping[str, str]
    languages: tuple[str, ...]
    codes: tuple[Code, ...]
    plain: Mapping[Plain, str]
    profiles: Mapping[str, Rules] = field(default_factory=lambda: {"default": Rules()})
    own: tuple[Code, ...] = ()

    def all_codes(self) -> tuple[Code, ...]:
        """The school's own before the pack's: where both began on one day, the school's counts."""
        return self.own + self.codes

    def meaning(self, code: str, on: date) -> Code | None:
        """What a code meant on a date at this school (K1)."""
        return meaning(self.all_codes(), code, on)

    def rules(self, profile: str | None = None) -> Rules:
        """The numbers by one reading, the default one when none is named."""
        return self.profiles[profile or next(iter(self.profiles))]

    def plain_code(self, mark: Plain, on: date) -> Code | None:
        """What a mark counts as while nobody has said why (K4)."""
        name = self.plain.get(mark)
        return None if name is None else self.meaning(name, on)


def choices(pack: Pack, on: date, role: Role) -> tuple[Code, ...]:
    """The codes that somebody may choose from on a date."""
    return tuple(one for one in in_force(pack.all_codes(), on) if role in one.who_may_set)


def adopt(pack: Pack, own: Iterable[Code]) -> Pack:
    """The pack as one school uses it."""
    return replace(pack, own=tuple(own))


def plain_mark(presence: Presence, afternoon: bool = False, closed: bool = False) -> Plain:
    """Which plain mark a presence is; `closed`: the student came after the register was closed."""
    if presence is Presence.PRESENT and afternoon:
        return Plain.PRESENT_PM
    if presence is Presence.LATE and closed:
        return Plain.LATE_CLOSED
    return Plain(presence.value)


def after_register(
    opened_at: datetime, closed_at: datetime, arrived_at: datetime, most_min: int | None = None
) -> bool:
    """Whether an arrival came too late for the register (K4.2). A register that was kept open for
    longer than is allowed counts as closed when it should have been. Who arrives as it closes is
    not there before."""
    if most_min is not None:
        closed_at = min(closed_at, opened_at + timedelta(minutes=most_min))
    return arrived_at >= closed_at
