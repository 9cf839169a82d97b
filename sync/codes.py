"""What the office may say about an absence: codes as data, each with its meaning in law (K).

A code's meaning has dates. What a mark of last October counts as is asked with that October's
date, so that a law or a school that changes its mind changes nothing that was (K1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sync.model import Presence


class Role(StrEnum):
    """Who sets a code, or looks at one. `guardian` only ever looks, at what families are shown."""

    TEACHER = "teacher"
    SUBSTITUTE = "substitute"
    OFFICE = "office"
    NURSE = "nurse"
    COUNSELOR = "counselor"
    ADMINISTRATOR = "administrator"
    DISTRICT = "district"
    AUDITOR = "auditor"
    GUARDIAN = "guardian"


class Where(StrEnum):
    """Where the student was, by the code."""

    IN_CLASS = "in_class"
    ON_SITE = "on_site"
    OFF_SITE = "off_site_supervised"
    ABSENT = "absent"
    NOT_EXPECTED = "not_expected"
    UNKNOWN = "unknown"


class Partial(StrEnum):
    """Which part of a meeting a code is about, where it is not all of it."""

    LATE = "late"
    LEFT = "left"


class Authorised(StrEnum):
    """Whether there is a valid excuse; pending until somebody says, or the time to say is over."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"


class Special(StrEnum):
    """What is summed by itself at the end of the year (CALPADS 13.17, 13.18, 13.21)."""

    SUSPENSION = "suspension"
    IN_SCHOOL_SUSPENSION = "in_school_suspension"
    INDEPENDENT_STUDY = "independent_study"


class Asks(StrEnum):
    """Whether proof is asked for. `never`: the law forbids to demand it."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NEVER = "never"


class Per(StrEnum):
    """Over what a cap counts its days."""

    INCIDENT = "incident"
    MONTH = "month"
    SEMESTER = "semester"
    YEAR = "year"


class Since(StrEnum):
    """From when on the days of a temporary code are counted: from the student's return, or from
    the day itself."""

    RETURN = "return"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many school days. `discretion`: an administrator may go beyond it, with a reason;
    `statutory`: the number is the law's, and a school may set it lower but not higher."""

    days: int
    per: Per
    discretion: bool = False
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class Temporary:
    """A code that becomes `next_code` when `days` school days have passed without an answer."""

    days: int
    next_code: str
    since: Since = Since.RETURN


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades for which a code exists, both inclusive; kindergarten is 0."""

    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code in one span of dates, both inclusive.

    `marks` are the presences that it may explain; `counts_ada` whether a day of it is attended,
    `counts_chronic` whether a full day of it is an absence. `authorised` None: nothing to excuse.
    `seen_by` are the roles that are told the reason where it is `confidential`. `asks` says in
    each language what proof or request is meant. `least_min`: on a student who came or left, only
    where at least so many minutes were missed.
    """

    code: str
    label: Mapping[str, str]
    where: Where
    marks: frozenset[Presence]
    authorised: Authorised | None
    counts_ada: bool
    counts_chronic: bool
    truancy_eligible: bool = False
    partial: Partial | None = None
    special: Special | None = None
    temporary: Temporary | None = None
    who_may_set: frozenset[Role] = frozenset()
    seen_by: frozenset[Role] = frozenset()
    needs_note: bool = False
    needs_notice: bool = False
    evidence: Asks = Asks.OPTIONAL
    asks: Mapping[str, str] = field(default_factory=dict)
    caps: tuple[Cap, ...] = ()
    grades: Grades | None = None
    least_min: int | None = None
    parent_visible: bool = True
    prefillable: bool = False
    confidential: bool = False
    edfi: str | None = None
    environment: str | None = None
    state_code: str | None = None
    citation: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether this is what the code means on a date."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


def meaning(codes: Iterable[Code], code: str, on: date) -> Code | None:
    """What a code meant on a date (K1). Of several spans that hold the one that began last."""
    held = [one for one in codes if one.code == code and one.holds(on)]
    return max(held, key=_began, default=None)


def in_force(codes: Iterable[Code], on: date) -> tuple[Code, ...]:
    """What there is to choose from on a date, a meaning a code, in the list's own order."""
    listed = tuple(codes)
    names = dict.fromkeys(one.code for one in listed)
    found = (meaning(listed, name, on) for name in names)
    return tuple(one for one in found if one is not None)


def grade_number(grade: str | None) -> int | None:
    """A grade as a number; kindergarten and transitional kindergarten are 0, what is before them
    is -1, and what is no grade is none."""
    plain = (grade or "").strip().upper().removeprefix("GRADE").strip()
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return {"K": 0, "KG": 0, "TK": 0, "KN": 0, "PK": -1, "PR": -1}.get(plain)


def _began(code: Code) -> date:
    return code.valid_from or date.min
