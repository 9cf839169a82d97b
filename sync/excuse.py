"""May this code be set? A named answer, with the facts that its sentence needs (K5–K7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sync.codes import Asks, Cap, Code, Per, Role, grade_number
from sync.model import Presence
from sync.pack import Pack
from sync.school_year import SchoolYear, Span

PARTS = frozenset({Presence.LATE, Presence.LEFT_EARLY})


class Why(StrEnum):
    """Why a code may not be set."""

    UNKNOWN_CODE = "unknown_code"
    NOT_IN_FORCE = "not_in_force"
    NOT_YOURS = "not_yours"
    NOT_FOR_THIS_MARK = "not_for_this_mark"
    NOT_AHEAD = "not_ahead"
    TOO_SHORT = "too_short"
    GRADE_UNKNOWN = "grade_unknown"
    WRONG_GRADE = "wrong_grade"
    NEEDS_NOTE = "needs_note"
    NEEDS_EVIDENCE = "needs_evidence"
    NEEDS_NOTICE = "needs_notice"
    NEEDS_INCIDENT = "needs_incident"
    TIME_UNKNOWN = "time_unknown"
    CAP_REACHED = "cap_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody wants to set a code on a student's school date.

    `presence` is what stands there; None: known ahead, nobody has looked yet. `minutes` were missed
    by a student who came or left. `noticed_on`: when the school was told. `incident` names what
    days belong together: one death, one illness. `discretion`: an administrator's own words for
    going beyond a cap.
    """

    code: str
    on: date
    presence: Presence | None
    role: Role
    grade: str | None = None
    minutes: int | None = None
    note: str | None = None
    evidence: str | None = None
    noticed_on: date | None = None
    incident: str | None = None
    discretion: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A school date on which a code stands for the student, however many periods carry it."""

    code: str
    on: date
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `facts` are what a sentence is made of; `beyond` is the cap that an administrator
    set aside."""

    why: Why | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    beyond: Cap | None = None

    @property
    def may(self) -> bool:
        """Whether the code may be set."""
        return self.why is None


def judge(pack: Pack, asked: Asked, uses: Iterable[Use], year: SchoolYear) -> Verdict:
    """Whether one code may be set, the first reason against it that applies (K5).

    `uses` are all days on which the student's marks carry a code; this year's and this incident's
    are picked out here.
    """
    code = pack.meaning(asked.code, asked.on)
    if code is None:
        return _unknown(pack, asked)
    for check in (_role, _mark, _grade, _papers):
        refused = check(code, asked)
        if refused is not None:
            return refused
    return _caps(code, asked, tuple(uses), year)


def judge_all(
    pack: Pack, asked: Sequence[Asked], uses: Iterable[Use], year: SchoolYear
) -> tuple[Verdict, ...]:
    """Several days at once, in the order of their dates: each that is accepted counts for the next
    (K7.4). The answers stand in the order in which they were asked."""
    standing, verdicts = list(uses), dict[int, Verdict]()
    for place in sorted(range(len(asked)), key=lambda number: asked[number].on):
        one = asked[place]
        standing = [use for use in standing if use.on != one.on or use.code != one.code]
        verdicts[place] = judge(pack, one, standing, year)
        if verdicts[place].may:
            standing.append(Use(one.code, one.on, one.incident))
    return tuple(verdicts[place] for place in range(len(asked)))


def days_used(cap: Cap, asked: Asked, uses: Iterable[Use], year: SchoolYear) -> int | None:
    """How many other days count against a cap; None where its time is not known (K7.1)."""
    span = _span(cap, asked, year)
    if span is None:
        return None
    return len(
        {
            use.on
            for use in uses
            if use.code == asked.code
            and use.on != asked.on
            and span[0] <= use.on <= span[1]
            and (cap.per is not Per.INCIDENT or use.incident == asked.incident)
        }
    )


