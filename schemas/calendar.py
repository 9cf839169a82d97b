"""The school's calendar as the feed tells it."""

from marshmallow import fields

from schemas.fields import Exactly, SchoolDate, Word
from schemas.resource import Resource
from schemas.words import DayKind


class Day(Resource):
    """A school date and the bell schedule in force on it."""

    on = SchoolDate(required=True)
    kind = Word(DayKind, required=True)
    note = fields.String(required=True, allow_none=True)
    schedule = fields.String(required=True, allow_none=True)


class Calendar(Resource):
    """The dates that a device may need."""

    type = Exactly("calendar")
    seq = fields.Integer(required=True)
    days = fields.List(fields.Nested(Day), required=True)
