"""Two people, one roll: both are kept, one value stands by rule, and a person is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from server.models import MarkException, Student, table_of
from tests.support.api import School, presences
from tests.support.cast import local


def student(school: School, place: int) -> str:
    return str(school.cast.eight_a.students[place])


def mark(roll: dict[str, Any], student_id: str) -> dict[str, Any]:
    (found,) = [one for one in roll["marks"] if one["student_id"] == student_id]
    return dict(found)


def test_F4_F7_two_tablets_take_the_same_roll_unknown_to_each_other(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    ruiz.push(ruiz.op(school.cast.eight_a))
    (result,) = okafor.push(okafor.op(school.cast.eight_a, absent=[5]))
    (changed,) = result["marks"]
    assert changed == {
        "student_id": student(school, 5),
        "sent": "absent",
        "now": "present",
        "by": {
            "role": "teacher",
            "name": "D. Ruiz",
            "staff_id": str(school.cast.ruiz.staff_id),
        },
        "why": "sighting_stands",
        "flags": ["contested", "safety"],
    }
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["contested"], roll["safety"], roll["revision"]) == (1, 1, 2)
    assert mark(roll, student(school, 5))["flags"] == ["contested", "safety"]
    (row,) = school.rows(table_of(MarkException))
    assert row.flags == "contested,safety"
    (named,) = school.rows(table_of(Student), school_id=row.school_id, num=row.num)
    assert str(named.student_id) == student(school, 5)


def test_P3_the_order_of_arrival_changes_nothing(school: School) -> None:
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    one, other = ruiz.op(school.cast.eight_a), okafor.op(school.cast.eight_a, absent=[5])
    okafor.push(other)
    (result,) = ruiz.push(one)
    assert result["marks"] == []
    assert presences(ruiz.roll(school.cast.eight_a))[student(school, 5)] == "present"


def test_F2_a_correction_that_names_what_it_saw_replaces_it(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    first = tablet.op(school.cast.eight_a, absent=[5])
    late = {"student_id": student(school, 5), "presence": "late", "parents": [first["id"]]}
    late["arrived_at"] = "2026-10-06T15:09:00.000Z"
    school.clock.forward(minutes=6)
    fix = tablet.op(school.cast.eight_a, marks=[late])
    one, two = tablet.push(first, fix)
    assert (one["outcome"], two["outcome"]) == ("accepted", "accepted")
    roll = tablet.roll(school.cast.eight_a)
    found = mark(roll, student(school, 5))
    assert (found["presence"], found["arrived_at"]) == ("late", "2026-10-06T15:09:00.000Z")
    assert [roll["ops"][n] for n in found["heads"]] == [fix["id"]]
    assert (roll["contested"], roll["state"]) == (0, "submitted")


def test_F5_the_offices_ruling_stands_when_the_teacher_saves_again(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    first = ruiz.op(school.cast.eight_a, absent=[5])
    ruiz.push(first)
    ruling = {"student_id": student(school, 5), "presence": "elsewhere", "parents": [first["id"]]}
    ruling |= {"reason": "nurse", "excused": True, "why": "the nurse called"}
    (ruled,) = lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[ruling]))
    assert ruled["outcome"] == "accepted"
    again = ruiz.op(school.cast.eight_a, parents=[first["id"]])
    (result,) = ruiz.push(again)
    (changed,) = result["marks"]
    assert (changed["now"], changed["why"]) == ("elsewhere", "office_stands")
    assert changed["by"]["name"] == "R. Lind"
    found = mark(ruiz.roll(school.cast.eight_a), student(school, 5))
    assert (found["presence"], found["office"], found["seen"]) == (
        "elsewhere",
        "elsewhere",
        "present",
    )


def test_only_the_office_rules(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruling = {"student_id": student(school, 5), "presence": "elsewhere"}
    (result,) = ruiz.push(ruiz.op(school.cast.eight_a, kind="rule", marks=[ruling]))
    assert (result["outcome"], result["reason"]) == ("held", "unknown_roll")


def test_F5_5_a_teachers_elsewhere_states_nothing_and_is_told_back(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    first, second = (ruiz.op(school.cast.eight_a) for _ in range(2))
    for op in (first, second):
        op["marks"][5]["presence"] = "elsewhere"
    (result,) = ruiz.push(first)
    (told,) = result["marks"]
    assert (told["student_id"], told["why"]) == (student(school, 5), "office_only")
    assert (told["sent"], told["now"], told["by"]) == ("elsewhere", None, None)
    assert result["roll"]["unmarked"] == [student(school, 5)]
    assert ruiz.push(first) == [result | {"replayed": True}]

    ruling = {"student_id": student(school, 5), "presence": "absent"}
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[ruling]))
    (again,) = ruiz.push(second)
    (told,) = again["marks"]
    assert (told["now"], told["by"]["name"], told["why"]) == ("absent", "R. Lind", "office_only")


def test_F3_the_later_of_ones_own_two_tablets_stands(school: School) -> None:
    here = school.tablet(school.cast.ruiz)
    there = school.tablet(school.cast.ruiz, UUID(int=77))
    early = here.op(school.cast.eight_a)
    school.clock.forward(minutes=1)
    later = there.op(school.cast.eight_a, absent=[5])
    there.push(later)
    (result,) = here.push(early)
    (changed,) = result["marks"]
    assert (changed["now"], changed["why"]) == ("absent", "own_later")
    assert changed["flags"] == ["own_devices"]


def test_history_tells_every_entry_in_order_with_its_times(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    op = ruiz.op(school.cast.eight_a, absent=[5], taken_at=local(school.clock.now().date(), 8, 4))
    school.clock.set(local(school.clock.now().date(), 11))
    ruiz.push(op)
    note = {"student_id": student(school, 5), "note": "was at the door"}
    school.clock.forward(minutes=1)
    ruiz.push(ruiz.op(school.cast.eight_a, marks=[note]))
    told = lind.get(f"rolls/{school.cast.eight_a.roll()}")
    one, two = told["entries"]
    assert (one["timeliness"], one["device_label"]) == ("taken_on_time", "Tablet of D. Ruiz")
    assert one["author"]["name"] == "D. Ruiz"
    assert one["received_at"] > one["taken_at"]
    assert two["marks"] == [{"student_id": student(school, 5), "note": "was at the door"}]
    assert mark(told["roll"], student(school, 5))["notes"] == 1
    assert len(told["students"]) == 30
    assert school.clock.now() - timedelta(minutes=1) == local(school.clock.now().date(), 11)
