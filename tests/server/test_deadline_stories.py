"""The worked examples of the reference day, Birch High, told through the API (S28…S40, X01).

Its bells are set by the office: period 1 from 8:30, period 2 from 9:32; a roll is due after 15
minutes and looked for after 30.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.columns import spell
from server.models import OpEntry, RollRow, Staff, table_of
from server.models import School as SchoolRow
from tests.server.guest_tablet import issue, redeem
from tests.support.api import School, Tablet, Tree, presences
from tests.support.cast import TUESDAY, WEDNESDAY, Class, local
from tests.support.timetable import Desk, bells, day, policy

BIRCH_HIGH = bells("regular", p1="08:30-09:26", p2="09:32-10:28", p3="10:49-11:45")
MINIMUM = bells("minimum", p1="08:30-09:05", p2="09:11-09:46")
MEASURED = {"offset_ms": 0, "uncertainty_ms": 90, "suspect": False}


@pytest.fixture
def desk(school: School) -> Desk:
    """The administrator's desk, at 7:30."""
    school.clock.set(local(TUESDAY, 7, 30))
    desk = Desk(school.tablet(school.cast.moss))
    desk.change(BIRCH_HIGH)
    return desk


def taken(tablet: Tablet, one: Class, on: date, hour: int, minute: int, **more: Any) -> Tree:
    """A roll taken at a time of day, by a clock that was measured at 8:20."""
    seen = {**MEASURED, "server_seen_at": spell(local(on, 8, 20))}
    return tablet.op(one, on=on, taken_at=local(on, hour, minute), clock=seen, **more)


def counted(desk: Desk, on: date) -> Tree:
    """How a date's rolls stand."""
    (one,) = desk.show(f"?from={on}&to={on}")["days"]
    return {name: one[name] for name in ("expected", "taken", "late", "voided")}


def cell(desk: Desk, one: Class, on: date = TUESDAY) -> Tree:
    """A roll on the office's board."""
    board = desk.tablet.get(f"board?on={on}")
    (found,) = [roll for roll in board["rolls"] if roll["roll_id"] == str(one.roll(on))]
    return dict(found)


def test_D9_S28_taken_in_time_offline_and_received_later(school: School, desk: Desk) -> None:
    """Taken at 8:40 in a portable without network, received at 10:05."""
    ruiz, eight_a = school.tablet(school.cast.ruiz), school.cast.eight_a
    op = taken(ruiz, eight_a, TUESDAY, 8, 40, absent=[3])
    school.clock.set(local(TUESDAY, 9))
    (meeting, _) = desk.day(TUESDAY)["meetings"]
    assert (meeting["due_at"], meeting["check_at"]) == (
        spell(local(TUESDAY, 8, 45)),
        spell(local(TUESDAY, 9)),
    )
    assert counted(desk, TUESDAY) == {"expected": 2, "taken": 0, "late": 1, "voided": 0}
    before = cell(desk, eight_a)
    assert before["state"] == "not_taken"
    assert set(before["counts"].values()) == {0}
    school.clock.set(local(TUESDAY, 10, 5))
    (result,) = ruiz.push(op)
    assert result["roll"]["timeliness"] == "taken_on_time"
    after = cell(desk, eight_a)
    assert (after["taken_at"], after["received_at"]) == (
        spell(local(TUESDAY, 8, 40)),
        spell(local(TUESDAY, 10, 5)),
    )
    assert counted(desk, TUESDAY) == {"expected": 2, "taken": 1, "late": 1, "voided": 0}


def test_D10_S29_received_the_next_morning_it_is_of_its_own_day(school: School, desk: Desk) -> None:
    ruiz, eight_a = school.tablet(school.cast.ruiz), school.cast.eight_a
    op = taken(ruiz, eight_a, TUESDAY, 8, 40)
    school.clock.set(local(WEDNESDAY, 7, 55))
    (result,) = ruiz.push(op)
    assert (result["outcome"], result["roll"]["next_day"]) == ("accepted", True)
    roll = ruiz.roll(eight_a)
    assert (roll["on"], roll["state"], roll["certified"]) == (f"{TUESDAY}", "submitted", None)
    assert cell(desk, eight_a, WEDNESDAY)["state"] == "not_taken"


