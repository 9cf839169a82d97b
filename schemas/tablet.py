"""What a tablet tells of rolls that the school lacks. For the board, never the record."""

from marshmallow import fields, validate

from schemas.fields import Instant, Uuid, Word
from schemas.resource import Resource
from schemas.words import TabletState

MOST_WORDS = 60


class TabletWord(Resource):
    """A roll that is open on the tablet or saved there and waiting.

    `grant` is the leave under which it is taken; `taken_at`, by the school's time as the tablet
    knows it, goes with `waiting`.
    """

    roll_id = Uuid(required=True)
    grant = Uuid(required=True)
    state = Word(TabletState, required=True)
    taken_at = Instant(allow_none=True)


class TabletWords(Resource):
    """All that a tablet has to tell; what it told before and names no more is over."""

    words = fields.List(
        fields.Nested(TabletWord), required=True, validate=validate.Length(max=MOST_WORDS)
    )


class WordsHeard(Resource):
    """The words that are shown now: of rolls that the school lacks and that are the person's."""

    server_time = Instant(required=True)
    roll_ids = fields.List(Uuid(), required=True)
