"""Where attendance is counted in sessions: the code of each register, and their sums (T10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from sync.attendance import Chronic, chronic
from sync.clearing import clearing
from sync.codes import Authorised, Code, Where
from sync.model import Presence
from sync.pack import Pack, Rules, after_register, plain_mark
from sync.period import PeriodMark
from sync.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Register:
    """One session's register. `closed_at` None: it is open still, or nobody said."""

    opened_at: datetime
    closed_at: datetime | None = None
    afternoon: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """What days and sessions are counted by: a school's codes, numbers and year, on a date."""

    pack: Pack
    rules: Rules
    year: SchoolYear
    as_of: date


class SessionCount(StrEnum):
    """Which sum a possible session belongs to."""

    ATTENDED = "attended"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Sessions by what they came to; `pending` are absences for a reason not known yet."""

    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0
    pending: int = 0

    @property
    def absent(self) -> int:
        """Sessions absent for any reason."""
        return self.authorised + self.unauthorised + self.pending

    @property
    def possible(self) -> int:
        """Sessions that the student could have attended."""
        return self.attended + self.absent


def sessions_of(
    on: date, marks: Iterable[PeriodMark], noon: datetime, by: Counting
) -> tuple[Code | None, Code | None]:
    """A student's morning and afternoon from rolls taken by period (T10.1): the first roll of each
    that says something is its register; none where no roll does."""
    known = sorted((one for one in marks if one.known), key=lambda one: (one.starts_at, one.period))
    morning = next((one for one in known if one.starts_at < noon), None)
    afternoon = next((one for one in known if one.starts_at >= noon), None)
    return (
        _standing(on, morning, by, afternoon=False),
        _standing(on, afternoon, by, afternoon=True),
    )


def _standing(on: date, mark: PeriodMark | None, by: Counting, *, afternoon: bool) -> Code | None:
    """The code that one session stands as: what waited too long for a reason has lapsed (T11),
    unless the office judged it without one (T2.2)."""
    if mark is None:
        return None
    most = by.rules.register_open_most_min
    closed_at = None if most is None else mark.starts_at + timedelta(minutes=most)
    register = Register(mark.starts_at, closed_at, afternoon)
    code = session_code(on, mark, register, by.pack, by.rules)
    if code is None or code.temporary is None or on > by.as_of:
        return code
    if mark.excused is not None:
        judged = Authorised.YES if mark.excused else Authorised.NO
        return replace(code, authorised=judged)
    stands = clearing(code.temporary, on, None, by.year, by.as_of)
    return code if stands.becomes is None else by.pack.meaning(stands.becomes, on)


def session_code(
    on: date, mark: PeriodMark, register: Register, pack: Pack, rules: Rules
) -> Code | None:
    """The code of one session: the reason, else the plain one; none where no register was taken."""
    if not mark.known or mark.presence is None:
        return None
    closed = mark.presence is Presence.LATE and _came_after(mark, register, rules)
    plain = pack.plain_code(plain_mark(mark.presence, register.afternoon, closed), on)
    return mark.reason or plain


def counts_as(code: Code | None) -> SessionCount | None:
    """Which of the sums a session belongs to (T10). A register not taken, or in which nobody was
    expected, is in none."""
    if code is None or code.where in {Where.NOT_EXPECTED, Where.UNKNOWN}:
        return None
    return SessionCount.ATTENDED if code.counts_ada else COUNTS[code.authorised]


def count_sessions(codes: Iterable[Code | None]) -> Sessions:
    """The sums."""
    return _summed(Counter(map(counts_as, codes)))


def session_rate(of: Sessions) -> Fraction | None:
    """Sessions attended of the possible ones (T10.2); none where none was possible."""
    return Fraction(of.attended, of.possible) if of.possible else None


def add_sessions(many: Iterable[Sessions]) -> Sessions:
    """Sums over dates or over students."""
    every = Counter[SessionCount | None]()
    for of in many:
        every.update({one: getattr(of, one.value) for one in SessionCount})
    return _summed(every)


def _summed(counts: Counter[SessionCount | None]) -> Sessions:
    return Sessions(**{one.value: counts[one] for one in SessionCount if counts[one]})


def persistent(of: Sessions, rules: Rules) -> Chronic:
    """Absence from sessions against the measure."""
    return chronic(of.absent, of.possible, rules)


COUNTS = {
    Authorised.YES: SessionCount.AUTHORISED,
    Authorised.NO: SessionCount.UNAUTHORISED,
    Authorised.PENDING: SessionCount.PENDING,
    None: SessionCount.PENDING,
}


def _came_after(mark: PeriodMark, register: Register, rules: Rules) -> bool:
    if mark.arrived_at is None or register.closed_at is None:
        return False
    most = rules.register_open_most_min
    return after_register(register.opened_at, register.closed_at, mark.arrived_at, most)
