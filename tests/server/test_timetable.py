"""The office reads the timetable: dates with their rolls, bells, deadlines, what to choose from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from server.models import RollRow, table_of
from tests.support.api import School
from tests.support.cast import FIRST, HOLIDAY, LAST, TUESDAY, WEDNESDAY, local
from tests.support.timetable import Desk, bells, day, exemption, policy

THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def lind(school: School) -> Desk:
    """The office."""
    return Desk(school.tablet(school.cast.lind))


def test_a_month_with_its_days_and_how_their_rolls_stand(school: School, lind: Desk) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    school.clock.set(local(TUESDAY, 12))
    told = lind.show()
    assert (told["from"], told["to"], told["today"]) == ("2026-10-01", "2026-10-31", "2026-10-06")
    assert (told["first_on"], told["last_on"]) == (f"{FIRST}", f"{LAST}")
    dates = {one["on"]: one for one in told["days"]}
    assert len(dates) == 31
    today = dates[f"{TUESDAY}"]
    assert (today["expected"], today["taken"], today["late"], today["voided"]) == (2, 1, 1, 0)
    assert today["bands"] == [
        {
            "grades": "*",
            "kind": "instructional",
            "schedule": "regular",
            "day_label": None,
            "note": None,
            "closed_from_time": None,
        }
    ]
    assert dates[f"{HOLIDAY}"]["bands"][0]["note"] == "Indigenous Peoples"
    assert dates["2026-10-10"] == {
        "on": "2026-10-10",
        "bands": [],
        "expected": 0,
        "taken": 0,
        "late": 0,
        "voided": 0,
    }


def test_what_there_is_to_choose_from(school: School, lind: Desk) -> None:
    told = lind.show()
    assert told["grades"] == ["8"]
    assert told["periods"] == ["1", "2", "3"]
    assert [(one["title"], one["grades"], one["periods"]) for one in told["sections"]] == [
        ("8A", "8", ["1"]),
        ("8B", "8", ["2"]),
    ]
    assert {one["name"] for one in told["staff"]} >= {"D. Ruiz", "R. Lind"}
    (regular,) = told["schedules"]
    assert (regular["schedule"], regular["dates"]) == ("regular", 13)
    assert regular["periods"][0] == {
        "period": "1",
        "name": "Period 1",
        "starts_time": "08:00",
        "ends_time": "08:50",
    }
    assert told["usual"] == {
        "open_before_min": 5,
        "due_after_min": 15,
        "check_after_min": 30,
        "grace_min": 0,
        "close_time": "17:00",
        "lock_after_days": None,
    }
    assert "A. Stranger" not in {one["name"] for one in told["staff"]}


def test_deadlines_that_are_over_are_listed_when_asked_for(school: School) -> None:
    moss = Desk(school.tablet(school.cast.moss))
    moss.change(policy(TUESDAY, due_after_min=10))
    (held,) = moss.show()["policies"]
    end = {"type": "end_policy", "policy_id": held["policy_id"], "from_on": f"{WEDNESDAY}"}
    moss.change(end)
    assert len(moss.show(f"?from={TUESDAY}&to={LAST}")["policies"]) == 1
    assert moss.show(f"?from={WEDNESDAY}&to={LAST}")["policies"] == []
    assert len(moss.show(f"?from={WEDNESDAY}&to={LAST}&policies=1")["policies"]) == 1
    moss.change({**end, "from_on": f"{TUESDAY}"})
    assert moss.show("?policies=1")["policies"] == []


def test_exemptions_and_leaves_of_the_dates_asked_for(school: School, lind: Desk) -> None:
    away: dict[str, Any] = {"type": "leave", "staff_id": str(school.cast.ruiz.staff_id)}
    away |= {"from_on": f"{TUESDAY}", "to_on": f"{WEDNESDAY}"}
    lind.change(exemption(WEDNESDAY, period="1"), away)

    def counted(on: date) -> tuple[int, int]:
        told = lind.show(f"?from={on}&to={on}")
        return len(told["exemptions"]), len(told["leaves"])

    assert [counted(on) for on in (TUESDAY, WEDNESDAY, THURSDAY)] == [(0, 1), (1, 1), (0, 0)]


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("from=2026-10-07&to=2026-10-06", "to", "This date lies before the first one."),
        ("from=2026-01-01&to=2027-12-31", "to", "Ask for 400 dates at most."),
        ("from=soon", "from", "Not a date such as 2026-11-23."),
    ],
)
def test_dates_that_make_no_sense_are_told(
    sqlite_school: School, asked: str, field: str, sentence: str
) -> None:
    lind = sqlite_school.tablet(sqlite_school.cast.lind)
    answer = lind.client.get(f"{lind.path}/timetable?{asked}")
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {field: [sentence]}


def test_the_last_month_there_is_can_be_asked_for(sqlite_school: School) -> None:
    lind = Desk(sqlite_school.tablet(sqlite_school.cast.lind))
    assert lind.show("?from=9999-12-31")["to"] == "9999-12-31"


def test_a_date_with_every_meeting_and_which_rule_gave_its_times(school: School) -> None:
    moss = Desk(school.tablet(school.cast.moss))
    moss.change(
        policy(WEDNESDAY, period="2", due_after_min=20, grace_min=5, lock_after_days=3),
        exemption(WEDNESDAY, section=school.cast.eight_a, why="At the museum"),
    )
    told = moss.day(WEDNESDAY)
    first, second = told["meetings"]
    assert (first["expected"], first["void_reason"], first["void_note"]) == (
        False,
        "exempt",
        "At the museum",
    )
    assert (first["remind_at"], first["locks_at"], first["policy_id"]) == (None, None, None)
    assert (second["section_title"], second["grades"], second["teacher_names"]) == (
        "8B",
        "8",
        ["P. Brandt"],
    )
    assert [second[name][11:16] for name in ("opens_at", "due_at", "late_at", "check_at")] == [
        "15:55",
        "16:20",
        "16:25",
        "16:30",
    ]
    assert second["locks_at"] == "2026-10-11T00:00:00.000Z"
    assert second["remind_at"] == "2026-10-07T16:15:00.000Z"
    assert second["policy_id"] == told["policies"][0]["policy_id"]
    assert moss.show("/day")["on"] == f"{TUESDAY}"


def test_L12_of_two_who_change_it_at_once_the_second_looks_again(school: School) -> None:
    desks = [Desk(school.tablet(person)) for person in (school.cast.lind, school.cast.moss)]
    changes = [exemption(WEDNESDAY, period="1"), day(WEDNESDAY, note="Picture day")]
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(desk.ask, change, revision=0)
            for desk, change in zip(desks, changes, strict=True)
        ]
    assert sorted(one.result().status_code for one in asked) == [200, 409]
    assert desks[0].show()["revision"] == 1


def test_L12_nothing_of_another_school_is_touched(school: School) -> None:
    moss = Desk(school.tablet(school.cast.moss))

    def of_alder() -> list[str]:
        return sorted(map(repr, school.rows(table_of(RollRow), school_id=school.cast.alder)))

    before = of_alder()
    moss.change(bells("regular", p1="08:30-09:26", p2="09:32-10:28"))
    assert of_alder() == before
    theirs = {**exemption(WEDNESDAY), "section_id": str(school.cast.alder_8a.section_id)}
    assert list(moss.wrong(theirs)["0"]) == ["section_id"]
