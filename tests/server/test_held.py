"""Held ops and the office: the list, one of them, and deciding once, whoever asks how often."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID, uuid4

import pytest

from schemas.feed import Changes
from schemas.held import Held, HeldDetail, HeldItem
from server.models import OpEntry, Resolution, RollRow, SchoolSync, table_of
from server.sealing import read, seal_note
from tests.server.held_desk import ask, decide, differences, done, waiting
from tests.support.api import School, Tablet, Tree, presences, uuid7
from tests.support.cast import local

OPS, ENDS, ROLLS = table_of(OpEntry), table_of(Resolution), table_of(RollRow)


@pytest.fixture
def late(school: School) -> Tree:
    """Ruiz sends a roll after hers was certified."""
    ruiz = school.tablet(school.cast.ruiz)
    first = ruiz.op(school.cast.eight_a, absent=[3])
    ruiz.push(first)
    done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    op = ruiz.op(school.cast.eight_a, absent=[4], parents=[first["id"]])
    (result,) = ruiz.push(op)
    assert result["reason"] == "certified"
    return op


def seq(school: School) -> int:
    (row,) = school.rows(table_of(SchoolSync), school_id=school.cast.birch)
    return int(row.seq)


def test_what_is_told_is_what_the_schemas_say(school: School, late: Tree) -> None:
    lind = school.tablet(school.cast.lind)
    assert Held().validate(lind.get("held")) == {}
    assert HeldDetail().validate(lind.get(f"held/{late['id']}")) == {}
    assert HeldItem().validate(decide(lind, late["id"], "set_aside")) == {}
    assert Held().validate(lind.get("held?resolved=1")) == {}
    lind.bootstrap()
    assert Changes().validate(lind.get(f"changes?since={lind.epoch}.0")) == {}


def test_A13_saying_the_same_twice_is_saying_it_once(school: School, late: Tree) -> None:
    lind = school.tablet(school.cast.lind)
    ruling = str(uuid7(school.clock.now()))
    first = decide(lind, late["id"], "take_over", op_id=ruling)
    stand = seq(school)
    assert decide(lind, late["id"], "take_over", op_id=ruling) == first
    assert seq(school) == stand
    assert len(school.rows(ENDS)) == 1
    assert differences(school) == []


def test_A13_a_second_person_hears_what_the_first_decided(school: School, late: Tree) -> None:
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    decide(lind, late["id"], "set_aside", "It says what we know.")
    for how in ("set_aside", "take_over", "hear_again"):
        answer = ask(moss, late["id"], how, "I think so too.")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "already_resolved")
        assert answer.get_json()["detail"] == "R. Lind set it aside: It says what we know."
    assert lind.get(f"held/{late['id']}")["choices"] == []
    assert len(school.rows(ENDS)) == 1


def test_A13_the_ruling_of_a_take_over_needs_an_id_of_its_own(school: School, late: Tree) -> None:
    lind = school.tablet(school.cast.lind)
    nameless = lind.post(f"held/{late['id']}/resolution", {"how": "take_over", "why": "So."})
    assert nameless.status_code == 422
    used = ask(lind, late["id"], "take_over", op_id=late["id"])
    assert (used.status_code, used.get_json()["code"]) == (409, "not_possible")
    nobody = ask(lind, late["id"], "take_over", students=[str(uuid4())])
    assert nobody.get_json()["detail"] == "It says nothing of the chosen students."
    wordless = ask(lind, late["id"], "set_aside", "")
    assert wordless.status_code == 422
    assert [one["op_id"] for one in waiting(lind)] == [late["id"]]
    assert school.rows(ENDS) == []


def test_A13_it_is_the_offices_alone_and_of_its_own_school(school: School, late: Tree) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    assert ask(ruiz, late["id"], "set_aside").status_code == 404
    assert ask(lind, str(uuid4()), "set_aside").status_code == 404
    (accepted, *_) = school.rows(OPS, outcome="accepted")
    assert ask(lind, str(accepted.op_id), "set_aside").status_code == 404
    stranger = school.tablet(school.cast.stranger)
    path = f"/api/v1/schools/{school.cast.birch}/held/{late['id']}"
    assert stranger.client.get(path).status_code == 404


def test_A13_a_ruling_taken_over_keeps_the_offices_words(school: School) -> None:
    """The office's own ruling met a locked roll; once reopened it is taken over as it was."""
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    roll_id, student = school.cast.eight_a.roll(), str(school.cast.eight_a.students[2])
    done(moss, roll_id, "lock", 0)
    mark = {"student_id": student, "presence": "elsewhere", "reason": "trip", "excused": True}
    op = lind.op(school.cast.eight_a, kind="rule", marks=[mark])
    assert [one["reason"] for one in lind.push(op)] == ["locked"]
    done(moss, roll_id, "reopen", 0, why="The trip was forgotten.")
    decide(lind, op["id"], "take_over", "The trip was forgotten.")
    roll = lind.roll(school.cast.eight_a)
    assert (roll["state"], presences(roll)) == ("not_taken", {student: "elsewhere"})
    assert len(school.rows(OPS, kind="rule", outcome="accepted")) == 1
    assert differences(school) == []


def test_A13_a_take_over_settles_what_it_takes_over(school: School, late: Tree) -> None:
    okafor, lind = school.tablet(school.cast.okafor), school.tablet(school.cast.lind)
    decide(lind, late["id"], "take_over")
    roll = okafor.roll(school.cast.eight_a)
    stated = {mark["student_id"]: mark["presence"] for mark in late["marks"]}
    assert presences(roll) == stated
    assert (roll["contested"], roll["safety"]) == (0, 0)


