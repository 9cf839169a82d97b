"""Rulings of the desk: many at once, looked at first, made, and taken back."""

from marshmallow import fields, validate

from schemas.fields import Instant, SchoolDate, Text, TrueFalse, Uuid, Word
from schemas.grid import GridRoll
from schemas.push import MOST_PARENTS
from schemas.resource import Resource
from schemas.words import Presence

MOST_RULINGS = 5000


class Ruling(Resource):
    """What the office says of one student on one roll.

    `seen` are the ops whose word the person had before them; where others stand by now, nothing of
    the request is made. `presence` null releases the office's own; left out, it says nothing of it.
    `takes_back` names an earlier ruling's op: what stood before it is put back, and nothing else is
    to be said beside it. `incident` names what days belong together, `noticed_on` when the school
    was told, where a code asks for it; `beyond_cap`: an administrator goes beyond a cap, with the
    words of `why`.
    """

    roll_id = Uuid(required=True)
    student_id = Uuid(required=True)
    seen = fields.List(Uuid(), required=True, validate=validate.Length(max=MOST_PARENTS))
    presence = Word(Presence, allow_none=True)
    arrived_at = Instant(allow_none=True)
    left_at = Instant(allow_none=True)
    reason = Text(most=64)
    evidence = Text(most=64)
    note = Text(most=500)
    incident = Text(most=64)
    noticed_on = SchoolDate(allow_none=True)
    beyond_cap = TrueFalse()
    why = Text(most=500)
    takes_back = Uuid()


class Rulings(Resource):
    """Rulings to look at (`preview`) or to make. `ruling_id` is made where they are: the same one
    sent again is made once."""

    ruling_id = Uuid(required=True)
    preview = TrueFalse(required=True)
    rulings = fields.List(
        fields.Nested(Ruling), required=True, validate=validate.Length(min=1, max=MOST_RULINGS)
    )


class RuledLine(Resource):
    """What becomes of one ruling, in the order they were sent.

    `made`: it stands, or would. `says` tells what changes, or why it is not made. `heads` are the
    ops that stand then and `op_id` the one that says it, null where it is not made or only looked
    at.
    """

    roll_id = Uuid(required=True)
    student_id = Uuid(required=True)
    made = fields.Boolean(required=True)
    says = fields.String(required=True)
    op_id = Uuid(required=True, allow_none=True)
    heads = fields.List(Uuid(), required=True)


class Ruled(Resource):
    """What becomes of rulings; `rolls` are those that changed, as the grid has them."""

    preview = fields.Boolean(required=True)
    made = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    lines = fields.List(fields.Nested(RuledLine), required=True)
    rolls = fields.List(fields.Nested(GridRoll), required=True)
