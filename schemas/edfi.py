"""Attendance as Ed-Fi's resources (Data Standard 5): a taken roll, a mark, a student's day.

Pure mapping: whose ids these are, and sending them, is the caller's business. Only what a roll says
becomes an event; of a roll that nobody took there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

from schemas.fields import SchoolDate
from schemas.resource import Resource
from sync.codes import Authorised, Code, Special, Where
from sync.day import (
    Day,
    Missed,
    Outcome,
    PeriodMark,
    is_scheduled,
    judged,
    minutes_early,
    minutes_late,
)
from sync.intervals import minutes
from sync.model import Presence

CATEGORY = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#"
ENVIRONMENT = "uri://ed-fi.org/EducationalEnvironmentDescriptor#"
TARDY, LEFT, PARTIAL = "Tardy", "Early departure", "Partial"
OF_SECTION, OF_SCHOOL = "section_attendance_duration", "school_attendance_duration"
HERE, EXCUSED, UNEXCUSED = "In Attendance", "Excused Absence", "Unexcused Absence"


class Shape(Resource):
    """An Ed-Fi shape: names in camelCase, and what is not known is not there."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Spell a field as Ed-Fi does."""
        first, *rest = field_name.split("_")
        field_obj.data_key = first + "".join(word.capitalize() for word in rest)


class TimeOfDay(fields.Field[datetime]):
    """A time of day with seconds, in the school's zone: 08:47:00."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002 the signature is marshmallow's
        return None if value is None else value.strftime("%H:%M:00")


def text(most: int, **kwargs: Any) -> fields.String:
    """Words of at most so many characters."""
    return fields.String(validate=validate.Length(min=1, max=most), **kwargs)


class SchoolReference(Shape):
    """A school by its number."""

    school_id = fields.Integer(required=True)


class SessionReference(SchoolReference):
    """A term of a school."""

    school_year = fields.Integer(required=True)
    session_name = text(60, required=True)


class SectionReference(SessionReference):
    """A section of a term."""

    local_course_code = text(60, required=True)
    section_identifier = text(255, required=True)


class CalendarDateReference(SchoolReference):
    """A date of a school's calendar."""

    calendar_code = text(60, required=True)
    date = SchoolDate(required=True)
    school_year = fields.Integer(required=True)


class StudentReference(Shape):
    """A student by the id that the state or district gave."""

    student_unique_id = text(32, required=True)


class StaffReference(Shape):
    """A member of staff by the id that the state or district gave."""

    staff_unique_id = text(32, required=True)


class ClassPeriodReference(SchoolReference):
    """A class period of a school."""

    class_period_name = text(60, required=True)


class OfClassPeriod(Shape):
    """One of the class periods of an event."""

    class_period_reference = fields.Nested(ClassPeriodReference, required=True)


class SectionAttendanceTakenEvent(Shape):
    """A roll was taken: of which section and school date, submitted on which date, by whom."""

    calendar_date_reference = fields.Nested(CalendarDateReference, required=True)
    section_reference = fields.Nested(SectionReference, required=True)
    event_date = SchoolDate(required=True)
    staff_reference = fields.Nested(StaffReference)


class AttendanceEvent(Shape):
    """What the events of a student have in common."""

    attendance_event_category_descriptor = text(306, required=True)
    event_date = SchoolDate(required=True)
    student_reference = fields.Nested(StudentReference, required=True)
    attendance_event_reason = text(255)
    arrival_time = TimeOfDay()
    departure_time = TimeOfDay()
    educational_environment_descriptor = text(306)
    event_duration = fields.Float()


class StudentSectionAttendanceEvent(AttendanceEvent):
    """One student in one section on one date."""

    section_reference = fields.Nested(SectionReference, required=True)
    class_periods = fields.List(fields.Nested(OfClassPeriod))
    section_attendance_duration = fields.Integer()


class StudentSchoolAttendanceEvent(AttendanceEvent):
    """One student's school date, one category of it."""

    school_reference = fields.Nested(SchoolReference, required=True)
    session_reference = fields.Nested(SessionReference, required=True)
    school_attendance_duration = fields.Integer()


RESOURCES: dict[str, type[Schema]] = {
    "sectionAttendanceTakenEvents": SectionAttendanceTakenEvent,
    "studentSectionAttendanceEvents": StudentSectionAttendanceEvent,
    "studentSchoolAttendanceEvents": StudentSchoolAttendanceEvent,
}
"""The resources by the last part of their address."""


