"""What a tablet sends and what it hears about each op.

On the push path alone `schemas.fast` decodes the same shapes quicker; a test holds the two equal.
"""

from marshmallow import fields, validate

from schemas.fields import Exactly, Instant, Text, TrueFalse, Uuid, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import How, Kind, Outcome, Presence, RollState, SessionWord, Timeliness, Why

MOST_OPS = 50
MOST_MARKS = 100
MOST_PARENTS = 50
MOST_MS = 10**12
MOST_SEALED = 3000
NOTICED_FORM = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"


class Clock(Resource):
    """How a device's clock stood against the server's when the op was taken.

    `asleep_ms`: by how much, since the last contact, the wall clock ran ahead of the monotonic one
    (the device slept, or its clock was set forward): `taken_at` may be that much too late.
    """

    offset_ms = fields.Integer(
        required=True, strict=True, validate=validate.Range(-MOST_MS, MOST_MS)
    )
    uncertainty_ms = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_MS))
    server_seen_at = Instant(required=True, allow_none=True)
    suspect = TrueFalse(required=True)
    asleep_ms = fields.Integer(strict=True, validate=validate.Range(0, MOST_MS))


class Source(Resource):
    """Where an op comes from that nobody took in the room with a tablet.

    `paper`: copied from a sheet that `taken_by` filled in, by their word at `stated_at`. `held`:
    taken over from the held op `op_id`.
    """

    how = Word(How, required=True)
    op_id = Uuid()
    taken_by = Text(most=100)
    stated_at = Instant()


class SentMark(Resource):
    """One student's line in an op. `parents` are the ops that the author had seen for the student.

    `note_sealed` is a note that only the school's key opens (docs/protocol.md). `reason`,
    `excused`, `evidence` and `why` belong to a ruling of the office; so do `incident`, which names
    what days belong together, and `noticed_on`, a date such as 2026-11-23 on which the school was
    told.
    """

    student_id = Uuid(required=True)
    presence = Word(Presence, allow_none=True)
    arrived_at = Instant(allow_none=True)
    left_at = Instant(allow_none=True)
    note = Text(most=500)
    note_sealed = Text(most=MOST_SEALED)
    parents = fields.List(Uuid(), validate=validate.Length(max=MOST_PARENTS))
    reason = Text(most=64, allow_none=True)
    excused = TrueFalse(allow_none=True)
    evidence = Text(most=64, allow_none=True)
    why = Text(most=500)
    incident = Text(most=64)
    noticed_on = fields.String(validate=validate.Regexp(NOTICED_FORM))


class Op(Resource):
    """One entry for the school's log: absolute values about one roll, made on a device.

    `took_ms`: how long it took from when the roll was opened there until it was submitted, where
    the device knows.
    """

    id = Uuid(required=True)
    v = Exactly(1)
    kind = Word(Kind, required=True)
    roll_id = Uuid(required=True)
    grant = Uuid()
    roster_rev = fields.Integer(strict=True, validate=validate.Range(0, MOST_MS))
    taken_at = Instant(required=True)
    took_ms = fields.Integer(strict=True, validate=validate.Range(0, MOST_MS))
    clock = fields.Nested(Clock)
    source = fields.Nested(Source)
    marks = fields.List(
        fields.Nested(SentMark), required=True, validate=validate.Length(max=MOST_MARKS)
    )


class Push(Resource):
    """A batch of ops. Each is decoded by itself: one bad op never fails the others."""

    protocol = Exactly(1)
    app = Text(most=64, required=True)
    device_id = Uuid(required=True)
    epoch = Text(most=64, required=True, allow_none=True)
    client_time = Instant(required=True)
    ops = fields.List(
        fields.Nested(Op), required=True, validate=validate.Length(min=1, max=MOST_OPS)
    )


class Handover(Resource):
    """The file that a tablet exported, brought in by the office. Its ops are read one by one."""

    rollbook_export = Exactly(1)
    device_id = Uuid(required=True)
    exported_at = Instant(required=True)
    ops = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        validate=validate.Length(min=1, max=5000),
    )


class ChangedMark(Resource):
    """A mark that now reads otherwise than the op said, and why."""

    student_id = Uuid(required=True)
    sent = Word(Presence, required=True, allow_none=True)
    now = Word(Presence, required=True, allow_none=True)
    by = fields.Nested(By, required=True, allow_none=True)
    why = Word(Why, required=True)
    flags = fields.List(fields.String(), required=True)


class RollOutcome(Resource):
    """How the roll stands after the op; `unmarked` is empty while it is not taken."""

    state = Word(RollState, required=True)
    timeliness = Word(Timeliness, required=True, allow_none=True)
    unmarked = fields.List(Uuid(), required=True)
    next_day = fields.Boolean(required=True)


class Result(Resource):
    """What became of one op. `detail` is in words for a person; `hash` is of what was received."""

    id = fields.String(required=True)
    outcome = Word(Outcome, required=True)
    reason = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True, allow_none=True)
    seq = fields.Integer(required=True, allow_none=True)
    received_at = Instant(required=True)
    replayed = fields.Boolean(required=True)
    hash = fields.String(required=True)
    stored_hash = fields.String()
    marks = fields.List(fields.Nested(ChangedMark), required=True)
    roll = fields.Nested(RollOutcome, required=True, allow_none=True)


class PushAnswer(Resource):
    """One result an op, in the order they were sent, answered after the commit.

    `session` other than `ok`: the device delivered by itself; no result then names anybody.
    """

    protocol = Exactly(1)
    session = Word(SessionWord, required=True)
    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    backoff_s = fields.Float(required=True)
    safe_before = Instant(required=True, allow_none=True)
    results = fields.List(fields.Nested(Result), required=True)
