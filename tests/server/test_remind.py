"""Who is reminded when, of what and by which way: small stories at Birch on Tuesday (rules R)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from server.db import writing
from server.models import DayPass, PassMeeting, RollRow, Staff, StaffLeave, Teaching, table_of
from tests.support import cast
from tests.support.api import School
from tests.support.reminding import MESSAGE, REMINDER, Bell

ROLL = table_of(RollRow)


@pytest.fixture
def bell(school: School) -> Bell:
    """Tuesday, 8:03; Ruiz and Okafor have 8A in period 1, Brandt 8B in period 2."""
    bell = Bell(school)
    for person in school.cast.people:
        bell.subscribe(person)
    return bell


def on_leave(school: School, person: cast.Person, on: Any = cast.TUESDAY) -> None:
    row = {
        "school_id": person.school_id,
        "leave_id": uuid4(),
        "staff_id": person.staff_id,
        "from_on": on,
        "to_on": on,
        "set_at": cast.LONG_AGO,
    }
    with writing(school.engine) as connection:
        connection.execute(table_of(StaffLeave).insert(), row)


def day_pass(school: School, person: cast.Person, one: cast.Class, **more: Any) -> None:
    """A pass for one roll of Tuesday, until ten."""
    row = {
        "school_id": person.school_id,
        "pass_id": uuid4(),
        "staff_id": person.staff_id,
        "school_date": cast.TUESDAY,
        "code_hash": b"0" * 32,
        "until_at": cast.local(cast.TUESDAY, 10),
        "issued_by": school.cast.lind.staff_id,
        "issued_at": cast.LONG_AGO,
        **more,
    }
    listed = {key: row[key] for key in ("school_id", "pass_id")} | {"roll_id": one.roll()}
    with writing(school.engine) as connection:
        connection.execute(table_of(DayPass).insert(), row)
        connection.execute(table_of(PassMeeting).insert(), listed)


def test_R2_1_the_ladder_is_climbed_until_somebody_submits(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.until(9)
    for teacher in (everyone.ruiz, everyone.okafor):
        assert bell.told(teacher) == [
            "8:10 push Period 1 roll is due at 8:15",
            "8:15 push Period 1 roll was due at 8:15",
            "8:25 push Period 1 roll was due at 8:15",
        ]
        assert {state for _, state in bell.reminders(teacher)} == {"sent"}
    assert bell.told(everyone.lind) == ["8:30 push 1 roll not taken, period 1"]
    assert bell.told(everyone.moss) == ["8:45 push 1 roll not taken, period 1"]
    assert bell.told(everyone.brandt) == bell.told(everyone.sato) == []


def test_R1_1_whoever_submits_ends_it_for_all(bell: Bell) -> None:
    everyone, school = bell.school.cast, bell.school
    bell.until(8, 12)
    okafor = school.tablet(everyone.okafor)
    okafor.push(okafor.op(everyone.eight_a))
    bell.until(9)
    assert bell.told(everyone.ruiz) == ["8:10 push Period 1 roll is due at 8:15"]
    assert bell.told(everyone.okafor) == bell.told(everyone.ruiz)
    assert bell.told(everyone.lind) == []


def test_R2_2_a_roll_that_is_not_expected_reminds_nobody(bell: Bell) -> None:
    bell.school.change(ROLL, {"expected": False}, roll_id=bell.school.cast.eight_a.roll())
    bell.until(9)
    assert [one for one in bell.said if one.staff_id != bell.school.cast.stranger.staff_id] == []


def test_R1_2_an_assigned_substitute_takes_the_teachers_place(bell: Bell) -> None:
    """Sato substitutes in 8A on Wednesday."""
    bell.school.clock.set(cast.local(cast.WEDNESDAY, 8))
    bell.until(8, 20, cast.WEDNESDAY)
    assert len(bell.told(bell.school.cast.sato)) == 2
    assert bell.told(bell.school.cast.ruiz) == bell.told(bell.school.cast.okafor) == []


def test_R1_2_who_holds_a_pass_for_the_roll_takes_the_teachers_place(bell: Bell) -> None:
    everyone = bell.school.cast
    day_pass(bell.school, everyone.brandt, everyone.eight_a)
    bell.until(8, 20)
    assert len(bell.told(everyone.brandt)) == 2
    assert bell.told(everyone.ruiz) == []


@pytest.mark.parametrize("ended", [{"revoked_at": cast.LONG_AGO}, {"until_at": cast.MORNING}])
def test_R1_2_a_pass_that_ended_counts_for_nothing(bell: Bell, ended: dict[str, Any]) -> None:
    everyone = bell.school.cast
    day_pass(bell.school, everyone.brandt, everyone.eight_a, **ended)
    bell.until(8, 20)
    assert bell.told(everyone.brandt) == []
    assert len(bell.told(everyone.ruiz)) == 2


def test_R1_3_who_is_on_leave_is_left_alone_and_the_others_are_not(bell: Bell) -> None:
    everyone = bell.school.cast
    on_leave(bell.school, everyone.ruiz)
    on_leave(bell.school, everyone.okafor, cast.WEDNESDAY)
    bell.until(8, 20)
    assert bell.told(everyone.ruiz) == []
    assert len(bell.told(everyone.okafor)) == 2


def test_R1_4_a_roll_that_nobody_is_left_to_take_is_the_offices_once(bell: Bell) -> None:
    everyone = bell.school.cast
    on_leave(bell.school, everyone.ruiz)
    on_leave(bell.school, everyone.okafor)
    bell.until(8, 31)
    assert bell.told(everyone.lind) == [
        "8:10 push 1 roll has nobody to take it, period 1",
        "8:30 push 1 roll not taken, period 1",
    ]
    (first, _) = sorted(
        bell.school.rows(REMINDER, staff_id=everyone.lind.staff_id),
        key=lambda row: row.made_at,
    )
    assert (first.step, first.detail) == ("teachers-5", "All who could take it are away.")


def test_R1_4_an_office_without_people_is_the_administrators(bell: Bell) -> None:
    everyone = bell.school.cast
    on_leave(bell.school, everyone.lind)
    bell.until(8, 31)
    assert bell.told(everyone.lind) == []
    assert bell.told(everyone.moss) == ["8:30 push 1 roll not taken, period 1"]


def test_R2_3_the_schools_lists_say_who_of_the_office_hears(bell: Bell) -> None:
    everyone, school = bell.school.cast, bell.school
    moss = school.tablet(everyone.moss)
    policy = moss.get("reminder-policy")
    wanted = {
        "seen": None,
        "steps": policy["steps"],
        "quiet_from_time": None,
        "quiet_to_time": None,
        "office_staff": [str(everyone.moss.staff_id)],
        "administrators": [str(everyone.lind.staff_id)],
        "digest_time": None,
    }
    assert moss.post("reminder-policy", wanted).status_code == 200
    bell.until(8, 46)
    assert bell.told(everyone.moss) == ["8:30 push 1 roll not taken, period 1"]
    assert bell.told(everyone.lind) == ["8:45 push 1 roll not taken, period 1"]


def test_R2_3_who_works_here_no_more_hears_nothing(bell: Bell) -> None:
    everyone = bell.school.cast
    for person in (everyone.okafor, everyone.lind):
        bell.school.change(table_of(Staff), {"active": False}, staff_id=person.staff_id)
    bell.until(8, 31)
    assert bell.told(everyone.okafor) == bell.told(everyone.lind) == []
    assert bell.told(everyone.moss) == ["8:30 push 1 roll not taken, period 1"]


def test_R3_2_after_an_hour_down_only_what_still_helps_is_sent(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.school.clock.set(cast.local(cast.TUESDAY, 8, 50))
    bell.tick()
    assert bell.told(everyone.ruiz) == ["8:50 push Period 1 roll was due at 8:15"]
    assert bell.reminders(everyone.ruiz) == [
        ("teachers+0", "pointless"),
        ("teachers+10", "sent"),
        ("teachers-5", "pointless"),
    ]
    assert bell.told(everyone.lind) == ["8:50 push 1 roll not taken, period 1"]
    assert bell.told(everyone.moss) == ["8:50 push 1 roll not taken, period 1"]
    bell.tick()
    assert len(bell.told(everyone.ruiz)) == 1


def test_R3_2_the_next_morning_nothing_of_yesterday_helps(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.school.clock.set(cast.local(cast.WEDNESDAY, 7))
    bell.tick()
    assert bell.said == []
    assert {state for _, state in bell.reminders()} == {"pointless"}
    (row,) = bell.school.rows(ROLL, roll_id=everyone.eight_a.roll())
    assert row.remind_at is None
    assert bell.sweep() == 0


def test_R5_1_each_step_once_however_often_it_is_looked_at(bell: Bell) -> None:
    bell.school.clock.set(cast.local(cast.TUESDAY, 8, 10))
    assert bell.sweep() == 2  # 8A of Birch and 8A of Alder
    assert bell.sweep() == 0
    before = bell.reminders()
    bell.plan()  # as if the day were laid out again
    bell.sweep()
    assert bell.reminders() == before


def test_R5_1_a_clock_that_is_set_back_by_an_hour_reminds_nobody_twice(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.until(8, 27)
    told = [one.line() for one in bell.said]
    bell.school.clock.set(cast.local(cast.TUESDAY, 7, 27))
    bell.until(8, 26)
    assert [one.line() for one in bell.said] == told
    bell.until(8, 46)
    assert bell.told(everyone.ruiz) == [
        "8:10 push Period 1 roll is due at 8:15",
        "8:15 push Period 1 roll was due at 8:15",
        "8:25 push Period 1 roll was due at 8:15",
    ]
    assert bell.told(everyone.lind) == ["8:30 push 1 roll not taken, period 1"]


def test_R5_2_one_message_names_everything_of_a_person_that_is_missing(bell: Bell) -> None:
    """Brandt also teaches 8A from today on, and has submitted neither."""
    everyone, school = bell.school.cast, bell.school
    moved = {"staff_id": everyone.brandt.staff_id}
    school.change(table_of(Teaching), moved, staff_id=everyone.ruiz.staff_id)
    bell.until(9, 11)
    last = [one for one in bell.said if one.staff_id == everyone.brandt.staff_id][-1]
    assert (last.title, last.body) == ("2 rolls are due", "Periods 1 and 2. Tap to see them.")
    assert [roll["period"] for roll in last.rolls] == ["1", "2"]
    assert last.payload["notification"]["navigate"].endswith("/#/today")
    assert last.at == cast.local(cast.TUESDAY, 9, 10)


def test_R5_2_the_office_hears_of_the_whole_school_at_once(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.until(9, 31)
    assert bell.told(everyone.lind) == [
        "8:30 push 1 roll not taken, period 1",
        "9:30 push 2 rolls not taken, periods 1 and 2",
    ]


def test_R7_1_every_tablet_of_a_person_is_told_and_it_counts_once(bell: Bell) -> None:
    everyone = bell.school.cast
    bell.subscribe(everyone.ruiz, device_id=everyone.sato.device_id)
    bell.until(8, 10)
    assert len(bell.told(everyone.ruiz)) == 2
    assert bell.reminders(everyone.ruiz) == [("teachers-5", "sent")]


def test_R7_3_who_has_no_way_is_written_down_as_that(school: School) -> None:
    bell = Bell(school)
    bell.until(8, 26)
    assert bell.said == []
    assert bell.reminders(school.cast.ruiz) == [
        ("teachers-5", "unreachable"),
        ("teachers+0", "unreachable"),
        ("teachers+10", "unreachable"),
    ]
    assert school.rows(MESSAGE) == []


def test_two_schools_are_two_stories(bell: Bell) -> None:
    bell.until(9)
    assert bell.told(bell.school.cast.stranger) == [
        "8:10 push Period 1 roll is due at 8:15",
        "8:15 push Period 1 roll was due at 8:15",
        "8:25 push Period 1 roll was due at 8:15",
    ]
