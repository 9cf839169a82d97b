"""Where people disagree about a presence: who stands, and what a person should look at (F4–F8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sync.heads import Line, Seen
from sync.lanes import RANKS, SIGHTINGS, Lane, by_person
from sync.model import Flag, Presence, Why


@dataclass(frozen=True, slots=True)
class Presences:
    """The two presence lanes of one student, and the times that the front desk recorded."""

    staff: Lane
    office: Lane
    seen: Seen
    arrived_at: datetime | None
    left_at: datetime | None

    @property
    def ruled(self) -> Presence | None:
        """What the office says; None where it said nothing or released its word."""
        return said(self.office.stands)

    @property
    def stands(self) -> Line | None:
        """The line whose presence stands: the office's before the staff's (rule F5)."""
        return self.staff.stands if self.ruled is None else self.office.stands


def said(line: Line | None) -> Presence | None:
    """The presence that a line states, if any."""
    return None if line is None else line.said.presence


def office_saw(case: Presences) -> frozenset[UUID]:
    """The ops that somebody in the office knew of when ruling what stands now."""
    if case.ruled is None:
        return frozenset()
    agreeing = (one.op.op_id for one in case.office.heads if said(one) is case.ruled)
    return frozenset().union(*(case.seen[op_id] for op_id in agreeing))


def is_explained(line: Line, case: Presences) -> bool:
    """Whether the office's word tells how a differing earlier observation was true (rule F5.3)."""
    observed, taken_at = said(line), line.op.taken_at
    if observed is Presence.ABSENT and case.ruled is Presence.ELSEWHERE:
        return True
    if observed is Presence.ABSENT and case.ruled in SIGHTINGS:
        return case.arrived_at is not None and taken_at < case.arrived_at
    if observed in SIGHTINGS and case.ruled is Presence.LEFT_EARLY:
        return case.left_at is not None and taken_at < case.left_at
    return False


def disputed(case: Presences) -> set[Presence | None]:
    """The presences that stand against each other and that nobody has settled."""
    if case.ruled is None:
        return {said(line) for line in case.staff.candidates}
    known = office_saw(case)
    unsettled = (
        line
        for line in case.staff.candidates
        if line.op.op_id not in known and not is_explained(line, case)
    )
    return {said(line) for line in (*case.office.candidates, *unsettled)}


def flags_of(case: Presences) -> Iterable[Flag]:
    """What a person should look at in the presence of this student."""
    against = disputed(case)
    if len(against) > 1:
        yield Flag.CONTESTED
        if Presence.ABSENT in against and against & SIGHTINGS:
            yield Flag.SAFETY
    known = office_saw(case)
    for lane in (case.staff, case.office):
        if any(_is_open(own, known) for own in by_person(lane.heads)):
            yield Flag.OWN_DEVICES


def _is_open(own: list[Line], known: frozenset[UUID]) -> bool:
    differ = len({said(line) for line in own}) > 1
    return differ and not all(line.op.op_id in known for line in own)


def why_it_stands(case: Presences) -> Why | None:
    """Which rule chose, where there was a choice."""
    if case.ruled is None:
        return _why_in_lane(case.staff)
    against = [line for line in case.staff.candidates if said(line) is not case.ruled]
    if not against:
        return _why_in_lane(case.office)
    explained = all(is_explained(line, case) for line in against)
    return Why.EXPLAINED if explained else Why.OFFICE_STANDS


def _why_in_lane(lane: Lane) -> Why | None:
    if lane.stands is None:
        return None
    stated, rank = said(lane.stands), RANKS[lane.stands.op.rank]
    against = [RANKS[one.op.rank] for one in lane.candidates if said(one) is not stated]
    if against:
        return Why.OTHER_TEACHER_STANDS if rank > max(against) else Why.SIGHTING_STANDS
    return Why.OWN_LATER if any(said(one) is not stated for one in lane.heads) else None
