"""Blank roll sheets to print, a meeting each, for a day without power."""

from marshmallow import fields

from schemas.fields import Instant, SchoolDate, Text, Uuid, Word
from schemas.history import HistoryStudent
from schemas.people import SchoolFacts
from schemas.resource import Resource
from schemas.words import RollState


class SheetsQuery(Resource):
    """Which meetings: of a date (today when left out), of one section, of one period."""

    on = SchoolDate()
    section_id = Uuid()
    period = Text(most=64)


class Sheet(Resource):
    """One meeting's sheet; `known` are students whose absence is known ahead."""

    roll_id = Uuid(required=True)
    section_title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    starts_at = Instant(required=True)
    due_at = Instant(required=True)
    teacher_names = fields.List(fields.String(), required=True)
    students = fields.List(fields.Nested(HistoryStudent), required=True)
    known = fields.List(Uuid(), required=True)
    state = Word(RollState, required=True)


class Sheets(Resource):
    """The sheets of a date in the order of the bells."""

    on = SchoolDate(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    sheets = fields.List(fields.Nested(Sheet), required=True)
