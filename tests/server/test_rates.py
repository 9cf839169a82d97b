"""Submission rates: the school's for the office, everybody's for administrators, one's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from schemas.rates import OwnRates, Rates, TeacherRates
from server.db import writing
from server.models import (
    DayPass,
    PassMeeting,
    RollRow,
    StaffLeave,
    Term,
    table_of,
)
from sync.rates import Tally, total
from tests.server.guest_tablet import code_of, issue
from tests.support import cast
from tests.support.api import School, Tablet, Tree
from tests.support.whole_school import taken

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ROLLS = table_of(RollRow)
MONDAY = cast.TUESDAY - timedelta(days=1)
WEEK = f"?from={cast.FIRST}&to={cast.LAST}"


def rates(tablet: Tablet, query: str = WEEK) -> Tree:
    told = tablet.get(f"reports/submission{query}")
    assert Rates().validate(told) == {}
    return told


def of_teachers(tablet: Tablet, query: str = WEEK) -> dict[str, Tree]:
    told = tablet.get(f"reports/submission/teachers{query}")
    assert TeacherRates().validate(told) == {}
    return {one["name"]: one for one in told["teachers"]}


def mine(tablet: Tablet, query: str = WEEK) -> Tree:
    told = tablet.get(f"reports/mine{query}")
    assert OwnRates().validate(told) == {}
    return told


def came(school: School, roll: UUID, how: str = "on_time", **more: Any) -> None:
    """A roll's row as if it had come."""
    at = cast.local(cast.TUESDAY, 8, 5)
    school.change(ROLLS, taken(at, timeliness=how, **more), roll_id=roll)


def rate(**counts: int) -> Tree:
    names = ("on_time", "delivered_later", "late", "unproven", "not_taken", "pending")
    return dict.fromkeys(names, 0) | counts


@pytest.fixture
def month(school: School) -> School:
    """Six school days of 8A and 8B; it is Tuesday, 16:00, and the school is not closed yet."""
    for on, how in (
        (date(2026, 9, 28), "on_time"),
        (date(2026, 9, 29), "late"),
        (date(2026, 9, 30), "taken_on_time"),
        (date(2026, 10, 1), "late_unproven"),
        (MONDAY, "on_time"),
        (cast.TUESDAY, "on_time"),
    ):
        came(school, EIGHT_A.roll(on), how)
    came(school, EIGHT_B.roll(MONDAY))
    school.clock.set(cast.local(cast.TUESDAY, 16))
    return school


def test_B5_1_each_expected_roll_counts_once_by_how_it_met_its_deadline(month: School) -> None:
    told = rates(month.tablet(month.cast.lind))
    assert told["total"] == rate(on_time=4, late=1, delivered_later=1, unproven=1, not_taken=7)
    days = {one["on"]: one["rate"] for one in told["days"]}
    assert days["2026-09-29"] == rate(late=1, not_taken=1)
    assert days[str(cast.TUESDAY)] == rate(on_time=1, not_taken=1)
    assert list(days) == sorted(days)
    periods = {one["name"]: one["rate"] for one in told["periods"]}
    assert periods["Period 2"] == rate(on_time=1, not_taken=6)


def test_B5_1_what_is_not_due_yet_is_pending_and_nothing_of_tomorrow_counts(
    school: School,
) -> None:
    told = rates(school.tablet(school.cast.lind), f"?from={cast.TUESDAY}&to={cast.LAST}")
    assert (told["from"], told["to"]) == (str(cast.TUESDAY), str(cast.TUESDAY))
    assert told["total"] == rate(pending=2)
    school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    assert rates(school.tablet(school.cast.lind))["days"][-1]["rate"] == rate(pending=2)
    school.clock.forward(seconds=1)
    assert rates(school.tablet(school.cast.lind))["days"][-1]["rate"] == rate(
        pending=1, not_taken=1
    )


def test_B5_2_what_is_not_expected_counts_nowhere_also_where_it_was_taken(month: School) -> None:
    lind = month.tablet(month.cast.lind)
    before = rates(lind)["total"]
    month.change(ROLLS, {"expected": False}, roll_id=EIGHT_A.roll(date(2026, 9, 29)))
    month.change(ROLLS, {"expected": False}, roll_id=EIGHT_B.roll(date(2026, 9, 29)))
    after = rates(lind)
    assert after["total"] == before | {"late": 0, "not_taken": 6}
    assert "2026-09-29" not in {one["on"] for one in after["days"]}


