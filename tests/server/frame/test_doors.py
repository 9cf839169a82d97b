"""Every operation is bound and nothing else is: the inventory and the doors are one."""

from __future__ import annotations

import re

from schemas.api import OPERATIONS
from schemas.problem import CATALOGUE
from tests.server.frame.conftest import Office


def _bound(office: Office) -> set[tuple[str, str, str]]:
    return {
        (
            str(rule.endpoint).rpartition(".")[2],
            method,
            re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule),
        )
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }


def test_the_app_answers_exactly_the_operations_of_the_inventory(office: Office) -> None:
    listed = {(op.name, op.method, op.path) for op in OPERATIONS.values()}
    assert _bound(office) == listed


def test_every_problem_that_an_operation_names_is_in_the_catalogue() -> None:
    for operation in OPERATIONS.values():
        assert set(operation.codes) <= CATALOGUE.keys(), operation.name


def test_problem_statuses_and_titles_are_told_apart() -> None:
    assert len({kind.title for kind in CATALOGUE.values()}) == len(CATALOGUE)
    assert all(400 <= kind.status < 600 for kind in CATALOGUE.values())
