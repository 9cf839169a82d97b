"""What students' days came to: of a school, its months and dates, of one student."""

from marshmallow import fields

from schemas.fields import Instant, SchoolDate, Uuid, Word
from schemas.people import SchoolFacts
from schemas.rates import Span
from schemas.resource import Resource
from schemas.words import DayOutcome
from sync.attendance import Bucket
from sync.sessions import SessionCount


class Ratio(Resource):
    """An exact share, in lowest terms: nothing is rounded before it is compared."""

    top = fields.Integer(required=True)
    bottom = fields.Integer(required=True)


class DayTotals(Resource):
    """Days by what they came to (T7).

    `attended` is the sum of the first three, `absent` that of the five after, `expected` of both.
    `undetermined` days have no roll at all and are in no other figure.
    """

    in_person = fields.Integer(required=True)
    in_school_suspension = fields.Integer(required=True)
    study = fields.Integer(required=True)
    study_incomplete = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    unexcused = fields.Integer(required=True)
    pending = fields.Integer(required=True)
    suspension = fields.Integer(required=True)
    undetermined = fields.Integer(required=True)
    attended = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    expected = fields.Integer(required=True)


class SessionTotals(Resource):
    """Mornings and afternoons by what they came to, where a school counts in them (T10): `possible`
    is the sum of `attended` and `absent`, `absent` that of the other three."""

    attended = fields.Integer(required=True)
    authorised = fields.Integer(required=True)
    unauthorised = fields.Integer(required=True)
    pending = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    possible = fields.Integer(required=True)


class ChronicAbsence(Resource):
    """Absence against the pack's measure; `tier` null: too few days to be measured by (T9)."""

    absent = fields.Integer(required=True)
    expected = fields.Integer(required=True)
    share = fields.Nested(Ratio, required=True, allow_none=True)
    tier = fields.String(required=True, allow_none=True)
    chronic = fields.Boolean(required=True)


class StudentAttendance(Resource):
    """One student's days between two dates; minutes are those of the bell."""

    student_id = Uuid(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)
    local_id = fields.String(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    days = fields.Nested(DayTotals, required=True)
    part_days = fields.Integer(required=True)
    present_min = fields.Integer(required=True)
    missed_min = fields.Integer(required=True)
    rate = fields.Nested(Ratio, required=True, allow_none=True)
    sessions = fields.Nested(SessionTotals, required=True, allow_none=True)
    chronic = fields.Nested(ChronicAbsence, required=True)


class MonthAttendance(Resource):
    """A month, by its first day. `ada`: days attended over days taught (T8). `rate` is of sessions
    where the school counts in them (T10.2), here and wherever else it stands."""

    month_on = SchoolDate(required=True)
    days_taught = fields.Integer(required=True)
    days = fields.Nested(DayTotals, required=True)
    sessions = fields.Nested(SessionTotals, required=True, allow_none=True)
    ada = fields.Nested(Ratio, required=True, allow_none=True)
    rate = fields.Nested(Ratio, required=True, allow_none=True)


class DateAttendance(Resource):
    """All students' days of one date."""

    on = SchoolDate(required=True)
    days = fields.Nested(DayTotals, required=True)
    sessions = fields.Nested(SessionTotals, required=True, allow_none=True)


class SlotAttendance(Resource):
    """The marks of one period on one weekday, Monday 0: those that are known, and of these the
    absent ones. Where a school counts in sessions, the possible ones of a weekday's AM or PM."""

    weekday = fields.Integer(required=True)
    period = fields.String(required=True)
    known = fields.Integer(required=True)
    absent = fields.Integer(required=True)


class Attendance(Resource):
    """A school's days between two dates. `pack` is the rule pack that they are counted by."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    terms = fields.List(fields.Nested(Span), required=True)
    pack = fields.String(required=True)
    days_taught = fields.Integer(required=True)
    days = fields.Nested(DayTotals, required=True)
    ada = fields.Nested(Ratio, required=True, allow_none=True)
    rate = fields.Nested(Ratio, required=True, allow_none=True)
    sessions = fields.Nested(SessionTotals, required=True, allow_none=True)
    students = fields.List(fields.Nested(StudentAttendance), required=True)
    months = fields.List(fields.Nested(MonthAttendance), required=True)
    dates = fields.List(fields.Nested(DateAttendance), required=True)
    slots = fields.List(fields.Nested(SlotAttendance), required=True)


class StudentDate(Resource):
    """One student's date. `not_taken` are the periods whose rolls say nothing of the student,
    `untimed` those of which nobody knows how late or how early. `sessions`, where a school counts
    in them, are the codes of the morning and the afternoon, null where no roll says anything;
    `halves` what each counts as, null where as nothing."""

    on = SchoolDate(required=True)
    outcome = Word(DayOutcome, required=True)
    counts_as = Word(Bucket, required=True)
    present_min = fields.Integer(required=True)
    missed_min = fields.Integer(required=True)
    not_taken = fields.List(fields.String(), required=True)
    contested = fields.List(fields.String(), required=True)
    untimed = fields.List(fields.String(), required=True)
    sessions = fields.List(fields.String(allow_none=True), required=True)
    halves = fields.List(Word(SessionCount, allow_none=True), required=True)


class StudentDays(Resource):
    """One student's dates on which anybody expected the student."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    terms = fields.List(fields.Nested(Span), required=True)
    student = fields.Nested(StudentAttendance, required=True)
    dates = fields.List(fields.Nested(StudentDate), required=True)
