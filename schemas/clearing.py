"""Absences that wait for a reason, and giving one."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.fields import Instant, QueryNumber, SchoolDate, Text, TrueFalse, Uuid, Word
from schemas.front_desk import (
    LONGEST_NOTE,
    MOST_CODE,
    DeskRuled,
    DeskStudent,
    SaidReason,
)
from schemas.people import By, SchoolFacts
from schemas.resource import Resource
from schemas.words import Presence
from sync.clearing import State

MOST_AT_ONCE = 100


class Missed(StrEnum):
    """How much of the day an absence is about."""

    FULL_DAY = "full_day"
    PART_DAY = "part_day"


class ClearingQuery(Resource):
    """How many to list; five hundred when left out."""

    most = QueryNumber(validate=validate.Range(1, 500))


class WaitingAbsence(Resource):
    """An absence that waits for a reason.

    `age`: the school days after it. `state`: `away` while the student has not come back, `open`
    until `ends_on`, the last day for a proof; from `final_on` on it counts as `becomes`, and is
    `lapsed`. A reason clears it even then.
    """

    student = fields.Nested(DeskStudent, required=True)
    on = SchoolDate(required=True)
    missed = Word(Missed, required=True)
    periods = fields.List(fields.String(), required=True)
    minutes = fields.Integer(required=True)
    age = fields.Integer(required=True)
    state = Word(State, required=True)
    ends_on = SchoolDate(required=True, allow_none=True)
    final_on = SchoolDate(required=True, allow_none=True)
    becomes = fields.Nested(SaidReason, required=True, allow_none=True)


class Cleared(Resource):
    """A reason that was given: by whom, when, and on which rolls; `undone_by` took it back."""

    clearing_id = Uuid(required=True)
    student = fields.Nested(DeskStudent, required=True)
    on = SchoolDate(required=True)
    reason = fields.Nested(SaidReason, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    by = fields.Nested(By, required=True)
    noted_at = Instant(required=True)
    undone_by = fields.Nested(By, required=True, allow_none=True)
    undone_at = Instant(required=True, allow_none=True)
    rolls = fields.List(fields.Nested(DeskRuled), required=True)


class ClearingQueue(Resource):
    """Absences of the school year that wait, those whose time runs out first; and the reasons that
    were given last. `more`: there are more than are listed; `count` is of all."""

    server_time = Instant(required=True)
    school = fields.Nested(SchoolFacts, required=True)
    on = SchoolDate(required=True)
    count = fields.Integer(required=True)
    more = TrueFalse(required=True)
    waiting = fields.List(fields.Nested(WaitingAbsence), required=True)
    cleared = fields.List(fields.Nested(Cleared), required=True)


class ReasonAsked(Resource):
    """A reason for all that a student missed on a date."""

    student_id = Uuid(required=True)
    on = SchoolDate(required=True)
    code = Text(least=1, most=MOST_CODE, required=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    evidence = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    incident = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    discretion = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)


class NewClearing(ReasonAsked):
    """The same, to be kept. `seen` is what the preview said of the rolls: where something changed
    since, nothing is kept."""

    clearing_id = Uuid(required=True)
    seen = Text(least=1, most=100, required=True)


class ClearedPiece(Resource):
    """A meeting's mark that would get the reason; `before` is the one that stands there."""

    roll_id = Uuid(required=True)
    period_name = fields.String(required=True)
    section_title = fields.String(required=True)
    presence = Word(Presence, required=True)
    minutes = fields.Integer(required=True)
    before = fields.Nested(SaidReason, required=True, allow_none=True)


class ClearingPreview(Resource):
    """What a reason would be given to."""

    student = fields.Nested(DeskStudent, required=True)
    on = SchoolDate(required=True)
    reason = fields.Nested(SaidReason, required=True, allow_none=True)
    pieces = fields.List(fields.Nested(ClearedPiece), required=True)
    seen = fields.String(required=True)


class ClearingOfMany(Resource):
    """One absence of several: its own number, and what the preview said of its rolls, `seen`; null
    where it is only looked at."""

    clearing_id = Uuid(required=True)
    student_id = Uuid(required=True)
    on = SchoolDate(required=True)
    seen = Text(least=1, most=100, load_default=None, allow_none=True)


class NewClearings(Resource):
    """One reason for several absences. With `preview` it is only said what would become of each."""

    preview = TrueFalse(required=True)
    code = Text(least=1, most=MOST_CODE, required=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    evidence = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    incident = Text(least=1, most=MOST_CODE, load_default=None, allow_none=True)
    discretion = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
    absences = fields.List(
        fields.Nested(ClearingOfMany), required=True, validate=validate.Length(1, MOST_AT_ONCE)
    )


class ClearedLine(Resource):
    """What became of one absence, or would: `says` tells why it is not `made`."""

    clearing_id = Uuid(required=True)
    student = fields.Nested(DeskStudent, required=True)
    on = SchoolDate(required=True)
    made = TrueFalse(required=True)
    says = fields.String(required=True, allow_none=True)
    pieces = fields.List(fields.Nested(ClearedPiece), required=True)
    seen = fields.String(required=True, allow_none=True)


class ClearedMany(Resource):
    """What became of each of several absences, in the order asked."""

    preview = TrueFalse(required=True)
    made = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    lines = fields.List(fields.Nested(ClearedLine), required=True)


class UndoOfMany(Resource):
    """One reason of several that are taken back."""

    undo_id = Uuid(required=True)
    clearing_id = Uuid(required=True)


class UndoneClearings(Resource):
    """Several reasons that are taken back: these absences wait again."""

    undone = fields.List(
        fields.Nested(UndoOfMany), required=True, validate=validate.Length(1, MOST_AT_ONCE)
    )
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)


class UndoneClearing(Resource):
    """A reason that is taken back: the absence waits again."""

    undo_id = Uuid(required=True)
    clearing_id = Uuid(required=True)
    note = Text(least=1, most=LONGEST_NOTE, load_default=None, allow_none=True)
