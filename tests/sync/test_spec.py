"""The rules and the tests know of each other, and the core keeps to itself."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path

import sync

ROOT = Path(sync.__file__).parents[1]
SPEC = (ROOT / "sync" / "SPEC.md").read_text()
TABLES = ("fold.json", "deadline.json", "codes.json", "day.json")
RULE = re.compile(r"^- \*\*([A-Z]\d+(?:\.\d+)?)\*\*", re.MULTILINE)
PYTHON_TEST = re.compile(r"def test_((?:[A-Z]\d+(?:_\d+)*_)+)")
VITEST_TITLE = re.compile(r"\b(?:describe|it|test)(?:\.each\([^)]*\))?\(\s*[\"'`]([^\"'`]+)")
WRITTEN = re.compile(r"\b[A-Z]\d+(?:\.\d+)?\b")


def rules() -> list[str]:
    return RULE.findall(SPEC)


def in_python_names() -> set[str]:
    names = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in PYTHON_TEST.findall(path.read_text())
    }
    return {
        rule.replace("_", ".") for name in names for rule in re.findall(r"[A-Z]\d+(?:_\d+)?", name)
    }


def in_tables() -> set[str]:
    tables = [json.loads((ROOT / "tests" / "cases" / file).read_text()) for file in TABLES]
    return {rule for table in tables for case in table["cases"] for rule in case["rules"]}


def in_vitest_titles() -> set[str]:
    sources = (ROOT / "pwa" / "src").rglob("*.test.ts*")
    titles = [title for path in sources for title in VITEST_TITLE.findall(path.read_text())]
    return {rule for title in titles for rule in WRITTEN.findall(title)}


def test_every_rule_is_shown_by_a_test() -> None:
    shown = in_python_names() | in_tables() | in_vitest_titles()
    assert [rule for rule in rules() if rule not in shown] == []


def test_no_table_names_a_rule_that_does_not_exist() -> None:
    assert in_tables() - set(rules()) == set()


def test_each_rule_is_written_once_and_in_order() -> None:
    def place(rule: str) -> list[int]:
        return [int(number) for number in rule[1:].split(".")]

    assert len(rules()) == len(set(rules())) > 50
    for letter in {rule[0] for rule in rules()}:
        own = [place(rule) for rule in rules() if rule[0] == letter]
        assert own == sorted(own)


def test_the_spec_mentions_no_rule_that_it_lacks() -> None:
    mentioned = {one for one in WRITTEN.findall(SPEC) if one[0] in "FDLAOKTCX"}
    groups = {rule.split(".")[0] for rule in rules()}
    assert mentioned - set(rules()) - groups == set()


def test_the_core_imports_nothing_but_the_standard_library_and_itself() -> None:
    for path in (ROOT / "sync").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in modules:
                top = module.split(".")[0]
                assert top == "sync" or top in sys.stdlib_module_names, (path.name, module)


def test_the_core_reads_no_clock_and_makes_no_ids() -> None:
    source = "\n".join(path.read_text() for path in (ROOT / "sync").glob("*.py"))
    for forbidden in (
        r"\.now\(",
        r"\.today\(",
        r"\.utcnow\(",
        r"uuid[147]\(",
        r"\bopen\(",
        "random",
    ):
        assert re.search(forbidden, source) is None, forbidden
