"""The office corrects marks and says why: many at once, looked at first, taken back, and never over
somebody else's word unseen."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from server.columns import spell
from server.models import OpEntry, table_of
from server.record import unpack_op
from server.services.change_pack import choose_pack
from server.services.check import check
from tests.support.api import School, Tablet
from tests.support.cast import MORNING, TUESDAY, WEDNESDAY, Class, local

Tree = dict[str, Any]
WHY = "A call from home"


class Desk:
    """Lind at the desk, with the grid before her."""

    def __init__(self, school: School, person: Any = None) -> None:
        self.school = school
        self.tablet: Tablet = school.tablet(person or school.cast.lind)
        self.on = TUESDAY
        self.look()

    def look(self) -> None:
        self.grid = self.tablet.get(f"grid?on={self.on}")

    def roll(self, one: Class) -> Tree:
        wanted = str(one.roll(self.on))
        return next(roll for roll in self.grid["rolls"] if roll["roll_id"] == wanted)

    def cell(self, one: Class, place: int) -> Tree:
        """A mark of the grid, with the ops that stand."""
        roll, num = self.roll(one), place + (31 if one.title == "8B" else 1)
        letter = roll["presences"][roll["nums"].index(num)]
        odd: Tree = next((mark for mark in roll["odd"] if mark["num"] == num), {})
        heads = odd.get("heads", [0] if letter != "-" else [])
        return {**odd, "letter": letter, "heads": [roll["ops"][head] for head in heads]}

    def line(self, one: Class, place: int, **said: Any) -> Tree:
        """What she wants to say, seeing what the grid shows."""
        return {
            "roll_id": str(one.roll(self.on)),
            "student_id": str(one.students[place]),
            "seen": self.cell(one, place)["heads"],
            **said,
        }

    def send(self, *lines: Tree, preview: bool = False, ruling_id: str | None = None) -> Any:
        body = {
            "ruling_id": ruling_id or str(uuid4()),
            "preview": preview,
            "rulings": list(lines),
        }
        return self.tablet.post("rulings", body)

    def rule(self, *lines: Tree, **how: Any) -> Tree:
        answer = self.send(*lines, **how)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told: Tree = answer.get_json()
        self.look()
        return told


@pytest.fixture
def taken(school: School) -> School:
    """Ruiz has taken 8A, with the third student absent; the school uses California's codes."""
    choose_pack(school.engine, school.cast.birch, "california_lausd", None, MORNING)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[2]))
    school.clock.forward(minutes=10)
    return school


def says(told: Tree) -> list[str]:
    return [line["says"] for line in told["lines"]]


