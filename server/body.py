"""Reads a request's body within limits: size, inflated size, one reading of the JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from flask import Request

from server.problems import Problem
from sync.sentence import say

GZIP = 16 + zlib.MAX_WBITS


def read(request: Request, most: int) -> bytes:
    """The body, inflated, of at most so many bytes. Raises Problem."""
    if (request.content_length or 0) > most:
        raise Problem("too_large")
    sent = request.stream.read(most + 1)
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "gzip":
        sent = _inflate(sent, most)
    elif encoding != "identity":
        raise Problem("unsupported_media", say("Send the body plain or as gzip."))
    if len(sent) > most:
        raise Problem("too_large")
    return sent


def _inflate(sent: bytes, most: int) -> bytes:
    unzip = zlib.decompressobj(GZIP)
    try:
        inflated = unzip.decompress(sent, most + 1)
    except zlib.error as error:
        raise Problem(
            "malformed", say("The body is not gzip, as its Content-Encoding says.")
        ) from error
    if len(inflated) <= most and (not unzip.eof or unzip.unused_data):
        raise Problem("malformed", say("The gzip body is cut short or followed by something else."))
    return inflated


def parse(sent: bytes) -> Any:
    """The JSON value, refusing what readers of JSON disagree about. Raises Problem."""
    try:
        return json.loads(
            sent.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise Problem("malformed", say("The body is not JSON that reads only one way.")) from error


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name occurs twice")
    return members


def _no_constant(name: str) -> None:
    raise ValueError(name)
