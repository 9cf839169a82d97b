"""The marks about which people disagree, each with all that it takes to tell and settle it."""

from marshmallow import fields, validate

from schemas.board import CountedRoll, TeacherPlace
from schemas.fields import Instant, QueryNumber, SchoolDate, Uuid
from schemas.history import HistoryStudent
from schemas.people import By
from schemas.resource import Resource
from schemas.roll import Mark

MOST_CONTESTED = 500


class ContestedQuery(Resource):
    """Which school dates, both inclusive, all of them when left out; and how many marks."""

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()
    limit = QueryNumber(validate=validate.Range(1, MOST_CONTESTED))


class ContestedSection(Resource):
    """The section that the roll is of."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)


class ContestedItem(Resource):
    """One contested mark: `mark` names places in this item's `people` and `ops`.

    `since` is the receipt of the op that made it contested.
    """

    roll = fields.Nested(CountedRoll, required=True)
    section = fields.Nested(ContestedSection, required=True)
    teachers = fields.List(fields.Nested(TeacherPlace), required=True)
    student = fields.Nested(HistoryStudent, required=True)
    mark = fields.Nested(Mark, required=True)
    people = fields.List(fields.Nested(By), required=True)
    ops = fields.List(Uuid(), required=True)
    since = Instant(required=True)


class Contested(Resource):
    """Safety first, then the oldest; `more`: the limit left some out."""

    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ContestedItem), required=True)
