"""The front desk: who came late or left early, sign-in sheets, absences known ahead."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.fields import Instant, SchoolDate, Text, Uuid, Word
from schemas.people import By, SchoolFacts
from schemas.resource import Resource
from schemas.words import Outcome, Presence
from sync.finding import At

LONGEST_NOTE = 500
MOST_PERIODS = 20
MOST_CODE = 64


class Place(StrEnum):
    """Whose line it is: the front desk's, or a sign-in sheet's."""

    WINDOW = "window"
    NURSE = "nurse"
    COUNSELOR = "counselor"
    TESTING = "testing"


class ToldHow(StrEnum):
    """How the office was told of an absence."""

    PHONE = "phone"
    LETTER = "letter"
    MAIL = "mail"
    IN_PERSON = "in_person"


class VisitsQuery(Resource):
    """Which school date; today at the school when left out."""

    on = SchoolDate()


class NewVisit(Resource):
    """A line of the front desk's log, or of a sign-in sheet. The same line may be sent again.

    `at` is now when left out. `until`: when a visit to a sheet's place ended or will end. `code` is
    the reason for having been away, or for going, with `incident` where its days count together and
    `discretion`, an administrator's word beyond a limit. `replaces`: the line that it takes the
    place of, to correct it or to write down its end.
    """

    visit_id = Uuid(required=True)
    student_id = Uuid(required=True)
    what = Word(At, required=True)
    place = Word(Place, load_default=Place.WINDOW.value)
    at = Instant(load_default=None, allow_none=True)
    until = Instant(load_default=None, allow_none=True)
    code = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    incident = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    discretion = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    replaces = Uuid(load_default=None, allow_none=True)


class WithdrawnVisit(Resource):
    """A line that was a mistake: `withdrawal_id` is the line that takes it back."""

    withdrawal_id = Uuid(required=True)
    visit_id = Uuid(required=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)


class DeskStudent(Resource):
    """A student by name, as a desk finds her; `local_id` tells namesakes apart."""

    student_id = Uuid(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    local_id = fields.String(required=True, allow_none=True)


class DeskStudents(Resource):
    """The students of a school by family name, for a desk that types a name."""

    students = fields.List(fields.Nested(DeskStudent), required=True)


class SaidReason(Resource):
    """A reason as the viewer may read it: its code and words, or only that there is one."""

    code = fields.String(required=True, allow_none=True)
    label = fields.String(required=True, allow_none=True)
    excused = fields.Boolean(required=True, allow_none=True)


class DeskRuled(Resource):
    """What a line said on one meeting's roll; `minutes` missed by the bell. `outcome` tells a
    ruling that waits for a person (the roll is locked) from one that stands."""

    roll_id = Uuid(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    presence = Word(Presence, required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    outcome = Word(Outcome, required=True)


class Visit(Resource):
    """A line that was written, with what became of it.

    `stands`: nothing took its place. `withdrawn_by`: whoever took it back. `rolls`: what this line
    ruled, a meeting each. `slip`: the signed text of the slip's code, which names nobody; null of a
    sheet's line, of one that does not stand, and where the school's key is damaged.
    """

    visit_id = Uuid(required=True)
    student = fields.Nested(DeskStudent, required=True)
    on = SchoolDate(required=True)
    what = Word(At, required=True)
    place = Word(Place, required=True)
    at = Instant(required=True)
    until = Instant(required=True, allow_none=True)
    reason = fields.Nested(SaidReason, required=True, allow_none=True)
    incident = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    replaces = Uuid(required=True, allow_none=True)
    by = fields.Nested(By, required=True)
    noted_at = Instant(required=True)
    stands = fields.Boolean(required=True)
    withdrawn_by = fields.Nested(By, required=True, allow_none=True)
    withdrawn_at = Instant(required=True, allow_none=True)
    rolls = fields.List(fields.Nested(DeskRuled), required=True)
    slip = fields.String(required=True, allow_none=True)


class Visits(Resource):
    """The lines of a date, the newest first; those that were taken back too."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    on = SchoolDate(required=True)
    visits = fields.List(fields.Nested(Visit), required=True)


class NoticesQuery(Resource):
    """Notices that are about a date between two, both inclusive; today and ahead when left out."""

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()


class NewNotice(Resource):
    """An absence that the office was told of. `periods` null is the whole day.

    `incident` names what days belong together where the code counts by incident; `discretion` are
    an administrator's words for going beyond a cap.
    """

    notice_id = Uuid(required=True)
    student_id = Uuid(required=True)
    from_on = SchoolDate(required=True)
    to_on = SchoolDate(required=True)
    periods = fields.List(
        Text(least=1, most=20),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=MOST_PERIODS),
    )
    code = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    told_by = Text(least=1, most=100, required=True)
    told_how = Word(ToldHow, required=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    evidence = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    incident = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    discretion = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)


class EndedNotice(Resource):
    """A notice that holds no longer. `to_on` is its last day after all; null: it never held."""

    line_id = Uuid(required=True)
    notice_id = Uuid(required=True)
    to_on = SchoolDate(required=True, allow_none=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)


class DeskNotice(Resource):
    """An absence known ahead, by whom it was told and who wrote it down; of a notice that came with
    a file nobody knows that. `ended_by`: whoever ended it, and when; it held until `to_on`, or not
    at all (`active` false)."""

    notice_id = Uuid(required=True)
    student = fields.Nested(DeskStudent, required=True)
    from_on = SchoolDate(required=True)
    to_on = SchoolDate(required=True)
    periods = fields.List(fields.String(), required=True, allow_none=True)
    active = fields.Boolean(required=True)
    reason = fields.Nested(SaidReason, required=True, allow_none=True)
    told_by = fields.String(required=True, allow_none=True)
    told_how = Word(ToldHow, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    by = fields.Nested(By, required=True, allow_none=True)
    noted_at = Instant(required=True, allow_none=True)
    ended_by = fields.Nested(By, required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True)


class DeskNotices(Resource):
    """Absences known ahead, by their first date."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    notices = fields.List(fields.Nested(DeskNotice), required=True)
