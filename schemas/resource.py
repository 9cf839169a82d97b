"""What all resources of the wire have in common."""

from marshmallow import RAISE, Schema


class Resource(Schema):
    """Unknown fields are refused on the way in, so that no `role` or `author` slips by."""

    class Meta:
        """marshmallow's settings."""

        unknown = RAISE
