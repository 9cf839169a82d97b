"""What became of a held op in the end."""

from marshmallow import fields

from schemas.fields import Instant, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import Resolved


class Resolution(Resource):
    """How a held op ended, by whom and why; nobody where the server heard it again by itself."""

    how = Word(Resolved, required=True)
    at = Instant(required=True)
    by = fields.Nested(By, required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
