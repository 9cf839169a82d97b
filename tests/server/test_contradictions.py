"""Seeded contradictions are found, each with its evidence and a step; people's word stays (X)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from schemas.contradictions import Contradiction, Contradictions
from server.models import FindingLine, RollRow, Section, table_of
from tests.server.guest_tablet import code_of
from tests.support import cast, desk
from tests.support.api import School, Tablet, Tree

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ELIF = EIGHT_A.students[3]
ALONE = 30
"""Elif's place in 8B, beside its own twenty."""


def at(hour: int, minute: int = 0) -> datetime:
    return cast.local(cast.TUESDAY, hour, minute)


@pytest.fixture
def office(school: School) -> Tablet:
    """Lind; Elif has periods 1 and 2, in two rooms."""
    desk.california(school)
    desk.enroll(school, ELIF, EIGHT_B)
    school.change(table_of(Section), {"room": "14"}, section_id=EIGHT_B.section_id)
    return school.tablet(school.cast.lind)


def take(school: School, one: cast.Class, when: datetime, her: str) -> None:
    """A roll of everybody present and Elif as said."""
    person = school.cast.ruiz if one.title == "8A" else school.cast.brandt
    tablet = school.tablet(person)
    school.clock.set(when)
    students = dict.fromkeys((*one.students, ELIF), "present") | {ELIF: her}
    marks = [{"student_id": str(who), "presence": said} for who, said in students.items()]
    assert tablet.push(tablet.op(one, taken_at=when) | {"marks": marks})[0]["outcome"] == "accepted"


def found(office: Tablet, on: Any = cast.TUESDAY) -> list[Tree]:
    told = office.get(f"contradictions?on={on}")
    assert Contradictions().validate(told) == {}
    findings: list[Tree] = told["findings"]
    return findings


def say(office: Tablet, key: str, state: str, why: str | None = None) -> Any:
    body = {"line_id": str(uuid4()), "on": str(cast.TUESDAY), "key": key, "state": state}
    return office.post("contradictions", body | {"why": why})


def same_time(school: School) -> None:
    """8B meets with 8A that morning."""
    bells = {"starts_at": at(8), "ends_at": at(8, 50), "opens_at": at(7, 55)}
    school.change(table_of(RollRow), bells, roll_id=EIGHT_B.roll())


def ids(finding: Tree) -> set[str]:
    return {one["student_id"] for one in finding["students"]}


def test_a_day_on_which_everything_fits_has_no_finding(office: Tablet) -> None:
    take(office.school, EIGHT_A, at(8, 5), "present")
    take(office.school, EIGHT_B, at(9, 5), "present")
    assert found(office) == []
    assert office.get("contradictions")["rolls"] == 2


def test_X1_seen_in_two_rooms_at_one_instant(office: Tablet) -> None:
    same_time(office.school)
    take(office.school, EIGHT_A, at(8, 5), "present")
    take(office.school, EIGHT_B, at(8, 6), "present")
    (finding,) = found(office)
    assert (finding["kind"], ids(finding)) == ("two_rooms", {str(ELIF)})
    facts = {(fact["section_title"], fact["by"]["name"]) for fact in finding["evidence"]}
    assert facts == {("8A", "D. Ruiz"), ("8B", "P. Brandt")}
    assert [step["do"] for step in finding["steps"]] == ["ask_teacher", "ask_teacher"]


def third_period(school: School) -> None:
    """8A meets again in period 3: its Wednesday's roll is moved to Tuesday at ten."""
    when = {"starts_at": at(10), "ends_at": at(10, 50), "opens_at": at(9, 55), "due_at": at(10, 15)}
    when |= {"check_at": at(10, 30), "closes_at": at(17), "period": "3", "period_name": "Period 3"}
    roll_id = EIGHT_A.roll(cast.WEDNESDAY)
    school.change(table_of(RollRow), {"school_date": cast.TUESDAY, **when}, roll_id=roll_id)


def test_X2_absent_in_two_and_seen_in_one_and_three(office: Tablet) -> None:
    third_period(office.school)
    take(office.school, EIGHT_A, at(8, 5), "present")
    take(office.school, EIGHT_B, at(9, 5), "absent")
    ruiz = office.school.tablet(office.school.cast.ruiz)
    office.school.clock.set(at(10, 5))
    ruiz.push(ruiz.op(EIGHT_A, on=cast.WEDNESDAY))
    (finding,) = found(office)
    assert (finding["kind"], finding["periods"]) == ("between", ["2"])
    assert [fact["presence"] for fact in finding["evidence"]] == ["present", "absent", "present"]
    (step,) = finding["steps"]
    assert (step["do"], step["who"]["name"]) == ("ask_teacher", "P. Brandt")


