"""What people sign: weeks of rolls, closed days and months, rolls that came on a later day."""

from marshmallow import fields, validate

from schemas.attendance import DayTotals
from schemas.fields import Instant, SchoolDate, Text, Uuid, Word
from schemas.people import By, SchoolFacts
from schemas.resource import Resource
from schemas.words import CloseAct, ClosedSpan

FACTS = ("presence", "arrived_at", "left_at", "reason", "excused", "evidence")


class WeekQuery(Resource):
    """A week by any of its dates; the last one that is over when left out."""

    week = SchoolDate()


class RollCounts(Resource):
    """Students of one roll by how they are marked; all zero where nobody took it."""

    present = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left_early = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)
    unmarked = fields.Integer(required=True)


class NextDay(Resource):
    """Who accepted a roll that was received on a later school date, and why."""

    by = fields.Nested(By, required=True)
    at = Instant(required=True)
    why = fields.String(required=True)


class WeekRoll(Resource):
    """One roll as it would be signed. `next_day`: received on a later school date than its own."""

    roll_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    taken = fields.Boolean(required=True)
    taken_at = Instant(required=True, allow_none=True)
    received_at = Instant(required=True, allow_none=True)
    next_day = fields.Boolean(required=True)
    accepted = fields.Nested(NextDay, required=True, allow_none=True)
    counts = fields.Nested(RollCounts, required=True)


class WeekChange(Resource):
    """One fact of one mark that stands otherwise than it was signed (C10).

    `old` and `new` are null where nothing stood, and where the reader may not know.
    """

    roll_id = Uuid(required=True)
    student_name = fields.String(required=True)
    by = fields.Nested(By, required=True)
    at = Instant(required=True)
    fact = fields.String(required=True, validate=validate.OneOf(FACTS))
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class SignedWeek(Resource):
    """A signature over the week, and what changed beside it afterwards."""

    statement_id = Uuid(required=True)
    signed_at = Instant(required=True)
    digest = fields.String(required=True)
    words = fields.String(required=True)
    changes = fields.List(fields.Nested(WeekChange), required=True)


class Week(Resource):
    """A person's rolls of one week. `over`: it can be signed; `digest` is that of what it shows.
    `words` are signed and kept, `meaning` says the same in the language that is asked for."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    person = fields.Nested(By, required=True)
    week_on = SchoolDate(required=True)
    to = SchoolDate(required=True)
    over = fields.Boolean(required=True)
    words = fields.String(required=True)
    meaning = fields.String(required=True)
    digest = fields.String(required=True)
    rolls = fields.List(fields.Nested(WeekRoll), required=True)
    signed = fields.Nested(SignedWeek, required=True, allow_none=True)


class Sign(Resource):
    """A signature over what was read: its digest."""

    week_on = SchoolDate(required=True)
    digest = Text(least=64, most=64, required=True)


class PersonWeek(Resource):
    """How one person's week stands. `changes`: facts that changed beside the signature."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    rolls = fields.Integer(required=True)
    not_taken = fields.Integer(required=True)
    next_day = fields.Integer(required=True)
    signed_at = Instant(required=True, allow_none=True)
    changes = fields.Integer(required=True)


class ClosedDay(Resource):
    """A date of the month; `closed` null: it is open."""

    on = SchoolDate(required=True)
    rolls = fields.Integer(required=True)
    not_taken = fields.Integer(required=True)
    closed = fields.Boolean(required=True)
    by = fields.Nested(By, required=True, allow_none=True)
    at = Instant(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class Weeks(Resource):
    """Who has signed a week, and the days of its month that are closed."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    week_on = SchoolDate(required=True)
    to = SchoolDate(required=True)
    over = fields.Boolean(required=True)
    people = fields.List(fields.Nested(PersonWeek), required=True)
    month_on = SchoolDate(required=True)
    month_closed = fields.Boolean(required=True)
    days = fields.List(fields.Nested(ClosedDay), required=True)


class Close(Resource):
    """Close a day or a month, by its first date, or open it again; `why` is needed to reopen."""

    span = Word(ClosedSpan, required=True)
    act = Word(CloseAct, required=True)
    first_on = SchoolDate(required=True)
    why = Text(least=1, most=500)


class MonthQuery(Resource):
    """A month by any of its dates; the present one when left out."""

    month = SchoolDate()


class ClosedMonth(Resource):
    """What a month came to when it was closed, and by whom that was."""

    by = fields.Nested(By, required=True)
    at = Instant(required=True)
    days_taught = fields.Integer(required=True)
    days = fields.Nested(DayTotals, required=True)


class SinceClosed(Resource):
    """What changed of a month after it was closed (C11.1). `closed` is the closing that the changes
    follow, null where it was never closed; `again` the one that ended them, null while it is open
    or where it was closed once alone."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    month_on = SchoolDate(required=True)
    closed = fields.Nested(ClosedMonth, required=True, allow_none=True)
    again = fields.Nested(ClosedMonth, required=True, allow_none=True)
    changes = fields.List(fields.Nested(WeekChange), required=True)


class Accept(Resource):
    """Why a roll that was received on a later school date is accepted."""

    why = Text(least=1, most=500, required=True)
