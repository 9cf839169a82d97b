"""The codes of a school's rule pack, as the desk chooses from them."""

from marshmallow import fields

from schemas.fields import SchoolDate, TrueFalse, Uuid, Word
from schemas.pack import CapOf, GradesOf, WordSet, words_by_language
from schemas.resource import Resource
from sync import codes
from sync.model import Presence


class CodesQuery(Resource):
    """On which school date; today at the school when left out."""

    on = SchoolDate()


class Choosable(Resource):
    """One code as it is meant on the date.

    `marks`: the presences that it may explain. `yours`: whoever asks may set it; `own`: the school
    added it. `cap_words` say how often it may be set. `needs_incident`: its days are counted by
    incident, which has to be named. `asks`: in each language, what note or proof is meant.
    """

    code = fields.String(required=True)
    label = words_by_language(required=True)
    where = Word(codes.Where, required=True)
    marks = WordSet(Presence, required=True)
    special = Word(codes.Special, required=True, allow_none=True)
    authorised = Word(codes.Authorised, required=True, allow_none=True)
    who_may_set = fields.List(fields.String(), required=True)
    yours = TrueFalse(required=True)
    own = TrueFalse(required=True)
    needs_note = TrueFalse(required=True)
    needs_notice = TrueFalse(required=True)
    needs_incident = TrueFalse(required=True)
    evidence = Word(codes.Asks, required=True)
    asks = words_by_language(required=True)
    caps = fields.List(fields.Nested(CapOf), required=True)
    cap_words = fields.List(fields.String(), required=True)
    grades = fields.Nested(GradesOf, required=True, allow_none=True)
    least_min = fields.Integer(required=True, allow_none=True)
    prefillable = TrueFalse(required=True)
    confidential = TrueFalse(required=True)
    citation = fields.String(required=True, allow_none=True)
    valid_from = SchoolDate(required=True, allow_none=True)
    valid_to = SchoolDate(required=True, allow_none=True)


class Codes(Resource):
    """What there is to choose from at a school on a date. `languages` has the default first."""

    school_id = Uuid(required=True)
    pack = fields.String(required=True)
    version = fields.String(required=True)
    label = words_by_language(required=True)
    languages = fields.List(fields.String(), required=True)
    on = SchoolDate(required=True)
    codes = fields.List(fields.Nested(Choosable), required=True)
