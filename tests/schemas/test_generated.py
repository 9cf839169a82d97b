"""The generated files say what the schemas say, and the OpenAPI document is a good one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from marshmallow import fields
from openapi_spec_validator import OpenAPIV31SpecValidator

from schemas import __main__ as command
from schemas import openapi, page, typescript
from schemas.api import OPERATIONS, described
from schemas.fields import Word
from schemas.problem import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]


def test_wire_ts_is_what_the_schemas_say() -> None:
    assert command.stale() == [], "run `python -m schemas`"


def test_a_stale_file_is_named_and_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "wire.ts"
    stale.write_text("// of last year\n", encoding="utf-8")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "WRITERS", {stale: typescript.write})
    assert command.main(["--check"]) == 1
    assert "wire.ts is stale" in capsys.readouterr().err
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0
    assert stale.read_text(encoding="utf-8") == typescript.write()


def test_the_command_runs_without_flask_or_a_database() -> None:
    script = (
        "import sys, schemas.openapi; sys.exit(bool({'flask','sqlalchemy'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_every_resource_and_word_list_is_in_wire_ts_with_what_it_is_for() -> None:
    written = typescript.write()
    for resource in typescript.resources():
        assert f"export interface {resource.__name__} {{" in written
        assert resource.__doc__
    for words in typescript.words():
        assert f"export type {words.__name__} =" in written


def test_the_openapi_document_is_valid_3_1_and_complete() -> None:
    document = json.loads(openapi.spell("0"))
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()
    told = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert told == {(op.method, op.path) for op in described()}


def test_a_change_is_a_union_in_both_descriptions() -> None:
    document = json.loads(openapi.spell("0"))
    items = document["components"]["schemas"]["Changes"]["properties"]["changes"]["items"]
    assert [one["$ref"].rpartition("/")[2] for one in items["oneOf"]] == [
        "Roll",
        "Section",
        "Calendar",
        "HeldItem",
    ]
    assert "export type Change = Roll | Section | Calendar | HeldItem;" in typescript.write()


def test_the_readable_page_names_every_operation_and_problem_and_runs_nothing() -> None:
    html = page.write("0 <script>")
    assert "<script" not in html
    assert " style=" not in html
    assert "http" not in html.replace("https://rollbook", "").lower().replace("http_", "")
    for operation in described():
        assert f'<section id="{operation.name}">' in html
    for code in CATALOGUE:
        assert f'id="problem-{code}"' in html


def test_names_and_paths_are_told_apart() -> None:
    assert len({(op.method, op.path) for op in OPERATIONS.values()}) == len(OPERATIONS)
    assert not {
        op.name for op in OPERATIONS.values() if op.csrf and not op.path.startswith("/api/")
    }


def test_no_two_lists_of_words_or_resources_go_by_one_name() -> None:
    """In wire.ts the later would take the place of the earlier without a word."""
    lists = {
        field.words
        for resource in typescript.resources()
        for field in resource().fields.values()
        if isinstance(field, Word)
    }
    names = [one.__name__ for one in (*lists, *typescript.resources())]
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_no_answer_has_a_share_that_was_rounded() -> None:
    """Shares are two whole numbers (T9); what is a float is seconds, or Ed-Fi's own."""
    floats = {
        name
        for resource in typescript.resources()
        for name, field in resource().fields.items()
        if isinstance(field, (fields.Float, fields.Decimal))
    }
    assert floats == {"backoff_s"}
