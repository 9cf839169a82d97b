"""Rolls as Ed-Fi's events through the API, valid by the Data Standard's own shapes (T18)."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from server.models import School, table_of
from tests.schemas.test_edfi import SHAPES
from tests.support.api import School as Birch
from tests.support.api import Tree
from tests.support.high import DAYS, High

P, A = "present", "absent"


@pytest.fixture
def high(school: Birch) -> High:
    """California's codes count at Cedar High."""
    high = High(school)
    pack = {"rule_pack": "california_lausd"}
    school.change(table_of(School), pack, school_id=high.campus.school_id)
    return high


def events(high: High, more: str = "") -> Tree:
    told = high.campus.tablet(high.lind).get(f"edfi?edfi_school_id=1964733&from={DAYS[0]}{more}")
    for resource, found in told.items():
        for one in found:
            Draft202012Validator(SHAPES[resource]).validate(one)
    return told


def test_T18_a_roll_that_was_taken_is_an_event_and_one_that_nobody_took_is_none(
    high: High,
) -> None:
    high.take_all(P, A, None, P)
    told = events(high)
    taken = told["sectionAttendanceTakenEvents"]
    assert [one["eventDate"] for one in taken] == [str(DAYS[0])] * 3
    assert {one["calendarDateReference"]["schoolId"] for one in taken} == {1964733}
    (absent,) = told["studentSectionAttendanceEvents"]
    assert absent["attendanceEventCategoryDescriptor"].endswith("#Unexcused Absence")
    assert absent["classPeriods"][0]["classPeriodReference"]["classPeriodName"] == "Period 2"


def test_T18_1_a_late_student_is_tardy_with_the_time_and_a_confidential_reason_leaves_no_word(
    high: High,
) -> None:
    high.take("1", "late", arrived_at=high.at("08:47"))
    high.take("2", A)
    high.rule("2", reason="CM")
    tardy, absent = events(high)["studentSectionAttendanceEvents"]
    assert (tardy["arrivalTime"], tardy["sectionAttendanceDuration"]) == ("08:47:00", 17)
    assert absent["attendanceEventCategoryDescriptor"].endswith("#Excused Absence")
    assert "attendanceEventReason" not in absent


def test_T18_2_a_day_of_absence_is_one_event_of_one_day_with_its_reason(high: High) -> None:
    high.take_all(*[A] * 6)
    high.rule(*"123456", reason="A-1")
    told = events(high)
    (day,) = [one for one in told["studentSchoolAttendanceEvents"] if one["eventDuration"] == 1.0]
    assert day["attendanceEventCategoryDescriptor"].endswith("#Excused Absence")
    assert day["attendanceEventReason"]
    assert len(told["studentSectionAttendanceEvents"]) == 6
    present = events(high, "&positive=1")["studentSectionAttendanceEvents"]
    assert len(present) > 6


def test_T18_the_number_of_the_school_has_to_be_named(high: High) -> None:
    desk = high.campus.tablet(high.lind)
    assert desk.client.get(f"{desk.path}/edfi").status_code == 422