def test_D6_S30_seven_minutes_late_is_late_valid_and_of_the_same_day(
    school: School, desk: Desk
) -> None:
    ruiz, eight_a = school.tablet(school.cast.ruiz), school.cast.eight_a
    school.clock.set(local(TUESDAY, 8, 52))
    (result,) = ruiz.push(taken(ruiz, eight_a, TUESDAY, 8, 52))
    assert result["outcome"] == "accepted"
    assert result["roll"] | {"unmarked": []} == {
        "state": "submitted",
        "timeliness": "late",
        "next_day": False,
        "unmarked": [],
    }


def test_D14_S30_with_ten_minutes_of_grace_the_same_roll_is_in_time(
    school: School, desk: Desk
) -> None:
    desk.change(policy(TUESDAY, grace_min=10))
    ruiz, eight_a = school.tablet(school.cast.ruiz), school.cast.eight_a
    school.clock.set(local(TUESDAY, 8, 52))
    assert counted(desk, TUESDAY)["late"] == 0
    roll = ruiz.roll(eight_a)
    assert (roll["due_at"], roll["late_at"]) == (
        spell(local(TUESDAY, 8, 45)),
        spell(local(TUESDAY, 8, 55)),
    )
    (result,) = ruiz.push(taken(ruiz, eight_a, TUESDAY, 8, 52))
    assert result["roll"]["timeliness"] == "on_time"
    (entry,) = ruiz.get(f"rolls/{eight_a.roll()}")["entries"]
    assert entry["timeliness"] == "on_time"
    # As it was known at 8:51 it was neither taken nor late; folded anew it is in time still.
    then = desk.tablet.get(f"rolls/{eight_a.roll()}?as_of={spell(local(TUESDAY, 8, 53))}")
    assert then["roll"]["timeliness"] == "on_time"


def test_P2_S32_a_roll_that_nobody_took_says_nothing_of_any_student(
    school: School, desk: Desk
) -> None:
    """Period 2 is never taken; at 17:00 the day closes, and the next day it is locked."""
    desk.change(policy(TUESDAY, lock_after_days=1))
    ruiz = school.tablet(school.cast.ruiz)
    school.clock.set(local(TUESDAY, 8, 40))
    ruiz.push(taken(ruiz, school.cast.eight_a, TUESDAY, 8, 40))
    school.clock.set(local(TUESDAY, 17, 1))
    roll = desk.tablet.roll(school.cast.eight_b)
    assert (roll["state"], roll["marks"], roll["unmarked"]) == ("not_taken", [], [])
    assert counted(desk, TUESDAY) == {"expected": 2, "taken": 1, "late": 1, "voided": 0}
    # A sheet of paper from that day is transcribed on the next morning.
    school.clock.set(local(WEDNESDAY, 7, 45))
    paper = {"how": "paper", "by": "P. Brandt", "stated_at": spell(local(TUESDAY, 9, 40))}
    op = desk.tablet.op(school.cast.eight_b, absent=[2], source=paper)
    (result,) = desk.tablet.push(op)
    assert (result["outcome"], result["roll"]["next_day"]) == ("accepted", True)
    assert (
        presences(desk.tablet.roll(school.cast.eight_b))[str(school.cast.eight_b.students[2])]
        == "absent"
    )


def test_S33_the_same_roll_three_times_is_one_and_answered_alike(
    school: School, desk: Desk
) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    school.clock.set(local(TUESDAY, 8, 40))
    op = taken(ruiz, school.cast.eight_a, TUESDAY, 8, 40)
    first, *others = [ruiz.push(op)[0] for _ in range(3)]
    for one in others:
        assert one == first | {"replayed": True}
    assert ruiz.roll(school.cast.eight_a)["revision"] == 1
    assert len(school.rows(table_of(OpEntry))) == 1


