"""Attendance through the API: each student's days, months and ADA, chronic absence, as files."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from schemas.attendance import Attendance, StudentDays
from schemas.words import DayOutcome
from server.models import CalendarDay, RollRow, School, Term, table_of
from sync.day import Outcome
from tests.support import cast
from tests.support.api import School as Birch
from tests.support.api import Tree
from tests.support.high import DAYS, High

P, A = "present", "absent"
SPAN = f"?from={DAYS[0]}&to={DAYS[-1]}"


def test_the_wire_has_the_words_of_the_core_for_a_day() -> None:
    assert [*DayOutcome] == [*Outcome]


@pytest.fixture
def high(school: Birch) -> High:
    """California's codes count at Cedar High."""
    high = High(school)
    pack = {"rule_pack": "california_lausd"}
    school.change(table_of(School), pack, school_id=high.campus.school_id)
    return high


def told(high: High, query: str = SPAN) -> Tree:
    answer = high.campus.tablet(high.lind).get(f"attendance{query}")
    assert Attendance().validate(answer) == {}
    return answer


def elif_of(high: High, answer: Tree) -> Tree:
    (one,) = [each for each in answer["students"] if each["student_id"] == str(high.elif_)]
    return one


def days(of: Tree, *names: str) -> tuple[int, ...]:
    return tuple(of["days"][name] for name in names)


def test_T7_days_are_summed_by_what_they_came_to_and_a_day_without_rolls_is_in_no_figure(
    high: High,
) -> None:
    high.take_all(*[P] * 6, on=DAYS[0])
    high.take_all(*[A] * 6, on=DAYS[1])
    high.rule(*"123456", on=DAYS[1], reason="A-1")
    high.take_all(P, A, P, P, P, P, on=DAYS[2])
    high.campus.school.clock.set(cast.local(DAYS[3], 16))
    one = elif_of(high, told(high))
    assert days(one, "expected", "attended", "excused", "unexcused", "pending") == (3, 2, 1, 0, 0)
    assert days(one, "undetermined") == (1,)
    assert (one["part_days"], one["missed_min"], one["present_min"]) == (1, 336 + 56, 336 * 2 - 56)
    assert one["rate"] == {"top": 2, "bottom": 3}


def test_T8_ada_is_days_attended_over_days_taught_exactly(high: High) -> None:
    for on in DAYS[:3]:
        high.take_all(*[P] * 6, on=on)
    high.campus.school.clock.set(cast.local(DAYS[2], 16))
    answer = told(high)
    assert answer["days_taught"] == 3
    attended = sum(one["days"]["attended"] for one in answer["students"])
    exact = Fraction(attended, 3)
    assert answer["ada"] == {"top": exact.numerator, "bottom": exact.denominator}
    (month,) = answer["months"]
    assert (month["month_on"], month["ada"]) == ("2026-10-01", answer["ada"])
    assert answer["to"] == str(DAYS[2])


def test_T9_few_days_are_not_measured(high: High) -> None:
    high.take_all(*[A] * 6)
    one = elif_of(high, told(high))
    assert one["chronic"]["share"] == {"top": 1, "bottom": 1}
    assert (one["chronic"]["tier"], one["chronic"]["chronic"]) == (None, False)


def test_T11_what_waits_for_a_reason_is_unexcused_when_its_time_is_over(high: High) -> None:
    school, mine = high.campus.school, high.campus.school_id
    high.take_all(*[A] * 6, on=DAYS[0])
    high.take_all(*[P] * 6, on=DAYS[1])
    with school.engine.begin() as connection:
        for n in range(30):
            on = DAYS[-1] + timedelta(days=n + 1)
            if on.weekday() < 5:
                row = {"kind": "instructional", "schedule": "regular", "grades": "*"}
                connection.execute(
                    table_of(CalendarDay).insert(),
                    {"school_id": mine, "school_date": on, **row},
                )
    assert days(elif_of(high, told(high)), "pending", "unexcused") == (1, 0)
    school.clock.set(cast.local(DAYS[1] + timedelta(days=14), 16))
    assert days(elif_of(high, told(high)), "pending", "unexcused") == (1, 0)
    school.clock.set(cast.local(DAYS[1] + timedelta(days=15), 8))
    assert days(elif_of(high, told(high)), "pending", "unexcused") == (0, 1)


