"""Ed-Fi's resources: what a roll, a mark and a day become, checked against shapes written by hand
from the Data Standard's own list of required fields (T18)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas.edfi import RESOURCES, Section, Session
from schemas.edfi_school import school_events
from schemas.edfi_section import section_events, taken_event
from schemas.edfi_send import natural_key, to_send
from sync.codes import Authorised
from sync.day import Day, fold_day
from sync.model import Presence
from sync.pack_faults import CATEGORIES
from sync.period import PeriodMark, Taken
from tests.sync.packs import CALIFORNIA
from tests.sync.test_day import any_day
from tests.sync.testcal import ALDER, ZONE, absent, code, day, local, periods

calm = settings(deadline=None)
ON = day("2025-10-06")
FALL = Session(19_64733, 2026, "Fall Semester", "Birch 2026", ZONE)
MATH = Section(FALL, "MATH-8A", "8A-1", ("Period 1",))
ANA = "8000123456"
P, L, E, A, X = (
    Presence.PRESENT,
    Presence.LATE,
    Presence.LEFT_EARLY,
    Presence.ABSENT,
    Presence.ELSEWHERE,
)


def shape(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


NUMBER, DATE = {"type": "integer"}, {"type": "string", "format": "date"}
TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$"}


def word(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most}


SESSION = {"schoolId": NUMBER, "schoolYear": NUMBER, "sessionName": word(60)}
SECTION = shape(SESSION | {"localCourseCode": word(60), "sectionIdentifier": word(255)})
CATEGORY_URI = {
    "enum": [f"uri://ed-fi.org/AttendanceEventCategoryDescriptor#{one}" for one in CATEGORIES]
}
ENVIRONMENTS = ("Classroom", "In-school suspension", "Self-study", "Off-school center")
OF_STUDENT = {
    "attendanceEventCategoryDescriptor": CATEGORY_URI,
    "eventDate": DATE,
    "studentReference": shape({"studentUniqueId": word(32)}),
}
MORE = {
    "attendanceEventReason": word(255),
    "arrivalTime": TIME,
    "departureTime": TIME,
    "eventDuration": {"type": "number", "minimum": 0, "maximum": 9.99},
    "educationalEnvironmentDescriptor": {
        "enum": [f"uri://ed-fi.org/EducationalEnvironmentDescriptor#{one}" for one in ENVIRONMENTS]
    },
}
PERIODS = {
    "type": "array",
    "items": shape(
        {"classPeriodReference": shape({"schoolId": NUMBER, "classPeriodName": word(60)})}
    ),
}
SHAPES = {
    "sectionAttendanceTakenEvents": shape(
        {
            "calendarDateReference": shape(
                {"calendarCode": word(60), "date": DATE, "schoolId": NUMBER, "schoolYear": NUMBER}
            ),
            "sectionReference": SECTION,
            "eventDate": DATE,
        },
        {"staffReference": shape({"staffUniqueId": word(32)})},
    ),
    "studentSectionAttendanceEvents": shape(
        OF_STUDENT | {"sectionReference": SECTION},
        MORE | {"classPeriods": PERIODS, "sectionAttendanceDuration": NUMBER},
    ),
    "studentSchoolAttendanceEvents": shape(
        OF_STUDENT
        | {"schoolReference": shape({"schoolId": NUMBER}), "sessionReference": shape(SESSION)},
        MORE | {"schoolAttendanceDuration": NUMBER},
    ),
}


def valid(resource: str, event: dict[str, Any]) -> dict[str, Any]:
    """The event, if it is what Ed-Fi takes, also after a trip through JSON and our own schema."""
    Draft202012Validator(SHAPES[resource]).validate(event)
    assert json.loads(json.dumps(event)) == event
    assert round(event.get("eventDuration", 0), 2) == event.get("eventDuration", 0)
    return event


def in_section(mark: PeriodMark, **facts: Any) -> list[dict[str, Any]]:
    told = section_events(MATH, ANA, ON, mark, **facts)
    return [valid("studentSectionAttendanceEvents", one) for one in told]


def in_school(folded: Day, reason: str | None = None, **facts: Any) -> list[dict[str, Any]]:
    why = None if reason is None else code(reason, folded.on)
    told = school_events(FALL, ANA, folded, why, **facts)
    return [valid("studentSchoolAttendanceEvents", one) for one in told]


def categories(events: list[dict[str, Any]]) -> list[str]:
    return [one["attendanceEventCategoryDescriptor"].split("#")[1] for one in events]


def one_mark(presence: Presence | None, reason: str | None = None, **facts: Any) -> PeriodMark:
    given_code = None if reason is None else code(reason, ON)
    (mark,) = periods(ON, presence, code=given_code, **facts)
    return mark


def test_T18_a_taken_roll_is_an_event_of_its_own() -> None:
    event = valid("sectionAttendanceTakenEvents", taken_event(MATH, ON, day("2025-10-07"), "E-114"))
    assert event == {
        "calendarDateReference": {
            "calendarCode": "Birch 2026",
            "date": "2025-10-06",
            "schoolId": 1964733,
            "schoolYear": 2026,
        },
        "eventDate": "2025-10-07",
        "sectionReference": {
            "localCourseCode": "MATH-8A",
            "schoolId": 1964733,
            "schoolYear": 2026,
            "sectionIdentifier": "8A-1",
            "sessionName": "Fall Semester",
        },
        "staffReference": {"staffUniqueId": "E-114"},
    }
    assert "staffReference" not in valid("sectionAttendanceTakenEvents", taken_event(MATH, ON, ON))


def test_T18_1_a_late_mark_has_its_minutes_and_its_time_by_the_schools_clock() -> None:
    (event,) = in_section(one_mark(L, arrived_at=local(ON, "08:47")))
    assert categories([event]) == ["Tardy"]
    assert (event["arrivalTime"], event["sectionAttendanceDuration"]) == ("08:47:00", 17)
    assert event["classPeriods"] == [
        {"classPeriodReference": {"classPeriodName": "Period 1", "schoolId": 1964733}}
    ]
    assert "departureTime" not in event


@pytest.mark.parametrize(
    ("presence", "reason", "facts", "told"),
    [
        (P, None, {}, []),
        (P, "A-1", {}, []),
        (A, None, {}, ["Unexcused Absence"]),
        (A, "A-0", {}, ["Unexcused Absence"]),
        (A, "A-1", {}, ["Excused Absence"]),
        (A, "A-3", {}, ["Unexcused Absence"]),
        (A, "A-7", {}, ["Excused Absence"]),
        (A, "A-1", {"excused": False}, ["Unexcused Absence"]),
        (A, None, {"excused": True}, ["Excused Absence"]),
        (A, "CM", {}, ["Excused Absence"]),
        (A, "IS+", {}, []),
        (A, "IS-", {}, []),
        (L, "A-2", {}, ["Tardy"]),
        (E, None, {}, ["Early departure"]),
        (X, "SA", {}, []),
        (X, "ISS", {}, ["In Attendance"]),
        (None, None, {}, []),
        (A, None, {"state": Taken.NOT_TAKEN}, []),
        (A, None, {"state": Taken.NOT_ENROLLED}, []),
    ],
)
def test_T18_1_each_mark_has_its_category_and_what_nobody_knows_has_none(
    presence: Presence | None, reason: str | None, facts: dict[str, Any], told: list[str]
) -> None:
    assert categories(in_section(one_mark(presence, reason, **facts))) == told


def test_T18_1_who_came_late_and_left_early_is_two_events() -> None:
    mark = one_mark(L, arrived_at=local(ON, "08:40"), left_at=local(ON, "09:16"))
    late, left = in_section(mark)
    assert categories([late, left]) == ["Tardy", "Early departure"]
    assert (left["departureTime"], left["sectionAttendanceDuration"]) == ("09:16:00", 10)
    assert natural_key(late) != natural_key(left)


def test_T18_1_presence_is_told_where_it_is_asked_for() -> None:
    (event,) = in_section(one_mark(P), positive=True)
    assert (categories([event]), event["sectionAttendanceDuration"]) == (["In Attendance"], 56)
    assert categories(in_section(one_mark(X, "SA"), positive=True)) == ["In Attendance"]
    assert in_section(one_mark(None), positive=True) == []


def test_T18_1_a_confidential_reason_leaves_no_word_behind() -> None:
    (plain,) = in_section(one_mark(A, "A-2"))
    assert plain["attendanceEventReason"] == "Medical, dental, vision or chiropractic care"
    (secret,) = in_section(one_mark(A, "CM"))
    assert "attendanceEventReason" not in secret
    assert "onfidential" not in json.dumps(secret)
    assert "attendanceEventReason" not in in_school(absent(ON, "CM"), "CM")[0]


def test_T18_2_a_full_day_is_one_event_of_one_day() -> None:
    (event,) = in_school(absent(ON, "A-1"), "A-1")
    assert categories([event]) == ["Excused Absence"]
    assert (event["eventDuration"], event["schoolAttendanceDuration"]) == (1.0, 380)
    assert event["attendanceEventReason"] == "Illness, by the family's word"
    assert categories(in_school(absent(ON))) == ["Unexcused Absence"]
    assert categories(in_school(absent(ON), excuse=Authorised.NO)) == ["Unexcused Absence"]
    assert in_school(absent(ON, "IS+")) == in_school(absent(ON, "IS-")) == []


def test_T18_2_a_day_nobody_knows_of_is_none_and_presence_only_where_it_is_asked_for() -> None:
    unknown = fold_day(ON, periods(ON, None, None))
    assert in_school(unknown, positive=True) == in_school(fold_day(ON, []), positive=True) == []
    there = fold_day(ON, periods(ON, P, P))
    assert in_school(there) == []
    assert categories(in_school(there, positive=True)) == ["In Attendance"]
    on_site = fold_day(ON, periods(ON, X, bell=ALDER, code=code("ISS", ON)))
    (suspended,) = in_school(on_site, "ISS")
    assert categories([suspended]) == ["In Attendance"]
    assert suspended["educationalEnvironmentDescriptor"].endswith("#In-school suspension")


def test_T18_2_late_early_and_between_are_three_categories_each_once() -> None:
    late = periods(ON, L, arrived_at=local(ON, "08:50"))
    rest = periods(ON, P, P, A, P, A, E)[1:]
    rest[-1] = replace(rest[-1], left_at=local(ON, "15:00"))
    events = in_school(fold_day(ON, [*late, *rest]))
    assert categories(events) == ["Tardy", "Early departure", "Partial"]
    assert events[0]["arrivalTime"] == "08:50:00"
    assert events[1]["departureTime"] == "15:00:00"
    assert [one["schoolAttendanceDuration"] for one in events] == [20, 21, 112]
    assert events[2]["eventDuration"] == 0.33


def test_T18_2_missing_the_first_two_periods_is_one_late_arrival() -> None:
    (event,) = in_school(fold_day(ON, periods(ON, A, A, P, P, P, P)))
    assert categories([event]) == ["Tardy"]
    assert (event["arrivalTime"], event["schoolAttendanceDuration"]) == ("10:28:00", 112)


def test_T18_3_two_categories_on_one_day_are_two_resources_and_recoding_deletes_the_old() -> None:
    before = in_school(absent(ON))
    after = in_school(absent(ON, "A-1"), "A-1")
    gone, written = to_send(before, after)
    assert (gone, written) == (before, after)
    assert to_send(after, after) == ([], [])
    assert to_send(before, []) == (before, [])
    other = [before[0] | {"attendanceEventReason": "Unverified"}]
    assert to_send(before, other) == ([], other), "the same event with another reason"


def test_T18_3_taken_events_of_two_dates_or_sections_are_two() -> None:
    first = taken_event(MATH, ON, ON)
    others = [
        taken_event(MATH, day("2025-10-07"), ON),
        taken_event(replace(MATH, section_identifier="8A-2"), ON, ON),
    ]
    assert len({natural_key(one) for one in [first, *others]}) == 3
    assert natural_key(taken_event(MATH, ON, day("2025-10-08"))) == natural_key(first)


def test_T18_the_shapes_are_those_that_are_announced() -> None:
    assert set(SHAPES) == set(RESOURCES)
    for resource, wanted in SHAPES.items():
        fields = RESOURCES[resource]().fields
        required = {one.data_key for one in fields.values() if one.required}
        assert required == set(wanted["required"])
        assert {one.data_key for one in fields.values()} == set(wanted["properties"])


@calm
@given(any_day, st.booleans(), st.sampled_from([None, *CALIFORNIA.codes]))
def test_T18_1_T18_2_whatever_a_day_is_its_events_are_valid_and_no_two_have_one_key(
    told: list[PeriodMark], positive: bool, reason: Any
) -> None:
    folded = fold_day(ON, told)
    events = school_events(FALL, ANA, folded, reason, positive=positive)
    assert len({natural_key(valid("studentSchoolAttendanceEvents", one)) for one in events}) == len(
        events
    )
    lost = sum(one.get("schoolAttendanceDuration", 0) for one in events if "In Att" not in str(one))
    assert lost <= folded.missed_min
    for mark in told:
        own = in_section(mark, positive=positive)
        assert len({natural_key(one) for one in own}) == len(own)
