"""Rule packs as files: sound ones are read, faulty ones say what is wrong (K2, K3)."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import sync
from schemas.pack import CodeOf, PackOf, RulesOf, read_pack
from server.packs import UnusablePack, load_pack, shipped
from sync.codes import Asks, Cap, Code, Per, Role, Temporary, Where
from sync.model import Presence
from sync.pack import Over, Unit, adopt
from sync.pack_faults import faults, own_faults
from tests.sync.packs import CALIFORNIA, ENGLAND, changed, code_of, pack_of, reason

FILES = Path(sync.__file__).parent / "packs"
TODAY = date(2025, 10, 6)
CAP, TWICE = Cap(1, Per.YEAR), (Cap(1, Per.YEAR), Cap(2, Per.YEAR))


def tree(name: str = "plain") -> Any:
    return json.loads((FILES / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["california_lausd", "england", "plain"])
def test_K2_1_the_packs_that_travel_are_sound_in_english_and_spanish(name: str) -> None:
    pack, found = read_pack(tree(name))
    assert found == ()
    assert pack is not None
    assert pack.languages == ("en", "es")
    assert pack == load_pack(name)


def test_K2_1_no_pack_lies_there_that_is_not_listed_nor_the_other_way() -> None:
    assert shipped() == tuple(sorted(path.stem for path in FILES.iterdir())) != ()
    assert shipped() == ("california_lausd", "england", "plain")


@pytest.mark.parametrize("name", ["california_lausd", "england", "plain"])
def test_K2_a_pack_is_written_as_it_is_read(name: str) -> None:
    pack = load_pack(name)
    again, found = read_pack(json.loads(json.dumps(PackOf().dump(pack))))
    assert (again, found) == (pack, ())


def test_K2_the_numbers_are_exact_and_the_first_profile_is_the_default() -> None:
    state, lausd = CALIFORNIA.rules(), CALIFORNIA.rules("lausd")
    assert (state.gap_counts, lausd.gap_counts) == (Over.MORE_THAN, Over.AT_LEAST)
    assert state.chronic_share == Fraction(1, 10)
    assert ENGLAND.rules().unit is Unit.SESSION


def test_K2_a_pack_that_is_not_there_says_which_are() -> None:
    with pytest.raises(
        UnusablePack, match=r"no rule pack \.\./secrets; there are california_lausd"
    ):
        load_pack("../secrets")


def broken(change: dict[str, Any], place: int = 2) -> list[str]:
    """The sentences about the plain pack with one code changed; None takes a field away."""
    told = deepcopy(tree())
    entry = told["codes"][place] | change
    told["codes"][place] = {name: value for name, value in entry.items() if value is not ...}
    pack, found = read_pack(told)
    assert found
    assert pack is None
    return [one.sentence for one in found]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"where": ...}, "E: where is missing."),
        ({"where": "abroad"}, "E: where cannot be read. Must be one of: in_class,"),
        ({"marks": ["here"]}, "E: marks.0 cannot be read."),
        ({"counts_ada": 1}, "E: counts_ada cannot be read."),
        ({"caps": [{"days": "5", "per": "year"}]}, "E: caps.0.days cannot be read."),
        ({"valid_from": "2026-02-30"}, "E: valid_from cannot be read. Not a date"),
        ({"label": {"english": "Late"}}, "E: label.english.key cannot be read. Not a language"),
        ({"colour": "red"}, "E: colour cannot be read. Unknown field."),
        ({"code": 7}, "code 3: code cannot be read."),
    ],
)
def test_K2_what_cannot_be_read_is_named_with_its_code_and_field(
    change: dict[str, Any], sentence: str
) -> None:
    assert [one for one in broken(change) if one.startswith(sentence)]


@pytest.mark.parametrize("told", [None, 7, [], "pack", {"codes": 7}, {"codes": [7, None]}, {}])
def test_K2_what_is_no_pack_at_all_is_said_in_words(told: Any) -> None:
    pack, found = read_pack(told)
    assert pack is None
    assert all(one.sentence.startswith(("The pack: ", "code 1: ", "code 2: ")) for one in found)


@pytest.mark.parametrize("share", ["1/0", "ten", 0.1, None, ""])
def test_K2_a_share_that_is_not_exact_is_not_taken(share: Any) -> None:
    told = tree()
    told["profiles"]["plain"]["chronic_share"] = share
    assert [one for one in read_pack(told)[1] if "chronic_share" in one.field]


ONE_FAULT: list[tuple[Code, str]] = [
    (reason("TOO LONG A CODE"), "A code is 1 to 8 characters without spaces"),
    (reason(""), "A code is 1 to 8 characters"),
    (reason("X", label={}), "X has no label in en."),
    (reason("X", label={"en": "  "}), "X has no label in en."),
    (reason("X", asks={"es": "La nota"}), "X has no asks in en."),
    (reason("X", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)), "X ends before it"),
    (reason("X", marks=frozenset()), "X is for no kind of mark."),
    (reason("X", counts_ada=True, counts_chronic=False), "X is an absence; a day of it is not"),
    (reason("X", authorised=None), "X is an absence; say whether it is authorised."),
    (reason("X", truancy_eligible=True), "X is authorised; it cannot be truancy."),
    (reason("X", caps=(Cap(0, Per.YEAR),)), "X has a cap of no days."),
    (reason("X", caps=TWICE), "X has two caps over the same time."),
    (reason("X", temporary=Temporary(0, "AWAY")), "X lapses before a day has passed."),
    (reason("X", temporary=Temporary(5, "GONE")), "X becomes GONE, which is not a code."),
    (reason("X", temporary=Temporary(5, "X")), "X becomes X, which is temporary itself."),
    (reason("X", edfi="Absent"), "Absent is not an attendance category of Ed-Fi."),
    (reason("X", who_may_set=frozenset()), "Nobody may set X."),
    (reason("X", who_may_set=frozenset({Role.AUDITOR})), "X cannot be set by auditor, who only"),
]


@pytest.mark.parametrize(("code", "sentence"), ONE_FAULT, ids=lambda one: str(one)[:40])
def test_K2_each_fault_has_its_sentence(code: Code, sentence: str) -> None:
    found = faults(pack_of(code))
    assert [one for one in found if one.sentence.startswith(sentence)], found
    assert {one.code for one in found} == {code.code}


def test_K2_a_day_is_not_both_attended_and_absent() -> None:
    both = reason("X", where=Where.ON_SITE, authorised=None, counts_ada=True, caps=(CAP,))
    assert [one.field for one in faults(pack_of(both))] == ["counts_chronic", "caps"]


def test_K2_a_confidential_code_is_for_few_and_leaves_no_paper() -> None:
    clerk, teacher = frozenset({Role.OFFICE}), frozenset({Role.OFFICE, Role.TEACHER})
    secret = reason("X", confidential=True, who_may_set=clerk, seen_by=teacher)
    fields = [one.field for one in faults(pack_of(secret))]
    assert fields == ["parent_visible", "seen_by", "evidence"]
    blind = replace(secret, parent_visible=False, seen_by=frozenset(), evidence=Asks.NEVER)
    assert [one.sentence for one in faults(pack_of(blind))] == [
        "X is set by office, who may not see it."
    ]


def test_K2_two_meanings_on_one_day_are_a_fault_and_side_by_side_they_are_none() -> None:
    first = reason("X", valid_to=date(2026, 6, 30))
    assert faults(pack_of(first, reason("X", valid_from=date(2026, 7, 1)))) == ()
    (found,) = faults(pack_of(first, reason("X", valid_from=date(2026, 6, 30))))
    assert found.sentence == "X has two meanings on 2026-06-30."
    assert faults(pack_of(reason("X"), reason("X")))


def test_K2_a_pack_says_what_every_plain_mark_counts_as() -> None:
    pack = pack_of()
    lacking = {mark: code for mark, code in pack.plain.items() if mark != "elsewhere"}
    assert [one.field for one in faults(replace(pack, plain=lacking))] == ["plain"]
    other = {**pack.plain, next(iter(pack.plain)): "GONE"}
    assert "GONE, which is not a code" in faults(replace(pack, plain=other))[0].sentence
    wrong = changed(pack, "AWAY", marks=frozenset({Presence.LATE}))
    assert "AWAY is the plain absent, but is not for such marks." in faults(wrong)[0].sentence


def test_K2_rules_that_contradict_themselves_are_named() -> None:
    rules = replace(
        CALIFORNIA.rules(), chronic_share=Fraction(11, 10), ages=(18, 6), tiers=(), gap_min=-1
    )
    found = faults(replace(CALIFORNIA, profiles={"state": rules}))
    assert [one.field for one in found] == ["profiles.state"] * 4


def own(code: str, **facts: Any) -> Code:
    return replace(code_of(CALIFORNIA, code), valid_from=TODAY, **facts)


def test_K3_a_school_adds_a_code_of_its_own_and_changes_one_of_the_pack() -> None:
    words = {"en": "Snow day", "es": "Día de nieve"}
    added = [reason("SNOW", label=words, valid_from=TODAY), own("A-1", caps=(Cap(7, Per.YEAR),))]
    assert own_faults(CALIFORNIA, added, TODAY) == ()
    school = adopt(CALIFORNIA, added)
    assert school.meaning("SNOW", TODAY) == added[0]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (replace(own("A-1"), valid_from=date(2025, 10, 5)), "A-1 may begin on 2025-10-06"),
        (replace(own("A-1"), valid_from=None), "A-1 may begin on 2025-10-06"),
        (own("CM", confidential=False, parent_visible=True), "CM is confidential by law"),
        (own("A-C", evidence=Asks.REQUIRED), "No proof may be demanded for A-C."),
        (own("A-5", caps=()), "A-5 is capped by law at 5 days per incident; lower only."),
        (own("A-5", caps=(Cap(6, Per.INCIDENT),)), "A-5 is capped by law at 5 days"),
        (own("A-5", caps=(Cap(5, Per.YEAR),)), "A-5 is capped by law at 5 days"),
        (own("A-6R", caps=(Cap(1, Per.SEMESTER, discretion=True),)), "A-6R is capped by law"),
        (own("A-1", label={"en": "Ill"}), "A-1 has no label in es."),
    ],
)
def test_K3_a_school_may_not_change_what_was_nor_lift_what_the_law_fixed(
    code: Code, sentence: str
) -> None:
    (found,) = own_faults(CALIFORNIA, [code], TODAY)
    assert found.sentence.startswith(sentence)


def test_K3_a_statutory_cap_may_be_lowered_and_a_local_one_lifted() -> None:
    lower = own("A-5", caps=(Cap(3, Per.INCIDENT, statutory=True),))
    assert own_faults(CALIFORNIA, [lower, own("A-1", caps=())], TODAY) == ()


def test_K3_a_temporary_code_may_become_one_that_the_school_adds_with_it() -> None:
    later = reason(
        "LOST", label={"en": "Lost", "es": "Perdido"}, valid_from=TODAY, who_may_set=frozenset()
    )
    first = own("A-0", temporary=Temporary(5, "LOST"))
    assert own_faults(CALIFORNIA, [first, later], TODAY) == ()
    assert [one.field for one in own_faults(CALIFORNIA, [first], TODAY)] == ["temporary"]


def test_K2_the_document_tells_every_field_and_its_example_is_sound() -> None:
    text = (FILES.parents[1] / "docs" / "rule-packs.md").read_text("utf-8")
    pack_table, code_table = re.split(r"^## A code$", text, flags=re.MULTILINE)
    for table, resource in ((pack_table, PackOf), (code_table, CodeOf)):
        rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
        told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
        assert told == {one.data_key or name for name, one in resource().fields.items()}
    example = re.search(r"```json\n(.+?)```", code_table, re.DOTALL)
    assert example is not None
    snow = CodeOf().load(json.loads(example[1]))
    assert own_faults(CALIFORNIA, [snow], snow.valid_from) == ()
    for name in RulesOf().fields:
        assert f"`{name}`" in pack_table


def test_K2_the_pack_of_one_school_is_checked_with_its_own() -> None:
    school = adopt(CALIFORNIA, [own("A-1")])
    assert faults(school) == ()
