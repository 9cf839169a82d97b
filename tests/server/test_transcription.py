"""A roll that was taken on paper: the office enters it, and the tablet's own word comes later."""

from __future__ import annotations

from datetime import datetime

import pytest

from server.columns import spell
from tests.support.api import School, Tree, presences
from tests.support.cast import TUESDAY, local

TEN = local(TUESDAY, 10)


def student(school: School, place: int) -> str:
    return str(school.cast.eight_a.students[place])


def transcribed(school: School, stated_at: datetime | None, absent: tuple[int, ...] = (3,)) -> Tree:
    """Lind enters Ruiz's sheet at ten."""
    school.clock.set(TEN)
    lind = school.tablet(school.cast.lind)
    source = {"how": "paper", "taken_by": "Ms Ruiz"}
    if stated_at is not None:
        source["stated_at"] = spell(stated_at)
    op = lind.op(school.cast.eight_a, absent=absent, source=source)
    (result,) = lind.push(op)
    assert result["outcome"] == "accepted"
    return {"op": op, "result": result}


@pytest.mark.parametrize(
    ("stated_at", "says"),
    [
        (local(TUESDAY, 8, 5), "late_unproven"),
        (local(TUESDAY, 8, 15), "late_unproven"),
        (local(TUESDAY, 8, 20), "late"),
        (None, "late"),
    ],
)
def test_D12_a_sheet_met_its_deadline_as_far_as_somebody_says_so(
    school: School, stated_at: datetime | None, says: str
) -> None:
    told = transcribed(school, stated_at)
    assert told["result"]["roll"]["timeliness"] == says
    roll = school.tablet(school.cast.lind).roll(school.cast.eight_a)
    assert (roll["state"], roll["timeliness"]) == ("submitted", says)
    assert roll["people"][0]["name"] == "R. Lind"


def test_D12_history_tells_whose_sheet_it_was_and_who_entered_it(school: School) -> None:
    told = transcribed(school, local(TUESDAY, 8, 5))
    roll_id = school.cast.eight_a.roll()
    (entry,) = school.tablet(school.cast.ruiz).get(f"rolls/{roll_id}")["entries"]
    assert entry["author"]["name"] == "R. Lind"
    assert entry["source"] == told["op"]["source"]
    assert entry["source"]["taken_by"] == "Ms Ruiz"
    assert (entry["timeliness"], entry["received_at"]) == ("late_unproven", spell(TEN))


def test_D12_F4_1_the_teachers_own_tablet_outranks_the_sheet_when_it_comes(school: School) -> None:
    """Ruiz's tablet was off the network all morning: its roll arrives after the sheet was entered,
    as a second submission, and where it says otherwise the teacher stands and the office is asked.
    """
    ruiz = school.tablet(school.cast.ruiz)
    own = ruiz.op(school.cast.eight_a, absent=[3, 7])
    sheet = transcribed(school, local(TUESDAY, 8, 5), absent=(3, 9))
    school.clock.forward(hours=1)
    (result,) = ruiz.push(own)
    assert (result["outcome"], result["marks"]) == ("accepted", [])
    roll = ruiz.roll(school.cast.eight_a)
    said = presences(roll)
    assert (said[student(school, 3)], said[student(school, 7)]) == ("absent", "absent")
    assert said[student(school, 9)] == "present"
    assert (roll["contested"], roll["revision"]) == (2, 2)
    assert roll["timeliness"] == "taken_on_time"
    (mark,) = [one for one in roll["marks"] if one["student_id"] == student(school, 7)]
    told = {roll["people"][one["by"]]["name"]: one for one in mark["voices"]}
    assert told["R. Lind"]["source"] == sheet["op"]["source"]
    assert "source" not in told["D. Ruiz"]


def test_D12_a_sheet_that_says_the_same_as_the_tablet_contests_nothing(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    own = ruiz.op(school.cast.eight_a, absent=[3])
    transcribed(school, local(TUESDAY, 8, 5))
    ruiz.push(own)
    assert ruiz.roll(school.cast.eight_a)["contested"] == 0


def test_D12_a_sheet_sent_twice_is_one_entry(school: School) -> None:
    told = transcribed(school, None)
    lind = school.tablet(school.cast.lind)
    (again,) = lind.push(told["op"])
    assert (again["replayed"], again["hash"]) == (True, told["result"]["hash"])
    roll_id = school.cast.eight_a.roll()
    assert len(lind.get(f"rolls/{roll_id}")["entries"]) == 1


def test_D8_a_tablet_that_slept_is_not_called_late_over_the_wire(school: School) -> None:
    """Captured at 8:20 by a clock that ran twenty minutes ahead of what it can vouch for."""
    ruiz = school.tablet(school.cast.ruiz)
    taken_at = local(TUESDAY, 8, 20)
    slept = ruiz.op(school.cast.eight_a, taken_at=taken_at)
    slept["clock"]["asleep_ms"] = 20 * 60_000
    slept["clock"]["server_seen_at"] = spell(local(TUESDAY, 8))
    school.clock.set(TEN)
    (result,) = ruiz.push(slept)
    assert result["roll"]["timeliness"] == "late_unproven"
    school.clock.forward(minutes=1)
    awake = school.tablet(school.cast.brandt)
    op = awake.op(school.cast.eight_b, taken_at=local(TUESDAY, 9, 50))
    op["clock"]["asleep_ms"] = 0
    (result,) = awake.push(op)
    assert result["roll"]["timeliness"] == "late"
