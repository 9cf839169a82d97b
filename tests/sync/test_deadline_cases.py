"""The shared decision tables of deadlines, in Python; Vitest reads what a tablet can answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time
from typing import Any

import pytest

from sync import deadline
from sync.model import Capture, DueTimes, Policy
from tests.cases import reader

CASES = reader.cases("deadline.json")


def due_times(of: dict[str, Any]) -> dict[str, Any]:
    policy: dict[str, Any] = dict(of["policy"])
    if "close_time" in policy:
        policy["close_time"] = time.fromisoformat(policy["close_time"])
    starts, ends = time.fromisoformat(of["starts_time"]), time.fromisoformat(of["ends_time"])
    on = date.fromisoformat(of["on"])
    times = deadline.due_times(Policy(**policy), on, starts, ends, of["zone"])
    return {name: value and reader.wire(value) for name, value in asdict(times).items()}


def standing(of: dict[str, Any]) -> str:
    opens, starts, due, late = (
        reader.at(of["times"][one]) for one in ("opens_at", "starts_at", "due_at", "late_at")
    )
    times = DueTimes(starts, due, opens, due, late, due, due)
    return deadline.standing(times, reader.at(of["now"]), of["submitted"], of["expected"])


def minutes_past(of: dict[str, Any]) -> int:
    return deadline.minutes_past(reader.at(of["due_at"]), reader.at(of["at"]))


def corrected_taken_at(of: dict[str, Any]) -> dict[str, Any]:
    at, clamped = deadline.corrected_taken_at(
        reader.at(of["taken_at"]),
        of["offset_ms"],
        reader.instant(of["server_seen_at"]),
        reader.at(of["received_at"]),
        of["uncertainty_ms"],
    )
    return {"taken_at": reader.wire(at), "clamped": clamped}


def timeliness(of: dict[str, Any]) -> str:
    instants = {
        name: reader.instant(of["capture"].get(name))
        for name in ("taken_at", "server_seen_at", "stated_at")
    }
    capture = Capture(**{**of["capture"], **instants})
    in_time = deadline.late_at(reader.at(of["due_at"]), of.get("grace_min", 0))
    return deadline.timeliness(in_time, reader.at(of["received_at"]), capture)


def next_day(of: dict[str, Any]) -> bool:
    on = date.fromisoformat(of["on"])
    return deadline.is_next_day(on, reader.at(of["received_at"]), of["zone"])


AREAS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "due_times": due_times,
    "standing": standing,
    "minutes_past": minutes_past,
    "corrected_taken_at": corrected_taken_at,
    "timeliness": timeliness,
    "next_day": next_day,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{reader.title(case)} {case['area']}")
def test_a_deadline_is_as_the_table_says(case: dict[str, Any]) -> None:
    assert AREAS[case["area"]](case) == case["gives"]


def test_every_area_has_cases() -> None:
    assert {case["area"] for case in CASES} == set(AREAS)
