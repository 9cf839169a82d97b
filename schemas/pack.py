"""Rule packs as JSON: read into the core's values, or into sentences that say what is wrong."""

# ruff: noqa: ARG002 the signatures are marshmallow's

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.fields import SchoolDate, Text, TrueFalse, Word
from schemas.resource import Resource
from sync import codes, pack
from sync.model import Presence
from sync.pack_faults import Fault, faults

LANGUAGE = validate.Regexp(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z", error="Not a language tag.")


class WordSet(fields.List[Any]):
    """A set of words of one closed list, spelled as a list in alphabetical order."""

    def __init__(self, words: type[StrEnum], **kwargs: Any) -> None:
        """Take the list of words."""
        super().__init__(Word(words), **kwargs)
        self.words = words

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else sorted(map(str, value))

    def _deserialize(  # type: ignore[override]  # a set, for the core
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> frozenset[StrEnum]:
        listed = super()._deserialize(value, attr, data, **kwargs)
        return frozenset(self.words(str(one)) for one in listed or ())


class Share(fields.Field[Fraction]):
    """An exact share: "1/10"."""

    default_error_messages = {"invalid": "Not a share such as 1/10."}  # noqa: RUF012 marshmallow's form

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Fraction:
        try:
            return Fraction(value) if isinstance(value, str) else self._refuse()
        except (ValueError, ZeroDivisionError) as error:
            raise self.make_error("invalid") from error

    def _refuse(self) -> Fraction:
        raise self.make_error("invalid")


def words_by_language(**kwargs: Any) -> fields.Dict:
    """Words in each language, by its tag."""
    return fields.Dict(keys=fields.String(validate=LANGUAGE), values=Text(most=200), **kwargs)


class CapOf(Resource):
    """At most so many school days, over what."""

    days = fields.Integer(required=True, strict=True)
    per = Word(codes.Per, required=True)
    discretion = TrueFalse(load_default=False)
    statutory = TrueFalse(load_default=False)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> codes.Cap:
        """The core's value."""
        return codes.Cap(**told | {"per": codes.Per(told["per"])})


class TemporaryOf(Resource):
    """After how many school days a code becomes which."""

    days = fields.Integer(required=True, strict=True)
    next_code = fields.String(required=True)
    since = Word(codes.Since, load_default=codes.Since.RETURN)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> codes.Temporary:
        """The core's value."""
        return codes.Temporary(**told | {"since": codes.Since(told["since"])})


class GradesOf(Resource):
    """From which grade to which; kindergarten is 0."""

    least = fields.Integer(required=True, strict=True)
    most = fields.Integer(required=True, strict=True)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> codes.Grades:
        """The core's value."""
        return codes.Grades(**told)


CHOSEN: dict[str, type[StrEnum]] = {
    "where": codes.Where,
    "authorised": codes.Authorised,
    "partial": codes.Partial,
    "special": codes.Special,
    "evidence": codes.Asks,
}


class CodeOf(Resource):
    """One meaning of one code. What is left out is the usual: false, none, nobody."""

    code = fields.String(required=True)
    label = words_by_language(required=True)
    where = Word(codes.Where, required=True)
    marks = WordSet(Presence, required=True)
    authorised = Word(codes.Authorised, load_default=None, allow_none=True)
    counts_ada = TrueFalse(required=True)
    counts_chronic = TrueFalse(load_default=False)
    truancy_eligible = TrueFalse(load_default=False)
    part = Word(
        codes.Partial, data_key="partial", attribute="partial", load_default=None, allow_none=True
    )
    special = Word(codes.Special, load_default=None, allow_none=True)
    temporary = fields.Nested(TemporaryOf, load_default=None, allow_none=True)
    who_may_set = WordSet(codes.Role, load_default=frozenset)
    seen_by = WordSet(codes.Role, load_default=frozenset)
    needs_note = TrueFalse(load_default=False)
    needs_notice = TrueFalse(load_default=False)
    evidence = Word(codes.Asks, load_default=codes.Asks.OPTIONAL)
    asks = words_by_language(load_default=dict)
    caps = fields.List(fields.Nested(CapOf), load_default=list)
    grades = fields.Nested(GradesOf, load_default=None, allow_none=True)
    least_min = fields.Integer(load_default=None, allow_none=True, strict=True)
    parent_visible = TrueFalse(load_default=True)
    prefillable = TrueFalse(load_default=False)
    confidential = TrueFalse(load_default=False)
    edfi = fields.String(load_default=None, allow_none=True)
    environment = fields.String(load_default=None, allow_none=True)
    state_code = fields.String(load_default=None, allow_none=True)
    citation = Text(most=300, load_default=None, allow_none=True)
    valid_from = SchoolDate(load_default=None, allow_none=True)
    valid_to = SchoolDate(load_default=None, allow_none=True)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> codes.Code:
        """The core's value."""
        lists: dict[str, type[StrEnum]] = {
            "where": codes.Where,
            "authorised": codes.Authorised,
            "partial": codes.Partial,
            "special": codes.Special,
            "evidence": codes.Asks,
        }
        chosen = {
            name: None if told[name] is None else of(told[name]) for name, of in lists.items()
        }
        return codes.Code(**told | chosen | {"caps": tuple(told["caps"])})


class RulesOf(Resource):
    """A jurisdiction's numbers; what is left out is as in California."""

    unit = Word(pack.Unit, required=True)
    gap_min = fields.Integer(required=True, allow_none=True, strict=True)
    gap_counts = Word(pack.Over, required=True)
    truancy_occasions = fields.Integer(required=True, strict=True)
    ages = fields.Tuple((fields.Integer(strict=True), fields.Integer(strict=True)), required=True)
    chronic_share = Share(required=True)
    chronic_more_than_days = fields.Integer(required=True, strict=True)
    tiers = fields.List(fields.Tuple((fields.String(), Share())))
    recovery_most_days = fields.Integer(strict=True)
    register_open_most_min = fields.Integer(allow_none=True, strict=True)
    keep_years = fields.Integer(allow_none=True, strict=True)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> pack.Rules:
        """The core's value."""
        chosen: dict[str, Any] = {
            "unit": pack.Unit(told["unit"]),
            "gap_counts": pack.Over(told["gap_counts"]),
        }
        if "tiers" in told:
            chosen["tiers"] = tuple(told["tiers"])
        return pack.Rules(**told | chosen)


class PackOf(Resource):
    """A whole pack. `note` is for whoever reads the file."""

    name = fields.String(required=True)
    version = fields.String(required=True)
    jurisdiction = fields.String(required=True)
    label = words_by_language(required=True)
    languages = fields.List(fields.String(validate=LANGUAGE), required=True)
    note = fields.String(load_only=True)
    plain = fields.Dict(keys=Word(pack.Plain), values=fields.String(), required=True)
    profiles = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(RulesOf),
        required=True,
        validate=validate.Length(1),
    )
    codes = fields.List(fields.Nested(CodeOf), required=True)

    @post_load
    def value(self, told: dict[str, Any], **_: Any) -> pack.Pack:
        """The core's value."""
        told.pop("note", None)
        plain = {pack.Plain(mark): code for mark, code in told["plain"].items()}
        lists = {"languages": tuple(told["languages"]), "codes": tuple(told["codes"])}
        return pack.Pack(**told | lists | {"plain": plain})


def read_pack(tree: Any) -> tuple[pack.Pack | None, tuple[Fault, ...]]:
    """A pack and all that is wrong with it; no pack where it cannot be read as one."""
    try:
        read: pack.Pack = PackOf().load(tree)
    except ValidationError as error:
        return None, tuple(_sentences(error.messages, tree))
    return read, faults(read)


def read_codes(tree: Any) -> tuple[tuple[codes.Code, ...], tuple[Fault, ...]]:
    """Codes alone, as a school adds them: a list, or a pack's `codes`; and what cannot be read."""
    listed = tree.get("codes") if isinstance(tree, Mapping) else tree
    if not isinstance(listed, list) or not listed:
        return (), (Fault(None, "codes", "The file lists no codes."),)
    try:
        read = CodeOf(many=True).load(listed)
    except ValidationError as error:
        return (), tuple(_sentences({"codes": error.messages}, {"codes": listed}))
    return tuple(read), ()


def _sentences(errors: Any, tree: Any, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    """The reader's errors, each with the code that it is about and the field in it."""
    if isinstance(errors, Mapping):
        for key, inner in errors.items():
            yield from _sentences(inner, tree, (*path, str(key)))
        return
    name = _whose(path, tree)
    place = ".".join(path[2:] if name else path).removesuffix("._schema")
    for words in errors:
        yield Fault(name, place, f"{name or 'The pack'}: {_plainly(place, str(words))}")


def _plainly(place: str, words: str) -> str:
    if place in {"", "_schema"}:
        return "this is not a JSON object."
    if words.startswith("Missing data"):
        return f"{place} is missing."
    return f"{place} cannot be read. {words}"


def _whose(path: tuple[str, ...], tree: Any) -> str | None:
    if path[:1] != ("codes",) or len(path) < 2 or not path[1].isdigit():
        return None
    entry = tree["codes"][int(path[1])]
    named = entry.get("code") if isinstance(entry, Mapping) else None
    return named if isinstance(named, str) else f"code {int(path[1]) + 1}"
