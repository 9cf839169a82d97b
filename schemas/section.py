"""A section: who is on the roll, and who takes it."""

from marshmallow import fields

from schemas.fields import Exactly, Instant, SchoolDate, Uuid
from schemas.resource import Resource


class Student(Resource):
    """A student in a section. `end_on` is the last day on the roll. `begin_at` and `end_at` are
    instants on the first and the last day, where it is known that she came or left during it: she
    is on the rolls of the meetings that begin in between (F10.3)."""

    student_id = Uuid(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    begin_on = SchoolDate(required=True, allow_none=True)
    end_on = SchoolDate(required=True, allow_none=True)
    begin_at = Instant()
    end_at = Instant()


class Teacher(Resource):
    """A teaching assignment: primary, co_teacher or substitute, from–to."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    begin_on = SchoolDate(required=True, allow_none=True)
    end_on = SchoolDate(required=True, allow_none=True)


class Section(Resource):
    """A group taught a course, with its dated roster."""

    type = Exactly("section")
    section_id = Uuid(required=True)
    seq = fields.Integer(required=True)
    title = fields.String(required=True)
    course = fields.String(required=True, allow_none=True)
    room = fields.String(required=True, allow_none=True)
    roster_rev = fields.Integer(required=True)
    active = fields.Boolean(required=True)
    teachers = fields.List(fields.Nested(Teacher), required=True)
    students = fields.List(fields.Nested(Student), required=True)
