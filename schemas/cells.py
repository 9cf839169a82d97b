"""A mark that changed since somebody looked at it."""

from marshmallow import fields

from schemas.fields import Uuid
from schemas.resource import Resource


class ChangedCell(Resource):
    """Who said what of a student meanwhile and what stands now, in words; `heads` are the ops that
    stand, which whoever still wants to rule names as seen."""

    roll_id = Uuid(required=True)
    student_id = Uuid(required=True)
    says = fields.String(required=True)
    heads = fields.List(Uuid(), required=True)
