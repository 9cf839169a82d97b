"""The timetable's CSV files at the desk: shown first, brought in whole, and never for others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.models import DeskAct, table_of
from tests.support.api import School, Tree, statements
from tests.support.cast import TUESDAY, WEDNESDAY
from tests.support.timetable import Desk, everything, roll_rows

MINIMUM = """schedule,period,name,starts,ends
regular,1,Period 1,08:00,08:50
regular,2,Period 2,09:00,09:50
minimum,1,Period 1,08:00,08:30
minimum,2,Period 2,08:40,09:10
"""
CALENDAR = f"date,kind,schedule,note\n{WEDNESDAY},instructional,minimum,Staff meeting\n"


@pytest.fixture
def moss(school: School) -> Desk:
    """The administrator."""
    return Desk(school.tablet(school.cast.moss))


def send(desk: Desk, *, preview: bool, **more: Any) -> Tree:
    texts = more.pop("texts", {"bell_schedules": MINIMUM, "calendar": CALENDAR})
    files = [{"name": f"{name}.csv", "text": text} for name, text in texts.items()]
    answer = desk.tablet.post("timetable/files", {"preview": preview, "files": files, **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def test_L12_files_say_what_they_move_before_they_do_it(school: School, moss: Desk) -> None:
    before = everything(school)
    told = send(moss, preview=True)
    assert told["ending"] == "planned"
    assert {one["kind"]: one["new"] + one["changed"] for one in told["changes"]} == {
        "bell_period": 2,
        "calendar_day": 1,
    }
    assert [
        (one["period"], one["due_before"][11:16], one["due_after"][11:16])
        for one in told["effect"]["moves"]
        if one["on"] == f"{WEDNESDAY}" and one["period"] == "2"
    ] == [("2", "16:15", "15:55")]
    assert everything(school) == before, "a preview writes nothing"
    done = send(moss, preview=False)
    assert done["ending"] == "imported"
    said = ("moves", "voided", "expected_again", "added", "kept_taken", "totals")
    assert {name: done["effect"][name] for name in said} == {
        name: told["effect"][name] for name in said
    }
    assert moss.show()["revision"] == done["effect"]["revision"] > told["effect"]["revision"]
    assert send(moss, preview=False)["ending"] == "unchanged"
    kept = [
        (act.by, json.loads(act.facts)["changes"][0]["kind"])
        for act in school.rows(table_of(DeskAct), kind="timetable_files")
    ]
    assert kept == [(school.cast.moss.staff_id, "bell_period")], "who, and only what was done"


def test_a_roll_that_was_taken_stays_and_the_files_say_so(school: School, moss: Desk) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    today = f"date,kind,schedule,note\n{TUESDAY},instructional,minimum,Fog\n"
    told = send(moss, preview=False, texts={"bell_schedules": MINIMUM, "calendar": today})
    assert told["effect"]["totals"]["kept_taken"] == 1


def test_bad_lines_are_told_with_line_column_and_cure_and_nothing_is_written(
    school: School, moss: Desk
) -> None:
    before = everything(school)
    bad = CALENDAR + "2026-10-08,instructional,no such bells,\n"
    told = send(moss, preview=False, texts={"bell_schedules": MINIMUM, "calendar": bad})
    assert (told["ending"], told["errors"], told["effect"]) == ("refused", 1, None)
    (finding,) = (one for one in told["findings"] if one["severity"] == "error")
    assert (finding["file"], finding["line"], finding["column"]) == ("calendar.csv", 3, "schedule")
    assert finding["cure"]
    assert everything(school) == before
    rest = send(
        moss,
        preview=False,
        skip_bad_rows=True,
        texts={"bell_schedules": MINIMUM, "calendar": bad},
    )
    assert (rest["ending"], rest["errors"]) == ("imported", 1)


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"notes": "a,b\n"}, "no_file"),
        ({"calendar": "\x00\n"}, "calendar.csv"),
        ({"calendar": "date,kind\n2026-10-07,\ud800\n"}, "calendar.csv"),
        ({"calendar": ""}, "calendar.csv"),
        ({"calendar": f"date,kind,school\n{WEDNESDAY},closed,alder\n"}, "calendar.csv"),
        ({"meetings": "section,period\nAlder's 8A,1\n"}, "meetings.csv"),
    ],
    ids=["none of ours", "not text", "half a letter", "empty", "another school", "unknown section"],
)
def test_files_that_cannot_be_used_are_refused_in_words(
    school: School, moss: Desk, texts: dict[str, str], problem: str
) -> None:
    before = everything(school)
    told = send(moss, preview=False, texts=texts)
    assert told["ending"] == "refused", told
    assert told["errors"] >= 1
    assert any(one["problem"] and one["cure"] for one in told["findings"])
    assert problem == "no_file" or any(one["file"] == problem for one in told["findings"])
    assert everything(school) == before


def test_the_other_school_stays_as_it_is(school: School, moss: Desk) -> None:
    alder = roll_rows(school, school.cast.alder)
    assert alder
    send(moss, preview=False)
    assert roll_rows(school, school.cast.alder) == alder


def test_a_preview_takes_no_lock_of_the_school(school: School, moss: Desk) -> None:
    with statements(school.engine) as said:
        send(moss, preview=True)
    assert not any("FOR UPDATE" in one.upper() for one in said)


def test_the_office_does_not_bring_files_in(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    body = {"preview": True, "files": [{"name": "calendar.csv", "text": CALENDAR}]}
    assert lind.post("timetable/files", body).status_code == 404
