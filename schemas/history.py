"""One roll with everything that ever reached it."""

from marshmallow import fields

from schemas.fields import Instant, SchoolDate, Uuid, Word
from schemas.people import By
from schemas.push import Source
from schemas.resolution import Resolution
from schemas.resource import Resource
from schemas.roll import Roll
from schemas.words import Outcome, Presence, Timeliness


class HistoryQuery(Resource):
    """As it was known at an instant; as it is known now when left out."""

    as_of = Instant()


class HistorySection(Resource):
    """The section that the roll is of."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)
    course = fields.String(required=True, allow_none=True)
    room = fields.String(required=True, allow_none=True)


class HistoryStudent(Resource):
    """A student who occurs in the roll."""

    student_id = Uuid(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)


class HistoryMark(Resource):
    """What one entry said of one student. `incident` names what days belong together under the
    reason's cap, `noticed_on` the date on which the school was told."""

    student_id = Uuid(required=True)
    presence = Word(Presence, allow_none=True)
    arrived_at = Instant(allow_none=True)
    left_at = Instant(allow_none=True)
    note = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    excused = fields.Boolean(allow_none=True)
    evidence = fields.String(allow_none=True)
    incident = fields.String(allow_none=True)
    noticed_on = SchoolDate(allow_none=True)
    why = fields.String(allow_none=True)


class HistoryEntry(Resource):
    """One op: who, on what device, when taken and when received, and what became of it.

    `heard_at`: since when it counts on the record, null where it never did. `marks` of an op that
    was held are what it said. `why`: what somebody gave as the reason to reopen the roll.
    """

    op_id = Uuid(required=True)
    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    author = fields.Nested(By, required=True, allow_none=True)
    device_label = fields.String(required=True, allow_none=True)
    taken_at = Instant(required=True)
    received_at = Instant(required=True)
    outcome = Word(Outcome, required=True)
    reason = fields.String(required=True, allow_none=True)
    timeliness = Word(Timeliness, required=True, allow_none=True)
    clock_note = fields.String(required=True, allow_none=True)
    source = fields.Nested(Source, required=True, allow_none=True)
    resolution = fields.Nested(Resolution, required=True, allow_none=True)
    heard_at = Instant(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    marks = fields.List(fields.Nested(HistoryMark), required=True)


class History(Resource):
    """A roll and its entries in the order they were received.

    `as_of` and `roster_as_of` as on the board.
    """

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    as_of = Instant(required=True, allow_none=True)
    roster_as_of = Instant(required=True, allow_none=True)
    roll = fields.Nested(Roll, required=True)
    section = fields.Nested(HistorySection, required=True)
    students = fields.List(fields.Nested(HistoryStudent), required=True)
    entries = fields.List(fields.Nested(HistoryEntry), required=True)
