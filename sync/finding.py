"""What the radar looks at and what it finds: each finding with its evidence and a next step (X)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sync.intervals import Interval
from sync.lanes import SIGHTINGS
from sync.model import Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMark:
    """One student's mark on one roll that was taken, as it stands. Instants in UTC.

    `known`: the office has a reason or a ruling for it; `contested`: it is asked about already;
    `pull_out`: the section takes students out of others. `staff_id` is who took the roll.
    """

    roll_id: UUID
    student_id: UUID
    section_id: UUID
    period: str
    starts_at: datetime
    ends_at: datetime
    presence: Presence
    taken_at: datetime
    staff_id: UUID | None = None
    room: str | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    known: bool = False
    contested: bool = False
    pull_out: bool = False

    @property
    def sighted(self) -> bool:
        """Whether somebody saw the student there, and nobody disputes it."""
        return self.presence in SIGHTINGS and not self.contested

    @property
    def unexplained(self) -> bool:
        """Whether the student was not seen there, and neither the office knows why nor anybody
        disputes it."""
        return self.presence is Presence.ABSENT and not self.known and not self.contested

    @property
    def span(self) -> Interval:
        """The meeting's time."""
        return Interval(self.starts_at, self.ends_at)


class At(StrEnum):
    """What a desk wrote down: came to the school, left it, or was with somebody for a while."""

    ARRIVED = "arrived"
    LEFT = "left"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class DeskTime:
    """A line of the front desk's log, or of a sign-in sheet (nurse, counselor, testing).

    `until` ends a visit; without it the visit is only known to have begun.
    """

    student_id: UUID
    what: At
    at: datetime
    until: datetime | None = None
    place: str = "window"


@dataclass(frozen=True, slots=True)
class Notice:
    """An absence that the office was told of ahead; no period is the whole day."""

    student_id: UUID
    period: str | None = None


class FindingKind(StrEnum):
    """What does not fit together."""

    TWO_ROOMS = "two_rooms"
    BETWEEN = "between"
    AT_THE_WINDOW = "at_the_window"
    VISITING = "visiting"
    VANISHED = "vanished"
    SEEN_AFTER_ALL = "seen_after_all"
    TOO_QUICK = "too_quick"


class Do(StrEnum):
    """A next step that is suggested; never done by itself."""

    ASK_TEACHER = "ask_teacher"
    CHECK_ROSTER = "check_roster"
    RULE_LATE = "rule_late"
    RULE_ELSEWHERE = "rule_elsewhere"
    LOOK_FOR_STUDENT = "look_for_student"
    END_NOTICE = "end_notice"
    PROVE_MARK_WRONG = "prove_mark_wrong"
    LOOK_AGAIN = "look_again"


class Audience(StrEnum):
    """To whom a finding is shown."""

    OFFICE = "office"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: about which roll, with which time or place."""

    do: Do
    roll_id: UUID | None = None
    at: datetime | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that a finding rests on: a mark on a roll, or a line of a desk."""

    at: datetime
    roll_id: UUID | None = None
    period: str | None = None
    presence: Presence | None = None
    staff_id: UUID | None = None
    place: str | None = None
    what: At | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit together, for a person to look at.

    `students` is one, but where a whole class shows the same: then the finding is about its roll.
    `about` are the rolls, or the section and person, that make it this finding and no other.
    """

    kind: FindingKind
    on: date
    students: tuple[UUID, ...]
    periods: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    steps: tuple[Step, ...]
    about: tuple[UUID, ...]
    audience: Audience = Audience.OFFICE
    urgent: bool = False

    @property
    def key(self) -> str:
        """The same for the same finding, however much more is known of it meanwhile, so that what
        was looked at stays looked at."""
        dated = () if self.kind is FindingKind.TOO_QUICK else (self.on.isoformat(),)
        who = self.students[:1] if len(self.students) == 1 else ()
        return "|".join((self.kind, *dated, *map(str, who), *map(str, sorted(self.about))))


def of_mark(mark: SeenMark) -> Evidence:
    """A mark as evidence."""
    return Evidence(mark.taken_at, mark.roll_id, mark.period, mark.presence, mark.staff_id)


def of_desk(line: DeskTime) -> Evidence:
    """A desk's line as evidence."""
    return Evidence(line.at, place=line.place, what=line.what)
