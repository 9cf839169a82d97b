"""What was held is judged again when the school knows more, and joins the record as it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from click.testing import CliRunner

from schemas.fast import Header, Sent, read_op
from server.cli import cli
from server.commands.rehear import hear_what_waits
from server.models import CaptureGrant, Enrollment, OpEntry, Resolution, RollRow, Section, table_of
from server.services.rehear import hear_again, hear_everywhere
from server.settings import Settings
from tests.server.held_desk import decide, differences, waiting
from tests.support.api import School, Tablet, Tree, presences
from tests.support.cast import TUESDAY, WEDNESDAY, local

OPS, ENDS, ROLLS = table_of(OpEntry), table_of(Resolution), table_of(RollRow)
GRANTS = table_of(CaptureGrant)


def hear(school: School) -> int:
    return hear_everywhere(school.engine, school.clock.now())


def of_an_older_server(raw: bytes) -> Sent:
    """How a server read an op that it was too old for."""
    sent = read_op(raw)
    assert sent.tree is not None
    return Sent(raw, sent.digest, sent.tree, header=msgspec.convert(sent.tree, Header))


@pytest.fixture
def from_a_newer_app(school: School, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Ruiz's roll came to a server that did not understand it yet."""
    ruiz = school.tablet(school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a, absent=[3])
    with monkeypatch.context() as older:
        older.setattr("server.services.push.read_op", of_an_older_server)
        (result,) = ruiz.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "unsupported_kind")
    return op


