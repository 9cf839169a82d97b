"""A student's day from the rolls of its periods: attended, in part or not at all, or not known (T).

A roll that nobody took is neither presence nor absence here: it is left out, named, and breaks
every stretch of absence that would run across it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sync.codes import Authorised, Code, Special, Where
from sync.intervals import Interval, length, meets, minus, minutes
from sync.model import Presence

SIGHTINGS = frozenset({Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY})


class Taken(StrEnum):
    """What is known of one student in one scheduled meeting. `not_taken` is also the student whom a
    roll left unmarked, `not_expected` a meeting of which no roll is expected."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    NOT_ENROLLED = "not_enrolled"
    NOT_EXPECTED = "not_expected"


class Outcome(StrEnum):
    """What a day came to."""

    PRESENT = "present"
    PART_DAY = "part_day"
    FULL_DAY = "full_day"
    UNDETERMINED = "undetermined"
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMark:
    """One student in one meeting that she is scheduled for. Instants in UTC.

    `code` is the reason in its meaning on the day, `excused` the office's own judgement where it
    said one; `contested`: people saw different things and nobody has settled it.
    """

    period: str
    starts_at: datetime
    ends_at: datetime
    state: Taken = Taken.TAKEN
    presence: Presence | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    code: Code | None = None
    excused: bool | None = None
    contested: bool = False

    @property
    def known(self) -> bool:
        """Whether a roll says anything about the student."""
        return self.state is Taken.TAKEN and self.presence is not None

    @property
    def reason(self) -> Code | None:
        """The reason, where it explains what was seen; one that does not is dormant (F6.4)."""
        return self.code if self.code is not None and self.presence in self.code.marks else None


@dataclass(frozen=True, slots=True)
class Missed:
    """A piece of the day that was missed. `follows`: the piece before ran up to it, with nothing
    but a break between; `truant`: without excuse it is truancy."""

    period: str
    from_at: datetime
    to_at: datetime
    authorised: Authorised
    code: str | None
    truant: bool
    follows: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One student's school date, folded.

    `attended` None: nobody knows, or nobody expected her. `excuse` and `chronic` are about a full
    day's absence. `missing` are periods whose rolls are not there, `contested` those in dispute,
    `untimed` those of which it is not known how late or how early. Minutes are those of the bell;
    `begins_at` and `ends_at` are the first and the last bell of the meetings that are known.
    """

    on: date
    outcome: Outcome
    attended: bool | None = None
    excuse: Authorised | None = None
    chronic: bool = False
    special: Special | None = None
    missing: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()
    taken_min: int = 0
    missed_min: int = 0
    missed: tuple[Missed, ...] = ()
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    seen_last_at: datetime | None = None


def fold_day(on: date, marks: Iterable[PeriodMark]) -> Day:
    """What a day came to (T2–T6). The order of the marks changes nothing."""
    scheduled = sorted(filter(is_scheduled, marks), key=lambda one: (one.starts_at, one.period))
    known = [one for one in scheduled if one.known]
    missing = tuple(one.period for one in scheduled if not one.known)
    if not known:
        outcome = Outcome.UNDETERMINED if scheduled else Outcome.NOT_EXPECTED
        return Day(on, outcome, missing=missing)
    attended = any(map(_is_here, known))
    missed = _missed(known, [one for one in scheduled if not one.known])
    untimed = tuple(one.period for one in known if _is_untimed(one))
    part = Outcome.PART_DAY if untimed or any(map(_lasts, missed)) else Outcome.PRESENT
    away = [] if attended else known
    return Day(
        on=on,
        outcome=part if attended else Outcome.FULL_DAY,
        attended=attended,
        excuse=_excuse(away),
        chronic=any(one.reason is None or one.reason.counts_chronic for one in away),
        special=_special(known, attended),
        missing=missing,
        contested=tuple(one.period for one in known if one.contested),
        untimed=untimed,
        taken_min=minutes(length([Interval(one.starts_at, one.ends_at) for one in known])),
        missed_min=minutes(sum((one.to_at - one.from_at for one in missed), timedelta())),
        missed=missed,
        begins_at=known[0].starts_at,
        ends_at=max(one.ends_at for one in known),
        seen_last_at=max((part.to_at for one in known for part in _seen(one)), default=None),
    )


def stretches(day: Day, which: Collection[Authorised]) -> tuple[int, ...]:
    """Minutes of each unbroken stretch of what was missed with such authorisation and may be
    truancy, in the order of the day (T5)."""
    runs: list[timedelta] = []
    running = False
    for one in day.missed:
        counts = one.truant and one.authorised in which
        if counts and running and one.follows:
            runs[-1] += one.to_at - one.from_at
        elif counts:
            runs.append(one.to_at - one.from_at)
        running = counts
    return tuple(map(minutes, runs))


def minutes_late(starts_at: datetime, arrived_at: datetime) -> int:
    """Whole minutes from the bell to the arrival; 0 for who came before it (T4)."""
    return max(0, minutes(arrived_at - starts_at))


def minutes_early(ends_at: datetime, left_at: datetime) -> int:
    """Whole minutes from the departure to the bell; 0 for who left after it (T4)."""
    return max(0, minutes(ends_at - left_at))


def is_enrolled_at(at: datetime, spells: Iterable[tuple[datetime | None, datetime | None]]) -> bool:
    """Whether a student was enrolled when a meeting began (T6): from the first instant of a spell,
    and until just before its last. None is open-ended."""
    return any(
        (begin is None or begin <= at) and (end is None or at < end) for begin, end in spells
    )


def judged(mark: PeriodMark) -> Authorised:
    """Whether what was missed is excused (T2.2): the office's own judgement before the code's;
    nobody's word is pending, and of what needs no excuse there is nothing to judge."""
    if mark.excused is not None:
        return Authorised.YES if mark.excused else Authorised.NO
    if mark.reason is None:
        return Authorised.PENDING
    return mark.reason.authorised or Authorised.YES


