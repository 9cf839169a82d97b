"""May this code be set: the shared decision table, in Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from server.packs import load_pack
from sync.codes import Role
from sync.excuse import Asked, Use, Verdict, Why, judge, judge_all
from sync.model import Presence
from sync.school_year import SchoolYear, Span, weekdays_but
from tests.cases import reader

CASES = reader.cases("codes.json")


def on(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def asked(of: dict[str, Any]) -> Asked:
    presence = None if of["presence"] is None else Presence(of["presence"])
    dates = {"on": date.fromisoformat(of["on"]), "noticed_on": on(of.get("noticed_on"))}
    return Asked(**of | dates | {"presence": presence, "role": Role(of["role"])})


def use(of: dict[str, Any]) -> Use:
    return Use(of["code"], date.fromisoformat(of["on"]), of.get("incident"))


def span(of: list[str]) -> Span:
    first, last = (date.fromisoformat(one) for one in of)
    return first, last


def year(of: dict[str, Any]) -> SchoolYear:
    days = weekdays_but(*span(of["year"]), ()) if "year" in of else ()
    return SchoolYear(days, tuple(span(one) for one in of.get("semesters", ())))


def told(verdict: Verdict) -> dict[str, Any]:
    plain: dict[str, Any] = {"why": verdict.why}
    if verdict.beyond is not None:
        plain["beyond"] = verdict.beyond.days
    if "used" in verdict.facts and verdict.why is not None:
        plain |= {name: verdict.facts[name] for name in ("used", "days", "per")}
    return plain


def may_set(of: dict[str, Any]) -> list[Verdict]:
    uses, pack = [use(one) for one in of["uses"]], load_pack(of["pack"])
    return [judge(pack, asked(one), uses, year(of)) for one in of["asked"]]


def several(of: dict[str, Any]) -> list[Verdict]:
    wanted = [asked(one) for one in of["asked"]]
    return list(judge_all(load_pack(of["pack"]), wanted, map(use, of["uses"]), year(of)))


AREAS: dict[str, Callable[[dict[str, Any]], list[Verdict]]] = {
    "may_set": may_set,
    "several": several,
}


@pytest.mark.parametrize("case", CASES, ids=reader.title)
def test_a_code_may_be_set_as_the_table_says(case: dict[str, Any]) -> None:
    assert [told(one) for one in AREAS[case["area"]](case)] == case["gives"]


def test_every_area_has_cases_and_every_refusal_is_shown() -> None:
    assert {case["area"] for case in CASES} == set(AREAS)
    shown = {given["why"] for case in CASES for given in case["gives"]}
    assert shown == {None, *Why}
