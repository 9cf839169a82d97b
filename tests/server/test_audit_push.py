"""A stranger's batch: whatever one op contains, the others are heard and it is answered by name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.api import School


def sent_as(body: dict[str, Any], says: str, meant: str) -> bytes:
    """The batch with one piece of its text put in by hand."""
    text = json.dumps(body)
    assert says in text
    return text.replace(says, meant).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "meant",
    [
        '"cut in the middle of an emoji \\ud83d"',
        "NaN",
        "1e999",
        "9" * 5000,
        '"\udcff\udcfe"',
    ],
    ids=["half an emoji", "NaN", "infinite", "a long number", "not UTF-8"],
)
def test_A10_what_no_reader_takes_is_refused_alone_and_by_its_id(
    school: School, meant: str
) -> None:
    tablet = school.tablet(school.cast.ruiz)
    before, bad = tablet.op(school.cast.eight_a), tablet.op(school.cast.eight_a, seen_as="X")
    after = tablet.op(school.cast.eight_a, absent=[4], parents=[before["id"]])
    answer = tablet.post("ops", sent_as(tablet.batch(before, bad, after), '"X"', meant))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    one, two, three = answer.get_json()["results"]
    assert [one["outcome"], three["outcome"]] == ["accepted", "accepted"]
    assert (two["id"], two["outcome"], two["reason"]) == (bad["id"], "refused", "malformed")
    again = tablet.post("ops", sent_as(tablet.batch(before, bad, after), '"X"', meant))
    assert [result["replayed"] for result in again.get_json()["results"]] == [True, False, True]


@pytest.mark.parametrize(
    "strange",
    [{"v": 10**30}, {"v": 2**31}, {"id": "a\0b"}, {"id": "\x1b[31m"}, {"kind": "a\0b", "v": 2}],
    ids=str,
)
def test_A10_no_value_in_an_op_stops_the_others(school: School, strange: dict[str, Any]) -> None:
    tablet = school.tablet(school.cast.ruiz)
    bad = tablet.op(school.cast.eight_a) | strange
    good = tablet.op(school.cast.eight_a)
    refused, accepted = tablet.push(bad, good)
    assert (refused["id"], refused["reason"]) == (bad["id"], "malformed")
    assert accepted["outcome"] == "accepted"


def test_an_envelope_that_is_no_json_is_one_problem(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    whole = json.dumps(tablet.batch(tablet.op(school.cast.eight_a)))
    for torn in (whole[:-1], whole + "x", whole.replace('"app"', "app"), "[" * 60_000, '{"ops"'):
        assert tablet.post("ops", torn.encode()).status_code in {400, 422}, torn[:80]
