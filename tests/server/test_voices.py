"""Where people disagree, or the office ruled, a roll tells who said what: a story, not a diff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from server.columns import spell
from server.services.sift import sift_roll
from tests.support.api import School, Tablet, Tree, statements


def student(school: School, place: int) -> str:
    return str(school.cast.eight_a.students[place])


def voices(roll: Tree, student_id: str) -> list[Tree]:
    (mark,) = [one for one in roll["marks"] if one["student_id"] == student_id]
    told: list[Tree] = mark.get("voices", [])
    return told


def names(roll: Tree, told: list[Tree]) -> list[str]:
    return [roll["people"][one["by"]]["name"] for one in told]


def disagree(school: School) -> tuple[Tablet, Tablet, Tree, Tree]:
    """Ruiz marks Farid absent without a network; Okafor has seen him and says so at once."""
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    absent = ruiz.op(school.cast.eight_a, absent=[5])
    school.clock.forward(minutes=4)
    present = okafor.op(school.cast.eight_a)
    okafor.push(present)
    school.clock.forward(minutes=2)
    ruiz.push(absent)
    return ruiz, okafor, absent, present


def test_W2_two_teachers_who_differ_are_both_heard_wherever_the_roll_is_read(
    school: School,
) -> None:
    ruiz, _, absent, present = disagree(school)
    from_feed = {one["roll_id"]: one for one in ruiz.bootstrap()["rolls"]}
    told = ruiz.roll(school.cast.eight_a)
    assert from_feed[told["roll_id"]] == told
    seen, missed = voices(told, student(school, 5))
    assert names(told, [seen, missed]) == ["N. Okafor", "D. Ruiz"]
    assert [told["ops"][one["op"]] for one in (seen, missed)] == [present["id"], absent["id"]]
    assert (seen["presence"], seen["offline"]) == ("present", False)
    assert (missed["presence"], missed["offline"]) == ("absent", True)
    assert missed["taken_at"] == absent["taken_at"]
    assert missed["received_at"] == spell(school.clock.now())
    assert voices(told, student(school, 4)) == []


def test_W2_the_feed_tells_the_voices_with_the_roll(school: School) -> None:
    okafor = school.tablet(school.cast.okafor)
    okafor.bootstrap()
    disagree(school)
    (roll,) = [one for one in okafor.pull() if one["type"] == "roll"]
    assert len(voices(roll, student(school, 5))) == 2


def test_W2_a_ruling_is_heard_with_its_words_before_what_was_said_before(school: School) -> None:
    ruiz, _, absent, present = disagree(school)
    lind = school.tablet(school.cast.lind)
    ruling = {
        "student_id": student(school, 5),
        "presence": "late",
        "arrived_at": "2026-10-06T15:06:00.000Z",
        "why": "He signed in at the front desk.",
        "parents": [absent["id"], present["id"]],
    }
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[ruling]))
    told = ruiz.roll(school.cast.eight_a)
    first, *others = voices(told, student(school, 5))
    assert (first["kind"], first["presence"], first["why"]) == ("rule", "late", ruling["why"])
    assert first["arrived_at"] == ruling["arrived_at"]
    assert set(names(told, others)) == {"N. Okafor", "D. Ruiz"}


def test_W2_each_person_speaks_once_beside_what_stands(school: School) -> None:
    """Ruiz changed her mind and then agreed: nobody needs her first two words."""
    ruiz, okafor, absent, present = disagree(school)
    late = {"student_id": student(school, 5), "presence": "late", "parents": [absent["id"]]}
    ruiz.push(ruiz.op(school.cast.eight_a, marks=[late]))
    told = okafor.roll(school.cast.eight_a)
    assert [one["presence"] for one in voices(told, student(school, 5))] == ["late", "present"]
    assert names(told, voices(told, student(school, 5))) == ["D. Ruiz", "N. Okafor"]
    assert present["id"] in told["ops"]


def test_W2_a_plain_roll_asks_the_database_nothing_more(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[5]))
    ruiz.bootstrap()  # rosters are kept from here on
    with statements(school.engine) as plain:
        ruiz.bootstrap()
    okafor = school.tablet(school.cast.okafor)
    okafor.push(okafor.op(school.cast.eight_a))
    with statements(school.engine) as contested:
        ruiz.bootstrap()
    assert len(contested) == len(plain) + 1
    assert not any("heard_again" in one for one in plain)
    assert sum("heard_again" in one for one in contested) == 1


def test_W2_whoever_holds_a_day_pass_hears_presence_and_times_alone(school: School) -> None:
    disagree(school)
    lind = school.tablet(school.cast.lind)
    ruling: dict[str, Any] = {"student_id": student(school, 5), "presence": "present"}
    ruling |= {"why": "His mother called.", "parents": []}
    source = {"how": "paper", "taken_by": "the librarian"}
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[ruling], source=source))
    whole = lind.roll(school.cast.eight_a)
    (ruled, *_), (sifted, *_) = (
        voices(roll, student(school, 5)) for roll in (whole, sift_roll(whole))
    )
    assert (ruled["why"], ruled["source"]) == ("His mother called.", source)
    assert sifted == {name: ruled[name] for name in ruled if name not in {"why", "source"}}


def test_W2_offline_is_more_than_two_minutes_between_tap_and_receipt(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    okafor.push(okafor.op(school.cast.eight_a))
    op = ruiz.op(school.cast.eight_a, absent=[5])
    school.clock.set(school.clock.now() + timedelta(minutes=2))
    ruiz.push(op)
    told = ruiz.roll(school.cast.eight_a)
    assert [one["offline"] for one in voices(told, student(school, 5))] == [False, False]
