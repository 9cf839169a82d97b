"""What happened at Alder Creek before today's bell: who took which roll when, and what they saw.

Pure, and the same each time: chance is seeded by the roll, the student and the date, so a student
who is ill is ill in every period of the day.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from server.demo.school import DAILY_PERIOD, SEED

FIRST_PERIODS = (DAILY_PERIOD, "1")


@dataclass(frozen=True)
class PastMeeting:
    """A meeting whose bell has rung; teachers' staff ids, the one of record first."""

    roll_id: UUID
    section: str
    on: date
    period: str
    starts_at: datetime
    due_at: datetime
    teachers: tuple[UUID, ...]
    students: tuple[UUID, ...]
    known: frozenset[UUID]


@dataclass(frozen=True)
class Sent:
    """What one person sent for one roll; `after` are the ops on it that the author had seen.

    `why` are the words of a ruling; `held`: why the school keeps it for the office.
    """

    op_id: UUID
    meeting: PastMeeting
    author: UUID
    taken_at: datetime
    received_at: datetime
    marks: tuple[tuple[UUID, str, datetime | None], ...]
    after: tuple[UUID, ...] = ()
    kind: str = "submit"
    why: str = ""
    held: str | None = None


@dataclass(frozen=True)
class Stories:
    """What is to be found by whoever looks: meetings by (section, date)."""

    contested: frozenset[tuple[str, date]] = frozenset()
    corrected: frozenset[tuple[str, date]] = frozenset()
    came_later: frozenset[tuple[str, date]] = frozenset()
    late: frozenset[tuple[str, date]] = frozenset()
    not_taken: frozenset[tuple[str, date]] = frozenset()
    differ: frozenset[tuple[str, date]] = frozenset()
    """Two teachers saw the same student come, at different times."""
    ruled: frozenset[tuple[str, date]] = frozenset()
    """The office put one mark right, with a word why."""
    stood_in: frozenset[tuple[str, date]] = frozenset()
    """Not taken by its teacher; a colleague did, whom the school does not know there: held."""
    stranger: frozenset[tuple[str, date]] = frozenset()
    """A student of another class was seen, and is held for the office."""
    away: frozenset[tuple[str, date]] = frozenset()
    """Their teacher went home; a substitute has a day pass for them."""
    for_you: frozenset[tuple[str, date]] = field(default=frozenset())
    """Left for whoever tries the demo."""


@dataclass(frozen=True)
class Around:
    """What a meeting's story needs beyond it: the other meetings, and who sits at the desk."""

    meetings: Sequence[PastMeeting]
    desk: UUID | None

    def colleague(self, of: PastMeeting) -> UUID:
        """Somebody who teaches that day, but not this class."""
        others = (one for one in self.meetings if one.on == of.on and one.period != of.period)
        return next(one.teachers[-1] for one in others if not {*one.teachers} & {*of.teachers})

    def student(self, of: PastMeeting) -> UUID:
        """A student who is not in this class."""
        others = (one for one in self.meetings if not {*one.students} & {*of.students})
        return next(one.students[0] for one in others)


def remember(
    meetings: Sequence[PastMeeting], stories: Stories, until: datetime, desk: UUID | None = None
) -> list[Sent]:
    """Everything that was received until then, in the order it came; `desk` is the office's."""
    around = Around(meetings, desk)
    sent = [one for meeting in meetings for one in _of_meeting(meeting, stories, around)]
    arrived = [one for one in sent if one.received_at <= until]
    return sorted(arrived, key=lambda one: (one.received_at, one.op_id))


def _of_meeting(meeting: PastMeeting, stories: Stories, around: Around) -> Iterator[Sent]:
    key = (meeting.section, meeting.on)
    chance = _chance(meeting.roll_id)
    if key in stories.stood_in:
        yield _stood_in(meeting, chance, around)
    if key in stories.for_you | stories.not_taken | stories.away:
        return
    if key in stories.contested:
        yield from _contested(meeting, chance, "absent")
    elif key in stories.differ:
        yield from _contested(meeting, chance, "late")
    elif key in stories.ruled:
        yield from _ruled(meeting, chance, around)
    elif key in stories.stranger:
        yield from _stranger(meeting, chance, around)
    elif key in stories.corrected:
        yield from _corrected(meeting, chance)
    else:
        yield from _ordinary(meeting, stories, chance)


def _ordinary(meeting: PastMeeting, stories: Stories, chance: random.Random) -> Iterator[Sent]:
    key, fate = (meeting.section, meeting.on), chance.random()
    if key in stories.came_later or 0.955 < fate <= 0.975:
        yield _taken(meeting, chance, came_after_min=chance.randint(35, 90))
    elif key in stories.late or 0.915 < fate <= 0.955:
        yield _taken(meeting, chance, taken_after_min=chance.randint(17, 44))
    elif fate <= 0.985:
        yield _taken(meeting, chance)


