"""A student's day: the shared decision table, in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sync.codes import Authorised
from sync.day import Day, fold_day, stretches
from sync.model import Presence
from sync.period import PeriodMark, Taken, minutes_early, minutes_late
from tests.cases import reader
from tests.sync.packs import CALIFORNIA

CASES = reader.cases("day.json")
BELLS = json.loads((reader.HERE / "day.json").read_text())["bells"]
ON = date(2025, 10, 6)
STATES = {"unmarked": Taken.TAKEN, **{one.value: one for one in Taken}}


def period_mark(bell: str, period: str, said: str, more: dict[str, Any]) -> PeriodMark:
    starts, ends = (reader.at(f"{ON}T{at}Z") for at in BELLS[bell][period])
    times = {
        f"{name}_at": reader.at(f"{ON}T{more[name]}Z")
        for name in ("arrived", "left")
        if name in more
    }
    return PeriodMark(
        period=period,
        starts_at=starts,
        ends_at=ends,
        state=STATES.get(said, Taken.TAKEN),
        presence=None if said in STATES else Presence(said),
        code=CALIFORNIA.meaning(more["code"], ON) if "code" in more else None,
        excused=more.get("excused"),
        contested=more.get("contested", False),
        **times,
    )


def marks(of: dict[str, Any]) -> list[PeriodMark]:
    return [
        period_mark(of["bell"], period, said, more[0] if more else {})
        for period, said, *more in of["periods"]
    ]


def told(day: Day) -> dict[str, Any]:
    """A day without what is empty, zero or false; that a day was not attended is said."""
    plain: dict[str, Any] = {
        "outcome": day.outcome.value,
        "attended": day.attended,
        "excuse": day.excuse,
        "chronic": day.chronic,
        "special": day.special,
        "missing": list(day.missing),
        "contested": list(day.contested),
        "untimed": list(day.untimed),
        "taken_min": day.taken_min,
        "missed_min": day.missed_min,
        "stretches": list(stretches(day, {Authorised.NO})),
        "waiting": list(stretches(day, {Authorised.NO, Authorised.PENDING})),
    }
    return {
        name: said for name, said in plain.items() if said or (name == "attended" and said is False)
    }


AREAS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "minutes_late": lambda of: minutes_late(reader.at(of["bell_at"]), reader.at(of["at"])),
    "minutes_early": lambda of: minutes_early(reader.at(of["bell_at"]), reader.at(of["at"])),
    "fold_day": lambda of: told(fold_day(ON, marks(of))),
}


@pytest.mark.parametrize("case", CASES, ids=reader.title)
def test_a_day_is_as_the_table_says(case: dict[str, Any]) -> None:
    assert AREAS[case["area"]](case) == case["gives"]


def test_every_area_has_cases() -> None:
    assert {case["area"] for case in CASES} == set(AREAS)
