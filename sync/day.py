"""A student's day from the rolls of its periods: attended, in part or not at all, or not known (T).

A roll that nobody took is neither presence nor absence here: it is left out, named, and breaks
every stretch of absence that would run across it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sync.codes import Authorised, Special
from sync.intervals import Interval, length, meets, minus, minutes
from sync.model import Presence
from sync.period import PeriodMark, is_here, is_scheduled, is_untimed, judged, seen


class Outcome(StrEnum):
    """What a day came to."""

    PRESENT = "present"
    PART_DAY = "part_day"
    FULL_DAY = "full_day"
    UNDETERMINED = "undetermined"
    NOT_EXPECTED = "not_expected"


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
    attended = any(map(is_here, known))
    missed = _missed(known, [one for one in scheduled if not one.known])
    untimed = tuple(one.period for one in known if is_untimed(one))
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
        seen_last_at=max((part.to_at for one in known for part in seen(one)), default=None),
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


def _missed(known: Sequence[PeriodMark], unknown: Iterable[PeriodMark]) -> tuple[Missed, ...]:
    """The pieces that were missed, none twice however meetings overlap, by their beginning."""
    if all(one.presence is Presence.PRESENT for one in known):
        return ()
    sighted = [part for mark in known for part in seen(mark)]
    between = [*sighted, *(Interval(one.starts_at, one.ends_at) for one in unknown)]
    found: list[tuple[Interval, PeriodMark]] = []
    for mark in known:
        told = [*sighted, *(part for part, _ in found)]
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