def test_B5_4_a_day_is_partial_until_nothing_of_it_can_come_any_more(month: School) -> None:
    lind = month.tablet(month.cast.lind)
    told = rates(lind)
    assert [one["on"] for one in told["days"] if one["partial"]] == [str(cast.TUESDAY)]
    assert told["partial"]
    month.clock.set(cast.local(cast.TUESDAY, 17))
    told = rates(lind)
    assert not told["partial"]
    assert not any(one["partial"] for one in told["days"])


def test_B6_1_a_roll_counts_for_its_teacher_and_for_each_co_teacher(month: School) -> None:
    told = of_teachers(month.tablet(month.cast.moss))
    of_8a = rate(on_time=3, late=1, delivered_later=1, unproven=1, not_taken=1)
    assert told["D. Ruiz"]["total"] == told["N. Okafor"]["total"] == of_8a
    assert told["P. Brandt"]["total"] == rate(on_time=1, not_taken=6)
    assert [one["week_on"] for one in told["D. Ruiz"]["weeks"]] == ["2026-09-28", "2026-10-05"]
    assert "K. Sato" not in told


def test_B6_1_on_a_substitutes_day_it_counts_for_the_substitute(month: School) -> None:
    month.clock.set(cast.local(cast.WEDNESDAY, 16))
    told = of_teachers(month.tablet(month.cast.moss), f"?from={cast.WEDNESDAY}")
    assert told["K. Sato"]["total"] == rate(not_taken=1)
    assert {"D. Ruiz", "N. Okafor"} & told.keys() == set()
    assert mine(month.tablet(month.cast.sato))["total"] == rate(not_taken=1)
    assert mine(month.tablet(month.cast.ruiz), f"?from={cast.WEDNESDAY}")["odd"] == []


def away(school: School, person: cast.Person, on: date, **more: Any) -> None:
    row = {
        "school_id": school.cast.birch,
        "leave_id": cast.named("leave", f"{person.username}/{on}"),
        "staff_id": person.staff_id,
        "from_on": on,
        "to_on": on,
        "set_at": school.clock.now(),
    }
    with writing(school.engine) as connection:
        connection.execute(insert(StaffLeave), row | more)


def test_B6_1_who_is_on_leave_has_no_roll_that_day(month: School) -> None:
    moss = month.tablet(month.cast.moss)
    before = of_teachers(moss)
    away(month, month.cast.ruiz, date(2026, 10, 2))
    after = of_teachers(moss)
    assert after["D. Ruiz"]["total"] == before["D. Ruiz"]["total"] | {"not_taken": 0}
    assert after["N. Okafor"]["total"] == before["N. Okafor"]["total"]
    away(month, month.cast.okafor, MONDAY, ended_at=month.clock.now())
    assert of_teachers(moss)["N. Okafor"] == after["N. Okafor"]
    month.clock.set(cast.local(cast.WEDNESDAY, 16))
    away(month, month.cast.sato, cast.WEDNESDAY)
    told = of_teachers(moss, f"?from={cast.WEDNESDAY}")
    assert told["D. Ruiz"]["total"] == rate(not_taken=1)
    assert "K. Sato" not in told


def test_B6_1_what_somebody_had_a_day_pass_for_counts_in_nobodys_history(month: School) -> None:
    month.clock.set(cast.local(cast.TUESDAY, 7))
    lind, moss = month.tablet(month.cast.lind), month.tablet(month.cast.moss)
    day_pass = issue(lind, EIGHT_B.roll())
    month.clock.set(cast.local(cast.TUESDAY, 16))
    assert of_teachers(moss)["P. Brandt"]["total"] == rate(on_time=1, not_taken=5)
    assert rates(lind)["total"]["not_taken"] == 7
    pass_id = day_pass["pass"]["pass_id"]
    assert lind.post(f"passes/{pass_id}/revocation", {}).status_code == 200
    assert of_teachers(moss)["P. Brandt"]["total"] == rate(on_time=1, not_taken=6)
    assert len(month.rows(table_of(DayPass))) == len(month.rows(table_of(PassMeeting))) == 1