def _span(cap: Cap, asked: Asked, year: SchoolYear) -> Span | None:
    if cap.per is Per.INCIDENT:
        return date.min, date.max
    if cap.per is Per.SEMESTER:
        return year.semester_of(asked.on)
    return year.month_of(asked.on) if cap.per is Per.MONTH else year.span()


def _unknown(pack: Pack, asked: Asked) -> Verdict:
    spans = [one for one in pack.all_codes() if one.code == asked.code]
    if not spans:
        return Verdict(Why.UNKNOWN_CODE, {"code": asked.code})
    facts = {"code": asked.code, "on": asked.on}
    dates = [(one.valid_from, one.valid_to) for one in spans]
    return Verdict(Why.NOT_IN_FORCE, {**facts, "spans": dates})


def _role(code: Code, asked: Asked) -> Verdict | None:
    if asked.role in code.who_may_set:
        return None
    return Verdict(Why.NOT_YOURS, {"code": code.code, "who": tuple(sorted(code.who_may_set))})


def _mark(code: Code, asked: Asked) -> Verdict | None:
    if asked.presence is None:
        return None if code.prefillable else Verdict(Why.NOT_AHEAD, {"code": code.code})
    if asked.presence not in code.marks:
        marks = tuple(sorted(code.marks))
        facts: dict[str, object] = {"code": code.code, "presence": asked.presence, "marks": marks}
        return Verdict(Why.NOT_FOR_THIS_MARK, facts)
    short = code.least_min is not None and (asked.minutes or 0) < code.least_min
    if asked.presence in PARTS and short:
        facts = {"code": code.code, "minutes": asked.minutes, "least": code.least_min}
        return Verdict(Why.TOO_SHORT, facts)
    return None


def _grade(code: Code, asked: Asked) -> Verdict | None:
    if code.grades is None:
        return None
    grade = grade_number(asked.grade)
    limits = {"least": code.grades.least, "most": code.grades.most}
    facts: dict[str, object] = {"code": code.code, **limits}
    if grade is None:
        return Verdict(Why.GRADE_UNKNOWN, {**facts, "grade": asked.grade})
    if code.grades.least <= grade <= code.grades.most:
        return None
    return Verdict(Why.WRONG_GRADE, {**facts, "grade": grade})


def _papers(code: Code, asked: Asked) -> Verdict | None:
    facts = {"code": code.code, "asks": code.asks}
    if code.needs_note and not _said(asked.note):
        return Verdict(Why.NEEDS_NOTE, facts)
    if code.evidence is Asks.REQUIRED and not _said(asked.evidence):
        return Verdict(Why.NEEDS_EVIDENCE, facts)
    if code.needs_notice and (asked.noticed_on is None or asked.noticed_on >= asked.on):
        return Verdict(Why.NEEDS_NOTICE, {**facts, "on": asked.on, "noticed_on": asked.noticed_on})
    if any(cap.per is Per.INCIDENT for cap in code.caps) and not _said(asked.incident):
        return Verdict(Why.NEEDS_INCIDENT, facts)
    return None


def _caps(code: Code, asked: Asked, uses: Sequence[Use], year: SchoolYear) -> Verdict:
    granted = Verdict()
    for cap in code.caps:
        used = days_used(cap, asked, uses, year)
        if used is None:
            facts: dict[str, object] = {"code": code.code, "per": cap.per, "on": asked.on}
            return Verdict(Why.TIME_UNKNOWN, facts)
        if used < cap.days:
            continue
        facts = {"code": code.code, "days": cap.days, "per": cap.per, "used": used}
        if not (cap.discretion and asked.role is Role.ADMINISTRATOR and _said(asked.discretion)):
            return Verdict(Why.CAP_REACHED, {**facts, "discretion": cap.discretion})
        granted = replace(granted, facts=facts, beyond=cap)
    return granted


def _said(words: str | None) -> bool:
    return bool(words and words.strip())