def test_D8_S35_a_roll_on_a_day_pass_is_in_time_and_waits_for_a_signature(
    school: School, desk: Desk
) -> None:
    issued = issue(desk.tablet, school.cast.eight_a.roll())
    guest = redeem(school, issued["code"])
    school.clock.set(local(TUESDAY, 8, 41))
    (result,) = guest.push(taken(guest, school.cast.eight_a, TUESDAY, 8, 41))
    assert result["roll"]["timeliness"] == "on_time"
    roll = cell(desk, school.cast.eight_a)
    assert (roll["by_name"], roll["countersign"], roll["state"]) == (
        "W. Quist",
        True,
        "submitted",
    )


def test_D1_S40_before_and_after_the_end_of_summer_time(school: School, desk: Desk) -> None:
    """A roll at 8:37 on Friday in summer time and on Monday in standard time: both in time."""
    friday, monday = date(2026, 10, 30), date(2026, 11, 2)
    desk.change(*(day(on) for on in (friday, monday)))
    ruiz = school.tablet(school.cast.ruiz)
    for on, utc in ((friday, "15:37"), (monday, "16:37")):
        school.clock.set(local(on, 8, 37))
        (result,) = ruiz.push(taken(ruiz, school.cast.eight_a, on, 8, 37))
        assert result["roll"]["timeliness"] == "on_time"
        (row,) = school.rows(table_of(RollRow), roll_id=school.cast.eight_a.roll(on))
        assert (row.school_date, spell(row.taken_at)[:16]) == (on, f"{on}T{utc}")
        assert row.due_at == local(on, 8, 45)


def test_L7_X01_on_a_minimum_day_period_2_is_due_at_9_26_and_looked_for_at_9_41(
    school: School, desk: Desk
) -> None:
    told = desk.change(MINIMUM, day(TUESDAY, schedule="minimum"))
    assert [
        (one["period"], one["due_before"], one["due_after"])
        for one in told["moves"]
        if "due_at" in one["what"]
    ] == [("2", spell(local(TUESDAY, 9, 47)), spell(local(TUESDAY, 9, 26)))]
    (_, second) = desk.day(TUESDAY)["meetings"]
    assert (second["due_at"], second["check_at"]) == (
        spell(local(TUESDAY, 9, 26)),
        spell(local(TUESDAY, 9, 41)),
    )


def test_D1_schools_of_one_district_in_two_zones_each_go_by_their_own_clock(
    school: School, desk: Desk
) -> None:
    """Alder lies an hour east: its 8:00 is Birch's 7:00, and its midnight Birch's 23:00."""
    school.change(table_of(SchoolRow), {"zone": "America/Denver"}, school_id=school.cast.alder)
    school.change(table_of(Staff), {"role": "administrator"}, username="stranger")
    alder = Desk(school.tablet(school.cast.stranger))
    alder.change(policy(TUESDAY, lock_after_days=0), day(TUESDAY))
    (theirs,) = alder.day(TUESDAY)["meetings"]
    assert theirs["due_at"] == spell(local(TUESDAY, 7, 15))
    assert theirs["locks_at"] == spell(local(TUESDAY, 16))
    assert desk.day(TUESDAY)["meetings"][0]["due_at"] == spell(local(TUESDAY, 8, 45))
    # At half past eleven in the evening at Birch it is Wednesday at Alder.
    school.clock.set(local(TUESDAY, 23, 30))
    assert (desk.show()["today"], alder.show()["today"]) == (f"{TUESDAY}", f"{WEDNESDAY}")
    assert desk.ask(policy(TUESDAY)).status_code == 200
    assert list(alder.wrong(policy(TUESDAY))["0"]) == ["from_on"]