def test_A12_a_newer_server_takes_in_what_an_older_one_kept(
    school: School, from_a_newer_app: Tree
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    ruiz.bootstrap(), lind.bootstrap()
    school.clock.set(local(WEDNESDAY, 9))
    assert hear(school) == 1
    assert waiting(lind) == []
    roll = ruiz.roll(school.cast.eight_a)
    told = {mark["student_id"]: mark["presence"] for mark in from_a_newer_app["marks"]}
    assert presences(roll) == told
    assert (roll["timeliness"], roll["next_day"]) == ("on_time", False)
    (again,) = ruiz.push(from_a_newer_app)
    assert (again["outcome"], again["reason"], again["detail"]) == ("accepted", None, None)
    assert again["roll"]["timeliness"] == "on_time"
    assert again["seq"] == roll["seq"]
    assert differences(school) == []


def test_W5_readers_learn_from_the_feed_that_it_waits_no_more(
    school: School, from_a_newer_app: Tree
) -> None:
    lind, ruiz = school.tablet(school.cast.lind), school.tablet(school.cast.ruiz)
    okafor = school.tablet(school.cast.okafor)
    for tablet in (lind, ruiz, okafor):
        tablet.bootstrap()
    hear(school)
    for tablet in (lind, ruiz):
        item, roll = sorted(tablet.pull(), key=lambda one: one["type"])
        assert item["op_id"] == from_a_newer_app["id"]
        assert item["resolution"]["how"] == "accepted"
        assert item["resolution"]["by"] is None
        assert item["detail"] == "It was judged again and is on the record now."
        assert (item["counts"]["absent"], item["marks_count"]) == (1, 30)
        assert roll["state"] == "submitted"
    assert [one["type"] for one in okafor.pull()] == ["roll"]


def test_A12_hearing_twice_is_hearing_once(school: School, from_a_newer_app: Tree) -> None:
    assert hear(school) == 1
    stand = (school.rows(OPS), school.rows(ENDS), school.rows(ROLLS))
    assert hear(school) == 0
    assert (school.rows(OPS), school.rows(ENDS), school.rows(ROLLS)) == stand
    assert len(school.rows(ENDS)) == 1


def test_A12_an_assignment_that_comes_after_the_roll_makes_it_hers(school: School) -> None:
    from server.models import Teaching  # noqa: PLC0415 - only this story changes it

    brandt = school.tablet(school.cast.brandt)
    (held,) = brandt.push(brandt.op(school.cast.eight_a))
    assert held["reason"] == "unknown_roll"
    school.change(
        table_of(Teaching),
        {"section_id": school.cast.eight_a.section_id},
        staff_id=school.cast.brandt.staff_id,
    )
    school.change(table_of(Section), {"roster_rev": 2}, section_id=school.cast.eight_a.section_id)
    assert hear(school) == 1
    assert school.tablet(school.cast.ruiz).roll(school.cast.eight_a)["state"] == "submitted"
    assert differences(school) == []


def test_A12_a_student_who_comes_on_the_roster_is_on_the_roll(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    newcomer = school.cast.eight_b.students[0]
    mark = {"student_id": str(newcomer), "presence": "present"}
    (held,) = ruiz.push(ruiz.op(school.cast.eight_a, marks=[mark]))
    (item,) = waiting(lind)
    assert (held["reason"], item["students"]) == ("not_enrolled", "Bao Bergqvist")
    assert item["detail"] == (
        "Bao Bergqvist is not enrolled in 8A on Tuesday, October 6. If the roster is wrong, put it"
        " right: then this is judged again by itself."
    )
    school.change(
        table_of(Enrollment),
        {"section_id": school.cast.eight_a.section_id},
        student_id=newcomer,
    )
    school.change(table_of(Section), {"roster_rev": 2}, section_id=school.cast.eight_a.section_id)
    assert hear(school) == 1
    assert presences(ruiz.roll(school.cast.eight_a))[str(newcomer)] == "present"
    assert differences(school) == []


def test_A12_a_roll_that_came_before_its_class_was_known_is_still_of_no_day_to_come(
    school: School,
) -> None:
    """Whoever sends tomorrow's roll does not make it true by waiting until it is known."""
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    school.change(ROLLS, {"void_reason": "no_meeting"}, roll_id=school.cast.eight_a.roll(WEDNESDAY))
    ruiz.push(ruiz.op(school.cast.eight_a, on=WEDNESDAY))
    assert [one["reason"] for one in waiting(lind)] == ["roll_void"]
    school.change(ROLLS, {"void_reason": None}, roll_id=school.cast.eight_a.roll(WEDNESDAY))
    school.clock.set(local(WEDNESDAY, 9))
    lind.bootstrap()
    assert hear(school) == 0
    assert [one["reason"] for one in lind.pull()] == ["not_open"]
    assert ruiz.roll(school.cast.eight_a, WEDNESDAY)["state"] == "not_taken"


def test_A12_what_waits_for_a_person_is_not_heard_by_itself(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    school.change(ROLLS, {"state": "locked"}, roll_id=school.cast.eight_a.roll())
    op = ruiz.op(school.cast.eight_a)
    ruiz.push(op)
    school.change(ROLLS, {"state": "not_taken"}, roll_id=school.cast.eight_a.roll())
    assert hear(school) == 0
    item = decide(lind, op["id"], "hear_again", "The lock was a mistake.")
    assert item["resolution"]["by"]["name"] == "R. Lind"
    assert ruiz.roll(school.cast.eight_a)["state"] == "submitted"
    assert differences(school) == []


def test_A12_a_recovered_grant_brings_its_own_ops_only(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    lost, other = uuid4(), uuid4()
    mine = ruiz.op(school.cast.eight_a, grant=str(lost))
    ruiz.push(mine, okafor.op(school.cast.eight_b, grant=str(other)))
    for grant_id in (lost, other):
        register(school, grant_id)
    now = school.clock.now()
    assert hear_again(school.engine, school.cast.birch, grants={lost}, now=now) == 1
    assert [row.op_id.hex for row in school.rows(ENDS)] == [mine["id"].replace("-", "")]
    (row,) = school.rows(OPS, outcome="accepted")
    assert row.author == school.cast.ruiz.staff_id


def register(school: School, grant_id: Any) -> None:
    from server.db import writing  # noqa: PLC0415 - only this story writes a grant

    ruiz = school.cast.ruiz
    row = {
        "school_id": ruiz.school_id,
        "grant_id": grant_id,
        "staff_id": ruiz.staff_id,
        "device_id": ruiz.device_id,
        "created_at": local(date(2026, 9, 1), 8),
        "until_at": local(date(2026, 12, 1), 8),
    }
    with writing(school.engine) as connection:
        connection.execute(GRANTS.insert(), row)


def test_A12_one_that_makes_the_server_stumble_waits_on_and_the_others_are_heard(
    school: School,
) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    poison = ruiz.op(school.cast.eight_a, absent=[2], from_a_newer_app=2**70)
    nobodys = ruiz.op(school.cast.eight_a, on=WEDNESDAY)
    school.change(ROLLS, {"void_reason": "holiday"}, roll_id=school.cast.eight_a.roll())
    good = ruiz.op(school.cast.eight_a)
    assert {one["outcome"] for one in ruiz.push(poison, nobodys, good)} == {"held"}
    school.change(ROLLS, {"void_reason": None}, roll_id=school.cast.eight_a.roll())
    assert hear(school) == 1
    kept = {str(row.op_id): row.reason for row in school.rows(OPS, outcome="held")}
    assert kept.keys() == {poison["id"], nobodys["id"]}
    assert differences(school) == []


def test_a_school_where_nothing_waits_is_not_written(school: School) -> None:
    tablet: Tablet = school.tablet(school.cast.ruiz)
    tablet.push(tablet.op(school.cast.eight_a, on=TUESDAY))
    stand = school.rows(OPS)
    assert hear(school) == 0
    assert school.rows(OPS) == stand


def test_A12_the_operator_may_have_everything_judged_again(
    school: School, from_a_newer_app: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = school.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", url)
    for said in (
        "Held ops that are on the record now: 1.\n",
        "Held ops that are on the record now: 0.\n",
    ):
        told = CliRunner().invoke(cli, ["rehear"])
        assert (told.exit_code, told.output) == (0, said)
    roll = school.tablet(school.cast.ruiz).roll(school.cast.eight_a)
    assert roll["ops"] == [from_a_newer_app["id"]]


def test_A12_a_server_hears_what_waits_before_it_answers_and_starts_without_it(
    school: School, from_a_newer_app: Tree
) -> None:
    settings = Settings(database_url=school.engine.url.render_as_string(hide_password=False))
    hear_what_waits(settings)
    roll = school.tablet(school.cast.ruiz).roll(school.cast.eight_a)
    assert roll["ops"] == [from_a_newer_app["id"]]
    hear_what_waits(replace(settings, database_url="sqlite:////nowhere/at/all.sqlite"))