def test_T19_dates_months_and_the_whole_are_sums_of_the_students_days(high: High) -> None:
    high.take_all(*[A] * 6, on=DAYS[0])
    high.take_all(*[P] * 6, on=DAYS[1])
    answer = told(high)
    for name, count in answer["days"].items():
        assert count == sum(one["days"][name] for one in answer["students"]), name
        assert count == sum(one["days"][name] for one in answer["dates"]), name
        assert count == sum(one["days"][name] for one in answer["months"]), name


def test_T19_1_by_weekday_and_period_only_what_is_known_counts(high: High) -> None:
    high.take("1", A)
    high.take("2", "late")
    slots = {(one["weekday"], one["period"]): one for one in told(high)["slots"]}
    assert (slots[1, "1"]["known"], slots[1, "1"]["absent"]) == (2, 1)
    assert slots[1, "2"]["absent"] == 0
    assert (1, "3") not in slots


def test_T3_1_a_day_on_which_no_roll_is_expected_is_not_taught(high: High) -> None:
    void = {"expected": False, "void_reason": "closed"}
    mine = high.campus.school_id
    high.campus.school.change(table_of(RollRow), void, school_id=mine, school_date=DAYS[0])
    assert told(high)["days_taught"] == 0
    assert told(high)["ada"] is None


def test_T3_one_students_dates_say_what_is_not_taken(high: High) -> None:
    high.take_all(P, None, A)
    lind = high.campus.tablet(high.lind)
    answer = lind.get(f"attendance/students/{high.elif_}{SPAN}")
    assert StudentDays().validate(answer) == {}
    (one,) = answer["dates"]
    assert one["not_taken"] == ["2", "4", "5", "6"]
    assert (one["outcome"], one["counts_as"]) == ("part_day", "attended")
    missing = lind.client.get(f"{lind.path}/attendance/students/{uuid4()}")
    assert missing.status_code == 404


def test_T9_the_file_says_shares_exactly_and_names_no_reason(high: High) -> None:
    high.take_all(*[A] * 6)
    high.rule(*"123456", reason="A-1", note="Flu, the mother says.")
    lind = high.campus.tablet(high.lind)
    answer = lind.client.get(f"{lind.path}/attendance/students.csv{SPAN}")
    text = answer.get_data().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    (line,) = [one for one in lines if one["Absent, excused"] == "1"]
    assert line["Attendance, exactly"] == "0 of 1"
    assert "Flu" not in text
    months = lind.client.get(f"{lind.path}/attendance/months.csv{SPAN}")
    names = [
        one["Month"] for one in csv.DictReader(io.StringIO(months.get_data().decode("utf-8-sig")))
    ]
    assert names == ["2026-10", f"{DAYS[0]} to {DAYS[0]}"]


def test_T1_the_year_is_that_of_the_terms_around_today(high: High) -> None:
    mine = {"school_id": high.campus.school_id, "active": True}
    spans = (
        ("2026-08-13", "2026-12-18"),
        ("2027-01-11", "2027-06-09"),
        ("2025-08-14", "2026-06-09"),
    )
    with high.campus.school.engine.begin() as connection:
        for n, (first, last) in enumerate(spans):
            row = {
                "term_id": uuid4(),
                "sourced_id": f"t{n}",
                "title": f"Term {n}",
                "starts_on": date.fromisoformat(first),
                "ends_on": date.fromisoformat(last),
            }
            connection.execute(table_of(Term).insert(), {**mine, **row})
    answer = told(high, "")
    assert (answer["from"], answer["to"]) == ("2026-08-13", str(DAYS[0]))


