"""The whole class present in two seconds, week after week (X8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sync.finding import Audience, Do, FindingKind
from sync.radar_quick import Taking, too_quick
from tests.sync.ops import RUIZ, uid
from tests.sync.testcal import TESTCAL, day, local

SECTION = uid(0xB, 1)


def taking(
    on: date, *, students: int = 30, present: int = 30, took_s: float | None = 1.2
) -> Taking:
    return Taking(
        roll_id=uid(0xA, on.toordinal()),
        section_id=SECTION,
        staff_id=RUIZ,
        on=on,
        period="2",
        students=students,
        present=present,
        taken_at=local(on, "09:34"),
        took_s=took_s,
    )


def weeks(first: str, number: int) -> list[Taking]:
    start = day(first)
    return [taking(on) for on in TESTCAL.between(start, start + timedelta(days=7 * number - 1))]


THREE = weeks("2025-09-08", 3)


def test_X8_three_weeks_running_are_shown_to_the_teacher_first() -> None:
    (one,) = too_quick(THREE)
    assert (one.kind, one.audience, one.on) == (
        FindingKind.TOO_QUICK,
        Audience.TEACHER,
        day("2025-09-26"),
    )
    assert [step.do for step in one.steps] == [Do.LOOK_AGAIN]
    assert len(one.evidence) == len(THREE) == 14, "September 23 was closed"


def test_X8_only_if_it_goes_on_in_a_later_week_the_office_sees_it() -> None:
    told = {SECTION: day("2025-09-26")}
    assert too_quick(THREE, told)[0].audience is Audience.TEACHER
    on = [*THREE, *weeks("2025-09-29", 1)]
    (one,) = too_quick(on, told)
    assert (one.audience, one.steps[0].do) == (Audience.OFFICE, Do.ASK_TEACHER)
    assert one.key == too_quick(THREE)[0].key, "it is the same finding"
    better = [*on[:-1], replace(on[-1], took_s=19.0)]
    assert too_quick(better, told) == ()


def test_X8_a_week_off_does_not_break_the_habit_and_is_none_of_the_three() -> None:
    around = [*weeks("2025-11-10", 2), *weeks("2025-12-01", 1)]
    assert len(too_quick(around)) == 1
    assert too_quick([*weeks("2025-11-17", 1), *weeks("2025-12-01", 1)]) == ()


def test_X8_what_is_usual_is_not_found() -> None:
    assert too_quick(weeks("2025-09-08", 2)) == ()
    for changed in (
        {"took_s": 2.0},
        {"took_s": None},
        {"present": 29},
        {"students": 0, "present": 0},
    ):
        spoiled = [*THREE[:-3], replace(THREE[-3], **changed), *THREE[-2:]]  # type: ignore[arg-type]
        assert too_quick(spoiled) == (), changed


def test_X8_five_students_who_are_always_there_are_no_wonder() -> None:
    small = [replace(one, students=5, present=5) for one in THREE]
    assert too_quick(small) == ()


def test_X8_one_roll_a_week_is_no_habit() -> None:
    mondays = [one for one in THREE if one.on.weekday() == 0]
    assert too_quick([replace(one, students=90, present=90) for one in mondays]) == ()


def test_X8_what_a_substitute_took_is_another_persons() -> None:
    sato = [replace(one, staff_id=uid(0xC, 2)) if one.on.weekday() == 2 else one for one in THREE]
    (one,) = too_quick(sato)
    assert {fact.staff_id for fact in one.evidence} == {RUIZ}


def test_X8_the_order_changes_nothing() -> None:
    assert too_quick(THREE[::-1]) == too_quick(THREE)
