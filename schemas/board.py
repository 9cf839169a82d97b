"""The office's board: one day of a school at a glance."""

from marshmallow import fields, validate

from schemas.calendar import Day
from schemas.fields import Instant, SchoolDate, TrueFalse, Uuid, Word
from schemas.people import SchoolFacts
from schemas.resource import Resource
from schemas.roll import RollFacts
from schemas.words import TabletState, Way

MOST_CALLS = 50


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
    check_at = Instant(required=True)


class TeacherPlace(Resource):
    """Who to call, and where."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    extension = fields.String(required=True, allow_none=True)


class BoardTeacher(TeacherPlace):
    """A row of the board. `seen_at`: when a tablet of theirs was last heard of on that day.

    `reach`: by which way they are reminded, and why so in a sentence; null for the past.
    """

    seen_at = Instant(required=True, allow_none=True)
    reach = Word(Way, required=True, allow_none=True)
    reach_why = fields.String(required=True, allow_none=True)


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


class CountedRoll(RollFacts):
    """A roll counted, without names; `unmarked_count` is 0 while it is not taken."""

    by_name = fields.String(required=True, allow_none=True)
    unmarked_count = fields.Integer(required=True)
    counts = fields.Nested(Counts, required=True)


class Reminded(Resource):
    """How often teachers were reminded of a roll, and when last."""

    count = fields.Integer(required=True)
    last_at = Instant(required=True, allow_none=True)


class OnTablet(Resource):
    """What a tablet says of a roll that the school lacks; `at` is when it last said so.

    `taken_at`: since when the roll is saved there, with `waiting`.
    """

    state = Word(TabletState, required=True)
    at = Instant(required=True)
    taken_at = Instant(required=True, allow_none=True)


class Called(Resource):
    """Who called about a roll, and when."""

    by_name = fields.String(required=True)
    at = Instant(required=True)


class BoardRoll(CountedRoll):
    """A roll on the board, with what is known beside it."""

    reminded = fields.Nested(Reminded, required=True)
    tablet = fields.Nested(OnTablet, required=True, allow_none=True)
    called = fields.Nested(Called, required=True, allow_none=True)


class Board(Resource):
    """Who has submitted on a day, by period and teacher.

    `as_of`: the past instant that it shows, null for the present. `roster_as_of`: since when the
    newest roster shown is known; null where a section's is today's, because no older one is kept.
    `aside` counts how often something changed that stands beside the rolls.
    """

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    aside = fields.Integer(required=True)
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


class AsideQuery(Resource):
    """Which school date; today at the school when left out."""

    on = SchoolDate()


class AsideRoll(Resource):
    """What is known beside one roll."""

    roll_id = Uuid(required=True)
    reminded = fields.Nested(Reminded, required=True)
    tablet = fields.Nested(OnTablet, required=True, allow_none=True)
    called = fields.Nested(Called, required=True, allow_none=True)


class AsideSeen(Resource):
    """When a tablet of somebody was last heard of."""

    staff_id = Uuid(required=True)
    at = Instant(required=True)


class Aside(Resource):
    """What stands beside the rolls of a day; of rolls that it leaves out there is nothing to say.

    It changes without the rolls; `aside` in the feed's answer says when to ask for it again.
    """

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    on = SchoolDate(required=True)
    aside = fields.Integer(required=True)
    rolls = fields.List(fields.Nested(AsideRoll), required=True)
    seen = fields.List(fields.Nested(AsideSeen), required=True)


class NewCalls(Resource):
    """Rolls that somebody of the office called about; `undo`: nobody did after all."""

    roll_ids = fields.List(Uuid(), required=True, validate=validate.Length(min=1, max=MOST_CALLS))
    undo = TrueFalse()


class RollCalled(Resource):
    """Who called about a roll, if anybody."""

    roll_id = Uuid(required=True)
    called = fields.Nested(Called, required=True, allow_none=True)


class Calls(Resource):
    """What stands of the rolls that were named."""

    calls = fields.List(fields.Nested(RollCalled), required=True)
