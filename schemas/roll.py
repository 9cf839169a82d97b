"""A roll as the feed tells it."""

from marshmallow import fields

from schemas.fields import Exactly, Instant, SchoolDate, Uuid, Word
from schemas.people import By
from schemas.push import Source
from schemas.resource import Resource
from schemas.words import Kind, Presence, RollState, Timeliness


class RollFacts(Resource):
    """What is known of a roll without its marks.

    `late_at`: received or taken by then it counts as in time; the grace after `due_at`, which is
    what people are told. `void_reason` is why no roll is expected (`holiday`, `closed`,
    `emergency`, `closed_early`, `exempt`, `section_inactive`, `no_students`, `no_meeting`) and
    `void_note` the school's own words about it: of the calendar's day or of the exemption. The
    office can change all of these but the section's, which come with the roster. `locks_at`: from
    then on nothing is taken in, until an administrator reopens it; null is never.
    `countersign`: taken on a day pass alone, uncertified until somebody of the section signs.
    """

    type = Exactly("roll")
    roll_id = Uuid(required=True)
    seq = fields.Integer(required=True)
    section_id = Uuid(required=True)
    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    opens_at = Instant(required=True)
    due_at = Instant(required=True)
    late_at = Instant(required=True)
    closes_at = Instant(required=True)
    locks_at = Instant(required=True, allow_none=True)
    expected = fields.Boolean(required=True)
    void_reason = fields.String(required=True, allow_none=True)
    void_note = fields.String(required=True, allow_none=True)
    state = Word(RollState, required=True)
    timeliness = Word(Timeliness, required=True, allow_none=True)
    next_day = fields.Boolean(required=True)
    taken_at = Instant(required=True, allow_none=True)
    received_at = Instant(required=True, allow_none=True)
    submitted_by = Uuid(required=True, allow_none=True)
    revision = fields.Integer(required=True)
    countersign = fields.Boolean(required=True)
    contested = fields.Integer(required=True)
    safety = fields.Integer(required=True)


class Voice(Resource):
    """What one person said of a student: `op` is a place in the roll's `ops`, `by` in its `people`.

    `why` are a ruling's own words; `offline`: received more than two minutes after it was taken.
    """

    op = fields.Integer(required=True)
    by = fields.Integer(required=True)
    kind = Word(Kind, required=True)
    presence = Word(Presence, required=True, allow_none=True)
    arrived_at = Instant()
    taken_at = Instant(required=True)
    received_at = Instant(required=True)
    why = fields.String()
    offline = fields.Boolean(required=True)
    source = fields.Nested(Source)


class Mark(Resource):
    """One student's line on the folded roll.

    `heads` are indexes into the roll's `ops` (default [0]), `by` into its `people` (default 0).
    `office` is the office's own word when it ruled, `seen` the staff's where it differs from
    `presence`, `notes` how many notes there are. `voices`, where people disagree or the office
    ruled: what stands against each other first, then what others said before.
    """

    student_id = Uuid(required=True)
    presence = Word(Presence, required=True, allow_none=True)
    arrived_at = Instant()
    left_at = Instant()
    heads = fields.List(fields.Integer())
    by = fields.Integer()
    office = Word(Presence, allow_none=True)
    seen = Word(Presence, allow_none=True)
    flags = fields.List(fields.String())
    notes = fields.Integer()
    voices = fields.List(fields.Nested(Voice))


class Certified(Resource):
    """When the roll was certified, and by whom."""

    at = Instant(required=True)
    by = fields.Nested(By, required=True)


class Locked(Resource):
    """Since when the roll is locked, and by whom: whoever locked it or set the rule that did; null
    where nobody is known who set it."""

    at = Instant(required=True)
    by = fields.Nested(By, required=True, allow_none=True)


class Roll(RollFacts):
    """All that was observed and ruled about one meeting, folded; expected whether taken or not.

    `unmarked` are the enrolled students whose presence nobody stated. While the roll is not taken
    it is empty: everybody on the section's roster of that date is unmarked by definition.
    """

    certified = fields.Nested(Certified, required=True, allow_none=True)
    locked = fields.Nested(Locked, required=True, allow_none=True)
    ops = fields.List(Uuid(), required=True)
    people = fields.List(fields.Nested(By), required=True)
    marks = fields.List(fields.Nested(Mark), required=True)
    unmarked = fields.List(Uuid(), required=True)
    known = fields.List(Uuid(), required=True)
