"""What a person reads of an op that could not be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas import fast
from schemas.faults import EXPECTED, NOT_AN_OP, NOT_JSON

ID = "0193a4c2-0000-7000-8000-000000000000"
MARK = {"student_id": ID, "presence": "present"}
OP = {
    "id": ID,
    "v": 1,
    "kind": "submit",
    "roll_id": ID,
    "taken_at": "2026-11-23T16:41:07.213Z",
    "marks": [MARK, MARK],
}
CLOCK = {"offset_ms": 0, "uncertainty_ms": 9, "server_seen_at": None, "suspect": False}
SECRET = "Ana was ill, says her mother " * 40


def fault(op: Any) -> str:
    said = fast.read_op(json.dumps(op).encode()).fault
    assert said is not None
    return said


@pytest.mark.parametrize(
    ("op", "begins"),
    [
        (OP | {"taken_at": SECRET}, "taken_at cannot be read; it has to be a date and time"),
        (OP | {"taken_at": "2026-02-30T16:41:07Z"}, "taken_at cannot be read; it has to be a date"),
        (OP | {"roll_id": SECRET}, "roll_id cannot be read; it has to be an id of 36"),
        (OP | {"kind": 7}, "kind cannot be read; it has to be one of submit, rule"),
        (OP | {"marks": [MARK] * 101}, "marks cannot be read; it has to be a list of at most 100"),
        (OP | {"marks": [MARK, {**MARK, "note": SECRET}]}, "note of line 2 cannot be read; it has"),
        (OP | {"marks": [MARK, {**MARK, "presence": SECRET}]}, "presence of line 2 cannot be read"),
        (OP | {"marks": [{**MARK, "parents": ["x"]}]}, "parents of line 1 cannot be read; it has"),
        (
            OP | {"marks": [{**MARK, "left_at": "2026-02-30T16:41:07Z"}]},
            "left_at of line 1 cannot be read",
        ),
        (OP | {"marks": [{"presence": "late"}]}, "student_id of line 1 is missing; it has to be"),
        ({**OP, "marks": [7]}, "marks cannot be read"),
        ({name: said for name, said in OP.items() if name != "taken_at"}, "taken_at is missing;"),
        (OP | {"clock": {"suspect": True}}, "offset_ms is missing; it has to be a whole number"),
        (OP | {"clock": 5}, "clock cannot be read"),
        (OP | {"clock": CLOCK | {"asleep_ms": -1}}, "asleep_ms cannot be read; it has to be a"),
        (OP | {"source": {"how": "rumour"}}, "how cannot be read; it has to be one of paper, held"),
        (OP | {"source": {"how": "paper", "taken_by": SECRET}}, "taken_by cannot be read; it has"),
        (OP | {"source": {"how": "paper", "stated_at": "today"}}, "stated_at cannot be read"),
        (OP | {"grant": None}, "grant cannot be read"),
    ],
)
def test_the_field_and_what_belongs_there_are_named_and_nothing_is_echoed(
    op: Any, begins: str
) -> None:
    said = fault(op)
    assert said.startswith(begins)
    assert len(said) < 160
    assert not {*"\\$`^<>"} & {*said}
    assert "Ana" not in said


def test_what_is_no_op_at_all_is_told_as_that() -> None:
    assert fault(["submit"]) == NOT_AN_OP
    assert fast.read_op(b'{"id": ').fault == NOT_JSON


def test_every_field_that_can_be_wrong_has_its_words() -> None:
    structs = (fast.Op, fast.SentMark, fast.Clock, fast.Source)
    assert EXPECTED.keys() == {name for one in structs for name in one.__struct_fields__}