def test_X5_at_the_window_in_period_1_and_in_no_room_since(office: Tablet) -> None:
    school = office.school
    take(school, EIGHT_A, at(8, 5), "absent")
    school.clock.set(at(8, 30))
    desk.visit(office, ELIF, "arrived", at=at(8, 30))
    take(school, EIGHT_B, at(9, 10), "absent")
    kinds = {one["kind"] for one in found(office)}
    assert kinds == {"vanished"}
    school.clock.set(at(18))
    assert found(office) == []


def test_X3_between_bells_at_the_window_and_in_no_room(office: Tablet) -> None:
    school = office.school
    take(school, EIGHT_A, at(8, 5), "absent")
    school.clock.set(at(8, 55))
    desk.visit(office, ELIF, "arrived")
    take(school, EIGHT_B, at(9, 10), "absent")
    (finding,) = found(office)
    assert (finding["kind"], finding["periods"]) == ("at_the_window", ["2"])
    assert {fact["what"] for fact in finding["evidence"]} == {"arrived", None}


def test_X4_absent_while_the_nurses_sheet_has_her(office: Tablet) -> None:
    school = office.school
    take(school, EIGHT_A, at(8, 5), "present")
    school.clock.set(at(9, 2))
    desk.visit(office, ELIF, "visit", place="nurse")
    take(school, EIGHT_B, at(9, 10), "absent")
    (finding,) = found(office)
    assert finding["kind"] == "visiting"
    (step,) = finding["steps"]
    assert (step["do"], step["place"]) == ("rule_elsewhere", "nurse")


def test_X5_seen_and_then_in_no_room_is_urgent_while_school_lasts(office: Tablet) -> None:
    take(office.school, EIGHT_A, at(8, 5), "present")
    take(office.school, EIGHT_B, at(9, 5), "absent")
    (finding,) = found(office)
    assert (finding["kind"], finding["urgent"]) == ("vanished", True)
    office.school.clock.set(at(10))
    assert found(office) == []


def test_X5_who_was_signed_out_is_looked_for_by_nobody(office: Tablet) -> None:
    take(office.school, EIGHT_A, at(8, 5), "present")
    office.school.clock.set(at(8, 40))
    desk.visit(office, ELIF, "left")
    take(office.school, EIGHT_B, at(9, 5), "absent")
    assert found(office) == []


def test_X6_seen_after_all_though_the_office_was_told_otherwise(office: Tablet) -> None:
    told = desk.notice(office, ELIF, str(cast.TUESDAY), code="A-1")
    take(office.school, EIGHT_A, at(8, 5), "present")
    (finding,) = found(office)
    assert (finding["kind"], ids(finding)) == ("seen_after_all", {str(ELIF)})
    assert [step["do"] for step in finding["steps"]] == ["end_notice", "prove_mark_wrong"]
    desk.end_notice(office, told["notice_id"])
    assert found(office) == []


def test_X7_a_class_that_was_marked_absent_by_mistake_is_one_finding(office: Tablet) -> None:
    school = office.school
    for student in EIGHT_A.students[:10]:
        if student != ELIF:
            desk.enroll(school, student, EIGHT_B)
    take(school, EIGHT_A, at(8, 5), "present")
    brandt = school.tablet(school.cast.brandt)
    school.clock.set(at(9, 5))
    students: list[UUID] = [*EIGHT_A.students[:10]]
    marks = [{"student_id": str(one), "presence": "absent"} for one in students]
    brandt.push(brandt.op(EIGHT_B) | {"marks": marks})
    (finding,) = found(office)
    assert (finding["kind"], len(finding["students"])) == ("vanished", 10)


def test_what_somebody_looked_at_or_set_aside_stays_so_with_name_and_time(office: Tablet) -> None:
    same_time(office.school)
    take(office.school, EIGHT_A, at(8, 5), "present")
    take(office.school, EIGHT_B, at(8, 6), "present")
    (finding,) = found(office)
    assert (finding["state"], finding["by"]) == ("open", None)
    assert code_of(say(office, finding["key"], "set_aside")) == (422, "invalid")
    answer = say(office, finding["key"], "set_aside", "She carried a message.")
    told = answer.get_json()
    assert Contradiction().validate(told) == {}
    assert (told["state"], told["by"]["name"]) == ("set_aside", "R. Lind")
    take(office.school, EIGHT_A, at(8, 20), "present")
    (again,) = found(office)
    assert (again["key"], again["state"]) == (finding["key"], "set_aside")
    assert say(office, finding["key"], "open").get_json()["state"] == "open"
    assert len(office.school.rows(table_of(FindingLine))) == 2
    assert code_of(say(office, "two_rooms|nobody", "looked_at")) == (422, "invalid")


def test_X1_a_roll_that_nobody_took_says_nothing(office: Tablet) -> None:
    same_time(office.school)
    take(office.school, EIGHT_A, at(8, 5), "present")
    assert found(office) == []
    assert found(office, "2026-10-12") == []
