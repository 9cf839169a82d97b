"""Finds what can be found in JSON that the strict reader gives up on.

One note cut in the middle of an emoji makes a whole batch unreadable to msgspec. Each op is then
cut out of the text as it came, so that the bad one is refused alone, by its own id.
"""

from __future__ import annotations

import json
import re

UUID_FORM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
SPACE = re.compile(r"[ \t\n\r]*")
READER = json.JSONDecoder(parse_int=str)


def split(body: bytes) -> tuple[bytes, list[bytes]]:
    """The envelope with one null for its ops, and the ops as they came. Raises ValueError,
    RecursionError."""
    text = _text(body)
    at = _past(text, 0, "{")
    while True:
        name, at = READER.raw_decode(text, _skip(text, at))
        at = _skip(text, _past(text, at, ":"))
        if name == "ops":
            ops, end = _elements(text, at)
            return _bytes(f"{text[:at]}[null]{text[end:]}"), [_bytes(op) for op in ops]
        _, at = READER.raw_decode(text, at)
        at = _past(text, at, ",")


def said_id(raw: bytes) -> str:
    """The id that an unreadable op gives itself; empty where none can be made out."""
    try:
        said = READER.decode(_text(raw))["id"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return ""
    return said if isinstance(said, str) and UUID_FORM.fullmatch(said) else ""


def _elements(text: str, at: int) -> tuple[list[str], int]:
    at = _skip(text, _past(text, at, "["))
    elements: list[str] = []
    while True:
        _, end = READER.raw_decode(text, at)
        elements.append(text[at:end])
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            return elements, at + 1
        at = _skip(text, _past(text, at, ","))


def _skip(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return space.end() if space else at


def _past(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(f"expected {mark} at {at}")
    return at + 1


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
