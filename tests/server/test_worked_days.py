"""The worked examples of a day at a high school, told through the API (S17, S19, S27, S37).

Each is read where a person would look for it: the day, the month, the student's year, the files.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from server.models import School, Student, table_of
from tests.support import cast, desk
from tests.support.api import School as Birch
from tests.support.api import Tablet, Tree
from tests.support.high import DAYS, High

P, A = "present", "absent"
PERIODS = "123456"
CEDAR = 12
"""So many students; everybody but Elif is always there."""
WAKE = [date(2026, 10, day) for day in (5, 6, 7, 8, 9, 12)]
"""Monday to Friday, and the Monday after."""


def california(school: Birch, days: list[date]) -> High:
    high = High(school, days=days)
    pack, mine = {"rule_pack": "california_lausd"}, {"school_id": high.campus.school_id}
    school.change(table_of(School), pack, **mine)
    school.change(table_of(Student), {"grade": "09"}, student_id=high.elif_, **mine)
    return high


@pytest.fixture
def high(sqlite_school: Birch) -> High:
    """A Tuesday at Cedar High; Elif is in grade 9."""
    return california(sqlite_school, [DAYS[0]])


def span(days: list[date]) -> str:
    return f"?from={days[0]}&to={days[-1]}"


def file(high: High, name: str, days: list[date], by: Tablet | None = None) -> list[Tree]:
    tablet = by or high.campus.tablet(high.lind)
    answer = tablet.client.get(f"{tablet.path}/attendance/{name}.csv{span(days)}")
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def line_of(high: High, days: list[date]) -> Tree:
    """Elif's line of the file of students."""
    (one,) = high.campus.school.rows(table_of(Student), student_id=high.elif_)
    names = (one.family_name, one.given_name)
    lines = file(high, "students", days)
    (found,) = [line for line in lines if (line["Family name"], line["Given name"]) == names]
    return found


def year_of(high: High, days: list[date]) -> Tree:
    return high.campus.tablet(high.lind).get(f"attendance/students/{high.elif_}{span(days)}")


def cell(high: High, tablet: Tablet, period: str, on: date = DAYS[0]) -> Tree:
    return desk.mark(tablet, high.classes[period], high.elif_, on=on)


def test_T2_T8_S27_seen_in_period_6_alone_earns_the_day(high: High) -> None:
    high.take_all(*[A] * 5, P)
    high.rule(*"12345", reason="A-3")
    (day,) = year_of(high, [DAYS[0]])["dates"]
    assert (day["outcome"], day["counts_as"], day["missed_min"]) == ("part_day", "attended", 280)
    line = line_of(high, [DAYS[0]])
    assert (line["Days attended"], line["Full days absent"], line["Part days"]) == ("1", "0", "1")
    assert line["Attendance, exactly"] == "1 of 1"
    told = high.campus.tablet(high.lind).get(f"attendance{span([DAYS[0]])}")
    assert (told["days"]["attended"], told["days"]["absent"]) == (CEDAR, 0)
    assert told["ada"] == {"top": CEDAR, "bottom": 1}
    whole = file(high, "months", [DAYS[0]])[-1]
    assert whole["ADA, exactly"] == f"{CEDAR} of 1"


def bereaved(on: date) -> Tree:
    return {"clearing_id": str(uuid4()), "on": str(on)}


def clear(tablet: Tablet, high: High, listed: list[Tree], **more: Any) -> list[Tree]:
    """Looked at, then given; a line a day."""
    named = [{**one, "student_id": str(high.elif_)} for one in listed]
    body = {"code": "A-5", "incident": "Her brother", "absences": named, **more}
    looked = tablet.post("clearing/many", {**body, "preview": True}).get_json()["lines"]
    seen = [{**one, "seen": line["seen"]} for one, line in zip(named, looked, strict=True)]
    answer = tablet.post("clearing/many", {**body, "preview": False, "absences": seen})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    lines: list[Tree] = answer.get_json()["lines"]
    return lines


