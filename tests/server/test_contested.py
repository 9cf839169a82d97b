"""The office's list of marks about which people disagree, each with all that a story needs."""

from __future__ import annotations

from datetime import timedelta

from server.columns import spell
from tests.support.api import School, Tablet, Tree
from tests.support.cast import TUESDAY, WEDNESDAY, local


def listed(school: School, **query: str) -> list[Tree]:
    lind = school.tablet(school.cast.lind)
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    items: list[Tree] = lind.get(f"contested?{asked}")["items"]
    return items


def student(school: School, place: int) -> str:
    return str(school.cast.eight_a.students[place])


def two_tablets(school: School) -> tuple[Tablet, Tablet]:
    return school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)


def mark(school: School, place: int, presence: str, parents: tuple[str, ...] = ()) -> Tree:
    return {"student_id": student(school, place), "presence": presence, "parents": list(parents)}


def test_W3_nobody_disagrees_and_the_list_is_empty(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[5]))
    okafor.push(okafor.op(school.cast.eight_a, absent=[5]))
    assert listed(school) == []


def test_W3_an_item_has_all_that_a_story_needs(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    absent = ruiz.op(school.cast.eight_a, absent=[5])
    school.clock.forward(minutes=2)
    present = okafor.op(school.cast.eight_a)
    okafor.push(present)
    since = school.clock.forward(minutes=6)
    ruiz.push(absent)
    school.clock.forward(minutes=1)
    (item,) = listed(school)
    assert item["since"] == spell(since)
    assert item["student"]["student_id"] == student(school, 5)
    assert item["student"]["given_name"]
    assert item["section"]["title"]
    assert {one["name"] for one in item["teachers"]} >= {"D. Ruiz", "N. Okafor"}
    assert set(item["teachers"][0]) == {"staff_id", "name", "room", "extension"}
    assert item["roll"]["contested"] == 1
    assert item["mark"]["flags"] == ["contested", "safety"]
    told = [
        (item["people"][one["by"]]["name"], one["presence"], item["ops"][one["op"]])
        for one in item["mark"]["voices"]
    ]
    assert told == [("N. Okafor", "present", present["id"]), ("D. Ruiz", "absent", absent["id"])]
    heads = {item["ops"][place] for place in item["mark"]["heads"]}
    assert heads == {absent["id"], present["id"]}


def test_W3_safety_comes_first_then_the_oldest(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3]))
    school.clock.forward(minutes=1)
    older = [mark(school, 1, "late"), mark(school, 2, "present"), mark(school, 3, "absent")]
    okafor.push(okafor.op(school.cast.eight_a, marks=older))
    school.clock.forward(minutes=1)
    newer = [mark(school, 2, "late"), mark(school, 3, "present")]
    lind = school.tablet(school.cast.lind)
    lind.push(lind.op(school.cast.eight_a, marks=newer))
    told = [(item["student"]["student_id"], item["mark"]["flags"]) for item in listed(school)]
    assert told == [
        (student(school, 3), ["contested", "safety"]),
        (student(school, 1), ["contested"]),
        (student(school, 2), ["contested"]),
    ]


def test_W3_dates_and_a_limit_narrow_the_list(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[4, 5]))
    okafor.push(okafor.op(school.cast.eight_a))
    school.clock.set(local(WEDNESDAY, 8, 5))
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[6], on=WEDNESDAY))
    okafor.push(okafor.op(school.cast.eight_a, on=WEDNESDAY))
    assert len(listed(school)) == 3
    assert len(listed(school, **{"from": f"{WEDNESDAY}"})) == 1
    assert len(listed(school, to=f"{TUESDAY}")) == 2
    assert len(listed(school, limit="2")) == 2
    lind = school.tablet(school.cast.lind)
    assert lind.get("contested?limit=2")["more"] is True
    assert lind.get("contested")["more"] is False


def test_F8_W3_an_op_that_names_all_heads_takes_the_item_off_the_list(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[5]))
    okafor.push(okafor.op(school.cast.eight_a))
    (item,) = listed(school)
    heads = tuple(item["ops"][place] for place in item["mark"]["heads"])
    lind = school.tablet(school.cast.lind)
    ruling = mark(school, 5, "present", heads) | {"why": "I saw him."}
    (answer,) = lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[ruling]))
    assert answer["outcome"] == "accepted"
    assert listed(school) == []


def test_W3_who_disagrees_anew_is_listed_since_then(school: School) -> None:
    ruiz, okafor = two_tablets(school)
    first = ruiz.op(school.cast.eight_a, absent=[5])
    ruiz.push(first)
    second = okafor.op(school.cast.eight_a)
    okafor.push(second)
    school.clock.forward(minutes=5)
    lind = school.tablet(school.cast.lind)
    settle = mark(school, 5, "absent", (first["id"], second["id"])) | {"why": "Called home."}
    ruling = lind.op(school.cast.eight_a, kind="rule", marks=[settle])
    lind.push(ruling)
    since = school.clock.now() + timedelta(minutes=5)
    school.clock.set(since)
    against = mark(school, 5, "present", (first["id"], second["id"], ruling["id"]))
    okafor.push(okafor.op(school.cast.eight_a, marks=[against]))
    (item,) = listed(school)
    assert item["since"] == spell(since)
