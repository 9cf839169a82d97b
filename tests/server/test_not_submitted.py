"""What is missing at the check, whom to call about it, and the same as a file."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from werkzeug.test import TestResponse

from schemas.missing import NotSubmitted
from server.columns import spell
from server.db import writing
from server.models import RollRow, Section, Staff, StaffLeave, Teaching, table_of
from server.spreadsheet import write_csv
from tests.server.guest_tablet import code_of, issue
from tests.support import cast
from tests.support.api import School, Tablet, Tree
from tests.support.whole_school import taken

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
CHECK_1 = cast.local(cast.TUESDAY, 8, 30)
CHECK_2 = cast.local(cast.TUESDAY, 9, 30)
ROLLS = table_of(RollRow)
MONDAY = cast.TUESDAY - timedelta(days=1)


def report(tablet: Tablet, query: str = "") -> Tree:
    told = tablet.get(f"reports/not-submitted{query}")
    assert NotSubmitted().validate(told) == {}
    return told


def names(told: Tree) -> dict[str, list[str]]:
    """Who is missing which periods."""
    return {one["name"]: [roll["period"] for roll in one["rolls"]] for one in told["people"]}


def file_of(tablet: Tablet, what: str) -> tuple[list[list[str]], TestResponse]:
    """A report as a spreadsheet reads it."""
    answer = tablet.client.get(f"{tablet.path}/reports/{what}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""))), answer


def test_B3_1_a_roll_is_missing_from_its_check_on(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    school.clock.set(CHECK_1 - timedelta(milliseconds=1))
    told = report(lind)
    assert (told["expected"], told["received"], told["waiting"]) == (2, 0, 2)
    assert told["people"] == []
    school.clock.set(CHECK_1)
    told = report(lind)
    assert (told["received"], told["waiting"]) == (0, 1)
    assert names(told) == {"D. Ruiz": ["1"]}
    school.clock.set(CHECK_2)
    assert names(report(lind)) == {"P. Brandt": ["2"], "D. Ruiz": ["1"]}


def test_B3_1_what_came_or_is_not_expected_is_not_missing(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    school.clock.set(CHECK_2)
    ruiz.push(ruiz.op(EIGHT_A))
    told = report(lind)
    assert (names(told), told["received"]) == ({"P. Brandt": ["2"]}, 1)
    school.change(ROLLS, {"expected": False, "void_reason": "trip"}, roll_id=EIGHT_B.roll())
    told = report(lind)
    assert (told["people"], told["expected"], told["received"]) == ([], 1, 1)


def test_B3_1_at_a_past_check_it_is_what_was_known_then(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    school.clock.set(CHECK_1 + timedelta(minutes=5))
    ruiz.push(ruiz.op(EIGHT_A, taken_at=CHECK_1 - timedelta(minutes=20)))
    school.clock.set(CHECK_2)
    assert names(report(lind)) == {"P. Brandt": ["2"]}
    then = report(lind, f"?at={spell(CHECK_1)}")
    assert (names(then), then["past"], then["waiting"]) == ({"D. Ruiz": ["1"]}, True, 1)
    assert then["people"][0]["reach"] is None
    after = report(lind, f"?at={spell(CHECK_1 + timedelta(minutes=5))}")
    assert (names(after), after["received"]) == ({}, 1)


def test_B3_2_a_roll_stands_once_with_who_else_was_to_take_it(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    school.clock.set(CHECK_1)
    (person,) = report(lind)["people"]
    assert (person["name"], person["room"], person["extension"]) == ("D. Ruiz", "12", "410")
    (roll,) = person["rolls"]
    assert (roll["section_title"], roll["with_names"]) == ("8A", ["N. Okafor"])
    assert roll["reminded"] == {"count": 0, "last_at": None}
    assert person["reach"] in {"app", "none"}
    assert person["reach_why"]


def test_B3_2_on_a_substitutes_day_the_substitute_is_called(school: School) -> None:
    school.clock.set(cast.local(cast.WEDNESDAY, 8, 30))
    lind = school.tablet(school.cast.lind)
    (person,) = report(lind)["people"]
    assert (person["name"], person["rolls"][0]["with_names"]) == ("K. Sato", [])


def test_B3_2_whoever_holds_a_day_pass_is_called_also_when_it_is_over(school: School) -> None:
    school.clock.set(cast.local(cast.TUESDAY, 7))
    lind = school.tablet(school.cast.lind)
    issue(lind, EIGHT_A.roll())
    school.clock.set(cast.local(cast.TUESDAY, 12))
    assert names(report(lind)) == {"P. Brandt": ["2"], "W. Quist": ["1"]}


def leave(school: School, *people: cast.Person) -> None:
    rows = [
        {
            "school_id": school.cast.birch,
            "leave_id": cast.named("leave", one.username),
            "staff_id": one.staff_id,
            "from_on": cast.TUESDAY,
            "to_on": cast.TUESDAY,
            "set_at": school.clock.now(),
        }
        for one in people
    ]
    with writing(school.engine) as connection:
        connection.execute(insert(StaffLeave), rows)


def test_B3_2_where_there_is_nobody_it_is_said_why(school: School) -> None:
    school.clock.set(CHECK_2)
    lind = school.tablet(school.cast.lind)
    leave(school, school.cast.ruiz)
    assert names(report(lind)) == {"P. Brandt": ["2"], "N. Okafor": ["1"]}
    leave(school, school.cast.okafor)
    school.change(table_of(Teaching), {"active": False}, staff_id=school.cast.brandt.staff_id)
    school.change(table_of(Section), {"roster_rev": 2}, section_id=EIGHT_B.section_id)
    told = {one["why"]: one["rolls"] for one in report(lind)["people"]}
    assert {why: len(rolls) for why, rolls in told.items()} == {
        "all_away": 1,
        "nobody_assigned": 1,
    }


def test_it_says_how_the_school_day_before_went(school: School) -> None:
    school.change(ROLLS, taken(CHECK_1, timeliness="late"), roll_id=EIGHT_A.roll(MONDAY))
    school.clock.set(CHECK_2)
    brandt, ruiz = report(school.tablet(school.cast.lind))["people"]
    assert ruiz["last_day"]["on"] == str(MONDAY)
    assert ruiz["last_day"]["rate"]["late"] == 1
    assert brandt["last_day"]["rate"]["not_taken"] == 1
    school.clock.set(cast.local(cast.FIRST, 12))
    (first, _) = report(school.tablet(school.cast.lind))["people"]
    assert first["last_day"] is None


def test_a_day_without_school_misses_nothing(school: School) -> None:
    told = report(school.tablet(school.cast.lind), f"?on={cast.HOLIDAY}")
    assert (told["expected"], told["people"], told["day"]["kind"]) == (0, [], "holiday")


def test_B7_1_the_file_has_a_line_a_roll_and_no_students_name(school: School) -> None:
    school.clock.set(CHECK_2)
    lind = school.tablet(school.cast.lind)
    lind.post("calls", {"roll_ids": [str(EIGHT_A.roll())]})
    (head, *lines), answer = file_of(lind, "not-submitted.csv")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="rolls-not-submitted-2026-10-06.csv"'
    )
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(one["Teacher"], one["Period"], one["Due"]) for one in told] == [
        ("P. Brandt", "Period 2", "2026-10-06 09:15"),
        ("D. Ruiz", "Period 1", "2026-10-06 08:15"),
    ]
    assert (told[1]["Also"], told[1]["Called by"], told[1]["Called"]) == (
        "N. Okafor",
        "R. Lind",
        "2026-10-06 09:30",
    )
    text = answer.get_data(as_text=True)
    assert not [name for name in (*cast.GIVEN, *cast.FAMILY) if name in text]
    assert "utf-8" in answer.headers["Content-Type"]
    assert answer.get_data().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_B7_1_no_name_becomes_a_formula(school: School, evil: str) -> None:
    school.clock.set(CHECK_1)
    ruiz = school.cast.ruiz.staff_id
    school.change(table_of(Staff), {"display_name": evil, "room": evil}, staff_id=ruiz)
    (_, line), _ = file_of(school.tablet(school.cast.lind), "not-submitted.csv")
    assert line.count(f"'{evil}") == 2
    assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_B7_1_cells_keep_quotes_commas_and_line_breaks_and_numbers_stay_numbers() -> None:
    table = write_csv(("a", "b"), [('He said "no", twice\nand left', -3), (None, 0)])
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert rows == [["a", "b"], ['He said "no", twice\nand left', "-3"], ["", "0"]]


def test_a_teacher_reads_no_such_report(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    for what in ("not-submitted", "not-submitted.csv", "unresolved", "unresolved.csv"):
        answer = ruiz.client.get(f"{ruiz.path}/reports/{what}")
        assert code_of(answer) == (404, "not_found")


def test_an_instant_that_makes_no_sense_is_told(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    for query in ("?at=noon", "?on=2026-13-01"):
        answer = lind.client.get(f"{lind.path}/reports/not-submitted{query}")
        assert code_of(answer) == (422, "invalid")


def later(at: datetime, **span: float) -> datetime:
    return at + timedelta(**span)


def test_an_instant_ahead_is_the_present(school: School) -> None:
    school.clock.set(CHECK_1)
    told = report(school.tablet(school.cast.lind), f"?at={spell(later(CHECK_1, minutes=10))}")
    assert not told["past"]
    assert names(told) == {"D. Ruiz": ["1"]}


def columns(tablet: Tablet, what: str) -> dict[str, Any]:
    (head, *lines), _ = file_of(tablet, what)
    return {line[0]: dict(zip(head, line, strict=True)) for line in lines}


def test_B7_1_rates_are_files_too(school: School) -> None:
    school.change(ROLLS, taken(CHECK_1, timeliness="late"), roll_id=EIGHT_A.roll(MONDAY))
    school.clock.set(cast.local(cast.TUESDAY, 12))
    moss = school.tablet(school.cast.moss)
    span = f"?from={MONDAY}&to={cast.TUESDAY}"
    day = columns(moss, f"submission-by-day.csv{span}")[str(MONDAY)]
    assert (day["Due"], day["Late"], day["Not taken"]) == ("2", "1", "1")
    assert (day["Percent in time"], day["Percent received"]) == ("0", "50")
    assert columns(moss, f"submission-by-day.csv{span}")[str(cast.TUESDAY)]["Not over yet"] == "yes"
    assert columns(moss, f"submission-by-period.csv{span}")["Period 1"]["Due"] == "2"
    assert columns(moss, f"submission-by-teacher.csv{span}")["D. Ruiz"]["Late"] == "1"
