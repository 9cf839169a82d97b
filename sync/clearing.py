"""How long there is to say why, and what an absence becomes when nobody does (T11–T13).

Nothing is written when time runs out: what an absence counts as is asked with the date on which it
is asked. So a proof that comes later puts right what was, and what was shown before can be shown
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync.codes import Authorised, Since, Special, Temporary
from sync.day import Day, Outcome
from sync.pack import Pack, Plain
from sync.school_year import SchoolYear


class State(StrEnum):
    """Where an absence stands; `away`: the student has not come back, so no time runs yet."""

    AWAY = "away"
    OPEN = "open"
    LAPSED = "lapsed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Clearing:
    """How an absence stands on a date. `ends_on` is the last day for a proof, `final_on` the first
    on which it counts as `becomes`; `late`: cleared after that."""

    state: State
    ends_on: date | None = None
    final_on: date | None = None
    becomes: str | None = None
    late: bool = False


def clearing(
    temporary: Temporary,
    on: date,
    returned_on: date | None,
    year: SchoolYear,
    as_of: date,
    cleared_on: date | None = None,
) -> Clearing:
    """How an absence stood at the end of a date (T11).

    A window that would run past the school year ends with it. What was cleared after `as_of` was
    not cleared then.
    """
    start = on if temporary.since is Since.DAY else returned_on
    ends_on = _ends(start, temporary.days, year)
    final_on = None if ends_on is None else year.after(ends_on, 1) or ends_on + timedelta(days=1)
    if cleared_on is not None and cleared_on <= as_of:
        late = ends_on is not None and cleared_on > ends_on
        return Clearing(State.CLEARED, ends_on, late=late)
    if final_on is None:
        return Clearing(State.AWAY)
    if as_of < final_on:
        return Clearing(State.OPEN, ends_on, final_on)
    return Clearing(State.LAPSED, ends_on, final_on, temporary.next_code)


def returned_on(absence: Day, days: Iterable[Day]) -> date | None:
    """When a student was seen again after an absence (T12): the same day, if she came after what
    she missed, else the next on which she attended in person. A day without rolls tells nothing."""
    last = absence.missed[-1] if absence.missed else None
    seen = absence.seen_last_at
    if last is not None and seen is not None and seen > last.from_at:
        return absence.on
    after = (day.on for day in days if day.on > absence.on and _in_person(day))
    return min(after, default=None)


def temporary_of(pack: Pack, day: Day) -> Temporary | None:
    """By which code a day waits for a reason: the one that stands there, else the plain one."""
    waiting = next((one for one in day.missed if one.authorised is Authorised.PENDING), None)
    if waiting is None:
        return None
    code = (
        pack.plain_code(Plain.ABSENT, day.on)
        if waiting.code is None
        else pack.meaning(waiting.code, day.on)
    )
    return None if code is None else code.temporary


def lapsed_excuses(
    pack: Pack, days: Iterable[Day], year: SchoolYear, as_of: date
) -> Mapping[date, Authorised]:
    """What full days that waited for a reason count as by a date, where their time has run out."""
    listed = tuple(days)
    found: dict[date, Authorised] = {}
    for day in listed:
        temporary = temporary_of(pack, day)
        if day.outcome is not Outcome.FULL_DAY or temporary is None:
            continue
        if day.excuse is not Authorised.PENDING or day.on > as_of:
            continue
        stands = clearing(temporary, day.on, _by(as_of, day, listed), year, as_of)
        becomes = None if stands.becomes is None else pack.meaning(stands.becomes, day.on)
        if becomes is not None and becomes.authorised is not None:
            found[day.on] = becomes.authorised
    return found


def school_days_since(on: date, year: SchoolYear, as_of: date) -> int:
    """How old a case is: the school days after it, up to and including a date."""
    return len(year.between(on + timedelta(days=1), as_of))


def _by(as_of: date, day: Day, days: Iterable[Day]) -> date | None:
    return returned_on(day, (one for one in days if one.on <= as_of))


def _ends(start: date | None, days: int, year: SchoolYear) -> date | None:
    if start is None or not year.days:
        return None
    return year.after(start, days) or max(year.days[-1], start)


def _in_person(day: Day) -> bool:
    return day.attended is True and day.special is not Special.INDEPENDENT_STUDY
