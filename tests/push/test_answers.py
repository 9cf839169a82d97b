"""Reads answers out of bytes, in whatever pieces they come, and what they mean."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.push.answer import MOST_HEAD, Garbled, read_answer
from server.push.answers import LONGEST_WAIT, read_retry_after
from tests.push.conftest import NOW

WHOLE = [
    b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 201\r\ncontent-length: 5\r\n\r\nhello",
    b"HTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 X\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0;x=y\r\n\r\n",
]
WITHOUT_END = [
    b"HTTP/1.1 201 X\r\n\r\n",
    b"HTTP/1.0 201 X\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 201 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 201 X\r\nContent-Length: -1\r\n\r\n",
    b"HTTP/1.1 201 X\r\nContent-Length: 70000\r\n\r\n",
    b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n",
]


@pytest.mark.parametrize("whole", WHOLE)
def test_an_answer_is_read_when_its_last_byte_has_come_and_not_before(whole: bytes) -> None:
    for length in range(len(whole)):
        assert read_answer(whole[:length]) is None
    answer = read_answer(whole + b"HTTP/1.1 500 X")
    assert answer is not None
    assert (answer.status, answer.size) == (400 if b"400" in whole else answer.status, len(whole))
    assert answer.status in {201, 204, 400}


@pytest.mark.parametrize("whole", WITHOUT_END)
def test_an_answer_without_a_near_end_is_one_and_the_last(whole: bytes) -> None:
    answer = read_answer(whole)
    assert answer is not None
    assert (answer.status, answer.size) == (201, None)


@pytest.mark.parametrize(
    "read", [b"SSH-2.0\r\n\r\n", b"HTTP/2 201\r\n\r\n", b"HTTP/1.1 2x1 X\r\n\r\n", b"\r\n\r\n"]
)
def test_what_is_no_answer_is_refused(read: bytes) -> None:
    with pytest.raises(Garbled):
        read_answer(read)


def test_a_head_without_an_end_is_read_no_further() -> None:
    with pytest.raises(Garbled):
        read_answer(b"HTTP/1.1 201 X\r\n" + b"A: b\r\n" * MOST_HEAD)


@given(st.binary(max_size=200), st.sampled_from([*WHOLE, *WITHOUT_END, b"HTTP/1.1 "]))
def test_no_bytes_make_it_stumble(noise: bytes, beginning: bytes) -> None:
    for read in (noise, beginning[: len(noise)] + noise, beginning + noise):
        try:
            read_answer(read)
        except Garbled:
            continue


@given(st.text(max_size=60) | st.integers().map(str))
def test_P7_whatever_retry_after_says_is_within_the_hour_or_nothing(text: str) -> None:
    until = read_retry_after(text, NOW)
    assert until is None or timedelta(0) <= until - NOW <= LONGEST_WAIT


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 31 Dec 9999 23:59:59 -2300",
        "Tue, 06 Oct 99999999999999999999 15:03:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2300",
    ],
)
def test_P7_a_date_beyond_the_calendar_is_no_reason_to_stumble(text: str) -> None:
    until = read_retry_after(text, NOW)
    assert until is None or timedelta(0) <= until - NOW <= LONGEST_WAIT
