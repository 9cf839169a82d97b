"""The values that roll call is about, in the glossary's words. All instants are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Presence(StrEnum):
    """What was seen of a student. `elsewhere` (trip, nurse, testing) is the office's word alone."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"


class Kind(StrEnum):
    """What an op is: a staff member's submission, or the office's ruling."""

    SUBMIT = "submit"
    RULE = "rule"


class Rank(StrEnum):
    """Whose word it is, judged on receipt from the assignment on the roll's date (rule F4).

    `pass`: somebody with a day pass for that roll; as strong as an assigned substitute, but the
    roll waits for a teacher's signature (C5).
    """

    DAYPASS = "pass"
    SUBSTITUTE = "substitute"
    TEACHER = "teacher"
    STAFF = "staff"
    OFFICE = "office"


class Flag(StrEnum):
    """What a person should look at in a mark."""

    CONTESTED = "contested"
    SAFETY = "safety"
    OWN_DEVICES = "own_devices"
    DORMANT_REASON = "dormant_reason"
    REASONS_DIFFER = "reasons_differ"


class Why(StrEnum):
    """Which rule chose the presence that stands, where there was a choice."""

    OFFICE_STANDS = "office_stands"
    EXPLAINED = "explained"
    OTHER_TEACHER_STANDS = "other_teacher_stands"
    SIGHTING_STANDS = "sighting_stands"
    OWN_LATER = "own_later"


class RollState(StrEnum):
    """Where a roll stands on its way to the certified record."""

    NOT_TAKEN = "not_taken"
    SUBMITTED = "submitted"
    CORRECTED = "corrected"
    CERTIFIED = "certified"
    LOCKED = "locked"


class Standing(StrEnum):
    """How a roll stands against its deadline at some instant."""

    UPCOMING = "upcoming"
    OPEN = "open"
    DUE = "due"
    LATE = "late"
    SUBMITTED = "submitted"
    EXEMPT = "exempt"


class Timeliness(StrEnum):
    """How a received roll met its deadline (SPEC.md, D)."""

    ON_TIME = "on_time"
    TAKEN_ON_TIME = "taken_on_time"
    LATE = "late"
    LATE_UNPROVEN = "late_unproven"


class Observation(NamedTuple):
    """One student's line in a submission or a ruling. A tuple, because thirty are made for a roll.

    `presence` None in a submission means that the line carries only a note or a time; in a ruling
    with `rules_presence` it releases the office's earlier presence. A line that states (or
    releases) a presence states both times with it. An empty `reason` or `evidence` withdraws it.
    `parents` are the ops that the author had seen for this student.
    """

    student_id: UUID
    presence: Presence | None = None
    rules_presence: bool = False
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    note: str | None = None
    reason: str | None = None
    excused: bool | None = None
    evidence: str | None = None
    why: str | None = None
    parents: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Op:
    """One accepted entry of the school's log about one roll.

    `taken_at` is the corrected and clamped capture instant (rule D5), `seq` the place in the
    school's log: only for telling the story, never for deciding (rule F1).
    """

    op_id: UUID
    kind: Kind
    author: UUID
    rank: Rank
    device_id: UUID
    taken_at: datetime
    observations: tuple[Observation, ...]
    received_at: datetime | None = None
    seq: int = 0


class Note(NamedTuple):
    """Words that somebody added to a mark; never overwritten."""

    op_id: UUID
    text: str


class Mark(NamedTuple):
    """One student's line on the folded roll. A tuple, because thirty are made for a roll.

    `presence` stands; `seen` is the staff lane, `ruled` the office lane; `heads` are the ops that
    nobody has superseded (all registers but notes; an op that names them all settles the mark),
    `stands_by` the op whose presence stands, `why` the rule that chose it where there was a choice.
    """

    student_id: UUID
    presence: Presence | None
    stands_by: UUID | None = None
    seen: Presence | None = None
    seen_by: UUID | None = None
    ruled: Presence | None = None
    ruled_by: UUID | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    reason: str | None = None
    excused: bool | None = None
    evidence: str | None = None
    heads: tuple[UUID, ...] = ()
    flags: frozenset[Flag] = frozenset()
    notes: tuple[Note, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """All that was observed and ruled about one meeting, folded.

    `marks` are of students on the roster, `not_enrolled` of everybody else (rule F10), both sorted
    by student id; `unmarked` are the students of the roster whose presence nobody stated;
    `first_op` is the submission with the earliest corrected capture time.
    """

    state: RollState = RollState.NOT_TAKEN
    marks: tuple[Mark, ...] = ()
    unmarked: tuple[UUID, ...] = ()
    first_op: UUID | None = None
    not_enrolled: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """When a roll opens, is due, is checked, closes and locks; minutes are from the bell (D2).

    `grace_min`: so long after it is due it counts as in time (D14). `lock_after_days`: it locks at
    `close_time` that many days later (D15); None is never.
    """

    open_before_min: int = 5
    due_after_min: int = 15
    check_after_min: int = 30
    close_time: time = time(17, 0)
    grace_min: int = 0
    lock_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class DueTimes:
    """The instants of one meeting, UTC. Up to and including `late_at` a roll is in time."""

    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    due_at: datetime
    late_at: datetime
    check_at: datetime
    closes_at: datetime
    locks_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """What is known about when a submission was taken (rules D7, D8, D12).

    `asleep_ms`: it may have been taken that much earlier. `paper`: it was copied from a sheet that
    was filled in at `stated_at`, by somebody's word.
    """

    taken_at: datetime
    uncertainty_ms: int = 0
    suspect: bool = False
    clamped: bool = False
    server_seen_at: datetime | None = None
    measured: bool = True
    asleep_ms: int = 0
    paper: bool = False
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A date of the school's calendar for a band of grades, "*" or a comma list.

    `schedule` names the bell schedule in force. `closed_from`: school ends then, in an emergency.
    """

    on: date
    instructional: bool
    schedule: str | None = None
    kind: str = "instructional"
    note: str | None = None
    day_label: str | None = None
    grades: str = "*"
    closed_from: time | None = None


@dataclass(frozen=True, slots=True)
class ClassPeriod:
    """A slot of a bell schedule; times of day in the school's zone."""

    period: str
    name: str
    starts_time: time
    ends_time: time


@dataclass(frozen=True, slots=True)
class MeetingPattern:
    """When a section meets: which period, on which weekdays (Monday 0) or day labels, from–to.

    `through` is the last class period of a double one, which has one roll.
    """

    section_id: UUID
    period: str
    weekdays: frozenset[int] = frozenset(range(7))
    day_labels: frozenset[str] = frozenset()
    begin_on: date | None = None
    end_on: date | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One section × class period × school day: what a roll is for.

    `void_note` are the school's own words about why no roll is expected; `rule_id` the rule that
    gave its times, None the usual one.
    """

    section_id: UUID
    on: date
    period: str
    period_name: str
    times: DueTimes
    expected: bool = True
    void_reason: str | None = None
    void_note: str | None = None
    policy: Policy = field(default_factory=Policy)
    rule_id: UUID | None = None