def test_A13_a_sealed_note_is_read_in_words_and_taken_over_with_the_roll(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    school.change(ROLLS, {"void_reason": "no_meeting"}, roll_id=school.cast.eight_a.roll())
    given, student = ruiz.bootstrap()["sealing"], school.cast.eight_a.students[3]
    op = ruiz.op(school.cast.eight_a)
    op["marks"][3]["note_sealed"] = seal_note(
        read(given["public"]), UUID(given["key_id"]), "bus 12", UUID(op["id"]), student, bytes(12)
    )
    assert [one["reason"] for one in ruiz.push(op)] == ["roll_void"]
    told = lind.get(f"held/{op['id']}")["marks"][3]
    assert told == {"student_id": str(student), "presence": "present", "note": "bus 12"}
    decide(lind, op["id"], "take_over", students=[str(student)])
    (mark,) = lind.roll(school.cast.eight_a)["marks"]
    assert (mark["student_id"], mark["presence"], mark["notes"]) == (str(student), "present", 1)
    assert differences(school) == []


def test_W5_the_list_of_what_was_resolved_is_newest_first(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    ops = [ruiz.op(school.cast.eight_a, roll_id=str(uuid4())) for _ in range(3)]
    ruiz.push(*ops)
    assert [one["op_id"] for one in waiting(lind)] == [op["id"] for op in ops]
    for op in ops[:2]:
        decide(lind, op["id"], "set_aside", "Of last year.")
    resolved = lind.get("held?resolved=1")["held"]
    assert [one["op_id"] for one in resolved] == [ops[1]["id"], ops[0]["id"]]
    assert {one["resolution"]["why"] for one in resolved} == {"Of last year."}
    assert [one["op_id"] for one in waiting(lind)] == [ops[2]["id"]]


def test_W5_a_reader_that_was_away_hears_of_the_end_alone(school: School, late: Tree) -> None:
    lind, moss = school.tablet(school.cast.lind), school.tablet(school.cast.moss)
    moss.bootstrap()
    decide(lind, late["id"], "set_aside", "So it is.")
    moss.cursor = f"{moss.epoch}.0"
    told = [one for one in moss.pull(limit=1) if one["type"] == "held"]
    assert [(one["op_id"], one["resolution"]["how"]) for one in told] == [(late["id"], "set_aside")]


def test_W5_a_tablet_that_begins_anew_hears_what_became_of_its_own(
    school: School, late: Tree
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    okafor = school.tablet(school.cast.okafor)
    assert [one["resolution"] for one in ruiz.bootstrap()["held"]] == [None]
    decide(lind, late["id"], "set_aside", "So it is.")
    (item,) = ruiz.bootstrap()["held"]
    assert (item["op_id"], item["resolution"]["why"]) == (late["id"], "So it is.")
    assert okafor.bootstrap()["held"] == lind.bootstrap()["held"] == []
    school.clock.forward(days=22)
    assert ruiz.bootstrap()["held"] == []


def test_A13_sent_again_while_the_office_decides_it_is_one_op(school: School, late: Tree) -> None:
    """Sixteen pushes of the same op and four clerks at once: one end, one ruling, one op."""
    ruiz = school.tablet(school.cast.ruiz)
    desks = [school.tablet(person) for person in (school.cast.lind, school.cast.moss) * 2]
    heard: list[Any] = []

    def push() -> None:
        heard.extend(ruiz.push(late))

    def settle(desk: Tablet) -> None:
        heard.append(ask(desk, late["id"], "take_over").status_code)

    threads = [threading.Thread(target=push) for _ in range(16)]
    threads += [threading.Thread(target=settle, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(one for one in heard if isinstance(one, int))
    assert statuses == [200, 409, 409, 409]
    assert {one["outcome"] for one in heard if isinstance(one, dict)} == {"held"}
    assert len(school.rows(ENDS)) == 1
    assert len(school.rows(OPS, kind="rule")) == 1
    assert differences(school) == []


def test_A14_the_instant_of_receipt_never_goes_back(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    from server.models import DeskAct  # noqa: PLC0415 - only this story reads them

    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    right = local(school.clock.now().date(), 8, 10)
    school.clock.set(right)
    ruiz.push(ruiz.op(school.cast.eight_a))
    school.clock.forward(minutes=-40)
    for _ in range(2):
        (result,) = okafor.push(okafor.op(school.cast.eight_a, absent=[2], taken_at=right))
        assert result["received_at"] == "2026-10-06T15:10:00.000Z"
    (noted,) = school.rows(table_of(DeskAct))
    assert (noted.kind, noted.at, noted.by) == ("clock_went_back", right, None)
    assert [one.message for one in caplog.records].count("clock_went_back") == 1
    ready = school.app.test_client().get("/ready").get_json()
    (clock,) = [one for one in ready["checks"] if one["name"] == "clock"]
    assert clock["detail"] == (
        "The server's clock is 40 min behind what it has received already. Set it right;"
        " if it is right now, run `rollbook clock put-right`."
    )
    school.clock.set(right)
    school.clock.forward(seconds=3)
    (result,) = okafor.push(okafor.op(school.cast.eight_a, absent=[5]))
    assert result["received_at"] == "2026-10-06T15:10:03.000Z"
    ready = school.app.test_client().get("/ready").get_json()
    assert {"name": "clock", "ok": True, "detail": "runs on"} in ready["checks"]
    assert differences(school) == []
