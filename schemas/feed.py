"""The feed, and all that a device needs to begin with."""

from marshmallow import fields, validate

from schemas.calendar import Calendar
from schemas.fields import Exactly, Instant, QueryNumber, SchoolDate, Union, Uuid, Word
from schemas.held import HeldItem
from schemas.people import Grant, Me, SchoolFacts
from schemas.resource import Resource
from schemas.roll import Roll
from schemas.section import Section
from schemas.words import SessionWord

LONGEST_WAIT_S = 25
MOST_CHANGES = 500
CURSOR_FORM = r"^[0-9A-Za-z_-]{1,64}\.[0-9]{1,15}$"


CHANGES = {"roll": Roll, "section": Section, "calendar": Calendar, "held": HeldItem}


class ChangesQuery(Resource):
    """From where on to read (`epoch.seq`), how much, and how long to wait for news.

    `aside`: the board's number; the wait also ends when it is another one. For the office.
    """

    since = fields.String(required=True, validate=validate.Regexp(CURSOR_FORM))
    limit = QueryNumber(validate=validate.Range(1, MOST_CHANGES))
    wait = QueryNumber(validate=validate.Range(0, LONGEST_WAIT_S))
    aside = QueryNumber(validate=validate.Range(min=0))


class FeedFacts(Resource):
    """Where the reader stands in the school's history, and what it may see of it."""

    protocol = Exactly(1)
    epoch = fields.String(required=True)
    server_time = Instant(required=True)
    cursor = fields.String(required=True)
    scope = fields.String(required=True)
    safe_before = Instant(required=True, allow_none=True)


class Changes(FeedFacts):
    """What changed since the cursor, in the order it happened, in one snapshot.

    `aside`: how often something changed that the board shows beside the rolls; null where nobody
    asked.
    """

    session = Word(SessionWord, required=True)
    more = fields.Boolean(required=True)
    backoff_s = fields.Float(required=True)
    aside = fields.Integer(required=True, allow_none=True)
    changes = fields.List(Union(CHANGES, metadata={"typescript": "Change"}), required=True)


class Horizon(Resource):
    """The school dates that a bootstrap covers, both inclusive."""

    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)


class Sealing(Resource):
    """The school's public key (P-256, uncompressed point, base64url): tablets seal notes to it."""

    key_id = Uuid(required=True)
    public = fields.String(required=True)


class SlipKey(Resource):
    """A public key (P-256, uncompressed point, base64url) that signed slips of the front desk."""

    key_id = Uuid(required=True)
    public = fields.String(required=True)


class Bootstrap(FeedFacts):
    """All that a device needs to work for days without a network.

    `held` are the person's own ops that wait, and those that were resolved in the last 21 days.
    `slip_keys`: what verifies slips of the front desk, the key that signs now first.
    """

    horizon = fields.Nested(Horizon, required=True)
    school = fields.Nested(SchoolFacts, required=True)
    me = fields.Nested(Me, required=True)
    grant = fields.Nested(Grant, required=True)
    calendar = fields.Nested(Calendar, required=True)
    sections = fields.List(fields.Nested(Section), required=True)
    rolls = fields.List(fields.Nested(Roll), required=True)
    held = fields.List(fields.Nested(HeldItem))
    sealing = fields.Nested(Sealing, required=True)
    slip_keys = fields.List(fields.Nested(SlipKey), required=True)
