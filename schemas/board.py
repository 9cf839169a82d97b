"""The office's board: one day of a school at a glance."""

from marshmallow import fields

from schemas.calendar import Day
from schemas.fields import Instant, SchoolDate, Uuid
from schemas.people import SchoolFacts
from schemas.resource import Resource
from schemas.roll import RollFacts


class BoardQuery(Resource):
    """Which school date, today at the school when left out; as it was known at an instant."""

    on = SchoolDate()
    as_of = Instant()


class Period(Resource):
    """A class period of the day and when its rolls are due."""

    period = fields.String(required=True)
    name = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    due_at = Instant(required=True)


class BoardTeacher(Resource):
    """Who to call, and where."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    extension = fields.String(required=True, allow_none=True)


class BoardSection(Resource):
    """A section on the board; `count` is how many students are enrolled on the day."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    teacher_ids = fields.List(Uuid(), required=True)
    count = fields.Integer(required=True)


class Counts(Resource):
    """How many students of a roll stand as what."""

    present = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left_early = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)


class BoardRoll(RollFacts):
    """A roll on the board: counted, without names; `unmarked_count` is 0 while it is not taken."""

    by_name = fields.String(required=True, allow_none=True)
    unmarked_count = fields.Integer(required=True)
    counts = fields.Nested(Counts, required=True)


class Board(Resource):
    """Who has submitted on a day, by period and teacher.

    `as_of`: the past instant that it shows, null for the present. `roster_as_of`: since when the
    newest roster shown is known; null where a section's is today's, because no older one is kept.
    """

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    as_of = Instant(required=True, allow_none=True)
    roster_as_of = Instant(required=True, allow_none=True)
    cursor = fields.String(required=True)
    on = SchoolDate(required=True)
    day = fields.Nested(Day, required=True)
    school = fields.Nested(SchoolFacts, required=True)
    periods = fields.List(fields.Nested(Period), required=True)
    teachers = fields.List(fields.Nested(BoardTeacher), required=True)
    sections = fields.List(fields.Nested(BoardSection), required=True)
    rolls = fields.List(fields.Nested(BoardRoll), required=True)
