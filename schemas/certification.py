"""Signing a roll, closing it, and opening it again."""

from marshmallow import fields, validate

from schemas.fields import Text, Word
from schemas.resource import Resource
from sync.certify import Act


class Certification(Resource):
    """What is done to a roll, at the revision that the person had before them.

    `why` is needed to reopen.
    """

    how = Word(Act, required=True)
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    why = Text(least=1, most=500)
