"""When a student came or left during a day: the instant that a roster of dates does not tell."""

from enum import StrEnum

from marshmallow import fields

from schemas.fields import Instant, SchoolDate, Uuid, Word
from schemas.resource import Resource


class CameOrLeft(StrEnum):
    """Which end of an enrollment an instant is about."""

    CAME = "came"
    LEFT = "left"


class EnrollmentTime(Resource):
    """When a student came or left on the first or the last date that the roster gives. `at` null:
    the whole of that date counts again."""

    student_id = Uuid(required=True)
    on = SchoolDate(required=True)
    what = Word(CameOrLeft, required=True)
    at = Instant(required=True, allow_none=True)


class TimedSection(Resource):
    """A section whose rolls of the date it is about."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)


class TimedEnrollment(Resource):
    """What stands then, and of which sections."""

    student_id = Uuid(required=True)
    on = SchoolDate(required=True)
    what = Word(CameOrLeft, required=True)
    at = Instant(required=True, allow_none=True)
    sections = fields.List(fields.Nested(TimedSection), required=True)
