"""Day passes: a guest sees the listed rolls, the students of that date, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.models import Enrollment, Section, table_of
from tests.server.guest_tablet import asked, code_of, issue, redeem
from tests.support import cast
from tests.support.api import School, Tablet

Tree = dict[str, Any]


@pytest.fixture
def lind(school: School) -> Tablet:
    """The office."""
    return school.tablet(school.cast.lind)


@pytest.fixture
def guest(school: School, lind: Tablet) -> Tablet:
    """Wanda Quist on a tablet, with a pass for 8A on Tuesday."""
    return redeem(school, issue(lind, school.cast.eight_a.roll())["code"])


def _texts(tablet: Tablet, school: School) -> Iterator[str]:
    """All that a guest may read, as it is sent."""
    yield asked(tablet, "bootstrap").get_data(as_text=True)
    epoch = tablet.get("bootstrap")["epoch"]
    yield asked(tablet, f"changes?since={epoch}.0").get_data(as_text=True)
    yield asked(tablet, f"rolls/{school.cast.eight_a.roll()}").get_data(as_text=True)


def test_a_guest_has_one_day_one_roll_and_the_students_of_that_day(
    school: School, guest: Tablet
) -> None:
    told = guest.bootstrap()
    eight_a = school.cast.eight_a
    assert [roll["roll_id"] for roll in told["rolls"]] == [str(eight_a.roll())]
    (section,) = told["sections"]
    assert {one["student_id"] for one in section["students"]} == {str(x) for x in eight_a.students}
    assert told["horizon"] == {"from": "2026-10-06", "to": "2026-10-06"}
    assert [day["on"] for day in told["calendar"]["days"]] == ["2026-10-06"]
    assert told["me"]["role"] == "substitute"
    assert told["grant"]["grant_id"] == guest.grant


def test_who_left_the_class_before_that_day_is_not_told(school: School, guest: Tablet) -> None:
    left = school.cast.eight_a.students[4]
    school.change(table_of(Enrollment), {"end_on": cast.FIRST}, student_id=left)
    _new_rosters(school)
    assert all(str(left) not in text for text in _texts(guest, school))


def test_nothing_of_other_classes_days_or_schools_reaches_a_guest(
    school: School, guest: Tablet
) -> None:
    everyone = school.cast
    for person, section in (
        (everyone.brandt, everyone.eight_b),
        (everyone.stranger, everyone.alder_8a),
    ):
        other = school.tablet(person)
        other.push(other.op(section, absent=[1]))
    sato = school.tablet(everyone.sato)
    early = sato.op(everyone.eight_a, on=cast.WEDNESDAY)
    sato.push(early)
    hidden = {
        str(one)
        for section in (everyone.eight_b, everyone.alder_8a)
        for one in (section.section_id, section.roll(), *section.students)
    }
    hidden |= {str(everyone.eight_a.roll(cast.WEDNESDAY)), early["id"]}
    for text in _texts(guest, school):
        assert {one for one in hidden if one in text} == set()


def test_a_guests_feed_brings_the_listed_roll_and_no_other(school: School, guest: Tablet) -> None:
    guest.bootstrap()
    everyone = school.cast
    for person, section in ((everyone.brandt, everyone.eight_b), (everyone.ruiz, everyone.eight_a)):
        other = school.tablet(person)
        other.push(other.op(section, absent=[1]))
    news = guest.pull(limit=1)
    assert [one.get("roll_id") for one in news] == [str(everyone.eight_a.roll())]
    assert guest.scope == guest.bootstrap()["scope"]


def test_whatever_else_a_guest_asks_for_is_not_there(school: School, guest: Tablet) -> None:
    everyone = school.cast
    brandt, ruiz = school.tablet(everyone.brandt), school.tablet(everyone.ruiz)
    theirs = [brandt.op(everyone.eight_b), ruiz.op(everyone.eight_a)]
    brandt.push(theirs[0])
    ruiz.push(theirs[1])
    rolls = (everyone.eight_b.roll(), everyone.eight_a.roll(cast.WEDNESDAY), uuid4())
    past = f"rolls/{everyone.eight_a.roll()}?as_of=2026-10-06T15:02:00.000Z"
    for where in (
        past,
        *(f"rolls/{one}" for one in rolls), f"ops/{theirs[0]['id']}", "board", "held", "passes",
        "devices", "contested", "sheets",
    ):  # fmt: skip
        assert code_of(asked(guest, where)) == (404, "not_found")
    assert asked(guest, f"ops/{theirs[1]['id']}").status_code == 200
    alder = guest.client.get(f"/api/v1/schools/{everyone.alder}/bootstrap")
    assert code_of(alder) == (404, "not_found")


def test_a_guest_reads_no_reason_no_note_and_no_held_op_of_others(
    school: School, guest: Tablet, lind: Tablet
) -> None:
    everyone = school.cast
    ruiz = school.tablet(everyone.ruiz)
    op = ruiz.op(everyone.eight_a, absent=[3])
    op["marks"][3]["note"] = "Her brother was crying."
    ruiz.push(op)
    ruling = lind.op(everyone.eight_a, kind="rule")
    ruling["marks"] = [
        {
            "student_id": str(everyone.eight_a.students[3]),
            "presence": "absent",
            "reason": "medical-A17",
            "evidence": "called in",
            "excused": True,
            "why": "Her mother telephoned.",
            "parents": [op["id"]],
        }
    ]
    lind.push(ruling)
    stranger = str(everyone.eight_b.students[0])
    held = ruiz.op(everyone.eight_a)
    held["marks"] = [{"student_id": stranger, "presence": "present", "note": "Who is she?"}]
    (result,) = ruiz.push(held)
    assert result["outcome"] == "held"
    full = lind.get(f"rolls/{everyone.eight_a.roll()}")
    assert "medical-A17" in str(full)
    assert "medical-A17" not in str(ruiz.get(f"rolls/{everyone.eight_a.roll()}"))
    secrets = ("crying", "medical-A17", "called in", "telephoned", "Who is she?", stranger)
    for text in _texts(guest, school):
        assert [one for one in secrets if one in text] == []
    entries = guest.get(f"rolls/{everyone.eight_a.roll()}")["entries"]
    assert [one["op_id"] for one in entries] == [op["id"], ruling["id"]]
    mark = _mark(guest, everyone.eight_a.students[3])
    assert (mark["presence"], "notes" in mark) == ("absent", False)
    assert code_of(asked(guest, f"ops/{held['id']}")) == (404, "not_found")


def test_a_guest_is_not_told_the_name_of_whom_she_made_up(school: School, guest: Tablet) -> None:
    guest.bootstrap()
    op = guest.op(school.cast.eight_a)
    op["marks"] = [{"student_id": str(school.cast.eight_b.students[0]), "presence": "present"}]
    guest.push(op)
    (item,) = [one for one in guest.pull() if one["type"] == "held"]
    assert (item["op_id"], item["students"]) == (op["id"], "")


def test_somebody_of_the_office_is_no_office_by_a_pass(school: School, lind: Tablet) -> None:
    eight_a = school.cast.eight_a
    staff_id = str(school.cast.moss.staff_id)
    code = issue(lind, eight_a.roll(), staff_id=staff_id)["code"]
    moss = redeem(school, code)
    assert code_of(asked(moss, "board")) == (404, "not_found")
    assert code_of(moss.post("passes", {})) == (404, "not_found")
    results = moss.push(moss.op(eight_a, kind="rule"), moss.op(school.cast.eight_b))
    assert [one["reason"] for one in results] == ["unknown_roll", "unknown_roll"]


def _mark(tablet: Tablet, student_id: UUID) -> Tree:
    """A student's line on the roll of 8A."""
    marks = tablet.roll(tablet.school.cast.eight_a)["marks"]
    (mark,) = [one for one in marks if one["student_id"] == str(student_id)]
    found: Tree = mark
    return found


def _new_rosters(school: School) -> None:
    """As an import does that changed who is in a section."""
    school.change(table_of(Section), {"roster_rev": 2}, section_id=school.cast.eight_a.section_id)
