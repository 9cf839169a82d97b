"""The audit: who entered each roll when, every change, outages, the check of the log."""

from marshmallow import fields, validate

from schemas.fields import MOST_TAG, Instant, SchoolDate, Text, Uuid, Word
from schemas.people import SchoolFacts
from schemas.resource import Resource
from schemas.words import AuditKind


class AuditQuery(Resource):
    """A day where nothing is named (`from` alone), else somebody's rolls or a student's marks
    between two dates, both inclusive."""

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()
    staff_id = Uuid()
    student_id = Uuid()


class AuditPaperQuery(AuditQuery):
    """The same, and in which language it is printed: a link has no header to say so."""

    language = Text(most=MOST_TAG)


class AuditPerson(Resource):
    """Who did it. `employee_id` is the id under which the school's roster knows them."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    employee_id = fields.String(required=True)
    role = fields.String(required=True)


class AuditLine(Resource):
    """One thing that happened to a roll, in the order of the log.

    `entered_on` is the calendar day on which it was received. Of a first entry `summary` counts the
    marks; a change names a student and a fact. `old` and `new` are null where nothing stood, and
    `hidden` says that they are not for the reader's eyes.
    """

    kind = Word(AuditKind, required=True)
    seq = fields.Integer(required=True)
    by = fields.Nested(AuditPerson, required=True, allow_none=True)
    device_label = fields.String(required=True, allow_none=True)
    taken_at = Instant(required=True)
    received_at = Instant(required=True)
    entered_on = SchoolDate(required=True)
    later_day = fields.Boolean(required=True)
    summary = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    student_name = fields.String(required=True, allow_none=True)
    fact = fields.String(required=True, allow_none=True)
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)
    hidden = fields.Boolean(required=True)
    why = fields.String(required=True, allow_none=True)


class AuditRoll(Resource):
    """One expected roll with all that happened to it; nothing where nobody took it."""

    roll_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    teacher_names = fields.List(fields.String(), required=True)
    taken = fields.Boolean(required=True)
    state = fields.String(required=True)
    lines = fields.List(fields.Nested(AuditLine), required=True)


class AuditStaff(Resource):
    """Somebody to look up."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)


class AuditReport(Resource):
    """The report of entry and modification."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    about = fields.String(required=True, allow_none=True)
    staff = fields.List(fields.Nested(AuditStaff), required=True)
    rolls = fields.List(fields.Nested(AuditRoll), required=True)


class SpanQuery(Resource):
    """Between two dates, both inclusive."""

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()


class Difference(Resource):
    """Something that is not as the log says; without names."""

    roll_id = Uuid(required=True, allow_none=True)
    what = fields.String(required=True)


class Integrity(Resource):
    """The rolls of a span refolded from the log and compared with what is kept."""

    server_time = Instant(required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    rolls = fields.Integer(required=True)
    ops = fields.Integer(required=True)
    statements = fields.Integer(required=True)
    months = fields.Integer(required=True)
    differences = fields.List(fields.Nested(Difference), required=True)


class Outage(Resource):
    """A device whose entries arrived later than they were taken: from the first that waited until
    the last of them arrived."""

    device_label = fields.String(required=True, allow_none=True)
    names = fields.List(fields.String(), required=True)
    from_at = Instant(required=True)
    to_at = Instant(required=True)
    entries = fields.Integer(required=True, validate=validate.Range(min=1))
    longest_min = fields.Integer(required=True)


class ClockWord(Resource):
    """When the server's own clock was found to be wrong."""

    at = Instant(required=True)
    what = fields.String(required=True)


class ServerStart(Resource):
    """A start of the server. `known_until` is the last moment before at which one was known to be
    alive, null at the first start of all; `outage`: there was a time without one in between."""

    at = Instant(required=True)
    known_until = Instant(required=True, allow_none=True)
    outage = fields.Boolean(required=True)


class Outages(Resource):
    """Times in which tablets could not reach the school, as far as what they sent later tells, and
    times in which no server is known to have run."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    outages = fields.List(fields.Nested(Outage), required=True)
    starts = fields.List(fields.Nested(ServerStart), required=True)
    clocks = fields.List(fields.Nested(ClockWord), required=True)
