"""Ed-Fi's attendance resources (Data Standard 5), and what references to them repeat.

Pure shapes: whose ids these are, and sending them, is the caller's business. What becomes an event
is in `edfi_section.py` and `edfi_school.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

from schemas.fields import SchoolDate
from schemas.resource import Resource
from sync.codes import Code

CATEGORY = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#"
ENVIRONMENT = "uri://ed-fi.org/EducationalEnvironmentDescriptor#"
TARDY, LEFT, PARTIAL = "Tardy", "Early departure", "Partial"
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


def event(category: str, duration: str, lasted: int | None) -> dict[str, Any]:
    """What an event is and how many minutes it lasted, where anybody knows."""
    return {"attendance_event_category_descriptor": CATEGORY + category, duration: lasted}


def reason_of(reason: Code | None) -> dict[str, Any]:
    """The reason's words in English and its setting. A confidential one leaves no word behind."""
    if reason is None:
        return {}
    setting = reason.environment
    words = None if reason.confidential else reason.label.get("en")
    return {
        "attendance_event_reason": words,
        "educational_environment_descriptor": None if setting is None else ENVIRONMENT + setting,
    }


def dump(shape: type[Schema], facts: dict[str, Any]) -> dict[str, Any]:
    """As JSON, without what is not known."""
    told = {name: value for name, value in facts.items() if value not in (None, [])}
    dumped: dict[str, Any] = shape().dump(told)
    return dumped
