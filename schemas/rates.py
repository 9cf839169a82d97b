"""How many rolls came, and how: of a school, its days and periods, of people."""

from marshmallow import fields

from schemas.fields import MOST_TAG, Instant, SchoolDate, Text, Uuid, Word
from schemas.people import SchoolFacts
from schemas.resource import Resource
from schemas.words import RollMet


class RatesQuery(Resource):
    """From which school date to which, both inclusive; the term so far when left out."""

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()


class PaperQuery(RatesQuery):
    """The same, and in which language it is printed: a link has no header to say so."""

    language = Text(most=MOST_TAG)


class Rate(Resource):
    """Expected rolls counted, each once. What is `pending` is not due yet and part of no share."""

    on_time = fields.Integer(required=True)
    delivered_later = fields.Integer(required=True)
    late = fields.Integer(required=True)
    unproven = fields.Integer(required=True)
    not_taken = fields.Integer(required=True)
    pending = fields.Integer(required=True)


class DayRate(Resource):
    """A school date. `partial`: a roll of it may still come before it closes."""

    on = SchoolDate(required=True)
    partial_ = fields.Boolean(required=True, data_key="partial", attribute="partial")
    rate = fields.Nested(Rate, required=True)


class PeriodRate(Resource):
    """A class period over all the dates."""

    period = fields.String(required=True)
    name = fields.String(required=True)
    rate = fields.Nested(Rate, required=True)


class WeekRate(Resource):
    """A week, by its Monday."""

    week_on = SchoolDate(required=True)
    rate = fields.Nested(Rate, required=True)


class Span(Resource):
    """A part of the year that may be looked at."""

    title = fields.String(required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)


class Rates(Resource):
    """A school's rolls between two dates. `partial`: the last of its days is not over.

    `terms` are the parts of the year to choose from.
    """

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    partial_ = fields.Boolean(required=True, data_key="partial", attribute="partial")
    total = fields.Nested(Rate, required=True)
    days = fields.List(fields.Nested(DayRate), required=True)
    periods = fields.List(fields.Nested(PeriodRate), required=True)
    terms = fields.List(fields.Nested(Span), required=True)


class TeacherRate(Resource):
    """The rolls that somebody was to take, all together and week by week."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    total = fields.Nested(Rate, required=True)
    weeks = fields.List(fields.Nested(WeekRate), required=True)


class TeacherRates(Resource):
    """Everybody's rolls between two dates, by name. For administrators alone."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    partial_ = fields.Boolean(required=True, data_key="partial", attribute="partial")
    teachers = fields.List(fields.Nested(TeacherRate), required=True)
    terms = fields.List(fields.Nested(Span), required=True)


class OwnRoll(Resource):
    """A roll of one's own that was late or is missing."""

    roll_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    due_at = Instant(required=True)
    met = Word(RollMet, required=True)
    taken_at = Instant(required=True, allow_none=True)
    received_at = Instant(required=True, allow_none=True)


class OwnRates(Resource):
    """One's own rolls of the term so far: nobody sees them but oneself and the administrators.

    `median_s`: half of them were taken within so many seconds of the bell; null where none was.
    """

    server_time = Instant(required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    partial_ = fields.Boolean(required=True, data_key="partial", attribute="partial")
    total = fields.Nested(Rate, required=True)
    weeks = fields.List(fields.Nested(WeekRate), required=True)
    odd = fields.List(fields.Nested(OwnRoll), required=True)
    median_s = fields.Integer(required=True, allow_none=True)
