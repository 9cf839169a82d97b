"""One reason for several absences: looked at first, given, and taken back as one (V10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from schemas.clearing import ClearedMany
from server.models import ClearingAct, MarkException, OpEntry, table_of
from tests.server.guest_tablet import code_of
from tests.support import cast, desk
from tests.support.api import School, Tablet, Tree

EIGHT_A = cast.gather().eight_a
ELIF, FARID, GRACE = EIGHT_A.students[3:6]
TUESDAY, WEDNESDAY = cast.TUESDAY, cast.WEDNESDAY


@pytest.fixture
def office(school: School) -> Tablet:
    """Lind, Tuesday: three of 8A were absent in period 1, and the bus was late, it turns out."""
    desk.california(school)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3, 4, 5]))
    school.clock.set(cast.local(TUESDAY, 16))
    return school.tablet(school.cast.lind)


def absences(*students: Any, on: Any = TUESDAY) -> list[Tree]:
    return [
        {"clearing_id": str(uuid4()), "student_id": str(one), "on": str(on)} for one in students
    ]


def send(office: Tablet, listed: list[Tree], code: str = "A-1", **more: Any) -> Tree:
    body = {"preview": False, "code": code, "absences": listed, **more}
    answer = office.post("clearing/many", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert ClearedMany().validate(told) == {}
    return told


def look(office: Tablet, listed: list[Tree], **more: Any) -> list[Tree]:
    """The same absences with what the preview said of their rolls."""
    told = send(office, listed, preview=True, **more)
    return [one | {"seen": line["seen"]} for one, line in zip(listed, told["lines"], strict=True)]


def undo(office: Tablet, listed: list[Tree]) -> Tree:
    undone = [{"undo_id": str(uuid4()), "clearing_id": one["clearing_id"]} for one in listed]
    answer = office.post("clearing/many/undone", {"undone": undone})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def reasons(school: School, on: Any = TUESDAY) -> list[str | None]:
    rows = school.rows(table_of(MarkException), school_date=on)
    return [row.reason or None for row in sorted(rows, key=lambda row: row.num)]


def test_V10_a_reason_for_three_is_looked_at_given_and_taken_back(office: Tablet) -> None:
    school = office.school
    listed = absences(ELIF, FARID, GRACE)
    ops = len(school.rows(table_of(OpEntry)))
    told = send(office, listed, preview=True)
    assert (told["made"], told["refused"]) == (3, 0)
    assert [line["pieces"][0]["presence"] for line in told["lines"]] == ["absent"] * 3
    assert len(school.rows(table_of(OpEntry))) == ops
    assert school.rows(table_of(ClearingAct)) == []
    seen = [one | {"seen": line["seen"]} for one, line in zip(listed, told["lines"], strict=True)]
    assert send(office, seen)["made"] == 3
    assert reasons(school) == ["A-1"] * 3
    assert office.get("clearing")["count"] == 0
    assert send(office, seen)["made"] == 3  # its answer was lost
    assert len(school.rows(table_of(ClearingAct))) == 3
    assert undo(office, seen)["made"] == 3
    assert reasons(school) == [None] * 3
    assert office.get("clearing")["count"] == 3


def test_V10_what_changed_since_it_was_looked_at_gets_nothing_and_the_others_do(
    office: Tablet,
) -> None:
    school = office.school
    seen = look(office, absences(ELIF, FARID, GRACE))
    moss = school.tablet(school.cast.moss)
    send(moss, look(moss, absences(FARID), code="A-2"), code="A-2")
    told = send(office, seen)
    assert [line["made"] for line in told["lines"]] == [True, False, True]
    assert told["lines"][1]["says"].startswith("Nothing of that day waits for a reason")
    assert reasons(school) == ["A-1", "A-2", "A-1"]


def test_V10_one_undo_leaves_what_somebody_else_ruled_meanwhile(office: Tablet) -> None:
    school = office.school
    seen = look(office, absences(ELIF, FARID))
    send(office, seen)
    moss = school.tablet(school.cast.moss)
    school.clock.forward(minutes=1)
    mark = {"student_id": str(FARID), "reason": "A-2", "why": "A letter came.",
            "parents": moss.roll(EIGHT_A)["ops"]}  # fmt: skip
    moss.push(moss.op(EIGHT_A, kind="rule", marks=[mark]))
    assert undo(office, seen)["made"] == 2
    assert reasons(school) == [None, "A-2", None]
    again = undo(office, seen)
    assert (again["made"], again["refused"]) == (0, 2)
    assert again["lines"][0]["says"] == "That reason was taken back already."


def test_V10_K7_a_students_days_count_for_one_anothers_caps(office: Tablet) -> None:
    """Five days of bereavement an incident (S17), as one request and as it is looked at."""
    school = office.school
    days = [TUESDAY + timedelta(days=n) for n in (0, 1, 2, 3, 7, 8)]
    for on in days[1:]:
        school.clock.set(cast.local(on, 8, 5))
        teacher = school.tablet(school.cast.sato if on == WEDNESDAY else school.cast.ruiz)
        teacher.push(teacher.op(EIGHT_A, absent=[3], on=on))
    listed = [one for on in days for one in absences(ELIF, on=on)]
    told = send(office, listed, "A-5", incident="Grandfather", preview=True)
    assert [line["made"] for line in told["lines"]] == [True] * 5 + [False]
    assert "A-5 may be set for 5 days" in told["lines"][5]["says"]
    seen = [one | {"seen": line["seen"]} for one, line in zip(listed, told["lines"], strict=True)]
    assert send(office, seen, "A-5", incident="Grandfather")["made"] == 5
    assert [one["on"] for one in office.get("clearing")["waiting"] if "Elif" in str(one)] == [
        str(days[5])
    ]


def test_V10_what_makes_no_sense_is_refused_in_words(office: Tablet) -> None:
    twice = absences(ELIF, ELIF)
    nobody = absences(uuid4())
    for listed in (twice, nobody, []):
        answer = office.post("clearing/many", {"preview": True, "code": "A-1", "absences": listed})
        assert code_of(answer) == (422, "invalid")
    undone = [{"undo_id": str(uuid4()), "clearing_id": str(uuid4())}]
    answer = office.post("clearing/many/undone", {"undone": undone})
    assert code_of(answer) == (422, "invalid")
