"""The push path's own reading takes and refuses what schemas/push.py takes and refuses."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas import fast, push
from schemas.words import How, Kind, Presence

spoiled = st.sampled_from(
    [None, True, 0, 1, -1, 5.0, 1e300, 10**13, "", "x", [], {}, "\x00", "2026-02-30T00:00:00Z"]
)
ids = st.uuids().map(str) | st.uuids().map(lambda one: str(one).upper())
odd_ids = ids | st.uuids().map(lambda one: one.hex) | st.just("g" * 36)
instants = st.sampled_from(
    [
        "2026-11-23T16:41:07.213Z",
        "2026-11-23T16:41:07Z",
        "2026-11-23T16:41:07.123456+05:30",
        "2026-11-23T16:41:07.1234567Z",
        "2026-11-23T16:41:60Z",
        "2026-11-23T16:41:07",
        "2026-11-23 16:41:07Z",
        "2026-11-23T16:41:07z",
        "2026-13-23T16:41:07Z",
        "0001-01-01T00:00:00+14:00",
        "2026-11-23T16:41:07+24:00",
        "２026-11-23T16:41:07Z",
        "2026-11-23T16:41:07Z\n",
    ]
)
texts = st.text(st.characters(codec="utf-8"), max_size=70) | st.just("x" * 501) | st.just("y" * 65)
MARK = {
    "presence": st.none() | st.sampled_from([one.value for one in Presence]) | spoiled,
    "arrived_at": st.none() | instants | spoiled,
    "left_at": st.none() | instants,
    "note": texts | spoiled,
    "note_sealed": texts | st.just("z" * 3001) | spoiled,
    "parents": st.lists(odd_ids, max_size=3) | spoiled,
    "reason": texts | spoiled,
    "excused": st.booleans() | spoiled,
    "evidence": texts | spoiled,
    "why": texts | spoiled,
}
plain_mark = st.fixed_dictionaries(
    {"student_id": ids}, optional={"presence": st.sampled_from([p.value for p in Presence])}
)
odd_mark = st.fixed_dictionaries({"student_id": odd_ids | spoiled}, optional=MARK)
clock = st.fixed_dictionaries(
    {
        "offset_ms": st.integers(-(10**12), 10**12) | spoiled,
        "uncertainty_ms": st.integers(-1, 10**12) | spoiled,
        "server_seen_at": st.none() | instants,
        "suspect": st.booleans() | spoiled,
    },
    optional={"asleep_ms": st.integers(-1, 10**12 + 1) | spoiled},
)
source = st.fixed_dictionaries(
    {"how": st.sampled_from([one.value for one in How]) | spoiled},
    optional={
        "op_id": odd_ids | spoiled,
        "taken_by": texts | st.just("z" * 101) | spoiled,
        "stated_at": instants | spoiled,
    },
)
ops = st.fixed_dictionaries(
    {
        "id": ids | spoiled,
        "v": st.just(1) | spoiled,
        "kind": st.sampled_from([one.value for one in Kind]) | spoiled,
        "roll_id": ids | odd_ids,
        "taken_at": st.just("2026-11-23T16:41:07.213Z") | instants | spoiled,
        "marks": st.lists(plain_mark, max_size=3) | st.lists(odd_mark, max_size=2) | spoiled,
    },
    optional={
        "grant": odd_ids,
        "roster_rev": st.integers(-1, 10**12 + 1) | spoiled,
        "took_ms": st.integers(-1, 10**12 + 1) | spoiled,
        "clock": clock | spoiled,
        "source": source | spoiled,
    },
)


def takes(schema: Any, value: Any) -> bool:
    try:
        schema.load(value)
    except ValidationError:
        return False
    return True


@given(ops)
@settings(max_examples=250, deadline=None)
def test_both_readings_of_an_op_agree(op: dict[str, Any]) -> None:
    raw = json.dumps(op).encode()
    assert (fast.read_op(raw).op is not None) == takes(push.Op(), op)


@given(odd_mark)
@settings(max_examples=250, deadline=None)
def test_both_readings_of_a_mark_agree(mark: dict[str, Any]) -> None:
    op = {
        "id": "0193a4c2-0000-7000-8000-000000000000",
        "v": 1,
        "kind": "submit",
        "roll_id": "0193a4c2-0000-7000-8000-000000000001",
        "taken_at": "2026-11-23T16:41:07.213Z",
        "marks": [mark],
    }
    raw = json.dumps(op).encode()
    assert (fast.read_op(raw).op is not None) == takes(push.Op(), op)


@given(st.fixed_dictionaries({}, optional={"clock": clock, "source": source}))
@settings(max_examples=250, deadline=None)
def test_both_readings_of_a_clock_and_a_source_agree(told: dict[str, Any]) -> None:
    op = {
        "id": "0193a4c2-0000-7000-8000-000000000000",
        "v": 1,
        "kind": "submit",
        "roll_id": "0193a4c2-0000-7000-8000-000000000001",
        "taken_at": "2026-11-23T16:41:07.213Z",
        "marks": [],
        **told,
    }
    raw = json.dumps(op).encode()
    assert (fast.read_op(raw).op is not None) == takes(push.Op(), op)


envelopes = st.fixed_dictionaries(
    {
        "protocol": st.just(1) | spoiled,
        "app": st.just("2026.11.3") | texts | spoiled,
        "device_id": ids | odd_ids,
        "epoch": st.none() | texts | spoiled,
        "client_time": instants | spoiled,
        "ops": st.just([]) | st.just("none") | st.just([1]),
    }
)


@given(envelopes)
@settings(max_examples=150, deadline=None)
def test_both_readings_of_an_envelope_agree(envelope: dict[str, Any]) -> None:
    """The ops apart: the fast reading does not look into them yet."""
    try:
        fast.read_push(json.dumps(envelope).encode())
        taken = True
    except (msgspec.DecodeError, ValueError, OverflowError):
        taken = False
    try:
        push.Push().load(envelope)
        faults: set[str] = set()
    except ValidationError as error:
        faults = set(error.normalized_messages())
    one_op = envelope["ops"] == [1]
    assert taken == (not faults - ({"ops"} if one_op else set()))


def test_what_this_version_does_not_know_is_kept_and_never_refused() -> None:
    """Wider than the schema on purpose: a tablet's app may be newer than the server."""
    op = {
        "id": "0193a4c2-0000-7000-8000-000000000000",
        "v": 1,
        "kind": "submit",
        "roll_id": "0193A4C2-0000-7000-8000-00000000000A",
        "taken_at": "2026-11-23T16:41:07.213Z",
        "marks": [],
        "weather": "rain",
    }
    sent = fast.read_op(json.dumps(op).encode())
    assert sent.op is not None
    assert sent.tree is not None
    assert sent.tree["weather"] == "rain"
    assert sent.tree["roll_id"].islower()


def test_nothing_that_is_sent_makes_the_reading_raise() -> None:
    for raw in (b"", b"[", b"3", b"null", b"[" * 100_000, b'"\xff"', b'{"id":"\\ud800"}'):
        assert fast.read_op(raw).fault
