"""The grid: students and periods of a day, both lanes, compact; and one student's days."""

from __future__ import annotations

from datetime import date
from typing import Any

from schemas.grid import Grid, StudentRolls
from server.services.change_pack import add_codes
from tests.server.test_rulings import Desk, taken
from tests.support.api import School, statements
from tests.support.cast import MORNING, WEDNESDAY, local

__all__ = ["taken"]
Tree = dict[str, Any]


def test_a_day_shows_everybody_on_any_roll(school: School) -> None:
    cast = school.cast
    ruiz = school.tablet(cast.ruiz)
    ruiz.push(ruiz.op(cast.eight_a, absent=[2]))
    desk = Desk(school)
    assert Grid().load(desk.grid)
    assert len(desk.grid["students"]) == 50
    done, waiting = desk.roll(cast.eight_a), desk.roll(cast.eight_b)
    assert done["nums"] == list(range(1, 31))
    assert done["presences"] == "ppa" + "p" * 27
    assert done["odd"] == []
    assert (done["by_name"], done["state"]) == ("D. Ruiz", "submitted")
    assert (waiting["presences"], waiting["state"]) == ("-" * 20, "not_taken")
    assert desk.grid["on"] == "2026-10-06"


def test_one_steps_from_a_day_with_rolls_to_the_next(school: School) -> None:
    """Over a weekend and a holiday, until nothing is laid out."""
    tablet = school.tablet(school.cast.lind)
    on, steps = "2026-10-06", []
    while on is not None and len(steps) < 30:
        steps.append(on)
        on = tablet.get(f"grid?on={on}")["after_on"]
    days = [date.fromisoformat(one) for one in steps]
    assert days == sorted(set(days))
    assert all(one.weekday() < 5 for one in days)
    assert date(2026, 10, 12) not in days
    assert date(2026, 10, 13) in days
    assert tablet.get("grid?on=2026-10-12")["before_on"] == "2026-10-09"
    assert tablet.get("grid?on=2026-10-12")["after_on"] == "2026-10-13"


def test_a_contested_mark_is_flagged_and_the_past_is_as_it_was_known(taken: School) -> None:
    cast = taken.cast
    before = taken.clock.now()
    taken.clock.forward(minutes=1)
    okafor = taken.tablet(cast.okafor)
    okafor.push(okafor.op(cast.eight_a))
    desk = Desk(taken)
    cell = desk.cell(cast.eight_a, 2)
    assert (cell["letter"], cell["flags"]) == ("p", ["contested", "safety"])
    past = desk.tablet.get(f"grid?as_of={before:%Y-%m-%dT%H:%M:%S.000Z}")
    roll = next(one for one in past["rolls"] if one["roll_id"] == str(cast.eight_a.roll()))
    assert (roll["presences"][2], roll["odd"]) == ("a", [])


def test_W4_each_ruling_is_a_step_through_the_past_and_the_past_knows_of_none_after_it(
    taken: School,
) -> None:
    desk = Desk(taken)
    received = desk.grid["known_at"]
    at = []
    for num in (2, 3):
        taken.clock.forward(minutes=1)
        at.append(f"{taken.clock.now():%Y-%m-%dT%H:%M:%S.000Z}")
        desk.rule(desk.line(taken.cast.eight_a, num, presence="present", why="She was there"))
    desk.look()
    assert desk.grid["known_at"] == [*received, *at]
    assert desk.tablet.get(f"grid?as_of={at[0]}")["known_at"] == [*received, at[0]]
    assert desk.tablet.get("grid?on=2026-10-07")["known_at"] == []


def test_H6_a_reason_that_may_not_be_read_is_only_known(taken: School) -> None:
    secret = {
        "code": "SEC",
        "label": {"en": "For the nurse", "es": "Para enfermería"},
        "where": "absent",
        "marks": ["absent"],
        "authorised": "yes",
        "counts_ada": False,
        "counts_chronic": True,
        "who_may_set": ["administrator"],
        "seen_by": ["administrator"],
        "confidential": True,
        "parent_visible": False,
        "evidence": "never",
        "valid_from": "2026-10-06",
    }
    add_codes(taken.engine, taken.cast.birch, [secret], MORNING)
    moss, lind = Desk(taken, taken.cast.moss), Desk(taken)
    line = moss.line(taken.cast.eight_a, 2, reason="SEC", evidence="A letter")
    assert moss.rule(line)["made"] == 1
    lind.look()
    readable, hidden = moss.cell(taken.cast.eight_a, 2), lind.cell(taken.cast.eight_a, 2)
    assert (readable["reason"], readable["evidence"]) == ("SEC", "A letter")
    assert {"reason", "evidence"}.isdisjoint(hidden)
    assert (hidden["known"], hidden["excused"]) == (True, True)


def test_one_students_days_name_nobody_else(taken: School) -> None:
    cast = taken.cast
    taken.clock.set(local(WEDNESDAY, 8, 20))
    ruiz = taken.tablet(cast.ruiz)
    ruiz.push(ruiz.op(cast.eight_a, absent=[2, 3], on=WEDNESDAY))
    desk = Desk(taken)
    student = cast.eight_a.students[2]
    told = desk.tablet.get(f"students/{student}/rolls?from=2026-10-05&to=2026-10-09")
    assert StudentRolls().load(told)
    assert [roll["on"] for roll in told["rolls"]] == [f"2026-10-0{n}" for n in range(5, 8)]
    assert [roll["presences"] for roll in told["rolls"]] == ["-", "a", "a"]
    assert {tuple(roll["nums"]) for roll in told["rolls"]} == {(3,)}
    assert [day["kind"] for day in told["days"]] == ["instructional"] * 3
    missing = desk.tablet.client.get(f"{desk.tablet.path}/students/{cast.birch}/rolls")
    assert missing.status_code == 404


def test_the_grid_takes_a_handful_of_statements(taken: School) -> None:
    desk = Desk(taken)
    with statements(taken.engine) as told:
        desk.look()
    assert len([one for one in told if one.lstrip().upper().startswith("SELECT")]) <= 14


def test_K8_a_classroom_is_told_of_no_reason_by_the_history_of_its_roll(taken: School) -> None:
    cast = taken.cast
    desk = Desk(taken)
    said = {"reason": "A-Q", "note": "The health officer’s order", "evidence": "Letter 12"}
    said |= {"incident": "Order 7", "why": "The clinic called."}
    desk.rule(desk.line(cast.eight_a, 2, **said))
    desk.rule(desk.line(cast.eight_a, 3, presence="absent", why="Not in class", note="Seen at 9"))
    office = desk.tablet.get(f"rolls/{cast.eight_a.roll()}")["entries"]
    assert office[1]["marks"][0] == {"student_id": str(cast.eight_a.students[2]), **said}
    class_ = taken.tablet(cast.ruiz).get(f"rolls/{cast.eight_a.roll()}")["entries"]
    assert class_[1]["marks"] == [{"student_id": str(cast.eight_a.students[2])}]
    assert class_[2]["marks"][0]["note"] == "Seen at 9"
