"""A student's day as Ed-Fi's events, a category each (T18.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any

from schemas.edfi import (
    EXCUSED,
    HERE,
    LEFT,
    PARTIAL,
    TARDY,
    UNEXCUSED,
    Session,
    StudentSchoolAttendanceEvent,
    dump,
    event,
    reason_of,
)
from sync.codes import Authorised, Code, Special
from sync.day import Day, Missed, Outcome
from sync.intervals import minutes

LASTED = "school_attendance_duration"


def school_events(
    session: Session,
    student_unique_id: str,
    day: Day,
    reason: Code | None = None,
    excuse: Authorised | None = None,
    *,
    positive: bool = False,
) -> list[dict[str, Any]]:
    """What a student's day is in Ed-Fi (T18.2), each category once. `reason` is that of the whole
    day, where it has one; `excuse` stands for the day's own where it lapsed (T11)."""
    common = {
        "event_date": day.on,
        "student_reference": {"student_unique_id": student_unique_id},
        "school_reference": {"school_id": session.school_id},
        "session_reference": session.names(),
        **reason_of(reason),
    }
    told = ({**common, **one} for one in _of_day(session, day, excuse, positive=positive))
    return [dump(StudentSchoolAttendanceEvent, one) for one in told]


def _of_day(
    session: Session, day: Day, excuse: Authorised | None, *, positive: bool
) -> Iterator[dict[str, Any]]:
    if day.special is Special.INDEPENDENT_STUDY or day.attended is None:
        return
    if day.outcome is Outcome.FULL_DAY:
        excused = (excuse or day.excuse) is Authorised.YES
        category = EXCUSED if excused else UNEXCUSED
        yield event(category, LASTED, day.missed_min) | {"event_duration": 1.0}
        return
    if positive or day.special is Special.IN_SCHOOL_SUSPENSION:
        yield event(HERE, LASTED, day.taken_min - day.missed_min)
    yield from _of_parts(session, day)


def _of_parts(session: Session, day: Day) -> Iterator[dict[str, Any]]:
    """Came late, left early and was away between, each once: what is missed from the first bell on,
    up to the last, and the rest."""
    runs = list(_runs(day.missed))
    first = runs.pop(0) if runs and runs[0][0].from_at == day.begins_at else []
    last = runs.pop() if runs and runs[-1][-1].to_at == day.ends_at else []
    if first:
        arrival = {"arrival_time": session.here(first[-1].to_at)}
        yield _part(TARDY, first, day) | arrival
    if last:
        departure = {"departure_time": session.here(last[0].from_at)}
        yield _part(LEFT, last, day) | departure
    if runs:
        yield _part(PARTIAL, [one for run in runs for one in run], day)


def _runs(missed: Iterable[Missed]) -> Iterator[list[Missed]]:
    run: list[Missed] = []
    for one in missed:
        if run and not one.follows:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _part(category: str, missed: Sequence[Missed], day: Day) -> dict[str, Any]:
    lost = minutes(sum((one.to_at - one.from_at for one in missed), timedelta()))
    share = Fraction(lost, day.taken_min) if day.taken_min else Fraction(0)
    return event(category, LASTED, lost) | {"event_duration": float(round(share, 2))}
