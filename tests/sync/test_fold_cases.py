"""The shared decision tables of the fold, in Python; Vitest reads the same files."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from sync.fold import fold
from sync.model import Why
from tests.cases import reader
from tests.cases.generate import FILE, table

CASES = reader.cases("fold.json")


@pytest.mark.parametrize("case", CASES, ids=reader.title)
def test_a_roll_folds_as_the_table_says(case: dict[str, Any]) -> None:
    ops = [reader.op(entry) for entry in case["ops"]]
    roster = [UUID(student) for student in case["roster"]]
    assert reader.roll_json(fold(ops, roster)) == case["roll"]


@pytest.mark.parametrize("case", CASES, ids=reader.title)
def test_F1_1_a_table_read_backwards_gives_the_same(case: dict[str, Any]) -> None:
    ops = [reader.op(entry) for entry in reversed(case["ops"])]
    roster = [UUID(student) for student in reversed(case["roster"])]
    assert reader.roll_json(fold(ops + ops, roster)) == case["roll"]


def test_the_names_of_cases_are_their_own() -> None:
    names = [case["id"] for file in ("fold.json", "deadline.json") for case in reader.cases(file)]
    assert len(names) == len(set(names))


def test_the_generated_cases_are_what_the_fold_gives_today() -> None:
    assert (reader.HERE / FILE).read_text() == table(), "run python -m tests.cases.generate"


def test_the_generated_cases_have_what_people_disagree_about() -> None:
    marks = [mark for case in reader.cases(FILE) for mark in case["roll"]["marks"]]
    flags = Counter(flag for mark in marks for flag in mark.get("flags", ()))
    whys = Counter(mark["why"] for mark in marks if "why" in mark)
    assert min(flags["contested"], flags["safety"], flags["own_devices"]) > 50
    assert all(whys[why.value] >= 5 for why in Why)
