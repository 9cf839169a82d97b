"""Ops that wait for a person: the list, one of them, and what somebody decides about it."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.board import Counts
from schemas.fields import Exactly, Instant, QueryNumber, SchoolDate, Text, Uuid, Word
from schemas.history import HistoryMark, HistoryStudent
from schemas.people import By
from schemas.push import MOST_MARKS
from schemas.resolution import Resolution
from schemas.resource import Resource
from schemas.roll import Roll


class Choice(StrEnum):
    """What may be done about a held op: its word becomes the office's, it is left out for good, or
    it is judged once more by what the school knows now."""

    TAKE_OVER = "take_over"
    SET_ASIDE = "set_aside"
    HEAR_AGAIN = "hear_again"


class HeldItem(Resource):
    """An op that waits for a person, or waited and was resolved.

    `detail` says why in words for the reader; `counts` are of what it states, `students` the name
    where it speaks of one student only.
    """

    type = Exactly("held")
    seq = fields.Integer(required=True)
    op_id = Uuid(required=True)
    roll_id = Uuid(required=True, allow_none=True)
    reason = fields.String(required=True)
    detail = fields.String(required=True)
    author = fields.Nested(By, required=True, allow_none=True)
    taken_at = Instant(required=True)
    received_at = Instant(required=True)
    section_title = fields.String(required=True, allow_none=True)
    on = SchoolDate(required=True, allow_none=True)
    period_name = fields.String(required=True, allow_none=True)
    device_label = fields.String(required=True, allow_none=True)
    marks_count = fields.Integer(required=True)
    counts = fields.Nested(Counts, required=True)
    students = fields.String(required=True)
    resolution = fields.Nested(Resolution, required=True, allow_none=True)


class HeldQuery(Resource):
    """Those that wait, or with `resolved=1` the last two hundred that waited."""

    resolved = QueryNumber(validate=validate.Range(0, 1))


class Held(Resource):
    """What waits for a person, oldest first; what was resolved, newest first."""

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    held = fields.List(fields.Nested(HeldItem), required=True)


class HeldDetail(Resource):
    """One held op with what it says, the roll as it stands, and what may be done.

    `why_not` says in words why it cannot be taken over, where it cannot.
    """

    item = fields.Nested(HeldItem, required=True)
    students = fields.List(fields.Nested(HistoryStudent), required=True)
    marks = fields.List(fields.Nested(HistoryMark), required=True)
    roll = fields.Nested(Roll, required=True, allow_none=True)
    choices = fields.List(Word(Choice), required=True)
    why_not = fields.String(required=True, allow_none=True)


class Resolve(Resource):
    """What to do about a held op, and why.

    To take it over `op_id` is needed, a UUIDv7 made by the client: of the op that is made of it.
    `students`: only these are taken over; all when left out.
    """

    how = Word(Choice, required=True)
    why = Text(least=1, most=500, required=True)
    op_id = Uuid()
    students = fields.List(Uuid(), validate=validate.Length(min=1, max=MOST_MARKS))
