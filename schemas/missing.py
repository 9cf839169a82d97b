"""Rolls that are missing: at the check, and after the school has closed."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.board import Called, OnTablet, Period, Reminded
from schemas.calendar import Day
from schemas.fields import Instant, QueryNumber, SchoolDate, Text, Uuid, Word
from schemas.people import By, SchoolFacts
from schemas.rates import Rate
from schemas.resource import Resource
from schemas.words import Way

LONGEST_WHY = 300


class NobodyWhy(StrEnum):
    """Why there is nobody to take a roll."""

    NOBODY_ASSIGNED = "nobody_assigned"
    ALL_AWAY = "all_away"


class MissingQuery(Resource):
    """Which school date, today at the school when left out, and as it was known at an instant."""

    on = SchoolDate()
    at = Instant()


class MissingRoll(Resource):
    """A roll that is expected and not taken. `with_names`: who else was to take it."""

    roll_id = Uuid(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    due_at = Instant(required=True)
    check_at = Instant(required=True)
    with_names = fields.List(fields.String(), required=True)
    reminded = fields.Nested(Reminded, required=True)
    tablet = fields.Nested(OnTablet, required=True, allow_none=True)
    called = fields.Nested(Called, required=True, allow_none=True)


class LastDay(Resource):
    """How somebody's rolls came on the school day before."""

    on = SchoolDate(required=True)
    rate = fields.Nested(Rate, required=True)


class MissingPerson(Resource):
    """Whose rolls are missing, and where to call; without `staff_id` there is nobody, and `why`.

    Each roll stands under one person: the first of those who were to take it.
    """

    staff_id = Uuid(required=True, allow_none=True)
    name = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    extension = fields.String(required=True, allow_none=True)
    why = Word(NobodyWhy, required=True, allow_none=True)
    seen_at = Instant(required=True, allow_none=True)
    reach = Word(Way, required=True, allow_none=True)
    reach_why = fields.String(required=True, allow_none=True)
    last_day = fields.Nested(LastDay, required=True, allow_none=True)
    rolls = fields.List(fields.Nested(MissingRoll), required=True)


class NotSubmitted(Resource):
    """The rolls of a day that were looked for by an instant and were not there.

    `at` is that instant, `past` whether it is not the present. Of `expected` rolls `received` had
    come by then, `waiting` were not looked for yet, the others are in the list.
    """

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    on = SchoolDate(required=True)
    at = Instant(required=True)
    past = fields.Boolean(required=True)
    day = fields.Nested(Day, required=True)
    periods = fields.List(fields.Nested(Period), required=True)
    expected = fields.Integer(required=True)
    received = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    people = fields.List(fields.Nested(MissingPerson), required=True)


class UnresolvedQuery(Resource):
    """From which school date to which, both inclusive; the term so far when left out.

    `resolved=1`: also those of which somebody said why.
    """

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()
    resolved = QueryNumber(validate=validate.Range(0, 1))


class Explanation(Resource):
    """Why nobody took a roll, by whom and when it was said."""

    why = fields.String(required=True)
    by = fields.Nested(By, required=True)
    at = Instant(required=True)


class UnresolvedRoll(Resource):
    """A roll that nobody took before the school closed; it is *not taken*, whatever is said."""

    roll_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    due_at = Instant(required=True)
    teacher_names = fields.List(fields.String(), required=True)
    reminded = fields.Nested(Reminded, required=True)
    called = fields.Nested(Called, required=True, allow_none=True)
    explained = fields.Nested(Explanation, required=True, allow_none=True)


class Unresolved(Resource):
    """Rolls never taken, the newest day first, until each is taken, copied from paper or explained.

    `count` is of those that wait, whether the others are listed or not. `more`: there are more
    than are listed.
    """

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    count = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    rolls = fields.List(fields.Nested(UnresolvedRoll), required=True)


class NewExplanation(Resource):
    """Why nobody took a roll; null takes back what was said."""

    why = Text(least=1, most=LONGEST_WHY, required=True, allow_none=True)