def test_K7_K7_1_T7_S17_five_days_an_incident_and_the_sixth_stays_uncleared(
    sqlite_school: Birch,
) -> None:
    sqlite_school.clock.set(cast.local(WAKE[0], 8))
    high = california(sqlite_school, WAKE)
    for on in WAKE:
        high.take_all(*[A] * 6, on=on)
    lind = high.campus.tablet(high.lind)
    lines = clear(lind, high, [bereaved(on) for on in WAKE])
    assert [one["made"] for one in lines] == [True] * 5 + [False]
    assert "A-5 may be set for 5 days" in lines[5]["says"]
    into = [one["counts_as"] for one in year_of(high, WAKE)["dates"]]
    assert into == ["excused"] * 5 + ["pending"]
    line = line_of(high, WAKE)
    assert (line["Absent, excused"], line["Absent, waiting for a reason"]) == ("5", "1")
    assert [one["on"] for one in lind.get("clearing")["waiting"]] == [str(WAKE[5])]
    head = high.campus.tablet(high.head)
    (last,) = clear(head, high, [bereaved(WAKE[5])], discretion="The funeral is in Manila.")
    assert last["made"] is True, last
    entries = head.get(f"rolls/{high.classes['1'].roll(WAKE[5])}")["entries"]
    why = "The office was told why. Beyond the limit: The funeral is in Manila."
    assert entries[-1]["marks"][0]["why"] == why
    assert line_of(high, WAKE)["Absent, excused"] == "6"


def test_K8_K8_1_S19_a_confidential_reason_is_read_by_the_authorised_office_alone(
    high: High,
) -> None:
    high.take_all(*[A] * 6)
    high.rule(*PERIODS, reason="CM", note="The clinic called.")
    lind, wu = high.campus.tablet(high.lind), high.campus.tablet(high.wu)
    history = lind.get(f"rolls/{high.classes['1'].roll(DAYS[0])}")
    assert "'CM'" in str(history["entries"])
    for told in (wu.roll(high.classes["1"]), wu.bootstrap(), year_of(high, [DAYS[0]])):
        assert "'CM'" not in str(told)
        assert "clinic" not in str(told)
    (day,) = year_of(high, [DAYS[0]])["dates"]
    assert (day["outcome"], day["counts_as"]) == ("full_day", "excused")
    line = line_of(high, [DAYS[0]])
    assert (line["Absent, excused"], line["Chronic"]) == ("1", "no")
    assert "CM" not in str(file(high, "students", [DAYS[0]]))
    events = lind.get(f"edfi?edfi_school_id=1964733&from={DAYS[0]}")
    ours = events["studentSectionAttendanceEvents"]
    categories = {one["attendanceEventCategoryDescriptor"].split("#")[1] for one in ours}
    assert categories == {"Excused Absence"}
    assert not [one for one in ours if "attendanceEventReason" in one]


def phoned(high: High) -> Tree:
    """8:20: her mother is on the telephone, she is ill."""
    high.campus.school.clock.set(cast.local(DAYS[0], 8, 20))
    return desk.notice(high.campus.tablet(high.lind), high.elif_, str(DAYS[0]), code="A-1")


def seen_after_all(high: High) -> list[Tree]:
    told = high.campus.tablet(high.lind).get(f"contradictions?on={DAYS[0]}")
    return [one for one in told["findings"] if one["kind"] == "seen_after_all"]


def test_F6_4_T2_1_X6_S37_phoned_in_ill_and_seen_by_the_teacher_she_is_present(
    high: High,
) -> None:
    told = phoned(high)
    lind = high.campus.tablet(high.lind)
    high.campus.school.clock.set(cast.local(DAYS[0], 8, 35))
    high.take_all(*[P] * 6)
    mark = cell(high, lind, "1")
    assert (mark["presence"], mark["flags"]) == (P, ["dormant_reason"])
    (finding,) = seen_after_all(high)
    assert [step["do"] for step in finding["steps"]] == ["end_notice", "prove_mark_wrong"]
    (day,) = year_of(high, [DAYS[0]])["dates"]
    assert (day["outcome"], day["missed_min"]) == ("present", 0)
    line = line_of(high, [DAYS[0]])
    assert (line["Days attended"], line["Full days absent"]) == ("1", "0")
    desk.end_notice(lind, told["notice_id"])  # the office confirms
    assert seen_after_all(high) == []
    assert "flags" not in cell(high, lind, "1")


def test_F5_1_F7_1_S37_an_absence_that_the_office_ruled_stands_and_is_in_dispute(
    high: High,
) -> None:
    """It says that she was not there, which a telephone call does not."""
    high.rule("1", presence=A, reason="A-1")
    high.campus.school.clock.set(cast.local(DAYS[0], 8, 35))
    high.take_all(*[P] * 6)
    mark = cell(high, high.campus.tablet(high.lind), "1")
    assert (mark["presence"], {*mark["flags"]}) == (A, {"contested", "safety"})
    (day,) = year_of(high, [DAYS[0]])["dates"]
    assert (day["counts_as"], day["contested"]) == ("attended", ["1"])
    high.rule("1", presence=P)
    (day,) = year_of(high, [DAYS[0]])["dates"]
    assert (day["outcome"], day["contested"]) == ("present", [])