def is_scheduled(mark: PeriodMark) -> bool:
    """Whether the student was expected in a meeting (T3.1), as far as anybody knows."""
    if mark.state not in {Taken.TAKEN, Taken.NOT_TAKEN}:
        return False
    reason = mark.reason
    out = reason is not None and reason.where is Where.NOT_EXPECTED
    return not out or _studies(mark)


def _studies(mark: PeriodMark) -> bool:
    return mark.reason is not None and mark.reason.special is Special.INDEPENDENT_STUDY


def _is_here(mark: PeriodMark) -> bool:
    if _studies(mark):
        return mark.reason is not None and mark.reason.counts_ada
    return mark.presence in SIGHTINGS or mark.presence is Presence.ELSEWHERE


def _is_untimed(mark: PeriodMark) -> bool:
    return (mark.presence is Presence.LATE and mark.arrived_at is None) or (
        mark.presence is Presence.LEFT_EARLY and mark.left_at is None
    )


def _seen(mark: PeriodMark) -> list[Interval]:
    """When the student was where she should be, within the bell's times."""
    if not _is_here(mark):
        return []
    whole = Interval(mark.starts_at, mark.ends_at)
    if mark.presence not in {Presence.LATE, Presence.LEFT_EARLY}:
        return [whole]
    from_at = max(whole.from_at, mark.arrived_at or whole.from_at)
    to_at = min(whole.to_at, mark.left_at or whole.to_at)
    return [Interval(from_at, to_at)] if from_at < to_at else []


def _missed(known: Sequence[PeriodMark], unknown: Iterable[PeriodMark]) -> tuple[Missed, ...]:
    """The pieces that were missed, none twice however meetings overlap, by their beginning."""
    if all(one.presence is Presence.PRESENT for one in known):
        return ()
    seen = [part for mark in known for part in _seen(mark)]
    between = [*seen, *(Interval(one.starts_at, one.ends_at) for one in unknown)]
    found: list[tuple[Interval, PeriodMark]] = []
    for mark in known:
        told = [*seen, *(part for part, _ in found)]
        parts = minus(Interval(mark.starts_at, mark.ends_at), told)
        found.extend((part, mark) for part in parts)
    found.sort(key=lambda one: (one[0], one[1].period))
    pieces: list[Missed] = []
    for part, mark in found:
        follows = bool(pieces) and not meets(Interval(pieces[-1].to_at, part.from_at), between)
        pieces.append(_piece(part, mark, follows))
    return tuple(pieces)


def _piece(part: Interval, mark: PeriodMark, follows: bool) -> Missed:
    reason = mark.reason
    truant = reason is None or reason.truancy_eligible or reason.temporary is not None
    return Missed(
        period=mark.period,
        from_at=part.from_at,
        to_at=part.to_at,
        authorised=judged(mark),
        code=None if reason is None else reason.code,
        truant=truant or mark.excused is False,
        follows=follows,
    )


def _excuse(away: Sequence[PeriodMark]) -> Authorised | None:
    """Of a full day: unexcused if any of it is, else pending if any is, else excused."""
    found = {judged(one) for one in away}
    worst_first = (Authorised.NO, Authorised.PENDING, Authorised.YES)
    return next((one for one in worst_first if one in found), None)


def _special(known: Sequence[PeriodMark], attended: bool) -> Special | None:
    """What the whole day was, where all that is known of it was that. Who was sent home in the
    morning attended; that is no day of suspension."""
    kinds = {None if one.reason is None else one.reason.special for one in known}
    only = kinds.pop() if len(kinds) == 1 else None
    return None if attended and only is Special.SUSPENSION else only


def _lasts(piece: Missed) -> bool:
    return minutes(piece.to_at - piece.from_at) > 0