def test_T10_1_in_england_a_day_is_a_morning_and_an_afternoon(high: High) -> None:
    england = {"rule_pack": "england"}
    high.campus.school.change(table_of(School), england, school_id=high.campus.school_id)
    high.take_all(*[P] * 6, on=DAYS[0])
    high.take("1", "late", DAYS[1], arrived_at=high.at("09:10", DAYS[1]))  # after the register
    high.take("6", A, DAYS[1])
    high.rule("6", on=DAYS[1], excused=True)  # by the office's own judgement, without a reason
    high.take_all(A, A, A, A, P, P, on=DAYS[2])
    high.rule("1", on=DAYS[2], reason="M")
    answer = told(high)
    mine = elif_of(high, answer)["sessions"]
    assert mine == {
        "attended": 3, "authorised": 2, "unauthorised": 1, "pending": 0, "absent": 3, "possible": 6,
    }  # fmt: skip
    assert elif_of(high, answer)["chronic"]["expected"] == 6
    assert answer["sessions"]["possible"] >= 6
    lind = high.campus.tablet(high.lind)
    year = lind.get(f"attendance/students/{high.elif_}{SPAN}")
    assert StudentDays().validate(year) == {}
    assert [one["sessions"] for one in year["dates"]] == [
        ["/", "\\"], ["U", "N"], ["M", "\\"],
    ]  # fmt: skip
    answer = lind.client.get(f"{lind.path}/attendance/students.csv{SPAN}")
    lines = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert "6" in {one["Sessions possible"] for one in lines}


def test_T10_2_in_england_months_dates_and_weekdays_count_sessions_exactly(high: High) -> None:
    england = {"rule_pack": "england"}
    high.campus.school.change(table_of(School), england, school_id=high.campus.school_id)
    high.take_all(*[P] * 6, on=DAYS[0])  # 12 students: the others are there whenever a roll is
    high.take_all(A, A, A, A, P, P, on=DAYS[1])  # Elif has no morning
    high.take("1", A, DAYS[2])  # and on this one nobody took the afternoon
    high.rule("1", on=DAYS[2], reason="M")
    answer = told(high)
    lind = high.campus.tablet(high.lind)
    halves = [one["halves"] for one in lind.get(f"attendance/students/{high.elif_}{SPAN}")["dates"]]
    assert halves == [["attended", "attended"], ["pending", "attended"], ["authorised", None]]
    mine = elif_of(high, answer)
    assert (mine["rate"], mine["chronic"]["share"]) == (
        {"top": 3, "bottom": 5}, {"top": 2, "bottom": 5},
    )  # fmt: skip
    (month,) = answer["months"]
    possible, attended = month["sessions"]["possible"], month["sessions"]["attended"]
    assert month["sessions"] == answer["sessions"]
    for name, count in answer["sessions"].items():
        assert count == sum(one["sessions"][name] for one in answer["dates"]), name
        assert count == sum(one["sessions"][name] for one in answer["students"]), name
    exact = Fraction(attended, possible)
    assert month["rate"] == answer["rate"] == {"top": exact.numerator, "bottom": exact.denominator}
    slots = {(one["weekday"], one["period"]): one for one in answer["slots"]}
    assert {period for _, period in slots} == {"AM", "PM"}
    assert sum(one["known"] for one in slots.values()) == possible
    assert (slots[2, "AM"]["absent"], slots[2, "PM"]["absent"]) == (1, 0)
    file = lind.client.get(f"{lind.path}/attendance/months.csv{SPAN}")
    *_, line = csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig")))
    assert (line["Sessions possible"], line["Sessions attended"]) == (f"{possible}", f"{attended}")
    assert line["Attendance, exactly"] == f"{exact.numerator} of {exact.denominator}"
    paper = lind.client.get(f"{lind.path}/attendance/months.pdf{SPAN}")
    assert paper.status_code == 200


def test_T10_1_elsewhere_nothing_is_counted_in_sessions(high: High) -> None:
    high.take_all(*[P] * 6)
    answer = told(high)
    assert (answer["sessions"], elif_of(high, answer)["sessions"]) == (None, None)
    assert {one["sessions"] for one in [*answer["months"], *answer["dates"]]} == {None}
