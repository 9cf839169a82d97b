"""Each kind of field has one spelling, and refuses every other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from schemas.fields import Exactly, Instant, QueryNumber, SchoolDate, Text, Union, Uuid, Word
from schemas.people import SignIn
from schemas.push import Handover, Op, Push
from schemas.roll import Roll
from schemas.section import Section
from schemas.words import Presence

EARLIEST = datetime(1970, 1, 2)  # noqa: DTZ001 Hypothesis adds the zone itself
GOOD: list[tuple[fields.Field[Any], Any, Any]] = [
    (Instant(), "2026-11-23T16:41:07.213Z", datetime(2026, 11, 23, 16, 41, 7, 213000, UTC)),
    (Instant(), "2026-11-23T16:41:07Z", datetime(2026, 11, 23, 16, 41, 7, tzinfo=UTC)),
    (Instant(), "2026-11-23T08:41:07-08:00", datetime(2026, 11, 23, 16, 41, 7, tzinfo=UTC)),
    (SchoolDate(), "2028-02-29", date(2028, 2, 29)),
    (Word(Presence), "late", "late"),
    (Text(most=3), "Zoë", "Zoë"),
    (Text(most=9), "two\nlines", "two\nlines"),
    (Exactly(1), 1, 1),
    (Exactly("roll"), "roll", "roll"),
    (QueryNumber(), "25", 25),
]
BAD: list[tuple[fields.Field[Any], Any]] = [
    (Uuid(), "0193a4c2"),
    (Uuid(), "{0193a4c2-0000-7000-8000-000000000001}"),
    (Uuid(), 7),
    (Instant(), "2026-11-23T16:41:07"),
    (Instant(), "2026-11-23 16:41:07Z"),
    (Instant(), "2026-13-23T16:41:07Z"),
    (Instant(), "0001-01-01T00:00:00+14:00"),
    (Instant(), 1764000000),
    (SchoolDate(), "2026-02-29"),
    (SchoolDate(), "20260228"),
    (SchoolDate(), "2026-02-28T00:00:00"),
    (Word(Presence), "here"),
    (Word(Presence), ["late"]),
    (Text(most=3), "four"),
    (Text(most=9, least=1), ""),
    (Text(most=9), "a\x00b"),
    (Text(most=9), "\ud800"),
    (Text(most=9), 7),
    (Exactly(1), True),
    (Exactly(1), "1"),
    (Exactly(1), 2),
    (QueryNumber(), "1e3"),
    (QueryNumber(), "٣"),
    (QueryNumber(), "9" * 5000),
]


@pytest.mark.parametrize(("field", "sent", "read"), GOOD)
def test_what_is_spelled_right_is_read(field: fields.Field[Any], sent: Any, read: Any) -> None:
    assert field.deserialize(sent) == read


@pytest.mark.parametrize(("field", "sent"), BAD)
def test_every_other_spelling_is_refused(field: fields.Field[Any], sent: Any) -> None:
    with pytest.raises(ValidationError):
        field.deserialize(sent)


@given(st.datetimes(min_value=EARLIEST, timezones=st.just(UTC)))
def test_an_instant_comes_back_to_the_millisecond(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    spelled = Instant()._serialize(moment, None, None)
    assert spelled is not None
    assert len(spelled) == 24
    assert Instant().deserialize(spelled) == moment


@given(st.uuids())
def test_an_id_comes_back(value: UUID) -> None:
    assert Uuid().deserialize(Uuid()._serialize(value, None, None)) == value


@pytest.mark.parametrize("schema", [SignIn, Push, Op, Handover])
def test_unknown_fields_are_refused_on_writes(schema: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        schema().load({"role": "administrator", "__proto__": {}, "author": "x"})
    told = refused.value.messages
    assert isinstance(told, dict)
    assert {"role", "__proto__", "author"} <= told.keys()


def test_a_password_is_never_sent_back() -> None:
    assert SignIn().dump({"username": "ruiz", "password": "secret"}) == {"username": "ruiz"}


def test_a_union_is_told_apart_by_its_type() -> None:
    field = Union({"roll": Roll, "section": Section})
    told = field._serialize({"type": "section", "title": "8A", "marks": 1}, None, None)
    assert told == {"type": "section", "title": "8A"}
