"""Every sentence of the server is there in each language, and nothing is said that is not one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from schemas.said_by_marshmallow import sentence_of
from server.language import LANGUAGES
from tests.support.said import ROOT, bare, modules, sentences

Catalogue = Mapping[str, str | Mapping[str, str]]
SAID = [said for path in modules() for said in sentences(path)]
HOLES = re.compile(r"{\w+}")
OTHERS = sorted(LANGUAGES.keys() - {"en"})


def words_of(tag: str) -> Catalogue:
    catalogue: Catalogue = LANGUAGES[tag].words
    return catalogue


def holes(words: str) -> set[str]:
    """The names that are filled in, however they begin."""
    return {hole.lower() for hole in HOLES.findall(words)}


def forms(words: str | Mapping[str, str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words.values())


def test_spanish_is_there_and_its_sentences_are_read() -> None:
    assert OTHERS == ["es"]
    assert len(SAID) > 600


@pytest.mark.parametrize("tag", OTHERS)
def test_S2_a_language_has_every_sentence_and_none_that_nobody_says(tag: str) -> None:
    words = words_of(tag)
    assert [f"{said.at} {said.key}" for said in SAID if said.key not in words] == []
    assert sorted(words.keys() - {said.key for said in SAID}) == []


@pytest.mark.parametrize("tag", OTHERS)
def test_S2_a_catalogue_says_nothing_twice_and_has_the_holes_of_the_english(tag: str) -> None:
    text = (ROOT / f"server/words/{tag}.json").read_text("utf-8")
    names = json.loads(text, object_pairs_hook=lambda pairs: Counter(name for name, _ in pairs))
    assert [name for name, count in names.items() if count > 1] == []
    odd = [
        key
        for key, words in words_of(tag).items()
        if any(holes(one) != holes(key) or not one.strip() for one in forms(words))
    ]
    assert odd == []


@pytest.mark.parametrize("tag", OTHERS)
def test_S2_where_a_number_decides_there_is_one_and_other(tag: str) -> None:
    for said in SAID:
        words = words_of(tag)[said.key]
        if said.is_count:
            assert not isinstance(words, str), said
            assert words.keys() == {"one", "other"}, said
        else:
            assert isinstance(words, str), said


APART = {
    "server/cli.py": "a terminal",
    "server/commands/": "a terminal",
    "server/demo/": "a terminal, and invented people's words",
    "server/settings.py": "a terminal",
    "server/services/backup.py": "a terminal",
    "server/services/import_": "a terminal's progress",
    "server/roster/outcome.py": "a terminal",
    "server/packs.py": "a terminal: rule packs are chosen there",
    "server/services/change_pack.py": "a terminal: rule packs are chosen there",
    "sync/pack_faults.py": "a terminal: rule packs are checked there",
    "schemas/pack.py": "a terminal: rule packs are checked there",
    "server/services/ready.py": "whoever runs the server, at /ready",
    "server/mail/": "mail, kept with a message that failed; a letter is in English",
    "server/services/became.py": "kept with a message",
    "server/services/look_again.py": "kept with a message",
    "server/services/remind.py": "kept with a reminder",
    "sync/remind_words.py": "letters, and why a step was not sent, which is kept",
    "server/services/lock_rolls.py": "why a roll was locked, kept in the log",
    "server/services/follow_notices.py": "why a ruling was made, kept in the log",
    "server/services/attendance_tables.py": "heads of files for machines",
    "server/services/audit_tables.py": "heads of files for machines",
    "server/services/outage_tables.py": "heads of files for machines",
    "server/services/report_tables.py": "heads of files for machines",
    "server/blueprints/attendance.py": "names of sheets in files for machines",
    "server/blueprints/audit.py": "names of sheets in files for machines",
    "server/migrations/": "no words for people",
    "schemas/edfi.py": "descriptors of Ed-Fi",
    "schemas/faults.py": "what is wrong with an op, kept with it",
    "schemas/fast.py": "what is wrong with an op, kept with it",
    "schemas/typescript.py": "what is written into a file",
    "schemas/openapi.py": "the description of the API, which is in English",
    "schemas/operations/": "the description of the API, which is in English",
    "sync/attendance.py": "a fault of the code",
    "sync/school_year.py": "a fault of the code",
}
"""Whose words stay English, and why."""

KEPT = {
    "The office was told why.",
    "The office took the reason back.",
    "The day is closed.",
    "The day is opened again: ",
    "The front desk took it back.",
    "On a sign-in sheet for the whole period.",
    "Front desk: {}.",
    "The front desk knows why.",
    "The office was told otherwise.",
    "Taken back",
    "Beyond the limit",
}
"""Why something was ruled or done: kept in the log, and shown as it is kept."""


def _apart(path: Path) -> str | None:
    name = path.relative_to(ROOT).as_posix()
    return next((one for one in APART if name.startswith(one)), None)


def test_S2_nothing_is_said_to_people_that_stands_outside_of_a_sentence() -> None:
    found = {path: set(bare(path)) for path in modules() if _apart(path) is None}
    assert {str(path): words - KEPT for path, words in found.items() if words - KEPT} == {}
    assert set.union(*found.values()) == KEPT


def test_what_is_set_apart_is_there_and_would_be_found() -> None:
    told = {_apart(path) for path in modules() if any(bare(path))}
    assert {one for one in APART if one not in told and "migrations" not in one} == set()


class Everything(Schema):
    """Of each kind of field that the wire has, with something to find fault with."""

    needed = fields.String(required=True)
    short = fields.String(validate=validate.Length(min=2))
    long = fields.String(validate=validate.Length(max=2))
    length = fields.String(validate=validate.Length(min=2, max=3))
    exact = fields.List(fields.Integer(), validate=validate.Length(equal=2))
    number = fields.Integer(strict=True, validate=validate.Range(1, 3))
    least = fields.Integer(validate=validate.Range(min=1))
    most = fields.Integer(validate=validate.Range(max=3))
    word = fields.String(validate=validate.OneOf(["a", "b"]))
    form = fields.String(validate=validate.Regexp("a"))
    flag = fields.Boolean()
    many = fields.List(fields.String())
    within = fields.Nested(lambda: Everything(only=["word"]))
    named = fields.Dict()
    real = fields.Float()


WRONG = [
    {"unknown": 1, "short": "x", "long": "xxx", "length": "x", "exact": [1], "number": 4},
    {"short": 7, "least": 0, "most": 9, "word": "c", "form": "x", "flag": "no!", "many": "x"},
    {"within": {"word": 3}, "number": 1.5, "long": None, "named": "x", "real": "nan"},
    {"within": 3, "number": "x", "many": [None], "short": b"\xff"},
    [],
]


@pytest.mark.parametrize("sent", WRONG)
def test_S2_what_the_library_says_of_a_field_is_known_in_each_language(sent: object) -> None:
    said = list(_flat(Everything().validate(sent)))  # type: ignore[arg-type] # wrong on purpose
    assert said
    assert [words for words in said if sentence_of(words) is None] == []


def _flat(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found]
    inner = found.values() if isinstance(found, Mapping) else found
    return [words for one in inner for words in _flat(one)]