def test_B6_2_a_teacher_reads_her_own_history_and_nobody_elses(month: School) -> None:
    ruiz, lind = month.tablet(month.cast.ruiz), month.tablet(month.cast.lind)
    told = mine(ruiz)
    of_8a = rate(on_time=3, late=1, delivered_later=1, unproven=1, not_taken=1)
    assert told["total"] == of_8a
    assert [(one["on"], one["met"]) for one in told["odd"]] == [
        ("2026-10-02", "not_taken"),
        ("2026-10-01", "unproven"),
        ("2026-09-29", "late"),
    ]
    assert "P. Brandt" not in str(told)
    assert "8B" not in str(told)
    for where in ("reports/submission", "reports/submission/teachers"):
        assert code_of(ruiz.client.get(f"{ruiz.path}/{where}")) == (404, "not_found")
    answer = lind.client.get(f"{lind.path}/reports/submission/teachers")
    assert code_of(answer) == (404, "not_found")
    assert mine(lind)["total"] == rate()
    assert "Ruiz" not in str(rates(lind))


def test_half_of_ones_rolls_were_taken_within_so_many_seconds_of_the_bell(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    assert mine(ruiz)["median_s"] is None
    for on, minute in ((date(2026, 9, 28), 2), (date(2026, 9, 29), 9), (MONDAY, 4)):
        at = cast.local(on, 8, minute)
        school.change(ROLLS, taken(at), roll_id=EIGHT_A.roll(on))
    assert mine(ruiz)["median_s"] == 240


def test_B6_2_every_teachers_own_numbers_are_those_that_administrators_see(month: School) -> None:
    told = of_teachers(month.tablet(month.cast.moss))
    for person in (month.cast.ruiz, month.cast.okafor, month.cast.brandt):
        own = mine(month.tablet(person))
        assert (own["total"], own["weeks"]) == (
            told[person.name]["total"],
            told[person.name]["weeks"],
        )


def test_the_days_and_the_periods_add_up_to_the_total(month: School) -> None:
    told = rates(month.tablet(month.cast.lind))
    for parts in ("days", "periods"):
        added = total(Tally(**one["rate"]) for one in told[parts])
        assert added == Tally(**told["total"])


def term(school: School, title: str, from_on: date, to_on: date) -> None:
    row = {
        "school_id": school.cast.birch,
        "term_id": cast.named("term", title),
        "sourced_id": title,
        "title": title,
        "starts_on": from_on,
        "ends_on": to_on,
    }
    with writing(school.engine) as connection:
        connection.execute(insert(Term), row)


def test_without_dates_it_is_the_term_so_far(month: School) -> None:
    lind = month.tablet(month.cast.lind)
    assert rates(lind, "")["from"] == "2026-06-08"
    term(month, "Year", date(2026, 8, 13), date(2027, 6, 10))
    term(month, "Fall", date(2026, 9, 30), date(2026, 12, 18))
    told = rates(lind, "")
    assert (told["from"], told["to"]) == ("2026-09-30", str(cast.TUESDAY))
    assert [(one["title"], one["to"]) for one in told["terms"]] == [
        ("Year", str(cast.TUESDAY)),
        ("Fall", str(cast.TUESDAY)),
    ]
    month.clock.set(cast.local(date(2026, 12, 28), 9))
    told = rates(month.tablet(month.cast.lind), "")
    assert (told["from"], told["to"]) == ("2026-08-13", "2026-12-28")


def test_dates_that_make_no_sense_are_told(month: School) -> None:
    lind = month.tablet(month.cast.lind)
    for query in (
        "?from=2026-10-06&to=2026-10-05",
        "?from=2026-10-07",
        "?from=2020-01-01",
        "?from=yesterday",
    ):
        answer = lind.client.get(f"{lind.path}/reports/submission{query}")
        assert code_of(answer) == (422, "invalid")


def test_another_schools_rolls_count_for_nobody(month: School) -> None:
    stranger = month.tablet(month.cast.stranger)
    assert mine(stranger)["total"] == rate(not_taken=7)
    assert "A. Stranger" not in of_teachers(month.tablet(month.cast.moss))