def test_H3_an_absence_is_given_its_reason_and_both_lanes_are_seen(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    told = desk.rule(desk.line(eight_a, 2, reason="A-1", evidence="call 8:10"))
    assert told["made"] == 1
    assert says(told) == ["Absent becomes absent, Illness, by the family's word (A-1)."]
    cell = desk.cell(eight_a, 2)
    assert (cell["letter"], cell["reason"], cell["excused"]) == ("a", "A-1", True)
    assert cell["evidence"] == "call 8:10"
    assert cell["heads"] == told["lines"][0]["heads"]
    (roll,) = told["rolls"]
    assert roll == desk.roll(eight_a)


def test_H2_a_presence_is_corrected_only_with_a_reason(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    told = desk.rule(desk.line(eight_a, 2, presence="present", why="  "))
    assert says(told) == ["Say why the mark changes: the reason is kept with it."]
    assert desk.cell(eight_a, 2)["letter"] == "a"
    told = desk.rule(desk.line(eight_a, 2, presence="present", why=WHY))
    assert says(told) == ["Absent becomes present."]
    cell = desk.cell(eight_a, 2)
    assert (cell["letter"], cell["seen"], cell["office"]) == ("p", "absent", "present")
    told = desk.rule(desk.line(eight_a, 3, why=WHY))
    assert says(told) == ["Nothing is said of this mark."]


def test_H3_looking_first_writes_nothing_and_says_what_would_be(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    ops = len(taken.rows(table_of(OpEntry)))
    arrived = spell(local(TUESDAY, 8, 12))
    lines = [
        desk.line(eight_a, 4, presence="late", arrived_at=arrived, why="The bus was late"),
        desk.line(eight_a, 5, presence="late", arrived_at=arrived, why="The bus was late"),
        desk.line(eight_a, 2, reason="A-6P"),
    ]
    told = desk.rule(*lines, preview=True)
    assert (told["preview"], told["made"], told["refused"]) == (True, 2, 1)
    assert says(told) == [
        "Present becomes late, 12 min.",
        "Present becomes late, 12 min.",
        "A-6P needs that the school was told before October 6, 2026. Say on which date.",
    ]
    assert len(taken.rows(table_of(OpEntry))) == ops
    seq = desk.grid["cursor"]
    desk.look()
    assert desk.grid["cursor"] == seq
    told = desk.rule(*lines)
    assert (told["made"], told["refused"]) == (2, 1)
    assert len(taken.rows(table_of(OpEntry))) == ops + 1
    assert desk.cell(eight_a, 4)["arrived_at"] == arrived


def test_K7_a_cap_counts_stored_marks_and_says_what_is_used(taken: School) -> None:
    cast = taken.cast
    desk = Desk(taken)
    noticed = {"reason": "A-6P", "noticed_on": "2026-10-01"}
    assert desk.rule(desk.line(cast.eight_a, 2, **noticed))["made"] == 1
    taken.clock.set(local(WEDNESDAY, 8, 20))
    ruiz = taken.tablet(cast.ruiz)
    ruiz.push(ruiz.op(cast.eight_a, absent=[2], on=WEDNESDAY))
    desk.on = WEDNESDAY
    desk.look()
    told = desk.rule(desk.line(cast.eight_a, 2, **noticed))
    (full,) = says(told)
    assert full == (
        "A-6P may be set for 1 day a school year, and 1 day is used."
        " An administrator may go beyond it with a reason."
    )
    moss = Desk(taken, cast.moss)
    moss.on = WEDNESDAY
    moss.look()
    line = moss.line(cast.eight_a, 2, **noticed, why="The march was moved", beyond_cap=True)
    assert moss.rule(line)["made"] == 1


def test_K7_days_of_one_incident_are_counted_by_its_name(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    assert says(desk.rule(desk.line(eight_a, 2, reason="A-5"), preview=True)) == [
        "A-5 is counted by incident. Name which one this day belongs to."
    ]
    for number in range(5):
        on = TUESDAY if number == 0 else WEDNESDAY.replace(day=(7, 8, 9, 13)[number - 1])
        taken.clock.set(local(on, 8, 20))
        if on != TUESDAY:
            ruiz = taken.tablet(taken.cast.ruiz)
            ruiz.push(ruiz.op(eight_a, absent=[2], on=on))
        desk.on = on
        desk.look()
        assert desk.rule(desk.line(eight_a, 2, reason="A-5", incident="Grandmother"))["made"] == 1
    on = WEDNESDAY.replace(day=14)
    taken.clock.set(local(on, 8, 20))
    ruiz = taken.tablet(taken.cast.ruiz)
    ruiz.push(ruiz.op(eight_a, absent=[2], on=on))
    desk.on = on
    desk.look()
    (full,) = says(desk.rule(desk.line(eight_a, 2, reason="A-5", incident="Grandmother")))
    assert full.startswith("A-5 may be set for 5 days an incident, and 5 days are used.")
    assert desk.rule(desk.line(eight_a, 2, reason="A-5", incident="An uncle"))["made"] == 1


def test_K5_codes_that_are_not_for_this_mark_or_person_are_told(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    lines = [
        desk.line(eight_a, 2, reason="SA"),
        desk.line(eight_a, 3, reason="A-9", note="A fact"),
        desk.line(eight_a, 4, reason="XX"),
        desk.line(eight_a, 5, presence="elsewhere", reason="SA", why="Museum"),
        desk.line(eight_a, 6, presence="elsewhere", reason="SA", why="Museum", note="Ms Brandt"),
    ]
    assert says(desk.rule(*lines)) == [
        "SA explains elsewhere. This mark is absent.",
        "A-9 is set by an administrator.",
        "There is no code XX.",
        "SA asks for a note. The supervising employee.",
        "Present becomes elsewhere, School activity or field trip (SA).",
    ]


def test_H1_a_mark_that_another_clerk_changed_is_told_and_nothing_is_saved(taken: School) -> None:
    eight_a = taken.cast.eight_a
    lind, moss = Desk(taken), Desk(taken, taken.cast.moss)
    lind.rule(lind.line(eight_a, 2, reason="A-1"))
    taken.clock.forward(minutes=1)
    lines = [
        moss.line(eight_a, 3, presence="absent", why="Not seen in class"),
        moss.line(eight_a, 2, presence="present", why="At the window"),
    ]
    answer = moss.send(*lines)
    assert answer.status_code == 409
    problem = answer.get_json()
    assert problem["code"] == "changed_meanwhile"
    (cell,) = problem["cells"]
    assert cell["says"] == (
        "R. Lind gave the reason Illness, by the family's word (A-1) at 8:13."
        " Absent, Illness, by the family's word (A-1) stands now."
    )
    moss.look()
    assert moss.cell(eight_a, 3)["letter"] == "p"
    assert moss.cell(eight_a, 2)["letter"] == "a"
    told = moss.rule(lines[0], {**lines[1], "seen": cell["heads"]})
    assert told["made"] == 2
    assert moss.cell(eight_a, 2)["letter"] == "p"


def test_H1_a_preview_tells_what_changed_beside_the_rest(taken: School) -> None:
    eight_a = taken.cast.eight_a
    lind, moss = Desk(taken), Desk(taken, taken.cast.moss)
    lind.rule(lind.line(eight_a, 2, presence="late", why="Came by bus"))
    lines = [
        moss.line(eight_a, 2, presence="present", why=WHY),
        moss.line(eight_a, 3, evidence="x"),
    ]
    told = moss.rule(*lines, preview=True)
    assert [line["made"] for line in told["lines"]] == [False, True]
    assert says(told)[0] == "R. Lind ruled late at 8:13: “Came by bus”. Late stands now."


def test_H4_a_ruling_is_taken_back_to_what_stood_before(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    first = desk.rule(desk.line(eight_a, 2, reason="A-1"))["lines"][0]
    taken.clock.forward(minutes=1)
    told = desk.rule(
        desk.line(eight_a, 2, presence="present", reason="", why=WHY),
        desk.line(eight_a, 3, presence="absent", why=WHY),
    )
    taken.clock.forward(minutes=1)
    undo = [
        {
            "roll_id": line["roll_id"],
            "student_id": line["student_id"],
            "seen": line["heads"],
            "takes_back": line["op_id"],
        }
        for line in told["lines"]
    ]
    back = desk.rule(*undo)
    assert back["made"] == 2
    absent, present = desk.cell(eight_a, 2), desk.cell(eight_a, 3)
    assert (absent["letter"], absent["reason"]) == ("a", "A-1")
    assert (present["letter"], present.get("flags")) == ("p", None)
    taken.clock.forward(minutes=1)
    again = desk.rule(*undo[:1], preview=True)
    assert not again["lines"][0]["made"]
    history = desk.tablet.get(f"rolls/{eight_a.roll()}")
    assert [entry["kind"] for entry in history["entries"]] == ["submit", "rule", "rule", "rule"]
    assert first["op_id"] in {entry["op_id"] for entry in history["entries"]}


def test_H4_a_reason_that_comes_back_belongs_to_its_incident_again(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    desk.rule(desk.line(eight_a, 2, reason="A-5", incident="Grandmother"))
    taken.clock.forward(minutes=1)
    (line,) = desk.rule(desk.line(eight_a, 2, reason="A-1"))["lines"]
    taken.clock.forward(minutes=1)
    back = {name: line[name] for name in ("roll_id", "student_id")}
    desk.rule({**back, "seen": line["heads"], "takes_back": line["op_id"]})
    entry = taken.rows(table_of(OpEntry))[-1]
    (mark,) = unpack_op(entry.payload, {3: "her"})["marks"]
    assert (mark["reason"], mark["incident"]) == ("A-5", "Grandmother")


def test_H4_what_somebody_changed_since_is_not_taken_back_unseen(taken: School) -> None:
    eight_a = taken.cast.eight_a
    lind, moss = Desk(taken), Desk(taken, taken.cast.moss)
    (line,) = lind.rule(lind.line(eight_a, 2, presence="late", why=WHY))["lines"]
    moss.look()
    moss.rule(moss.line(eight_a, 2, presence="present", why="Seen by me"))
    undo = {name: line[name] for name in ("roll_id", "student_id")}
    answer = lind.send({**undo, "seen": line["heads"], "takes_back": line["op_id"]})
    assert answer.status_code == 409
    assert "T. Moss ruled present" in answer.get_json()["cells"][0]["says"]


def test_H5_the_same_request_sent_twice_is_made_once(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    lines = [desk.line(eight_a, 2, presence="present", why=WHY), desk.line(eight_a, 3, reason="XX")]
    ruling_id = str(uuid4())
    first = desk.rule(*lines, ruling_id=ruling_id)
    ops = len(taken.rows(table_of(OpEntry)))
    again = desk.rule(*lines, ruling_id=ruling_id)
    assert len(taken.rows(table_of(OpEntry))) == ops
    assert [line["made"] for line in again["lines"]] == [True, False]
    assert again["lines"][0]["op_id"] == first["lines"][0]["op_id"]
    assert again["lines"][0]["heads"] == first["lines"][0]["heads"]


def test_H3_what_the_log_would_hold_is_told_and_not_sent(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    moss = taken.tablet(taken.cast.moss)
    moss.post(f"rolls/{taken.cast.eight_b.roll()}/certification", {"how": "lock", "revision": 0})
    locked = desk.line(taken.cast.eight_b, 2, presence="elsewhere", why="Museum")
    stranger = {
        **desk.line(eight_a, 2, reason="A-1"),
        "student_id": str(taken.cast.eight_b.students[0]),
    }
    unknown = {**desk.line(eight_a, 4, reason="A-1"), "roll_id": str(uuid4())}
    good = desk.line(eight_a, 2, reason="A-1")
    before = taken.rows(table_of(OpEntry))
    assert before[-1].kind == "lock"
    told = desk.rule(locked, stranger, unknown, good)
    assert says(told)[:3] == [
        "The roll is locked. An administrator can reopen it.",
        "The student is not on this roll.",
        "The school knows no such roll.",
    ]
    assert told["made"] == 1
    entries = taken.rows(table_of(OpEntry))
    assert len(entries) == len(before) + 1
    assert {entry.outcome for entry in entries} == {"accepted"}


def test_a_reason_may_be_known_before_anybody_looks(taken: School) -> None:
    desk, eight_b = Desk(taken), taken.cast.eight_b
    told = desk.rule(desk.line(eight_b, 0, reason="A-2"), desk.line(eight_b, 1, reason="A-3"))
    assert [line["made"] for line in told["lines"]] == [True, False]
    assert says(told)[1] == "A-3 cannot be known before somebody has looked."
    assert desk.roll(eight_b)["state"] == "not_taken"


def test_two_rulings_on_one_mark_are_refused(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    line = desk.line(eight_a, 2, reason="A-1")
    assert desk.send(line, line).status_code == 422


def test_the_record_is_as_the_log_says(taken: School) -> None:
    desk, eight_a = Desk(taken), taken.cast.eight_a
    said = {"presence": "absent", "reason": "A-1", "why": WHY}
    told = desk.rule(*(desk.line(eight_a, place, **said) for place in range(30)))
    assert told["made"] == 30
    assert [list(found.differences) for found in check(taken.engine)] == [[], []]
