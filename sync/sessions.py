"""Where attendance is counted in sessions: the code of each register, and their sums (T10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sync.attendance import Chronic, chronic
from sync.codes import Authorised, Code, Where
from sync.model import Presence
from sync.pack import Pack, Rules, after_register, plain_mark
from sync.period import PeriodMark


@dataclass(frozen=True, slots=True)
class Register:
    """One session's register. `closed_at` None: it is open still, or nobody said."""

    opened_at: datetime
    closed_at: datetime | None = None
    afternoon: bool = False


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


def session_code(
    on: date, mark: PeriodMark, register: Register, pack: Pack, rules: Rules
) -> Code | None:
    """The code of one session: the reason, else the plain one; none where no register was taken."""
    if not mark.known or mark.presence is None:
        return None
    closed = mark.presence is Presence.LATE and _came_after(mark, register, rules)
    plain = pack.plain_code(plain_mark(mark.presence, register.afternoon, closed), on)
    return mark.reason or plain


def count_sessions(codes: Iterable[Code | None]) -> Sessions:
    """The sums (T10). A register not taken, or in which nobody was expected, is in none."""
    names: dict[str, int] = {}
    for code in codes:
        if code is None or code.where in {Where.NOT_EXPECTED, Where.UNKNOWN}:
            continue
        name = "attended" if code.counts_ada else NAMES[code.authorised]
        names[name] = names.get(name, 0) + 1
    return Sessions(**names)


def persistent(of: Sessions, rules: Rules) -> Chronic:
    """Absence from sessions against the measure."""
    return chronic(of.absent, of.possible, rules)


NAMES = {
    Authorised.YES: "authorised",
    Authorised.NO: "unauthorised",
    Authorised.PENDING: "pending",
    None: "pending",
}


def _came_after(mark: PeriodMark, register: Register, rules: Rules) -> bool:
    if mark.arrived_at is None or register.closed_at is None:
        return False
    most = rules.register_open_most_min
    return after_register(register.opened_at, register.closed_at, mark.arrived_at, most)
