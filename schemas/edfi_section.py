"""A taken roll and its marks as Ed-Fi's events (T18, T18.1). Only what a roll says becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas.edfi import (
    EXCUSED,
    HERE,
    LEFT,
    TARDY,
    UNEXCUSED,
    Section,
    SectionAttendanceTakenEvent,
    Session,
    StudentSectionAttendanceEvent,
    dump,
    event,
    reason_of,
)
from sync.codes import Authorised, Special, Where
from sync.intervals import minutes
from sync.model import Presence
from sync.period import PeriodMark, is_scheduled, judged, minutes_early, minutes_late

LASTED = "section_attendance_duration"


def taken_event(
    section: Section, on: date, submitted_on: date, staff_unique_id: str | None = None
) -> dict[str, Any]:
    """That a roll was taken (T18). `submitted_on` is the school date of its first receipt, which
    may be later than the date that it is of."""
    facts: dict[str, Any] = {
        "calendar_date_reference": {
            "school_id": section.session.school_id,
            "school_year": section.session.school_year,
            "calendar_code": section.session.calendar_code,
            "date": on,
        },
        "section_reference": section.names(),
        "event_date": submitted_on,
    }
    if staff_unique_id is not None:
        facts["staff_reference"] = {"staff_unique_id": staff_unique_id}
    return dump(SectionAttendanceTakenEvent, facts)


def section_events(
    section: Section, student_unique_id: str, on: date, mark: PeriodMark, *, positive: bool = False
) -> list[dict[str, Any]]:
    """What one mark is in Ed-Fi (T18.1): nothing where nobody knows or nobody expected the student,
    two events of who came late and left early. Who was simply there is told only if `positive`,
    since the taken event says so already."""
    if not mark.known or not is_scheduled(mark):
        return []
    common = {
        "event_date": on,
        "student_reference": {"student_unique_id": student_unique_id},
        "section_reference": section.names(),
        "class_periods": [
            {
                "class_period_reference": {
                    "school_id": section.session.school_id,
                    "class_period_name": name,
                }
            }
            for name in section.class_periods
        ],
        **reason_of(mark.reason),
    }
    told = ({**common, **facts} for facts in _of_mark(section.session, mark, positive=positive))
    return [dump(StudentSectionAttendanceEvent, one) for one in told]


def _of_mark(session: Session, mark: PeriodMark, *, positive: bool) -> Iterator[dict[str, Any]]:
    if mark.presence is Presence.ABSENT:
        category = _of_absence(mark)
        if category is not None:
            yield _lasting(category, mark)
    elif mark.presence in {Presence.LATE, Presence.LEFT_EARLY}:
        if mark.presence is Presence.LATE or mark.arrived_at is not None:
            yield _came(session, mark)
        if mark.presence is Presence.LEFT_EARLY or mark.left_at is not None:
            yield _went(session, mark)
    elif positive or (mark.reason is not None and mark.reason.environment is not None):
        yield _lasting(HERE, mark)


def _lasting(category: str, mark: PeriodMark) -> dict[str, Any]:
    return event(category, LASTED, minutes(mark.ends_at - mark.starts_at))


def _came(session: Session, mark: PeriodMark) -> dict[str, Any]:
    at = mark.arrived_at
    missed = None if at is None else minutes_late(mark.starts_at, at)
    return event(TARDY, LASTED, missed) | {"arrival_time": session.here(at)}


def _went(session: Session, mark: PeriodMark) -> dict[str, Any]:
    at = mark.left_at
    missed = None if at is None else minutes_early(mark.ends_at, at)
    return event(LEFT, LASTED, missed) | {"departure_time": session.here(at)}


def _of_absence(mark: PeriodMark) -> str | None:
    """The category of a mark that says absent; none for independent study, which is none."""
    reason = mark.reason
    if reason is not None and (
        reason.special is Special.INDEPENDENT_STUDY or reason.where is Where.NOT_EXPECTED
    ):
        return None
    if mark.excused is None and reason is not None and reason.edfi is not None:
        return reason.edfi
    return EXCUSED if judged(mark) is Authorised.YES else UNEXCUSED
