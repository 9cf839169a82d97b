"""What is asked of the Ed-Fi resources: whose school number, and which dates."""

from marshmallow import fields, validate

from schemas.fields import SchoolDate
from schemas.resource import Resource


class EdfiQuery(Resource):
    """`edfi_school_id` is the number that the district gave the school there; dates are inclusive,
    one date where one is named. `positive`: "1" tells presence too."""

    edfi_school_id = fields.Integer(required=True, validate=validate.Range(min=1))
    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()
    positive = fields.String(validate=validate.OneOf(["0", "1"]))
