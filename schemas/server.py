"""What the server says about itself."""

from marshmallow import fields

from schemas.fields import Instant
from schemas.resource import Resource


class ServerTime(Resource):
    """The server's clock, for measuring a device's against it."""

    server_time = Instant(required=True)
    epoch = fields.String()


class Up(Resource):
    """The process answers."""

    status = fields.String(required=True)
    version = fields.String(required=True)


class Check(Resource):
    """One thing that must hold before work is taken, and the cure where it does not."""

    name = fields.String(required=True)
    ok = fields.Boolean(required=True)
    detail = fields.String(required=True)


class Ready(Resource):
    """Whether work can be taken: database writable, schema of this version, room on the disk."""

    ready = fields.Boolean(required=True)
    checks = fields.List(fields.Nested(Check), required=True)