@dataclass(frozen=True, slots=True)
class Session:
    """A term of a school as Ed-Fi names it, with the school's zone for times of day."""

    school_id: int
    school_year: int
    session_name: str
    calendar_code: str
    zone: ZoneInfo

    def names(self) -> dict[str, Any]:
        """What every reference to it repeats."""
        return {
            "school_id": self.school_id,
            "school_year": self.school_year,
            "session_name": self.session_name,
        }

    def here(self, at: datetime | None) -> datetime | None:
        """An instant by the school's clock."""
        return None if at is None else at.astimezone(self.zone)


@dataclass(frozen=True, slots=True)
class Section:
    """A section as Ed-Fi names it."""

    session: Session
    local_course_code: str
    section_identifier: str
    class_periods: tuple[str, ...] = ()

    def names(self) -> dict[str, Any]:
        """Its reference."""
        return {
            **self.session.names(),
            "local_course_code": self.local_course_code,
            "section_identifier": self.section_identifier,
        }


def taken_event(
    section: Section, on: date, submitted_on: date, staff_unique_id: str | None = None
) -> dict[str, Any]:
    """That a roll was taken (T18). `submitted_on` is the school date of its first receipt, which
    may be later than the date that it is of."""
    event: dict[str, Any] = {
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
        event["staff_reference"] = {"staff_unique_id": staff_unique_id}
    return _dump(SectionAttendanceTakenEvent, event)


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
        **_reason(mark.reason),
    }
    told = ({**common, **facts} for facts in _of_mark(section.session, mark, positive=positive))
    return [_dump(StudentSectionAttendanceEvent, one) for one in told]


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
        **_reason(reason),
    }
    told = ({**common, **one} for one in _of_day(session, day, excuse, positive=positive))
    return [_dump(StudentSchoolAttendanceEvent, one) for one in told]


def natural_key(event: dict[str, Any]) -> tuple[Any, ...]:
    """What makes an event this one and no other: a student's category is part of it (T18.3)."""
    if "calendarDateReference" in event:
        parts = (event["calendarDateReference"], event["sectionReference"])
        return tuple(tuple(sorted(part.items())) for part in parts)
    where = event.get("sectionReference") or event["sessionReference"]
    who, what = event["studentReference"], event["attendanceEventCategoryDescriptor"]
    return (tuple(sorted(where.items())), who["studentUniqueId"], event["eventDate"], what)


def to_send(
    before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What has to be deleted and what to be written, so that what Ed-Fi has becomes what it should
    have: a student recoded from unexcused to excused is one of each (T18.3)."""
    had = {natural_key(one): one for one in before}
    has = {natural_key(one): one for one in after}
    gone = [one for key, one in had.items() if key not in has]
    return gone, [one for key, one in has.items() if had.get(key) != one]


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
    return _event(category, OF_SECTION, minutes(mark.ends_at - mark.starts_at))


def _came(session: Session, mark: PeriodMark) -> dict[str, Any]:
    at = mark.arrived_at
    missed = None if at is None else minutes_late(mark.starts_at, at)
    return _event(TARDY, OF_SECTION, missed) | {"arrival_time": session.here(at)}


def _went(session: Session, mark: PeriodMark) -> dict[str, Any]:
    at = mark.left_at
    missed = None if at is None else minutes_early(mark.ends_at, at)
    return _event(LEFT, OF_SECTION, missed) | {"departure_time": session.here(at)}


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


def _of_day(
    session: Session, day: Day, excuse: Authorised | None, *, positive: bool
) -> Iterator[dict[str, Any]]:
    if day.special is Special.INDEPENDENT_STUDY or day.attended is None:
        return
    if day.outcome is Outcome.FULL_DAY:
        excused = (excuse or day.excuse) is Authorised.YES
        category = EXCUSED if excused else UNEXCUSED
        yield _event(category, OF_SCHOOL, day.missed_min) | {"event_duration": 1.0}
        return
    if positive or day.special is Special.IN_SCHOOL_SUSPENSION:
        yield _event(HERE, OF_SCHOOL, day.taken_min - day.missed_min)
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
    return _event(category, OF_SCHOOL, lost) | {"event_duration": float(round(share, 2))}


def _event(category: str, duration: str, lasted: int | None) -> dict[str, Any]:
    return {"attendance_event_category_descriptor": CATEGORY + category, duration: lasted}


def _reason(reason: Code | None) -> dict[str, Any]:
    """The reason's words in English and its setting. A confidential one leaves no word behind."""
    if reason is None:
        return {}
    setting = reason.environment
    words = None if reason.confidential else reason.label.get("en")
    return {
        "attendance_event_reason": words,
        "educational_environment_descriptor": None if setting is None else ENVIRONMENT + setting,
    }


def _dump(shape: type[Schema], event: dict[str, Any]) -> dict[str, Any]:
    """As JSON, without what is not known."""
    told = {name: value for name, value in event.items() if value not in (None, [])}
    dumped: dict[str, Any] = shape().dump(told)
    return dumped
