"""Day passes: a named person may take listed rolls of one date."""

from enum import StrEnum

from marshmallow import fields, validate

from schemas.fields import Instant, SchoolDate, Text, Uuid, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import Role

MOST_ROLLS = 20


class PassState(StrEnum):
    """Where a pass stands: not yet used, on a tablet, over, or withdrawn."""

    OPEN = "open"
    IN_USE = "in_use"
    ENDED = "ended"
    REVOKED = "revoked"


class DayPass(Resource):
    """Leave for one person to take some rolls of one date, until `until_at`.

    `redeemed_at` and `device_label`: when the present code was first used, and on which tablet.
    """

    pass_id = Uuid(required=True)
    on = SchoolDate(required=True)
    name = fields.String(required=True)
    staff_id = Uuid(required=True)
    until_at = Instant(required=True)
    roll_ids = fields.List(Uuid(), required=True)
    issued_by = fields.Nested(By, required=True)
    issued_at = Instant(required=True)
    redeemed_at = Instant(required=True, allow_none=True)
    device_label = fields.String(required=True, allow_none=True)
    revoked_at = Instant(required=True, allow_none=True)
    revoked_by = fields.Nested(By, required=True, allow_none=True)
    state = Word(PassState, required=True)


class PassStaff(Resource):
    """Somebody who works at the school already and may be given a pass."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)


class PassRoll(Resource):
    """A roll of the date that a pass may list."""

    roll_id = Uuid(required=True)
    section_title = fields.String(required=True)
    period_name = fields.String(required=True)
    teacher_names = fields.List(fields.String(), required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)


class PassesQuery(Resource):
    """Which school date; today at the school when left out."""

    on = SchoolDate()


class Passes(Resource):
    """The passes of a date, and what it takes to issue another."""

    on = SchoolDate(required=True)
    passes = fields.List(fields.Nested(DayPass), required=True)
    staff = fields.List(fields.Nested(PassStaff), required=True)
    rolls = fields.List(fields.Nested(PassRoll), required=True)


class NewPass(Resource):
    """A pass for somebody of the staff (`staff_id`) or for a person named here.

    `until_at` left out: fifteen minutes after the last of the rolls ends.
    """

    on = SchoolDate(required=True)
    roll_ids = fields.List(Uuid(), required=True, validate=validate.Length(min=1, max=MOST_ROLLS))
    staff_id = Uuid()
    given_name = Text(least=1, most=100)
    family_name = Text(least=1, most=100)
    until_at = Instant()


class IssuedPass(Resource):
    """A pass with its code, told this once. `url` opens the app with the code in its fragment."""

    pass_ = fields.Nested(DayPass, required=True, data_key="pass", attribute="pass")
    code = fields.String(required=True)
    url = fields.String(required=True)


class RedeemPass(Resource):
    """A pass's code, typed or scanned, and the device that it is to be used on."""

    code = Text(least=1, most=40, required=True)
    device_id = Uuid(required=True)
    device_label = Text(most=100)
