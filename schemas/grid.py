"""The grid: students and periods of a day, what the teacher saw and what the office ruled."""

from marshmallow import fields

from schemas.board import Period
from schemas.calendar import Day
from schemas.fields import Instant, SchoolDate, Uuid, Word
from schemas.people import SchoolFacts
from schemas.rates import Span
from schemas.resource import Resource
from schemas.words import Presence, RollState


class GridQuery(Resource):
    """Which school date, today at the school when left out; as it was known at an instant."""

    on = SchoolDate()
    as_of = Instant()


class GridStudent(Resource):
    """A student who is on a roll; `num` is how rolls name her here."""

    num = fields.Integer(required=True)
    student_id = Uuid(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)


class GridDayStudent(GridStudent):
    """A student of a date. `begins` and `ends`, where the roster has her begin or end in a section
    on that very date; `begin_at` and `end_at`, where it is known when (F10.4)."""

    begins = fields.Boolean()
    ends = fields.Boolean()
    begin_at = Instant()
    end_at = Instant()


class GridTeacher(Resource):
    """Who teaches."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)


class GridSection(Resource):
    """A section, with who teaches it on the date."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    teacher_ids = fields.List(Uuid(), required=True)


class GridMark(Resource):
    """What a mark says beyond its presence.

    `num` is whose. `seen`: the teacher's word where it differs from what stands; `office`: the
    office's own where it ruled. `known`: there is a reason; `reason` and `evidence` only where
    whoever asks may read them (K8). `heads`: places in the roll's `ops` of what stands, [0] where
    left out and somebody marked her.
    """

    num = fields.Integer(required=True)
    seen = Word(Presence, allow_none=True)
    office = Word(Presence, allow_none=True)
    arrived_at = Instant()
    left_at = Instant()
    known = fields.Boolean()
    reason = fields.String()
    excused = fields.Boolean()
    evidence = fields.String()
    heads = fields.List(fields.Integer())
    flags = fields.List(fields.String())
    notes = fields.Integer()


class GridApart(Resource):
    """Who is enrolled on a roll's date and not when its meeting began: she came later, or had left
    (F10.3)."""

    num = fields.Integer(required=True)
    begin_at = Instant()
    end_at = Instant()


class GridRoll(Resource):
    """A roll with everybody on it.

    `nums` are the students who are expected in it, `presences` a letter each in the same order:
    p present, l late, e left early, a absent, w elsewhere, - nobody said. `odd` are the marks of
    which there is more to say; `ahead` whose absence was known before; `apart`, where there are
    any, are the students of the date who are not expected in it.
    """

    roll_id = Uuid(required=True)
    section_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    seq = fields.Integer(required=True)
    state = Word(RollState, required=True)
    expected = fields.Boolean(required=True)
    void_reason = fields.String(required=True, allow_none=True)
    void_note = fields.String(required=True, allow_none=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    opens_at = Instant(required=True)
    due_at = Instant(required=True)
    taken_at = Instant(required=True, allow_none=True)
    received_at = Instant(required=True, allow_none=True)
    by_name = fields.String(required=True, allow_none=True)
    ops = fields.List(Uuid(), required=True)
    nums = fields.List(fields.Integer(), required=True)
    presences = fields.String(required=True)
    odd = fields.List(fields.Nested(GridMark), required=True)
    ahead = fields.List(fields.Integer(), required=True)
    apart = fields.List(fields.Nested(GridApart))


class Grid(Resource):
    """Everybody on any roll of a date, and its rolls.

    `as_of` and `roster_as_of` as on the board. `before_on` and `after_on` are the nearest dates on
    which rolls are expected, null where none is laid out. `known_at` are the instants, up to
    `as_of`, at which an entry about these rolls became known: the steps through the past.
    """

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    as_of = Instant(required=True, allow_none=True)
    roster_as_of = Instant(required=True, allow_none=True)
    cursor = fields.String(required=True)
    on = SchoolDate(required=True)
    before_on = SchoolDate(required=True, allow_none=True)
    after_on = SchoolDate(required=True, allow_none=True)
    known_at = fields.List(Instant(), required=True)
    day = fields.Nested(Day, required=True)
    school = fields.Nested(SchoolFacts, required=True)
    periods = fields.List(fields.Nested(Period), required=True)
    teachers = fields.List(fields.Nested(GridTeacher), required=True)
    sections = fields.List(fields.Nested(GridSection), required=True)
    students = fields.List(fields.Nested(GridDayStudent), required=True)
    rolls = fields.List(fields.Nested(GridRoll), required=True)


class StudentRolls(Resource):
    """One student's rolls over some dates; each names nobody else.

    `terms` are the parts of the year to choose from.
    """

    server_time = Instant(required=True)
    from_on = SchoolDate(required=True, data_key="from")
    to_on = SchoolDate(required=True, data_key="to")
    terms = fields.List(fields.Nested(Span), required=True)
    student = fields.Nested(GridStudent, required=True)
    days = fields.List(fields.Nested(Day), required=True)
    sections = fields.List(fields.Nested(GridSection), required=True)
    rolls = fields.List(fields.Nested(GridRoll), required=True)
