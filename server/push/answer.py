"""Reads a push service's answer out of the bytes that have come so far (HTTP/1.1, RFC 9112)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOST_HEAD: Final = 16 * 1024
MOST_BODY: Final = 64 * 1024
STATUS_FORM = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: [^\r\n]*)?", re.ASCII)
SIZE_FORM = re.compile(rb"([0-9a-fA-F]{1,6})(?:;[^\r\n]*)?", re.ASCII)
WITHOUT_BODY: Final = {204, 304}
END_OF_HEAD, END_OF_LINE = b"\r\n\r\n", b"\r\n"


class Garbled(OSError):
    """What came back is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A push service's answer; its body is thrown away. `size`: of the whole in bytes, None where
    it has no near end, so that nothing can follow it."""

    status: int
    headers: Mapping[bytes, bytes]
    size: int | None

    def header(self, name: bytes) -> str | None:
        """A header by its name in lower case."""
        found = self.headers.get(name)
        return None if found is None else found.decode("latin-1")


def read_answer(read: bytes) -> Answer | None:
    """The answer that these bytes begin with; None while it is not whole. Raises Garbled."""
    at = 0
    while True:
        end = read.find(END_OF_HEAD, at)
        if end < 0:
            if len(read) - at > MOST_HEAD:
                raise Garbled("no end")
            return None
        answer = _read_head(read[at:end])
        at = end + len(END_OF_HEAD)
        if answer.status >= 200:  # those before are words in between
            return _with_body(answer, read, at)


def _read_head(head: bytes) -> Answer:
    first, *lines = head.split(END_OF_LINE)
    form = STATUS_FORM.fullmatch(first)
    if form is None:
        raise Garbled("no status")
    named = (line.partition(b":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in named}
    if form[1] == b"0":
        headers[b"connection"] = b"close"
    return Answer(int(form[2]), headers, None)


def _with_body(answer: Answer, read: bytes, at: int) -> Answer | None:
    """The answer with its size, or None while its body is still to come."""
    if answer.headers.get(b"connection", b"").lower() == b"close":
        return answer
    if answer.status in WITHOUT_BODY:
        return Answer(answer.status, answer.headers, at)
    if b"chunked" in answer.headers.get(b"transfer-encoding", b"").lower():
        return _with_chunks(answer, read, at)
    length = answer.headers.get(b"content-length", b"")
    if not length.isdigit() or int(length[:9]) > MOST_BODY:
        return answer
    end = at + int(length)
    return Answer(answer.status, answer.headers, end) if len(read) >= end else None


def _with_chunks(answer: Answer, read: bytes, at: int) -> Answer | None:
    most = at + MOST_BODY
    while at < most:
        end = read.find(END_OF_LINE, at)
        if end < 0:
            return None if len(read) - at < MOST_HEAD else answer
        form = SIZE_FORM.fullmatch(read[at:end])
        if form is None:
            return answer
        size = int(form[1], 16)
        at = end + len(END_OF_LINE) + size + len(END_OF_LINE)
        if size == 0:  # trailers are as rare as they are useless: what has any is not kept
            whole = read[at - len(END_OF_LINE) : at]
            if len(whole) < len(END_OF_LINE):
                return None
            return Answer(answer.status, answer.headers, at) if whole == END_OF_LINE else answer
    return answer
