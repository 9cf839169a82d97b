"""A roll is certified, corrected, locked and opened again, by whom it is for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from server.db import writing
from server.models import CaptureGrant, DayPass, OpEntry, PassMeeting, RollRow, table_of
from server.services.check import check
from tests.server.held_desk import act, differences, done
from tests.support.api import School, Tablet, Tree
from tests.support.cast import NEXT_SUMMER, TUESDAY

OPS, ROLLS = table_of(OpEntry), table_of(RollRow)


def taken(school: School) -> Tablet:
    """Ruiz has taken her roll."""
    ruiz = school.tablet(school.cast.ruiz)
    (result,) = ruiz.push(ruiz.op(school.cast.eight_a, absent=[3]))
    assert result["outcome"] == "accepted"
    return ruiz


def rule(desk: Tablet, school: School) -> Tree:
    student = str(school.cast.eight_a.students[3])
    mark = {"student_id": student, "presence": "present", "why": "She was in the library."}
    (result,) = desk.push(desk.op(school.cast.eight_a, kind="rule", marks=[mark]))
    return result


def test_C1_ruiz_signs_her_roll_and_everybody_who_follows_it_sees_by_whom(school: School) -> None:
    ruiz, okafor = taken(school), school.tablet(school.cast.okafor)
    okafor.bootstrap()
    roll = done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    assert roll["state"] == "certified"
    assert roll["certified"]["by"]["name"] == "D. Ruiz"
    (told,) = [one for one in okafor.pull() if one["type"] == "roll"]
    assert told == roll
    assert differences(school) == []


def test_C2_a_ruling_after_the_signature_makes_it_a_corrected_roll(school: School) -> None:
    ruiz, lind = taken(school), school.tablet(school.cast.lind)
    done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    assert rule(lind, school)["roll"]["state"] == "corrected"
    roll = ruiz.roll(school.cast.eight_a)
    assert roll["state"] == "corrected"
    assert roll["certified"]["by"]["name"] == "D. Ruiz"
    assert done(ruiz, school.cast.eight_a.roll(), "certify", 2)["state"] == "certified"
    assert differences(school) == []


def test_C3_a_locked_roll_takes_nothing_in(school: School) -> None:
    taken(school)
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    assert done(moss, school.cast.eight_a.roll(), "lock", 1)["state"] == "locked"
    assert (rule(lind, school)["outcome"], rule(lind, school)["reason"]) == ("held", "locked")
    assert differences(school) == []


def test_C4_reopening_takes_signature_and_lock_away_and_says_why(school: School) -> None:
    ruiz, moss = taken(school), school.tablet(school.cast.moss)
    roll_id = school.cast.eight_a.roll()
    done(ruiz, roll_id, "certify", 1)
    done(moss, roll_id, "lock", 1)
    nameless = act(moss, roll_id, "reopen", 1)
    assert (nameless.status_code, nameless.get_json()["code"]) == (409, "not_possible")
    roll = done(moss, roll_id, "reopen", 1, why="The parents have called.")
    assert (roll["state"], roll["certified"]) == ("submitted", None)
    kinds = [entry["kind"] for entry in ruiz.get(f"rolls/{roll_id}")["entries"]]
    assert kinds == ["submit", "certify", "lock", "reopen"]
    (again,) = ruiz.push(ruiz.op(school.cast.eight_a))
    assert again["outcome"] == "accepted"
    assert differences(school) == []


def test_C6_it_is_for_a_teacher_of_the_class_on_the_date_or_an_administrator(
    school: School,
) -> None:
    ruiz = taken(school)
    roll_id = school.cast.eight_a.roll()
    lind, brandt = school.tablet(school.cast.lind), school.tablet(school.cast.brandt)
    assert act(brandt, roll_id, "certify", 1).status_code == 404
    assert act(lind, roll_id, "certify", 1).get_json()["code"] == "not_possible"
    assert act(ruiz, roll_id, "lock", 1).get_json()["code"] == "not_possible"
    assert act(ruiz, roll_id, "reopen", 1, why="x").get_json()["code"] == "not_possible"
    untaken = school.cast.eight_a.roll(TUESDAY.replace(day=5))
    assert act(ruiz, untaken, "certify", 0).get_json()["code"] == "not_possible"
    okafor = school.tablet(school.cast.okafor)
    assert done(okafor, roll_id, "certify", 1)["certified"]["by"]["name"] == "N. Okafor"


def test_C7_who_signs_names_what_they_saw_and_signing_twice_is_signing_once(
    school: School,
) -> None:
    ruiz, okafor = taken(school), school.tablet(school.cast.okafor)
    okafor.push(okafor.op(school.cast.eight_a))
    roll_id = school.cast.eight_a.roll()
    stale = act(ruiz, roll_id, "certify", 1)
    assert stale.status_code == 409
    assert (stale.get_json()["code"], stale.get_json()["revision"]) == ("changed_meanwhile", 2)
    first = done(ruiz, roll_id, "certify", 2)
    assert done(ruiz, roll_id, "certify", 2) == first
    assert len(school.rows(OPS, kind="certify")) == 1


def test_C3_a_day_that_nobody_took_may_be_locked_and_reopened(school: School) -> None:
    ruiz, moss = school.tablet(school.cast.ruiz), school.tablet(school.cast.moss)
    roll_id = school.cast.eight_a.roll()
    assert done(moss, roll_id, "lock", 0)["state"] == "locked"
    (held,) = ruiz.push(ruiz.op(school.cast.eight_a))
    assert held["reason"] == "locked"
    assert done(moss, roll_id, "reopen", 0, why="She is late.")["state"] == "not_taken"
    assert differences(school) == []


def test_a_pushed_act_is_held_like_any_kind_that_tablets_do_not_make(school: School) -> None:
    ruiz = taken(school)
    (result,) = ruiz.push(ruiz.op(school.cast.eight_a, kind="certify"))
    assert (result["outcome"], result["reason"]) == ("held", "unsupported_kind")
    (row,) = school.rows(ROLLS, roll_id=school.cast.eight_a.roll())
    assert (row.state, row.certified_by) == ("submitted", None)


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "submitted"), ("certified_by", None), ("certified_at", None), ("countersign", True)],
)
def test_C8_a_tampered_signature_is_found_and_folded_again_from_the_log(
    school: School, column: str, value: Any
) -> None:
    ruiz, roll_id = taken(school), school.cast.eight_a.roll()
    signed = done(ruiz, roll_id, "certify", 1)
    school.change(ROLLS, {column: value}, roll_id=roll_id)
    assert differences(school) == [f"{column} differs"]
    assert [one.repaired for one in check(school.engine, repair=True)].count(1) == 1
    assert differences(school) == []
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["certified"]) == ("certified", signed["certified"])


def test_C5_a_roll_taken_on_a_day_pass_waits_for_ruizs_signature(school: School) -> None:
    guest, ruiz = school.tablet(school.cast.sato), school.tablet(school.cast.ruiz)
    by_pass(school)
    (result,) = guest.push(guest.op(school.cast.eight_a, absent=[6]))
    assert result["outcome"] == "accepted"
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["countersign"], roll["certified"]) == ("submitted", True, None)
    signed = done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    assert (signed["state"], signed["countersign"]) == ("certified", False)
    assert differences(school) == []


def by_pass(school: School) -> None:
    """Sato's tablet has today's roll of 8A by a day pass alone."""
    sato, pass_id = school.cast.sato, uuid4()
    row = {
        "school_id": sato.school_id,
        "pass_id": pass_id,
        "staff_id": sato.staff_id,
        "school_date": TUESDAY,
        "code_hash": b"\0" * 32,
        "until_at": NEXT_SUMMER,
        "issued_by": school.cast.lind.staff_id,
        "issued_at": school.clock.now(),
    }
    listed = {
        "school_id": sato.school_id,
        "pass_id": pass_id,
        "roll_id": school.cast.eight_a.roll(),
    }
    with writing(school.engine) as connection:
        connection.execute(table_of(DayPass).insert(), row)
        connection.execute(table_of(PassMeeting).insert(), listed)
    school.change(table_of(CaptureGrant), {"pass_id": pass_id}, grant_id=sato.grant_id)
