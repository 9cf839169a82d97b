"""Blank roll sheets, a meeting each, for a day without power."""

from __future__ import annotations

from server.models import AbsenceNotice, RollRow, table_of
from tests.support.api import School, Tree
from tests.support.cast import HOLIDAY, TUESDAY, WEDNESDAY, named


def sheets(school: School, asked: str = "") -> list[Tree]:
    told: list[Tree] = school.tablet(school.cast.lind).get(f"sheets?{asked}")["sheets"]
    return told


def test_the_sheets_of_today_have_who_is_on_the_roll_and_who_takes_it(school: School) -> None:
    roll_id = str(school.cast.eight_a.roll(TUESDAY))
    (of_8a,) = [one for one in sheets(school) if one["roll_id"] == roll_id]
    assert "8A" in of_8a["section_title"]
    names = [(one["family_name"], one["given_name"]) for one in of_8a["students"]]
    assert names == sorted(names)
    listed = [one["student_id"] for one in of_8a["students"]]
    assert sorted(listed) == sorted(map(str, school.cast.eight_a.students))
    assert {"D. Ruiz", "N. Okafor"} <= set(of_8a["teacher_names"])
    assert (of_8a["state"], of_8a["known"]) == ("not_taken", [])
    assert of_8a["due_at"] == "2026-10-06T15:15:00.000Z"


def test_a_sheet_says_whose_absence_is_known_and_that_the_roll_is_in(school: School) -> None:
    ruiz, away = school.tablet(school.cast.ruiz), school.cast.eight_a.students[3]
    ruiz.push(ruiz.op(school.cast.eight_a))
    notice = {
        "school_id": school.cast.birch,
        "notice_id": named("notice", "dentist"),
        "student_id": away,
        "from_on": TUESDAY,
        "to_on": TUESDAY,
        "active": True,
    }
    with school.engine.begin() as connection:
        connection.execute(table_of(AbsenceNotice).insert(), notice)
    (sheet,) = sheets(school, f"section_id={school.cast.eight_a.section_id}")
    assert sheet["known"] == [str(away)]
    assert sheet["state"] == "submitted"


def test_sheets_are_asked_for_by_date_section_and_period(school: School) -> None:
    every = sheets(school, f"on={WEDNESDAY}")
    assert {one["roll_id"] for one in every} >= {
        str(school.cast.eight_a.roll(WEDNESDAY)),
        str(school.cast.eight_b.roll(WEDNESDAY)),
    }
    assert [one["starts_at"] for one in every] == sorted(one["starts_at"] for one in every)
    period = school.cast.eight_b.period
    assert {one["period"] for one in sheets(school, f"period={period}")} == {period}
    only = sheets(school, f"section_id={school.cast.eight_a.section_id}")
    assert [one["roll_id"] for one in only] == [str(school.cast.eight_a.roll())]


def test_a_meeting_that_expects_no_roll_has_no_sheet(school: School) -> None:
    school.change(
        table_of(RollRow),
        {"expected": False, "void_reason": "holiday"},
        roll_id=school.cast.eight_a.roll(),
    )
    assert sheets(school, f"section_id={school.cast.eight_a.section_id}") == []
    assert sheets(school, f"on={HOLIDAY}") == []
