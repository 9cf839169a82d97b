"""What a student's date came to, folded from the rolls as they are stored."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from server.db import reading
from server.models import RollRow, table_of
from server.packs import load_pack
from server.services.fold_days import FoldedDate, fold_days
from sync.codes import Authorised
from sync.day import Day, Outcome
from tests.support.api import School, statements
from tests.support.high import DAYS, High

PACK = load_pack("california_lausd")
PRESENT, ABSENT = "present", "absent"


@pytest.fixture
def high(school: School) -> High:
    return High(school)


def folded(
    high: High, first: date = DAYS[0], last: date = DAYS[-1], students: set[UUID] | None = None
) -> list[FoldedDate]:
    with reading(high.campus.school.engine) as connection:
        return list(fold_days(connection, high.campus.school_id, PACK, (first, last), students))


def day(high: High, on: date = DAYS[0]) -> Day:
    (one,) = folded(high, on, on)
    return one.days[high.elif_]


def test_T2_seen_in_every_period_is_a_day_present(high: High) -> None:
    high.take_all(*[PRESENT] * 6)
    told = day(high)
    assert (told.outcome, told.missed_min, told.taken_min) == (Outcome.PRESENT, 0, 336)
    assert told.missing == ()


def test_T2_S27_seen_in_period_6_alone_is_a_part_day_and_280_minutes_are_missed(
    high: High,
) -> None:
    high.take_all(*[ABSENT] * 5, PRESENT)
    high.rule(*"12345", reason="A-3")
    told = day(high)
    assert (told.outcome, told.attended, told.missed_min) == (Outcome.PART_DAY, True, 280)
    assert {one.authorised for one in told.missed} == {Authorised.NO}


def test_T2_1_S37_a_phoned_in_illness_of_a_student_who_was_there_is_no_absence(
    high: High,
) -> None:
    high.rule("1", reason="A-1")
    high.take_all(*[PRESENT] * 6)
    told = day(high)
    assert (told.outcome, told.missed, told.contested) == (Outcome.PRESENT, (), ())
    high.rule("2", presence=ABSENT, reason="A-1")
    told = day(high)
    assert (told.outcome, told.contested) == (Outcome.PART_DAY, ("2",))
    high.rule("2", presence=PRESENT)
    assert day(high).outcome is Outcome.PRESENT


def test_T2_2_a_full_day_waits_for_a_reason_until_the_office_gives_one(high: High) -> None:
    high.take_all(*[ABSENT] * 6)
    assert (day(high).outcome, day(high).excuse) == (Outcome.FULL_DAY, Authorised.PENDING)
    high.rule(*"123456", reason="A-1")
    assert day(high).excuse is Authorised.YES
    high.rule("3", excused=False)
    assert day(high).excuse is Authorised.NO


def test_T3_a_roll_that_nobody_took_is_named_and_counts_as_nothing(high: High) -> None:
    assert day(high).outcome is Outcome.UNDETERMINED
    high.take_all(PRESENT, None, ABSENT)
    told = day(high)
    assert (told.attended, told.missing) == (True, ("2", "4", "5", "6"))
    assert [one.period for one in told.missed] == ["3"]


def test_T3_a_student_whom_a_roll_left_unmarked_is_not_taken(high: High) -> None:
    one = high.classes["1"]
    other = [
        {"student_id": str(student), "presence": PRESENT}
        for student in one.students
        if student != high.elif_
    ]
    high.campus.submit(high.wu, one, DAYS[0], marks=other)
    assert day(high).missing == ("1", "2", "3", "4", "5", "6")


def test_T3_what_the_office_says_of_one_student_is_known_of_her_though_nobody_took_the_roll(
    high: High,
) -> None:
    high.rule("1", presence=ABSENT, reason="A-1")
    (one,) = folded(high, DAYS[0], DAYS[0])
    assert one.days[high.elif_].missing == ("2", "3", "4", "5", "6")
    (neighbour,) = set(high.classes["1"].students) - {high.elif_}
    assert one.days[neighbour].outcome is Outcome.UNDETERMINED


def test_T3_1_a_roll_that_is_not_expected_is_not_there_even_where_somebody_took_it(
    high: High,
) -> None:
    high.take_all(ABSENT, *[PRESENT] * 5)
    void = {"expected": False, "void_reason": "exempt"}
    high.campus.school.change(table_of(RollRow), void, roll_id=high.classes["1"].roll(DAYS[0]))
    told = day(high)
    assert (told.outcome, told.missed, told.missing) == (Outcome.PRESENT, (), ())
    assert len(folded(high)[0].marks[high.elif_]) == 5


def test_T4_minutes_are_those_of_the_bell_and_an_unknown_arrival_is_named(high: High) -> None:
    high.take("1", "late", arrived_at=high.at("08:47"))
    high.take("2", "late")
    told = day(high)
    assert (told.outcome, told.missed_min, told.untimed) == (Outcome.PART_DAY, 17, ("2",))


def test_T6_nobody_is_expected_before_the_first_date_of_enrollment(
    school: School,
) -> None:
    high = High(school, since=DAYS[1])
    for on in DAYS[:2]:
        high.take_all(*[ABSENT] * 6, on=on)
    assert [one.period for one in folded(high)[0].marks[high.elif_]] == ["1"]
    assert len(folded(high)[1].marks[high.elif_]) == 6


def test_T6_some_students_alone_are_folded_from_the_rolls_of_their_sections(high: High) -> None:
    high.take_all(*[PRESENT] * 6)
    (neighbour,) = set(high.classes["1"].students) - {high.elif_}
    only = folded(high, DAYS[0], DAYS[0], {neighbour})[0]
    assert only.days == {neighbour: folded(high, DAYS[0], DAYS[0])[0].days[neighbour]}
    assert len(only.marks[neighbour]) == 1


def test_T7_a_span_is_read_in_a_few_statements_and_given_by_date(high: High) -> None:
    folded(high)  # the rosters are in memory then
    with statements(high.campus.school.engine) as told:
        dates = folded(high)
    assert [one.on for one in dates] == list(DAYS)
    assert len([one for one in told if "SELECT" in one]) == 2  # the rolls, and the notices
