"""Any roll and the day's board as they were known at a past instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from schemas.fast import Header, Sent, read_op
from server.columns import spell
from server.db import writing
from server.models import Enrollment, Section, table_of
from server.services.rehear import hear_everywhere
from server.services.roster_versions import keep_versions
from tests.support.api import School, Tablet, Tree
from tests.support.cast import MORNING, TUESDAY, local

WORDS = ("present", "present", "late", "left_early", "absent")


def board(school: School, as_of: datetime | None = None) -> Tree:
    told: Tree = school.tablet(school.cast.lind).get(f"board?on={TUESDAY}{asked('&', as_of)}")
    return told


def history(school: School, as_of: datetime | None = None) -> Tree:
    roll_id = school.cast.eight_a.roll()
    told: Tree = school.tablet(school.cast.lind).get(f"rolls/{roll_id}{asked('?', as_of)}")
    return told


def asked(how: str, as_of: datetime | None) -> str:
    return "" if as_of is None else f"{how}as_of={spell(as_of)}"


def without_its_time(told: Tree) -> Tree:
    """Beside what the answer says of itself, and what is always today's: the place in the feed,
    why an op waits that was judged again and waits on, and how a teacher is reached."""
    rolls = [told["roll"]] if "roll" in told else told["rolls"]
    for one in (*rolls, *told.get("entries", ())):
        one["seq"] = 0
    for entry in told.get("entries", ()):
        entry["reason"] = entry["reason"] if entry["outcome"] == "accepted" else "waits"
    for teacher in told.get("teachers", ()):
        teacher["seen_at"] = teacher["reach"] = teacher["reach_why"] = None
    untold = {"as_of", "roster_as_of", "cursor", "server_time"}
    return {name: fact for name, fact in told.items() if name not in untold}


class Life:
    """A morning of one class: two teachers and the office say things, seen or unseen, late or not,
    are held and taken in again, and the roll is certified and opened."""

    def __init__(self, school: School, seed: int, older: pytest.MonkeyPatch) -> None:
        self.school, self.chance, self.older = school, Random(seed), older
        cast = school.cast
        self.tablets = [school.tablet(one) for one in (cast.ruiz, cast.okafor, cast.lind)]
        self.moss = school.tablet(cast.moss)
        self.said: list[str] = []
        self.waiting: list[tuple[Tablet, Tree]] = []

    def go_on(self) -> None:
        """One more thing happens."""
        self.school.clock.forward(seconds=self.chance.randint(20, 400))
        what = self.chance.random()
        if what < 0.12:
            self._certify()
        elif what < 0.2:
            hear_everywhere(self.school.engine, self.school.clock.now())
        elif what < 0.3 and self.waiting:
            tablet, op = self.waiting.pop()
            tablet.push(op)
        else:
            tablet = self.chance.choice(self.tablets)
            op = self._op(tablet)
            self.said.append(op["id"])
            if what > 0.85:
                self.waiting.append((tablet, op))
            elif what > 0.7:
                self._push_to_an_older_server(tablet, op)
            else:
                tablet.push(op)

    def _push_to_an_older_server(self, tablet: Tablet, op: Tree) -> None:
        """It is held until it is heard again."""
        with self.older.context() as older:
            older.setattr("server.services.push.read_op", of_an_older_server)
            (result,) = tablet.push(op)
        assert result["outcome"] == "held"

    def _op(self, tablet: Tablet) -> Tree:
        students = self.chance.sample(self.school.cast.eight_a.students, 4)
        seen = [one for one in self.said if self.chance.random() < 0.5]
        marks = [self._mark(str(one), seen) for one in students]
        if tablet is self.tablets[2] and self.chance.random() < 0.7:
            return tablet.op(self.school.cast.eight_a, kind="rule", marks=marks)
        return tablet.op(self.school.cast.eight_a, marks=marks)

    def _mark(self, student_id: str, seen: list[str]) -> Tree:
        presence = self.chance.choice(WORDS)
        return {"student_id": student_id, "presence": presence, "parents": seen[-4:]}

    def _certify(self) -> None:
        roll = self.moss.roll(self.school.cast.eight_a)
        body: dict[str, Any] = {"how": "certify", "revision": roll["revision"]}
        if roll["state"] in {"certified", "corrected", "locked"}:
            body |= {"how": "reopen", "why": "The wrong week."}
        self.moss.post(f"rolls/{roll['roll_id']}/certification", body)


def of_an_older_server(raw: bytes) -> Sent:
    """How a server reads an op that it is too old for."""
    sent = read_op(raw)
    assert sent.tree is not None
    return Sent(raw, sent.digest, sent.tree, header=msgspec.convert(sent.tree, Header))


@pytest.mark.parametrize("seed", range(6))
def test_W4_every_instant_reads_again_as_it_read_then(
    school: School, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told after each thing that happened is what the time machine tells of it; that of
    now is the present."""
    life, told = Life(school, seed, monkeypatch), []
    for _ in range(12):
        life.go_on()
        now = school.clock.now()
        told.append((now, without_its_time(board(school)), without_its_time(history(school))))
    school.clock.forward(hours=3)
    for at, as_board, as_history in told:
        assert without_its_time(board(school, at)) == as_board
        assert without_its_time(history(school, at)) == as_history
    now = school.clock.now()
    assert without_its_time(board(school, now)) == without_its_time(board(school))
    assert without_its_time(history(school, now)) == without_its_time(history(school))


