"""Push subscriptions: where a person's tablet can be reminded, and whether it works."""

from enum import StrEnum

from marshmallow import fields

from schemas.fields import MOST_TAG, Base64Url, Instant, Text, Uuid, Word
from schemas.resource import Resource

PUBLIC_BYTES, AUTH_BYTES = 65, 16
MOST_ENDPOINT = 1500


class SubscriptionEnd(StrEnum):
    """Why a subscription lives no more: another took its place, it was ended on the tablet, the
    person signed out or changed the password elsewhere, tablet, person or pass lost their leave,
    the push service knows it no more or never takes anything, there were too many, its key was
    withdrawn."""

    REPLACED = "replaced"
    BY_HAND = "by_hand"
    SIGNED_OUT = "signed_out"
    DEVICE_REVOKED = "device_revoked"
    PERSON_REVOKED = "person_revoked"
    PASS_ENDED = "pass_ended"  # noqa: S105 no password
    GONE = "gone"
    REFUSED = "refused"
    TOO_MANY = "too_many"
    KEY_WITHDRAWN = "key_withdrawn"


class PushTestEnd(StrEnum):
    """What became of a test: the push service took it, knows the subscription no more, may be
    asked later, will not take it; or there is no subscription."""

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"
    NONE = "none"


class Subscription(Resource):
    """The newest push subscription of this person on this device; it lives while `ended_at` is
    null. `key_id`: the key that it was made for; `language`: in which it is reminded."""

    subscription_id = Uuid(required=True)
    key_id = Uuid(required=True)
    language = fields.String(required=True)
    created_at = Instant(required=True)
    last_ok_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True)
    ended_why = Word(SubscriptionEnd, required=True, allow_none=True)


class PushState(Resource):
    """What it takes to be reminded on this device, and whether this person is.

    `public`: the `applicationServerKey` to subscribe with, an uncompressed point of P-256. A
    subscription with another `key_id` still works; subscribe anew at the next start.
    """

    key_id = Uuid(required=True)
    public = Base64Url(length=PUBLIC_BYTES, required=True)
    subscription = fields.Nested(Subscription, required=True, allow_none=True)


class Subscribe(Resource):
    """A browser's PushSubscription, the key that it was made with, and the language that its person
    reads there; that of the request where it says none."""

    endpoint = Text(least=1, most=MOST_ENDPOINT, required=True)
    p256dh = Base64Url(length=PUBLIC_BYTES, required=True)
    auth = Base64Url(length=AUTH_BYTES, required=True)
    key_id = Uuid(required=True)
    language = Text(most=MOST_TAG)


class PushTest(Resource):
    """What became of a test, at once. `status` is what the push service answered, `detail` says it
    in a sentence."""

    end = Word(PushTestEnd, required=True)
    status = fields.Integer(required=True, allow_none=True)
    detail = fields.String(required=True)
    sent_at = Instant(required=True)
