"""Three weeks of 8A and 8B, pushed to the record through the API: some absent, some late, a roll
not taken, and the office's word on a few."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.support import cast
from tests.support.api import School, Tablet, Tree

UNTAKEN = 3
"""Nobody took 8B's roll on every so-many-eth day."""


def settle(school: School) -> None:
    """Push it all, day by day, up to Tuesday's first period."""
    chance = random.Random(8)
    ruiz, brandt = school.tablet(school.cast.ruiz), school.tablet(school.cast.brandt)
    lind = school.tablet(school.cast.lind)
    for n, on in enumerate(day for day in cast.school_days() if day <= cast.TUESDAY):
        school.clock.set(cast.local(on, 8, 6))
        first = ruiz.op(school.cast.eight_a, on=on, marks=_marks(chance, school.cast.eight_a, on))
        ruiz.push(first)
        if on < cast.TUESDAY and n % UNTAKEN != UNTAKEN - 1:
            school.clock.set(cast.local(on, 9, 4))
            marks = _marks(chance, school.cast.eight_b, on)
            brandt.push(brandt.op(school.cast.eight_b, on=on, marks=marks))
        if n % 2 == 0:
            _excuse(lind, first)
    school.clock.set(cast.local(cast.TUESDAY, 9, 31))


def _marks(chance: random.Random, one: cast.Class, on: date) -> list[Tree]:
    """One in twelve is away, more on Fridays; one student nearly always."""
    often = 0.14 if on.weekday() == 4 else 0.07
    marks: list[Tree] = []
    for place, student in enumerate(one.students):
        mark: Tree = {"student_id": str(student), "presence": "present"}
        dice = chance.random()
        if dice < (0.7 if place == 4 else often):
            mark["presence"] = "absent"
        elif dice > 0.96:
            bell = cast.local(on, 8 if one.title == "8A" else 9)
            arrived = bell + timedelta(minutes=4 + int(100 * (dice - 0.96)))
            mark |= {"presence": "late", "arrived_at": f"{arrived:%Y-%m-%dT%H:%M}:00.000Z"}
        marks.append(mark)
    return marks


def _excuse(desk: Tablet, taken: Tree) -> None:
    """The office's word on the first who is absent."""
    away = [mark for mark in taken["marks"] if mark["presence"] == "absent"][:2]
    said = [
        {"student_id": one["student_id"], "excused": True, "why": "A note from home."}
        for one in away
    ]
    if said:
        op = desk.op(desk.school.cast.eight_a, kind="rule", marks=said)
        desk.push(op | {"roll_id": taken["roll_id"]})
