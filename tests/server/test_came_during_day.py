"""A student who comes to the school during a day, or leaves it (F10.3, F10.4; S39).

Elif is on the roster from Tuesday on; the office enrolled her at 10:55, while period 3 ran.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from schemas.enrollment import TimedEnrollment
from schemas.grid import Grid, StudentRolls
from server.columns import spell
from server.models import DeskAct, Enrollment, RosterVersion, School, Student, table_of
from tests.server.guest_tablet import code_of
from tests.server.held_desk import differences
from tests.support import cast, desk
from tests.support.api import School as Birch
from tests.support.api import Tree
from tests.support.high import DAYS, High

TUESDAY, WEDNESDAY = DAYS[0], DAYS[1]
P, A = "present", "absent"
SPAN = f"?from={TUESDAY}&to={WEDNESDAY}"


@pytest.fixture
def high(school: Birch) -> High:
    """Tuesday, 11 o'clock; Elif's name came with the roster of that date."""
    high = High(school)
    pack, mine = {"rule_pack": "california_lausd"}, {"school_id": high.campus.school_id}
    school.change(table_of(School), pack, **mine)
    begun = {"begin_on": TUESDAY}
    school.change(table_of(Enrollment), begun, student_id=high.elif_, **mine)
    school.clock.set(cast.local(TUESDAY, 8, 34))
    return high


def tell(high: High, what: str, at: str | None, on: date = TUESDAY, who: Any = None) -> Tree:
    answer = high.campus.tablet(who or high.lind).post(
        "enrollments/times", said(high, what, at, on)
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert TimedEnrollment().validate(told) == {}
    return told


def said(high: High, what: str, at: str | None, on: date = TUESDAY) -> Tree:
    instant = None if at is None else high.at(at, on)
    return {"student_id": str(high.elif_), "on": str(on), "what": what, "at": instant}


def dates(high: High) -> list[Tree]:
    lind = high.campus.tablet(high.lind)
    told: list[Tree] = lind.get(f"attendance/students/{high.elif_}{SPAN}")["dates"]
    return told


def line(high: High) -> Tree:
    lind = high.campus.tablet(high.lind)
    answer = lind.client.get(f"{lind.path}/attendance/students.csv{SPAN}")
    lines = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    (who,) = high.campus.school.rows(table_of(Student), student_id=high.elif_)
    return next(one for one in lines if one["Family name"] == who.family_name)


def take_without_her(high: High, *periods: str) -> None:
    """The tablets list the neighbours alone."""
    for period in periods:
        one = high.classes[period]
        marks = [
            {"student_id": str(student), "presence": P}
            for student in one.students
            if student != high.elif_
        ]
        high.campus.submit(high.wu, one, TUESDAY, marks=marks)


def test_F10_3_T6_1_S39_the_first_roll_that_expects_her_is_period_4(high: High) -> None:
    take_without_her(high, "1", "2", "3")
    lind = high.campus.tablet(high.lind)
    assert str(high.elif_) in lind.roll(high.classes["1"], TUESDAY)["unmarked"]
    told = tell(high, "came", "10:55")
    assert len(told["sections"]) == 6
    for period in "123":
        roll = lind.roll(high.classes[period], TUESDAY)
        assert str(high.elif_) not in str(roll["marks"]) + str(roll["unmarked"])
    high.campus.school.clock.set(cast.local(TUESDAY, 11, 55))
    for period in "456":
        high.take(period, A)
    (day,) = dates(high)
    assert (day["on"], day["outcome"], day["not_taken"]) == (str(TUESDAY), "full_day", [])
    high.rule(*"456", presence=P)
    (day,) = dates(high)
    assert (day["outcome"], day["present_min"], day["missed_min"]) == (P, 168, 0)
    assert line(high)["Minutes present"] == "168"


def test_F10_3_S39_the_days_expected_of_her_begin_with_that_date(high: High) -> None:
    tell(high, "came", "10:55")
    high.campus.school.clock.set(cast.local(TUESDAY, 11, 55))
    high.take("4", A)
    lind = high.campus.tablet(high.lind)
    told = lind.get(f"attendance{SPAN}")
    (one,) = [each for each in told["students"] if each["student_id"] == str(high.elif_)]
    assert (one["days"]["expected"], one["days"]["absent"]) == (1, 1)
    assert one["chronic"]["expected"] == 1
    slots = {(each["weekday"], each["period"]) for each in told["slots"]}
    assert slots == {(1, "4")}


def test_T6_1_who_came_after_the_last_bell_has_no_day(high: High) -> None:
    take_without_her(high, *"123456")
    tell(high, "came", "15:30")
    assert dates(high) == []


def test_F10_3_F10_2_a_mark_in_a_meeting_that_does_not_expect_her_is_kept_apart(
    high: High,
) -> None:
    tell(high, "came", "10:55")
    school = high.campus.school
    school.clock.set(cast.local(TUESDAY, 11))
    wu = high.campus.tablet(high.wu)
    (result,) = wu.push(wu.op(high.classes["3"], on=TUESDAY))
    assert (result["outcome"], result["reason"]) == ("accepted", "not_enrolled")
    only = [{"student_id": str(high.elif_), "presence": P}]
    (result,) = wu.push(wu.op(high.classes["2"], on=TUESDAY, marks=only))
    assert (result["outcome"], result["reason"]) == ("held", "not_enrolled")
    assert high.campus.tablet(high.lind).get(f"contradictions?on={TUESDAY}")["findings"] == []
    assert differences(school) == []
    tell(high, "came", None)  # she had been there since the morning, and what was held is heard
    for period in "23":
        assert desk.mark(wu, high.classes[period], high.elif_, on=TUESDAY)["presence"] == P
    assert differences(school) == []


def test_F10_3_who_left_at_11_is_expected_in_what_began_before(high: High) -> None:
    mine = {"student_id": high.elif_, "school_id": high.campus.school_id}
    high.campus.school.change(table_of(Enrollment), {"end_on": WEDNESDAY}, **mine)
    tell(high, "left", "11:00", WEDNESDAY)
    high.take_all(*[P] * 3, on=WEDNESDAY)
    high.campus.school.clock.set(cast.local(WEDNESDAY, 15, 30))
    lind = high.campus.tablet(high.lind)
    (day,) = [one for one in dates(high) if one["on"] == str(WEDNESDAY)]
    assert (day["outcome"], day["not_taken"], day["present_min"]) == (P, [], 168)
    grid = lind.get(f"grid?on={WEDNESDAY}")
    apart = [one["period"] for one in grid["rolls"] if one.get("apart")]
    assert apart == ["4", "5", "6"]


def test_W1_W4_the_tablets_hear_of_it_and_the_past_is_as_it_was_known(high: High) -> None:
    wu, lind = high.campus.tablet(high.wu), high.campus.tablet(high.lind)
    tell(high, "came", None)  # nothing is noted: it stands already
    assert high.campus.school.rows(table_of(DeskAct), kind="enrollment_timed") == []
    tell(high, "came", "10:00")
    before = high.campus.school.clock.now()
    high.campus.school.clock.forward(minutes=10)
    wu.bootstrap()
    tell(high, "came", "10:55")
    news = wu.pull()
    sections = [one for one in news if one["type"] == "section"]
    mine = [s for one in sections for s in one["students"] if s["student_id"] == str(high.elif_)]
    assert len(sections) == 6
    assert {one["begin_at"] for one in mine} == {high.at("10:55")}
    assert {one["roll_id"] for one in news if one["type"] == "roll"} >= {
        str(high.classes["2"].roll(TUESDAY))
    }
    then = lind.get(f"grid?on={TUESDAY}&as_of={spell(before)}")
    today = lind.get(f"grid?on={TUESDAY}")
    assert Grid().validate(today) == {}
    apart = [[one["period"] for one in each["rolls"] if one.get("apart")] for each in (then, today)]
    assert apart == [["1", "2"], ["1", "2", "3"]]
    assert len(high.campus.school.rows(table_of(RosterVersion))) >= 12


def test_F10_3_the_grid_and_her_own_days_say_that_she_was_not_enrolled_yet(high: High) -> None:
    tell(high, "came", "10:55")
    lind = high.campus.tablet(high.lind)
    grid = lind.get(f"grid?on={TUESDAY}")
    rolls = {one["period"]: one for one in grid["rolls"] if one["on"] == str(TUESDAY)}
    (num,) = [s["num"] for s in grid["students"] if s["student_id"] == str(high.elif_)]
    assert rolls["3"]["apart"] == [{"num": num, "begin_at": high.at("10:55")}]
    assert num not in rolls["3"]["nums"]
    assert num in rolls["4"]["nums"]
    own = lind.get(f"students/{high.elif_}/rolls{SPAN}")
    assert StudentRolls().validate(own) == {}
    tuesday = [one for one in own["rolls"] if one["on"] == str(TUESDAY)]
    assert [bool(one.get("apart")) for one in tuesday] == [True] * 3 + [False] * 3
    assert [one["nums"] for one in tuesday] == [[]] * 3 + [[num]] * 3
    ruling = {
        "roll_id": str(high.classes["3"].roll(TUESDAY)),
        "student_id": str(high.elif_),
        "presence": P,
        "why": "She sat in.",
        "seen": [],
    }
    answer = lind.post("rulings", {"ruling_id": str(uuid4()), "preview": True, "rulings": [ruling]})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.get_json()["refused"] == 1


def test_F10_3_T18_her_events_and_the_log_agree(high: High) -> None:
    tell(high, "came", "10:55")
    high.campus.school.clock.set(cast.local(TUESDAY, 11, 55))
    high.take("3", A)
    high.take("4", A)
    lind = high.campus.tablet(high.lind)
    events = lind.get(f"edfi?edfi_school_id=1964733&from={TUESDAY}")
    (absent,) = events["studentSectionAttendanceEvents"]
    assert absent["classPeriods"][0]["classPeriodReference"]["classPeriodName"] == "Period 4"


def test_F10_4_an_instant_is_of_a_date_that_the_roster_gives(high: High) -> None:
    lind = high.campus.tablet(high.lind)
    refused = lind.post("enrollments/times", said(high, "came", "10:55", WEDNESDAY))
    assert code_of(refused) == (409, "not_possible")
    refused = lind.post("enrollments/times", said(high, "left", "10:55"))
    assert code_of(refused) == (409, "not_possible")
    other = said(high, "came", "10:55", WEDNESDAY) | {"on": str(TUESDAY)}
    assert code_of(lind.post("enrollments/times", other)) == (422, "invalid")
    tell(high, "came", "10:55")
    tell(high, "came", "10:55")
    tell(high, "came", None)
    acts = high.campus.school.rows(table_of(DeskAct), kind="enrollment_timed")
    assert [one.by for one in acts] == [high.lind.staff_id] * 2
    take_without_her(high, "1")
    assert str(high.elif_) in lind.roll(high.classes["1"], TUESDAY)["unmarked"]


def test_F10_3_E1_C9_the_audit_and_the_week_that_is_signed_have_her_on_what_expected_her(
    high: High,
) -> None:
    tell(high, "came", "10:55")
    take_without_her(high, "3")
    high.campus.school.clock.set(cast.local(TUESDAY, 11, 55))
    high.take("4", A)
    wu, lind = high.campus.tablet(high.wu), high.campus.tablet(high.lind)
    told = lind.get(f"audit?from={TUESDAY}&to={TUESDAY}&student_id={high.elif_}")
    assert [one["period"] for one in told["rolls"]] == ["4", "5", "6"]
    high.campus.school.clock.set(cast.local(TUESDAY, 11, 55) + timedelta(days=7))
    rolls = wu.get("weeks/mine?week=2026-10-05")["rolls"]
    counts = {one["period"]: one["counts"] for one in rolls if one["on"] == str(TUESDAY)}
    assert [(counts[one][P], counts[one][A], counts[one]["unmarked"]) for one in "34"] == [
        (2, 0, 0), (2, 1, 0),
    ]  # fmt: skip
