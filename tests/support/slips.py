"""A slip's code read as a tablet reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.sealing import read
from server.slips import ALPHABET, HEAD, is_signed

FACTS = 47


@dataclass(frozen=True, slots=True)
class Code:
    """What a slip's code is made of."""

    what: int
    key_tag: bytes
    school_tag: bytes
    student_id: UUID
    line_id: UUID
    at_ms: int
    facts: bytes
    signature: bytes


def bytes_of(text: str) -> bytes:
    """Base45 as RFC 9285 has it."""
    places = [ALPHABET.index(letter) for letter in text]
    raw = b""
    for at in range(0, len(places), 3):
        group = places[at : at + 3]
        number = sum(place * 45**power for power, place in enumerate(group))
        raw += number.to_bytes(len(group) - 1, "big")
    return raw


def code_of(text: str) -> Code:
    """Take a slip's text apart."""
    assert text.startswith(HEAD)
    raw = bytes_of(text.removeprefix(HEAD))
    facts, signature = raw[:FACTS], raw[FACTS:]
    return Code(
        facts[0],
        facts[1:5],
        facts[5:9],
        UUID(bytes=facts[9:25]),
        UUID(bytes=facts[25:41]),
        int.from_bytes(facts[41:47], "big"),
        facts,
        signature,
    )


def believed(bootstrap: dict[str, Any], text: str) -> bool:
    """Whether a tablet with this bootstrap believes the slip."""
    code, school_id = code_of(text), UUID(bootstrap["school"]["school_id"])
    publics = [
        read(one["public"])
        for one in bootstrap["slip_keys"]
        if UUID(one["key_id"]).bytes[-4:] == code.key_tag
    ]
    return any(is_signed(one, school_id, code.facts, code.signature) for one in publics)
