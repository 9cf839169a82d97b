"""How a school reminds is read by the office and changed by administrators, from now on."""

from __future__ import annotations

from typing import Any

import pytest

from server.columns import spell
from server.db import reading
from server.models import DeskAct, ReminderPolicy, RollRow, table_of
from server.services.ladder import load_reminding
from sync.remind import DEFAULT_STEPS
from tests.support import cast
from tests.support.api import School, Tablet, Tree

ROLL = table_of(RollRow)


@pytest.fixture
def moss(school: School) -> Tablet:
    return school.tablet(school.cast.moss)


def wanted(**more: Any) -> Tree:
    return {
        "seen": None,
        "steps": [{"after_min": 0, "to": "teachers"}, {"after_min": 20, "to": "office"}],
        "quiet_from_time": "19:00",
        "quiet_to_time": "06:30",
        "office_staff": [],
        "administrators": [],
        "digest_time": "15:30",
        **more,
    }


def test_without_a_word_from_the_school_the_ladder_is_rollbooks(school: School) -> None:
    told = school.tablet(school.cast.lind).get("reminder-policy")
    assert [(one["after_min"], one["to"]) for one in told["steps"]] == list(DEFAULT_STEPS)
    assert told["set_at"] is told["set_by"] is told["quiet_from_time"] is None
    assert [one["name"] for one in told["staff"]] == ["R. Lind", "T. Moss"]
    assert told["digest_time"] == "17:00"
    assert told["mails"] is False
    assert told["ticked_at"] is None


def test_an_administrator_changes_it_and_everybody_reads_who_did(
    school: School, moss: Tablet
) -> None:
    lind = str(school.cast.lind.staff_id)
    answer = moss.post("reminder-policy", wanted(office_staff=[lind, lind]))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told = school.tablet(school.cast.lind).get("reminder-policy")
    assert told == answer.get_json()
    assert told["steps"] == wanted()["steps"]
    assert (told["quiet_from_time"], told["quiet_to_time"]) == ("19:00", "06:30")
    assert told["office_staff"] == [lind]
    assert told["digest_time"] == "15:30"
    assert told["set_by"]["name"] == "T. Moss"
    (act,) = school.rows(table_of(DeskAct), kind="reminder_policy")
    assert act.by == school.cast.moss.staff_id
    with reading(school.engine) as connection:
        alder = load_reminding(connection, school.cast.alder)
    assert alder.ladder.steps == DEFAULT_STEPS


def test_who_saw_an_older_one_is_told_and_nothing_changes(school: School, moss: Tablet) -> None:
    moss.post("reminder-policy", wanted())
    again = moss.post("reminder-policy", wanted(digest_time=None))
    assert (again.status_code, again.get_json()["code"]) == (409, "changed_meanwhile")
    told = moss.get("reminder-policy")
    school.clock.forward(minutes=1)
    assert told["digest_time"] == "15:30"
    third = moss.post("reminder-policy", wanted(seen=told["set_at"], digest_time=None))
    assert third.get_json()["digest_time"] is None


@pytest.mark.parametrize(
    ("bad", "field", "words"),
    [
        ({"steps": [{"after_min": 0, "to": "teachers"}] * 2}, "steps", "twice"),
        ({"steps": [{"after_min": -5, "to": "office"}]}, "steps", "only teachers"),
        ({"steps": [{"after_min": -500, "to": "teachers"}]}, "steps", "greater than"),
        ({"steps": [{"after_min": 0, "to": "parents"}]}, "steps", "one of"),
        ({"quiet_to_time": None}, "quiet_to_time", "both, or neither"),
        ({"quiet_from_time": None}, "quiet_from_time", "both, or neither"),
        ({"quiet_to_time": "19:00"}, "quiet_to_time", "never end"),
        ({"quiet_to_time": "7:00"}, "quiet_to_time", "08:30"),
        ({"digest_time": "25:00"}, "digest_time", "08:30"),
        ({"office_staff": [str(cast.gather().ruiz.staff_id)]}, "office_staff", "administrators"),
        ({"administrators": [str(cast.gather().alder)]}, "administrators", "of this school"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    sqlite_school: School, bad: Tree, field: str, words: str
) -> None:
    answer = sqlite_school.tablet(sqlite_school.cast.moss).post("reminder-policy", wanted(**bad))
    assert answer.status_code == 422
    assert words in str(answer.get_json()["errors"][field])
    assert sqlite_school.rows(table_of(ReminderPolicy)) == []


def test_R2_4_a_changed_ladder_moves_what_lies_ahead_and_makes_up_for_nothing(
    school: School, moss: Tablet
) -> None:
    """It is 8:20; 8A was due at 8:15 and 8B is due at 9:15."""
    school.clock.set(cast.local(cast.TUESDAY, 8, 20))
    steps = [{"after_min": 2, "to": "teachers"}, {"after_min": 7, "to": "teachers"}]
    assert moss.post("reminder-policy", wanted(steps=steps)).status_code == 200

    def remind_at(roll_id: Any) -> Any:
        (row,) = school.rows(ROLL, roll_id=roll_id)
        return row.remind_at

    eight_a, eight_b = school.cast.eight_a, school.cast.eight_b
    assert remind_at(eight_a.roll()) == cast.local(cast.TUESDAY, 8, 22)
    assert remind_at(eight_b.roll()) == cast.local(cast.TUESDAY, 9, 17)
    assert remind_at(eight_a.roll(cast.WEDNESDAY)) == cast.local(cast.WEDNESDAY, 8, 17)
    assert remind_at(eight_a.roll(cast.FIRST)) is None  # closed long ago
    assert remind_at(school.cast.alder_8a.roll()) is None  # another school
    school.clock.set(cast.local(cast.TUESDAY, 8, 23))
    seen = moss.get("reminder-policy")["set_at"]
    assert seen == spell(cast.local(cast.TUESDAY, 8, 20))
    moss.post("reminder-policy", wanted(seen=seen, steps=[{"after_min": 5, "to": "teachers"}]))
    assert remind_at(eight_a.roll()) is None
