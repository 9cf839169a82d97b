"""Field types of the wire, each with one spelling: ids, instants, dates, words and unions."""

# ruff: noqa: ARG002 the signatures are marshmallow's

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

from sync.sentence import say

# Line breaks and tabs may stand in a note; other control characters and halves of characters
# may not: databases refuse them and screens cannot show them.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
UUID_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
INSTANT_FORM = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
DATE_FORM = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
BASE64URL_FORM = re.compile(r"[A-Za-z0-9_-]{1,4000}", re.ASCII)
INTEGER_FORM = re.compile(r"-?\d{1,15}", re.ASCII)
TIME_FORM = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class Uuid(fields.Field[UUID]):
    """An id, spelled in 36 characters."""

    default_error_messages = {"invalid": say("Not a UUID of 36 characters.")}  # noqa: RUF012 marshmallow's form

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> UUID:
        if not isinstance(value, str) or not UUID_FORM.fullmatch(value):
            raise self.make_error("invalid")
        return UUID(value)


class Instant(fields.Field[datetime]):
    """An instant in UTC with milliseconds: 2026-11-23T16:41:07.213Z."""

    default_error_messages = {  # noqa: RUF012 marshmallow's form
        "invalid": say("Not an instant such as 2026-11-23T16:41:07.213Z.")
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return spell_instant(value) if isinstance(value, datetime) else value

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        if not isinstance(value, str) or not INSTANT_FORM.fullmatch(value):
            raise self.make_error("invalid")
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self.make_error("invalid") from error


class SchoolDate(fields.Field[date]):
    """A school date: 2026-11-23."""

    default_error_messages = {"invalid": say("Not a date such as 2026-11-23.")}  # noqa: RUF012 marshmallow's form

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date:
        if not isinstance(value, str) or not DATE_FORM.fullmatch(value):
            raise self.make_error("invalid")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid") from error


class TimeOfDay(fields.String):
    """A time of day in the school's zone: 08:30."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not TIME_FORM.fullmatch(text):
            raise ValidationError(say("Not a time of day such as 08:30."))
        return text


MOST_TAG = 35
"""Characters of a language's tag (RFC 5646, 4.4.1)."""


class Text(fields.String):
    """Words of at most `most` characters, none of them a control character."""

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any) -> None:
        """Take the bounds of the length, in characters."""
        super().__init__(validate=validate.Length(min=least, max=most), **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if UNPRINTABLE.search(text):
            raise self.make_error("invalid")
        return text


class Base64Url(fields.String):
    """Exactly so many bytes, spelled in base64url without padding."""

    default_error_messages = {"invalid": say("Not {length} bytes in base64url without padding.")}  # noqa: RUF012 marshmallow's form

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        """Take the number of bytes."""
        super().__init__(**kwargs)
        self.length = length

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else urlsafe_b64encode(value).rstrip(b"=").decode()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        spelled = value if isinstance(value, str) and BASE64URL_FORM.fullmatch(value) else ""
        try:
            found = urlsafe_b64decode(spelled + "=" * (-len(spelled) % 4))
        except ValueError:
            found = b""
        if len(found) != self.length:
            raise self.make_error("invalid", length=self.length)
        return found


class Word(fields.String):
    """One of a closed list of words."""

    def __init__(self, words: type[StrEnum], **kwargs: Any) -> None:
        """Take the list."""
        super().__init__(validate=validate.OneOf([word.value for word in words]), **kwargs)
        self.words = words


class Exactly(fields.Field[Any]):
    """A constant: a version, or the word that tells a union's members apart."""

    default_error_messages = {"invalid": say("Must be {value}.")}  # noqa: RUF012 marshmallow's form

    def __init__(self, value: str | int, **kwargs: Any) -> None:
        """Take the one value."""
        super().__init__(required=True, **kwargs)
        self.value = value

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return self.value

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if type(value) is not type(self.value) or value != self.value:
            raise self.make_error("invalid", value=self.value)
        return value


class TrueFalse(fields.Boolean):
    """True or false and nothing that is equal to them: 0 is a number."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class QueryNumber(fields.Integer):
    """A whole number in a query, where everything is text."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str) or not INTEGER_FORM.fullmatch(value):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Union(fields.Field[Any]):
    """One of several resources, told apart by their `type`."""

    def __init__(self, members: Mapping[str, type[Schema]], **kwargs: Any) -> None:
        """Take the resources by their `type`."""
        super().__init__(**kwargs)
        self.members = members

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return self.members[value["type"]]().dump(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in self.members:
            known = ", ".join(self.members)
            raise ValidationError({"type": [say("Must be one of: {known}.", known=known)]})
        return self.members[kind]().load(value)


def spell_instant(moment: datetime) -> str:
    """Write an aware instant as the wire has it."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
