"""Whom the office called about a missing roll, seen by the other clerk, and taken back."""

from __future__ import annotations

from typing import Any

from server.columns import spell
from server.models import DeskAct, Reminder, table_of
from tests.server.guest_tablet import code_of
from tests.support import cast
from tests.support.api import School, Tablet, Tree

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ACTS = table_of(DeskAct)


def call(tablet: Tablet, *rolls: Any, **more: Any) -> list[Tree]:
    answer = tablet.post("calls", {"roll_ids": [str(one) for one in rolls], **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: list[Tree] = answer.get_json()["calls"]
    return told


def called(tablet: Tablet, query: str = "") -> dict[str, Any]:
    """Who called about which roll, by the board and by what stands beside it."""
    told = {one["roll_id"]: one["called"] for one in tablet.get(f"board{query}")["rolls"]}
    if not query:
        aside = {one["roll_id"]: one["called"] for one in tablet.get("board/aside")["rolls"]}
        assert {one: told[one] for one in aside} == aside
    return {one: by for one, by in told.items() if by}


def test_B2_1_a_call_is_seen_by_the_other_clerk_and_can_be_taken_back(school: School) -> None:
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    at = school.clock.now()
    stands = {"by_name": "R. Lind", "at": spell(at)}
    assert call(lind, EIGHT_A.roll()) == [{"roll_id": str(EIGHT_A.roll()), "called": stands}]
    assert called(moss) == {str(EIGHT_A.roll()): stands}
    school.clock.forward(minutes=1)
    assert call(moss, EIGHT_A.roll()) == [{"roll_id": str(EIGHT_A.roll()), "called": stands}]
    assert call(moss, EIGHT_A.roll(), undo=True) == [
        {"roll_id": str(EIGHT_A.roll()), "called": None}
    ]
    assert called(lind) == {}
    assert [(row.kind, row.by) for row in school.rows(ACTS)] == [
        ("called", lind.person.staff_id),
        ("call_undone", moss.person.staff_id),
    ]
    assert called(lind, f"?as_of={spell(at)}") == {str(EIGHT_A.roll()): stands}


def test_B2_1_a_call_taken_back_and_made_again_stands_whatever_the_clock_does(
    school: School,
) -> None:
    lind = school.tablet(school.cast.lind)
    call(lind, EIGHT_A.roll(), EIGHT_B.roll())
    school.clock.forward(hours=-1)
    call(lind, EIGHT_A.roll(), undo=True)
    assert set(called(lind)) <= {str(EIGHT_B.roll())}
    school.clock.forward(hours=2)
    assert set(called(lind)) == {str(EIGHT_B.roll())}
    call(lind, EIGHT_A.roll())
    assert set(called(lind)) == {str(EIGHT_A.roll()), str(EIGHT_B.roll())}


def test_a_call_about_another_schools_roll_is_refused_whole(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    rolls = [str(EIGHT_A.roll()), str(school.cast.alder_8a.roll())]
    answer = lind.post("calls", {"roll_ids": rolls})
    assert code_of(answer) == (422, "invalid")
    assert school.rows(ACTS) == []


def reminded(school: School, roll: Any, step: str, minutes: int, state: str = "sent") -> None:
    """What a sweep left behind."""
    at = cast.local(cast.TUESDAY, 8, minutes)
    with school.engine.begin() as connection:
        connection.execute(
            table_of(Reminder).insert(),
            {
                "school_id": school.cast.birch,
                "reminder_id": cast.named("reminder", f"{roll}/{step}/{state}"),
                "roll_id": roll,
                "staff_id": school.cast.ruiz.staff_id,
                "step": step,
                "made_at": at,
                "state": state,
                "ended_at": None if state == "waiting" else at,
            },
        )


def test_the_board_says_how_often_teachers_were_reminded_and_when_last(school: School) -> None:
    reminded(school, EIGHT_A.roll(), "teachers-5", 10)
    reminded(school, EIGHT_A.roll(), "teachers+0", 15)
    reminded(school, EIGHT_A.roll(), "teachers+10", 25, "waiting")
    reminded(school, EIGHT_A.roll(), "office+15", 30)
    reminded(school, EIGHT_B.roll(), "teachers-5", 10, "unreachable")
    school.clock.set(cast.local(cast.TUESDAY, 8, 40))
    rolls = {one["roll_id"]: one for one in school.tablet(school.cast.lind).get("board")["rolls"]}
    last = spell(cast.local(cast.TUESDAY, 8, 15))
    assert rolls[str(EIGHT_A.roll())]["reminded"] == {"count": 2, "last_at": last}
    assert rolls[str(EIGHT_B.roll())]["reminded"] == {"count": 0, "last_at": None}


def test_the_board_says_when_a_teachers_tablet_was_last_heard_of(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    names = {one["name"]: one["seen_at"] for one in lind.get("board")["teachers"]}
    assert set(names.values()) == {None}
    at = spell(school.clock.now())
    school.tablet(school.cast.ruiz)
    names = {one["name"]: one["seen_at"] for one in lind.get("board")["teachers"]}
    assert names == {"D. Ruiz": at, "N. Okafor": None, "P. Brandt": None}
    school.clock.set(cast.local(cast.WEDNESDAY, 8))
    assert {one["seen_at"] for one in lind.get("board")["teachers"]} == {None}
