"""One student in one meeting: what a roll says of her, and whether that is excused (T2–T6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.codes import Authorised, Code, Special, Where
from sync.intervals import Interval, minutes
from sync.lanes import SIGHTINGS
from sync.model import Presence


class Taken(StrEnum):
    """What is known of one student in one scheduled meeting. `not_taken` is also the student whom a
    roll left unmarked, `not_expected` a meeting of which no roll is expected."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    NOT_ENROLLED = "not_enrolled"
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
    def unexplained(self) -> bool:
        """Whether the student was not there, and nobody said a reason or judged it."""
        return self.presence is Presence.ABSENT and self.code is None and self.excused is None

    @property
    def reason(self) -> Code | None:
        """The reason, where it explains what was seen; one that does not is dormant (F6.4)."""
        return self.code if self.code is not None and self.presence in self.code.marks else None


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
    return not out or studies(mark)


def studies(mark: PeriodMark) -> bool:
    """Whether the meeting was spent in independent study."""
    return mark.reason is not None and mark.reason.special is Special.INDEPENDENT_STUDY


def is_here(mark: PeriodMark) -> bool:
    """Whether the student attended: seen, known elsewhere, or in study that was completed (T2)."""
    if studies(mark):
        return mark.reason is not None and mark.reason.counts_ada
    return mark.presence in SIGHTINGS or mark.presence is Presence.ELSEWHERE


def is_untimed(mark: PeriodMark) -> bool:
    """Whether nobody knows how late or how early (T4)."""
    return (mark.presence is Presence.LATE and mark.arrived_at is None) or (
        mark.presence is Presence.LEFT_EARLY and mark.left_at is None
    )


def seen(mark: PeriodMark) -> list[Interval]:
    """When the student was where she should be, within the bell's times."""
    if not is_here(mark):
        return []
    whole = Interval(mark.starts_at, mark.ends_at)
    if mark.presence not in {Presence.LATE, Presence.LEFT_EARLY}:
        return [whole]
    from_at = max(whole.from_at, mark.arrived_at or whole.from_at)
    to_at = min(whole.to_at, mark.left_at or whole.to_at)
    return [Interval(from_at, to_at)] if from_at < to_at else []
