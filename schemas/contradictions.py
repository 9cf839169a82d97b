"""What does not fit together on a day, for a person to look at."""

from enum import StrEnum

from marshmallow import fields

from schemas.fields import Instant, SchoolDate, Text, TrueFalse, Uuid, Word
from schemas.front_desk import LONGEST_NOTE, DeskStudent
from schemas.people import By, SchoolFacts
from schemas.resource import Resource
from schemas.words import Presence
from sync.finding import At, Do, FindingKind

LONGEST_KEY = 4_000


class FindingState(StrEnum):
    """What a person did about a finding: nothing yet, looked at it, or set it aside."""

    OPEN = "open"
    LOOKED_AT = "looked_at"
    SET_ASIDE = "set_aside"


class ContradictionsQuery(Resource):
    """Which school date; today at the school when left out."""

    on = SchoolDate()


class Fact(Resource):
    """One fact that a finding rests on: a mark on a roll, or a line of a desk (`what`, `place`)."""

    at = Instant(required=True)
    roll_id = Uuid(required=True, allow_none=True)
    period_name = fields.String(required=True, allow_none=True)
    section_title = fields.String(required=True, allow_none=True)
    presence = Word(Presence, required=True, allow_none=True)
    by = fields.Nested(By, required=True, allow_none=True)
    what = Word(At, required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)


class NextStep(Resource):
    """What may be done next; nothing is done by itself. `who`: the teacher to ask."""

    do = Word(Do, required=True)
    roll_id = Uuid(required=True, allow_none=True)
    section_title = fields.String(required=True, allow_none=True)
    who = fields.Nested(By, required=True, allow_none=True)
    at = Instant(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)


class Contradiction(Resource):
    """Something that does not fit together, with its evidence. `key` stays the same however much
    more is known meanwhile, so that what was looked at stays looked at."""

    key = fields.String(required=True)
    kind = Word(FindingKind, required=True)
    urgent = TrueFalse(required=True)
    students = fields.List(fields.Nested(DeskStudent), required=True)
    periods = fields.List(fields.String(), required=True)
    evidence = fields.List(fields.Nested(Fact), required=True)
    steps = fields.List(fields.Nested(NextStep), required=True)
    state = Word(FindingState, required=True)
    by = fields.Nested(By, required=True, allow_none=True)
    said_at = Instant(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class Contradictions(Resource):
    """What does not fit together on a date, the urgent first. `rolls` were taken that day: a roll
    that is not there says nothing."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    on = SchoolDate(required=True)
    rolls = fields.Integer(required=True)
    findings = fields.List(fields.Nested(Contradiction), required=True)


class QuickHabit(Resource):
    """A section whose rolls one took with everybody present within two seconds, week after week.
    `since_on` and `on` are the first and the last of these `rolls`; `shown_on`: since when it is
    known that one was shown this."""

    key = fields.String(required=True)
    section_id = Uuid(required=True)
    section_title = fields.String(required=True)
    rolls = fields.Integer(required=True)
    since_on = SchoolDate(required=True)
    on = SchoolDate(required=True)
    shown_on = SchoolDate(required=True, allow_none=True)


class QuickHabits(Resource):
    """One's own habits of quick rolls, as they stand today; mostly none."""

    server_time = Instant(required=True)
    habits = fields.List(fields.Nested(QuickHabit), required=True)


class QuickShown(Resource):
    """That one was shown a habit of one's own."""

    line_id = Uuid(required=True)
    key = Text(least=1, most=LONGEST_KEY, required=True)


class FindingSaid(Resource):
    """What somebody did about a finding; setting it aside needs a reason."""

    line_id = Uuid(required=True)
    on = SchoolDate(required=True)
    key = Text(least=1, most=LONGEST_KEY, required=True)
    state = Word(FindingState, required=True)
    why = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
