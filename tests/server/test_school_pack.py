"""A school's rule pack: chosen by the operator, added to from today on, listed at the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import cli
from server.db import reading, writing
from server.models import MarkException, table_of
from server.models import School as SchoolRow
from server.packs import load_pack
from server.services.change_pack import NotSound, add_codes, choose_pack
from server.services.school_pack import pack_of, rules_of
from server.services.verdict_words import SENTENCES, sentence
from sync.excuse import Verdict, Why
from tests.support.api import School
from tests.support.cast import MORNING, TUESDAY

SNOW = {
    "code": "SNOW",
    "label": {"en": "Snow day", "es": "Día de nieve"},
    "where": "absent",
    "marks": ["absent", "late"],
    "authorised": "yes",
    "counts_ada": False,
    "counts_chronic": True,
    "edfi": "Excused Absence",
    "who_may_set": ["office", "administrator"],
    "caps": [{"days": 2, "per": "year", "discretion": True}],
    "valid_from": "2026-10-06",
}


def codes(school: School, query: str = "") -> dict[str, dict[str, Any]]:
    told = school.tablet(school.cast.lind).get(f"codes{query}")
    return {one["code"]: one for one in told["codes"]}


def test_a_school_begins_with_the_plain_pack(school: School) -> None:
    told = school.tablet(school.cast.lind).get("codes")
    assert (told["pack"], told["on"]) == ("plain", "2026-10-06")
    assert {one["code"] for one in told["codes"]} == {one.code for one in load_pack("plain").codes}
    illness = codes(school)["I"]
    assert illness["label"] == {"en": "Illness", "es": "Enfermedad"}
    assert illness["yours"]
    assert not illness["own"]
    assert not codes(school)["A"]["yours"]


def test_K1_codes_are_listed_as_they_are_meant_on_the_date(school: School) -> None:
    choose_pack(school.engine, school.cast.birch, "california_lausd", "lausd", MORNING)
    now, then = codes(school)["A-5"], codes(school, "?on=2023-11-01")["A-5"]
    assert now["cap_words"] == ["At most 5 days an incident; an administrator may go beyond it."]
    assert now["needs_incident"]
    assert then["caps"][0]["days"] == 3
    with reading(school.engine) as connection:
        rules = rules_of(connection, school.cast.birch)
    assert rules == load_pack("california_lausd").rules("lausd")


def test_K3_a_school_adds_a_code_from_today_on(school: School) -> None:
    add_codes(school.engine, school.cast.birch, [SNOW], MORNING)
    snow = codes(school)["SNOW"]
    assert snow["own"]
    assert snow["yours"]
    assert snow["label"]["es"] == "Día de nieve"
    assert snow["cap_words"] == ["At most 2 days a school year; an administrator may go beyond it."]
    assert "SNOW" not in codes(school, "?on=2026-10-05")
    with reading(school.engine) as connection:
        assert pack_of(connection, school.cast.alder).own == ()


def test_K3_a_meaning_may_begin_anew_later_and_what_was_stays(school: School) -> None:
    later = SNOW | {"caps": [], "valid_from": "2026-10-08"}
    add_codes(school.engine, school.cast.birch, [SNOW], MORNING)
    add_codes(school.engine, school.cast.birch, {"codes": [later]}, MORNING)
    assert codes(school, "?on=2026-10-07")["SNOW"]["caps"]
    assert codes(school, "?on=2026-10-08")["SNOW"]["caps"] == []


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ([SNOW | {"valid_from": "2026-10-05"}], "may begin on 2026-10-06 at the earliest"),
        ([SNOW | {"label": {"en": "Snow day"}}], "SNOW has no label in es."),
        ([SNOW | {"who_may_set": []}], "Nobody may set SNOW."),
        ([{"code": "SNOW"}], "SNOW: label is missing."),
        ([SNOW, SNOW], "SNOW has two meanings on 2026-10-06."),
        ({"name": "x"}, "The file lists no codes."),
        (["SNOW"], "code 1: this is not a JSON object."),
    ],
)
def test_K2_what_is_wrong_is_said_and_nothing_is_added(
    sqlite_school: School, tree: Any, words: str
) -> None:
    school = sqlite_school
    with pytest.raises(NotSound) as no:
        add_codes(school.engine, school.cast.birch, tree, MORNING)
    assert words in " ".join(no.value.args)
    assert "SNOW" not in codes(school)


def test_K3_the_same_meaning_is_not_added_twice(school: School) -> None:
    add_codes(school.engine, school.cast.birch, [SNOW], MORNING)
    with pytest.raises(NotSound, match="of this school's own from 2026-10-06 already"):
        add_codes(school.engine, school.cast.birch, [SNOW], MORNING)


def test_K1_a_pack_that_does_not_know_what_marks_say_is_not_chosen(school: School) -> None:
    mark = {
        "school_id": school.cast.birch,
        "num": 1,
        "roll_id": school.cast.eight_a.roll(),
        "school_date": TUESDAY,
        "presence": "absent",
        "reason": "I",
        "flags": "",
    }
    with writing(school.engine) as connection:
        connection.execute(table_of(MarkException).insert(), mark)
    with pytest.raises(NotSound, match="Marks of this school carry I, which california_lausd"):
        choose_pack(school.engine, school.cast.birch, "california_lausd", None, MORNING)
    (row,) = school.rows(table_of(SchoolRow), school_id=school.cast.birch)
    assert row.rule_pack == "plain"
    with pytest.raises(NotSound, match="no reading lausd"):
        choose_pack(school.engine, school.cast.birch, "plain", "lausd", MORNING)


def test_the_operator_chooses_shows_and_adds(
    sqlite_school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = sqlite_school.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", url)
    birch = ("--school", "birch")

    def run(*words: str, ends: int = 0) -> str:
        done = CliRunner().invoke(cli, ["pack", *words, *birch])
        assert done.exit_code == ends, done.output
        return done.output

    assert "california_lausd" in run("choose", "california_lausd")
    assert "Confidential medical services" in run("show")
    file = tmp_path / "own.json"
    file.write_text(json.dumps([SNOW | {"valid_from": "2099-01-01"}]))
    assert "Added: SNOW from 2099-01-01." in run("add", str(file))
    file.write_text("[")
    assert "is not JSON" in run("add", str(file), ends=2)
    assert "cannot be read" in run("add", str(tmp_path / "none.json"), ends=2)


def test_K5_every_reason_against_a_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Why)
    facts = {"code": "A-5", "days": 5, "per": "incident", "used": 1, "discretion": True}
    assert sentence(Verdict(Why.CAP_REACHED, facts)) == (
        "A-5 may be set for 5 days an incident, and 1 day is used."
        " An administrator may go beyond it with a reason."
    )
    assert sentence(Verdict()) == ""
