"""The tablets that signed in at a school and the people on them; what withdraws their leave."""

from marshmallow import fields

from schemas.fields import Instant, Text, Uuid, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import Role


class Withdrawn(Resource):
    """Who withdrew leave, nobody where it was done at the server's console, and why."""

    by = fields.Nested(By, required=True, allow_none=True)
    why = fields.String(required=True)


class DevicePerson(Resource):
    """Somebody who has leave to record on a device, or had; `withdrawn` where it was that person's
    leave everywhere."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)
    until_at = Instant(required=True)
    revoked_at = Instant(required=True, allow_none=True)
    withdrawn = fields.Nested(Withdrawn, required=True, allow_none=True)


class Device(Resource):
    """A browser that signed in at this school. `last_op_at`: when it last delivered a roll."""

    device_id = Uuid(required=True)
    label = fields.String(required=True, allow_none=True)
    app = fields.String(required=True, allow_none=True)
    first_seen_at = Instant(required=True)
    last_seen_at = Instant(required=True)
    revoked_at = Instant(required=True, allow_none=True)
    withdrawn = fields.Nested(Withdrawn, required=True, allow_none=True)
    people = fields.List(fields.Nested(DevicePerson), required=True)
    last_op_at = Instant(required=True, allow_none=True)


class Devices(Resource):
    """The devices of a school, the last seen first."""

    devices = fields.List(fields.Nested(Device), required=True)


class Revocation(Resource):
    """Why a device's or a person's leave is withdrawn; kept with who did it and when."""

    why = Text(least=1, most=500, required=True)


class Allowance(Resource):
    """Why a revoked device is let in again; kept with who did it and when."""

    why = Text(least=1, most=500, required=True)


class PersonRevoked(Resource):
    """Since when a person's leave is withdrawn."""

    staff_id = Uuid(required=True)
    revoked_at = Instant(required=True)
