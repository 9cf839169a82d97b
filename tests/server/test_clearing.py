"""Absences wait for a reason, lapse, are cleared, and wait again (T11–T13, V8, V9)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from schemas.clearing import Cleared, ClearingPreview, ClearingQueue
from server.models import ClearingAct, MarkException, OpEntry, table_of
from tests.server.guest_tablet import code_of
from tests.support import cast, desk
from tests.support.api import School, Tablet, Tree

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ELIF = EIGHT_A.students[3]
TUESDAY, WEDNESDAY = cast.TUESDAY, cast.WEDNESDAY
LAST_DAY, AFTER = date(2026, 10, 22), date(2026, 10, 23)


@pytest.fixture
def office(school: School) -> Tablet:
    """Lind, Tuesday after school; Elif missed both of her periods."""
    desk.california(school)
    desk.enroll(school, ELIF, EIGHT_B)
    ruiz, brandt = school.tablet(school.cast.ruiz), school.tablet(school.cast.brandt)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(cast.local(TUESDAY, 9, 5))
    op = brandt.op(EIGHT_B)
    op["marks"].append({"student_id": str(ELIF), "presence": "absent"})
    brandt.push(op)
    school.clock.set(cast.local(TUESDAY, 16))
    return school.tablet(school.cast.lind)


def back(school: School) -> None:
    """Wednesday: she is there again."""
    sato = school.tablet(school.cast.sato)
    school.clock.set(cast.local(WEDNESDAY, 8, 5))
    sato.push(sato.op(EIGHT_A, on=WEDNESDAY))


def queue(office: Tablet) -> Tree:
    told = office.get("clearing")
    assert ClearingQueue().validate(told) == {}
    return told


def asked(code: str = "A-1", **more: Any) -> Tree:
    return {"student_id": str(ELIF), "on": str(TUESDAY), "code": code, **more}


def preview(office: Tablet, code: str = "A-1", **more: Any) -> Tree:
    answer = office.post("clearing/preview", asked(code, **more))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert ClearingPreview().validate(told) == {}
    return told


def clear(office: Tablet, code: str = "A-1", **more: Any) -> Tree:
    seen = preview(office, code, **more)["seen"]
    body = asked(code, **more) | {"clearing_id": str(uuid4()), "seen": seen}
    answer = office.post("clearing", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert Cleared().validate(told) == {}
    return told


def undo(office: Tablet, clearing_id: str) -> Any:
    return office.post("clearing/undone", {"undo_id": str(uuid4()), "clearing_id": clearing_id})


def reasons(school: School) -> set[str | None]:
    rows = school.rows(table_of(MarkException), num=4, school_date=TUESDAY)
    return {row.reason or None for row in rows}


def test_T12_an_absence_waits_and_no_time_runs_before_she_is_back(office: Tablet) -> None:
    (one,) = queue(office)["waiting"]
    assert (one["student"]["given_name"], one["on"]) == ("Elif", str(TUESDAY))
    assert (one["missed"], one["periods"], one["minutes"]) == ("full_day", ["1", "2"], 100)
    assert (one["state"], one["ends_on"], one["age"]) == ("away", None, 0)
    assert one["becomes"]["code"] == "A-3"


def test_T11_ten_school_days_after_her_return_it_lapses_and_nothing_is_written(
    office: Tablet,
) -> None:
    school = office.school
    back(school)
    (one,) = queue(office)["waiting"]
    assert (one["state"], one["ends_on"], one["final_on"]) == ("open", str(LAST_DAY), str(AFTER))
    school.clock.set(cast.local(LAST_DAY, 16))
    assert queue(office)["waiting"][0]["state"] == "open"
    ops = len(school.rows(table_of(OpEntry)))
    school.clock.set(cast.local(AFTER, 7))
    (one,) = queue(office)["waiting"]
    assert (one["state"], one["becomes"]["code"], one["age"]) == ("lapsed", "A-3", 12)
    assert len(school.rows(table_of(OpEntry))) == ops


def test_V8_all_periods_get_the_reason_at_once_after_a_preview(office: Tablet) -> None:
    school = office.school
    pieces = preview(office)["pieces"]
    assert [(one["period_name"], one["presence"]) for one in pieces] == [
        ("Period 1", "absent"),
        ("Period 2", "absent"),
    ]
    assert reasons(school) == {None}
    told = clear(office, note="Her mother called.")
    assert (told["reason"]["code"], told["by"]["name"], len(told["rolls"])) == ("A-1", "R. Lind", 2)
    assert reasons(school) == {"A-1"}
    after = queue(office)
    assert (after["waiting"], after["cleared"]) == ([], [told])
    assert desk.mark(office, EIGHT_A, ELIF)["presence"] == "absent"


def test_K8_V8_a_classroom_is_told_nothing_of_why(office: Tablet) -> None:
    clear(office, "CM")
    ruiz = office.school.tablet(office.school.cast.ruiz)
    assert "'CM'" not in str(ruiz.get(f"rolls/{EIGHT_A.roll()}"))
    assert "'CM'" not in str(ruiz.bootstrap())
    assert "'CM'" in str(office.get(f"rolls/{EIGHT_A.roll()}"))
    assert queue(office)["cleared"][0]["reason"]["code"] == "CM"


def test_V9_a_reason_is_taken_back_and_the_absence_waits_again(office: Tablet) -> None:
    school = office.school
    told = clear(office)
    after = undo(office, told["clearing_id"]).get_json()
    assert after["undone_by"]["name"] == "R. Lind"
    assert reasons(school) == {None}
    assert len(queue(office)["waiting"]) == 1
    assert code_of(undo(office, told["clearing_id"])) == (409, "not_possible")
    assert len(school.rows(table_of(ClearingAct))) == 2
    clear(office, "A-2")
    assert reasons(school) == {"A-2"}


def test_T13_a_proof_that_comes_after_the_lapse_clears_it_all_the_same(office: Tablet) -> None:
    school = office.school
    back(school)
    clear(office, "A-3")
    assert queue(office)["waiting"] == []
    school.clock.set(cast.local(AFTER, 9))
    clear(office, "A-1")
    assert reasons(school) == {"A-1"}


def test_V8_what_changed_since_the_preview_is_seen_before_anything_is_saved(
    office: Tablet,
) -> None:
    school = office.school
    seen = preview(office)["seen"]
    brandt = school.tablet(school.cast.brandt)
    op = brandt.op(EIGHT_B, parents=brandt.roll(EIGHT_B)["ops"])
    op["marks"] = [
        {"student_id": str(ELIF), "presence": "late", "parents": brandt.roll(EIGHT_B)["ops"]}
    ]
    brandt.push(op)
    body = asked() | {"clearing_id": str(uuid4()), "seen": seen}
    assert code_of(office.post("clearing", body)) == (409, "changed_meanwhile")
    assert reasons(school) == {None}


def test_V8_two_clerks_one_reason(office: Tablet) -> None:
    seen = preview(office)["seen"]
    moss = office.school.tablet(office.school.cast.moss)
    clear(moss, "A-2")
    body = asked() | {"clearing_id": str(uuid4()), "seen": seen}
    assert code_of(office.post("clearing", body)) == (409, "not_possible")
    assert reasons(office.school) == {"A-2"}


def test_V8_a_reason_that_may_not_be_given_is_refused_in_words(office: Tablet) -> None:
    for code, says in (
        ("NO", "There is no code NO."),
        ("T", "T is given by the rules"),
        ("A-J", "A-J asks for proof."),
        ("A-9", "A-9 is set by an administrator."),
    ):
        answer = office.post("clearing/preview", asked(code))
        assert code_of(answer) == (422, "invalid")
        assert says in answer.get_json()["detail"]
    assert preview(office, "A-J", evidence="letter-17")["reason"]["code"] == "A-J"


def test_V8_a_part_of_a_day_waits_too_and_is_cleared(office: Tablet) -> None:
    back(office.school)
    office.school.clock.set(cast.local(WEDNESDAY, 8, 30))
    desk.visit(office, ELIF, "left", at=cast.local(WEDNESDAY, 8, 20))
    part = next(one for one in queue(office)["waiting"] if one["on"] == str(WEDNESDAY))
    assert (part["missed"], part["minutes"]) == ("part_day", 30)
    body = asked("A-2") | {"on": str(WEDNESDAY)}
    seen = office.post("clearing/preview", body).get_json()["seen"]
    answer = office.post("clearing", body | {"clearing_id": str(uuid4()), "seen": seen})
    assert answer.status_code == 200
    assert [one["on"] for one in queue(office)["waiting"]] == [str(TUESDAY)]


def test_V8_a_mark_in_dispute_waits_for_its_settlement_first(office: Tablet) -> None:
    school = office.school
    back(school)
    school.clock.set(cast.local(WEDNESDAY, 8, 30))
    desk.visit(office, ELIF, "left", at=cast.local(WEDNESDAY, 8, 2))
    assert office.roll(EIGHT_A, WEDNESDAY)["contested"] == 1
    assert [one["on"] for one in queue(office)["waiting"]] == [str(TUESDAY)]
