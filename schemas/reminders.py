"""How a school reminds of rolls that are missing, and who can be reached."""

from marshmallow import fields, validate

from schemas.fields import Instant, TimeOfDay, Uuid, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import Role, To, Way

MOST_STEPS = 12
EARLIEST_MIN, LATEST_MIN = -60, 600
MOST_PEOPLE = 200


class LadderStep(Resource):
    """One rung of the ladder: so many minutes after the deadline (negative: before it), to whom."""

    after_min = fields.Integer(
        required=True, strict=True, validate=validate.Range(EARLIEST_MIN, LATEST_MIN)
    )
    to = Word(To, required=True)


class ReminderStaff(Resource):
    """Somebody who may be on the list of the office or of the administrators."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)


class ReminderPolicy(Resource):
    """How the school reminds.

    An empty list is everybody with that role. `staff` may be chosen. `set_at` null: nobody has
    changed what comes with Rollbook. `mails`: whether this Rollbook can send mail at all.
    `ticked_at`: when reminders were last looked after; null where no `rollbook jobs` ever ran.
    `digest_time` null: no daily mail.
    """

    steps = fields.List(fields.Nested(LadderStep), required=True)
    quiet_from_time = fields.String(required=True, allow_none=True)
    quiet_to_time = fields.String(required=True, allow_none=True)
    office_staff = fields.List(Uuid(), required=True)
    administrators = fields.List(Uuid(), required=True)
    digest_time = fields.String(required=True, allow_none=True)
    set_by = fields.Nested(By, required=True, allow_none=True)
    set_at = Instant(required=True, allow_none=True)
    staff = fields.List(fields.Nested(ReminderStaff), required=True)
    mails = fields.Boolean(required=True)
    ticked_at = Instant(required=True, allow_none=True)


class NewReminderPolicy(Resource):
    """How the school shall remind from now on. `seen`: the `set_at` that its author had before
    them. What lies behind is not made up for."""

    seen = Instant(required=True, allow_none=True)
    steps = fields.List(
        fields.Nested(LadderStep), required=True, validate=validate.Length(max=MOST_STEPS)
    )
    quiet_from_time = TimeOfDay(required=True, allow_none=True)
    quiet_to_time = TimeOfDay(required=True, allow_none=True)
    office_staff = fields.List(Uuid(), required=True, validate=validate.Length(max=MOST_PEOPLE))
    administrators = fields.List(Uuid(), required=True, validate=validate.Length(max=MOST_PEOPLE))
    digest_time = TimeOfDay(required=True, allow_none=True)


class ReachedPerson(Resource):
    """How one person is reached, and why so, in a sentence. `reminded_at`: the last reminder that
    was sent to them."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)
    room = fields.String(required=True, allow_none=True)
    extension = fields.String(required=True, allow_none=True)
    reach = Word(Way, required=True)
    reach_why = fields.String(required=True)
    reminded_at = Instant(required=True, allow_none=True)


class Reach(Resource):
    """Everybody who works at the school, whoever cannot be reached first."""

    people = fields.List(fields.Nested(ReachedPerson), required=True)
    mails = fields.Boolean(required=True)
    ticked_at = Instant(required=True, allow_none=True)
