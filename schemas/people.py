"""Who signs in, on which device, and who did something."""

from marshmallow import fields, validate

from schemas.fields import Instant, Text, Uuid, Word
from schemas.resource import Resource
from schemas.words import Role

MOST_GRANTS = 20
LEAST_PASSWORD = 10


class By(Resource):
    """Who did it, as others may see them."""

    role = Word(Role, required=True)
    name = fields.String(required=True)
    staff_id = Uuid(required=True)


class Me(Resource):
    """The person who is signed in, at this school."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)
    username = fields.String(required=True)


class SchoolName(Resource):
    """A school to choose from."""

    school_id = Uuid(required=True)
    name = fields.String(required=True)


class SchoolFacts(SchoolName):
    """A school; its zone turns school dates and times of day into instants."""

    zone = fields.String(required=True)


class Grant(Resource):
    """This person on this device may record for the school until then, signed in or not."""

    grant_id = Uuid(required=True)
    staff_id = Uuid(required=True)
    device_id = Uuid(required=True)
    until_at = Instant(required=True)


class SignIn(Resource):
    """A person and the device they sign in on. `school_id` only where they have several schools.

    `grants`: the leaves to record that this device holds for this person; a school that was
    restored from a backup learns of them again.
    """

    username = Text(least=1, most=200, required=True)
    password = Text(least=1, most=256, required=True, load_only=True)
    device_id = Uuid(required=True)
    device_label = Text(most=100)
    school_id = Uuid()
    grants = fields.List(Uuid(), validate=validate.Length(max=MOST_GRANTS))


class PasswordChange(Resource):
    """A person's own password, and the one that shall take its place."""

    old = Text(least=1, most=256, required=True, load_only=True)
    new = Text(least=LEAST_PASSWORD, most=256, required=True, load_only=True)
    device_id = Uuid(required=True)


class SignedIn(Resource):
    """All that a device needs to begin: who, where, and the leave to record."""

    me = fields.Nested(Me, required=True)
    school = fields.Nested(SchoolFacts, required=True)
    schools = fields.List(fields.Nested(SchoolName), required=True)
    grant = fields.Nested(Grant, required=True)
    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    expires_at = Instant(required=True)


class SignedInAs(Resource):
    """Who is signed in at this moment, at which school, and until when."""

    me = fields.Nested(Me, required=True)
    school = fields.Nested(SchoolFacts, required=True)
    schools = fields.List(fields.Nested(SchoolName), required=True)
    expires_at = Instant(required=True)
    server_time = Instant(required=True)
