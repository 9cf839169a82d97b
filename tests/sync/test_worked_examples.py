"""Every worked example of these areas is a test, by its number in a test's name or case."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cases.reader import HERE
from tests.sync.testcal import WORKED

SHOWN = {"excuse", "chronic", "ADA", "conflict"}
AREAS = {*SHOWN, "truancy"}
MORE = {"X03", "X05", "X07", "X10", "S32"}
TESTS = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
NAMES = re.findall(r"def (test_\w+)", TESTS)
STORIES = "\n".join(path.read_text("utf-8") for path in (HERE.parent / "server").glob("test_*.py"))
THROUGH_THE_API = re.findall(r"def (test_\w+)", STORIES)
TABLES = [json.loads((HERE / file).read_text("utf-8")) for file in ("codes.json", "day.json")]
NAMED = [*NAMES, *(case["id"] for table in TABLES for case in table["cases"])]
OURS = sorted(one["id"] for one in WORKED["cases"] if one["area"] in AREAS or one["id"] in MORE)
OF_THE_DAY = sorted(
    one["id"] for one in WORKED["cases"] if one["area"] in SHOWN | {"roll", "clock"}
)


@pytest.mark.parametrize("example", OURS)
def test_a_worked_example_is_a_test(example: str) -> None:
    spelled = re.compile(rf"(?<![A-Za-z0-9]){example}(?![0-9])")
    assert [name for name in NAMED if spelled.search(name.replace("_", " "))]


@pytest.mark.parametrize("example", OF_THE_DAY)
def test_a_worked_example_is_shown_through_the_api(example: str) -> None:
    assert [name for name in THROUGH_THE_API if example in name.split("_")]


def test_the_examples_are_those_that_were_given() -> None:
    assert len(OURS) == 24
    assert WORKED["calendar"]["school_days"] == 180