def test_W4_before_anything_came_the_roll_was_not_taken(school: School) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    before = history(school, MORNING - timedelta(seconds=1))
    assert (before["roll"]["state"], before["roll"]["marks"], before["entries"]) == (
        "not_taken",
        [],
        [],
    )
    assert before["as_of"] == spell(MORNING - timedelta(seconds=1))
    roll_id = str(school.cast.eight_a.roll())
    early = board(school, MORNING - timedelta(seconds=1))
    (roll,) = [one for one in early["rolls"] if one["roll_id"] == roll_id]
    assert (roll["state"], roll["timeliness"], roll["by_name"]) == ("not_taken", None, None)
    assert history(school)["as_of"] is None


def test_W4_a_board_says_when_it_is_of_today_who_was_enrolled(school: School) -> None:
    """The cast came without an import: no older roster is kept, and the answer says so."""
    assert board(school, local(TUESDAY, 9))["roster_as_of"] is None


def test_W4_what_is_no_instant_is_refused(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    answer = lind.client.get(f"{lind.path}/board?as_of=yesterday")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")


def keep_rosters(school: School) -> None:
    """As an import does after it changed them."""
    with writing(school.engine) as connection:
        keep_versions(connection, table_of(Section).alias("touched"), school.clock.now())


def counted(school: School, as_of: datetime | None = None) -> int:
    """How many students 8A has on the board."""
    section_id = str(school.cast.eight_a.section_id)
    told = {one["section_id"]: one["count"] for one in board(school, as_of)["sections"]}
    return int(told[section_id])


def test_W4_a_student_who_left_is_on_the_roll_of_before(school: School) -> None:
    gone, eight_a = school.cast.eight_a.students[4], school.cast.eight_a
    keep_rosters(school)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(eight_a, absent=[4]))
    before = school.clock.forward(minutes=10)
    school.clock.forward(minutes=10)
    school.change(table_of(Enrollment), {"active": False}, student_id=gone)
    school.change(table_of(Section), {"roster_rev": 2}, section_id=eight_a.section_id)
    changed = school.clock.now()
    with writing(school.engine) as connection:
        one = select(table_of(Section)).where(table_of(Section).c.roster_rev == 2)
        keep_versions(connection, one.subquery("touched"), changed)
    school.clock.forward(hours=1)
    names = {one["student_id"] for one in history(school, before)["roll"]["marks"]}
    assert names == set(map(str, eight_a.students))
    assert str(gone) not in {one["student_id"] for one in history(school)["roll"]["marks"]}
    assert counted(school, before) == len(eight_a.students)
    assert counted(school) == len(eight_a.students) - 1
    assert history(school, before)["roster_as_of"] == spell(MORNING)
    assert history(school, school.clock.now())["roster_as_of"] == spell(changed)


def test_W4_what_was_held_is_held_until_it_was_resolved(school: School) -> None:
    """The office sets a roll aside that came after the roll was locked; at ten it still waited."""
    moss, ruiz = school.tablet(school.cast.moss), school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    roll = moss.roll(school.cast.eight_a)
    where = f"rolls/{roll['roll_id']}/certification"
    locked = moss.post(where, {"how": "lock", "revision": roll["revision"]})
    assert locked.status_code == 200, locked.get_json()
    school.clock.forward(minutes=5)
    late = ruiz.op(school.cast.eight_a, absent=[3])
    (held,) = ruiz.push(late)
    assert (held["outcome"], held["reason"]) == ("held", "locked")
    ten = school.clock.forward(minutes=5)
    school.clock.forward(minutes=5)
    body = {"how": "set_aside", "why": "He was there: I saw him."}
    done = moss.post(f"held/{late['id']}/resolution", body)
    assert done.status_code == 200, done.get_json()
    (then,) = [one for one in history(school, ten)["entries"] if one["op_id"] == late["id"]]
    (today,) = [one for one in history(school)["entries"] if one["op_id"] == late["id"]]
    assert (then["outcome"], then["reason"], then["resolution"]) == ("held", "locked", None)
    assert today["resolution"]["how"] == "set_aside"
    assert (today["resolution"]["why"], today["heard_at"]) == (body["why"], None)
    said = {one["student_id"]: one["presence"] for one in today["marks"]}
    assert said[str(school.cast.eight_a.students[3])] == "absent"
    assert [one["kind"] for one in history(school)["entries"]] == ["submit", "lock", "submit"]