def _taken(
    meeting: PastMeeting,
    chance: random.Random,
    *,
    taken_after_min: float | None = None,
    came_after_min: float = 0,
) -> Sent:
    minutes = taken_after_min or chance.triangular(1.5, 14.0, 5.0)
    taken_at = meeting.starts_at + timedelta(seconds=round(minutes * 60))
    received_at = taken_at + timedelta(
        minutes=came_after_min, milliseconds=chance.randint(300, 2400)
    )
    marks = tuple(_mark(meeting, student, taken_at) for student in meeting.students)
    return Sent(
        _op_id(chance, taken_at), meeting, meeting.teachers[0], taken_at, received_at, marks
    )


def _corrected(meeting: PastMeeting, chance: random.Random) -> Iterator[Sent]:
    """A student marked absent came in after all: late, eleven minutes after the bell."""
    first = _taken(meeting, chance, taken_after_min=6)
    late = meeting.students[chance.randrange(8, len(meeting.students))]
    arrived_at = meeting.starts_at + timedelta(minutes=11)
    taken_at = arrived_at + timedelta(seconds=40)
    yield _saw(first, {late: ("absent", None)})
    yield Sent(
        _op_id(chance, taken_at),
        meeting,
        first.author,
        taken_at,
        taken_at + timedelta(seconds=1),
        ((late, "late", arrived_at),),
        (first.op_id,),
    )


def _contested(meeting: PastMeeting, chance: random.Random, says: str) -> Iterator[Sent]:
    """Two teachers of one room, neither with a network: absent (or late), says one; here, says
    the other."""
    first = _taken(meeting, chance, taken_after_min=4, came_after_min=21)
    second = _taken(meeting, chance, taken_after_min=5, came_after_min=19)
    missed = meeting.students[chance.randrange(8, len(meeting.students))]
    came = meeting.starts_at + timedelta(minutes=3) if says == "late" else None
    yield _saw(first, {missed: (says, came)})
    yield replace(_saw(second, {missed: ("present", None)}), author=meeting.teachers[-1])


def _ruled(meeting: PastMeeting, chance: random.Random, around: Around) -> Iterator[Sent]:
    """Marked absent; the front desk had signed the student in."""
    first = _taken(meeting, chance, taken_after_min=6)
    late = meeting.students[chance.randrange(8, len(meeting.students))]
    yield _saw(first, {late: ("absent", None)})
    if around.desk is None:
        return
    came, ruled = (meeting.starts_at + timedelta(minutes=after) for after in (22, 37))
    yield Sent(
        _op_id(chance, ruled), meeting, around.desk, ruled, ruled + timedelta(seconds=1),
        ((late, "late", came),), (first.op_id,), "rule",
        "Signed in at the front desk with a slip from the dentist.",
    )  # fmt: skip


def _stood_in(meeting: PastMeeting, chance: random.Random, around: Around) -> Sent:
    taken = _taken(meeting, chance, taken_after_min=5)
    return replace(taken, author=around.colleague(meeting), held="unknown_roll")


def _stranger(meeting: PastMeeting, chance: random.Random, around: Around) -> Iterator[Sent]:
    """Somebody sat in the room who is not on its list."""
    first = _taken(meeting, chance, taken_after_min=4)
    yield first
    seen = first.taken_at + timedelta(minutes=9)
    yield Sent(
        _op_id(chance, seen), meeting, first.author, seen, seen + timedelta(seconds=1),
        ((around.student(meeting), "present", None),), held="not_enrolled",
    )  # fmt: skip


def stand_in(meeting: PastMeeting, author: UUID, now: datetime) -> Sent:
    """The substitute's roll, taken three minutes after the bell at the latest now."""
    taken = _taken(meeting, _chance(meeting.roll_id, meeting.on), taken_after_min=3)
    return replace(taken, author=author, taken_at=min(taken.taken_at, now), received_at=now)


def _saw(sent: Sent, instead: dict[UUID, tuple[str, datetime | None]]) -> Sent:
    marks = tuple((mark[0], *instead.get(mark[0], mark[1:])) for mark in sent.marks)
    return replace(sent, marks=marks)


def _mark(
    meeting: PastMeeting, student: UUID, taken_at: datetime
) -> tuple[UUID, str, datetime | None]:
    """Absent by the day, now and then late to the first period or gone after the fourth."""
    day = _chance(student, meeting.on)
    ill, slow, gone = day.random() < 0.035, day.random() < 0.03, day.random() < 0.008
    minutes = day.randint(3, 14)
    if student in meeting.known or ill or (gone and meeting.period in {"5", "6", "7"}):
        return student, "absent", None
    if slow and meeting.period in FIRST_PERIODS:
        return student, "late", min(meeting.starts_at + timedelta(minutes=minutes), taken_at)
    return student, "present", None


def _op_id(chance: random.Random, at: datetime) -> UUID:
    """A UUIDv7 as a tablet makes it, but from seeded chance."""
    value = int(at.timestamp() * 1000) << 80 | chance.getrandbits(80)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def _chance(*seeds: UUID | date) -> random.Random:
    return random.Random(f"{SEED}/{'/'.join(map(str, seeds))}")  # noqa: S311 - the same each time
