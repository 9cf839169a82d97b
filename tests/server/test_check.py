"""`check` finds a cache or a log that is not what was received, and repair trusts the log alone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from server.db import writing
from server.models import MarkException, OpEntry, RollRow, table_of
from server.record import pack_op, unpack_op
from server.services.check import Checked, check
from tests.support.api import School

ROLLS, EXCEPTIONS, OPS = table_of(RollRow), table_of(MarkException), table_of(OpEntry)


@pytest.fixture
def taken(school: School) -> School:
    """Ruiz and Okafor disagree about two students; the office rules on one."""
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    lind = school.tablet(school.cast.lind)
    first = ruiz.op(school.cast.eight_a, absent=[1, 2])
    student = str(school.cast.eight_a.students[1])
    ruling = {"student_id": student, "presence": "elsewhere", "why": "trip", "reason": "trip"}
    rule = lind.op(school.cast.eight_a, kind="rule", marks=[ruling])
    assert {r["outcome"] for r in ruiz.push(first)} == {"accepted"}
    assert {r["outcome"] for r in okafor.push(okafor.op(school.cast.eight_a))} == {"accepted"}
    assert {r["outcome"] for r in lind.push(rule)} == {"accepted"}
    return school


def differences(school: School, *, repair: bool = False) -> list[str]:
    found: list[Checked] = list(check(school.engine, repair=repair))
    assert sum(one.rolls for one in found) == 1
    return [one.what for checked in found for one in checked.differences]


def test_P3_an_untouched_record_is_what_its_log_says(taken: School) -> None:
    assert differences(taken) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "not_taken"),
        ("revision", 1),
        ("timeliness", "late"),
        ("contested", 0),
        ("safety", 7),
        ("marks", None),
        ("seq", 1),
        ("submitted_by", None),
    ],
)
def test_a_tampered_row_is_found_and_put_right(taken: School, column: str, value: Any) -> None:
    taken.change(ROLLS, {column: value}, roll_id=taken.cast.eight_a.roll())
    assert len(differences(taken)) == 1
    differences(taken, repair=True)
    assert differences(taken) == []


def test_a_lost_or_changed_exception_is_found_and_put_right(taken: School) -> None:
    taken.change(EXCEPTIONS, {"presence": "present"}, roll_id=taken.cast.eight_a.roll())
    assert differences(taken) == ["exceptions differ"]
    with writing(taken.engine) as connection:
        connection.execute(EXCEPTIONS.delete())
    assert differences(taken) == ["exceptions differ"]
    differences(taken, repair=True)
    assert differences(taken) == []


def test_a_repaired_roll_reaches_the_tablets_again(taken: School) -> None:
    tablet = taken.tablet(taken.cast.ruiz)
    tablet.bootstrap()
    taken.change(ROLLS, {"safety": 7}, roll_id=taken.cast.eight_a.roll())
    differences(taken, repair=True)
    (roll,) = tablet.pull()
    assert roll["safety"] == 1


def test_a_payload_changed_behind_the_servers_back_is_found(taken: School) -> None:
    (row,) = taken.rows(OPS, seq=101)
    nums = {str(student): n for n, student in enumerate(taken.cast.eight_a.students, start=1)}
    tree = unpack_op(row.payload, {n: student for student, n in nums.items()})
    tree["marks"][1]["presence"] = "present"
    taken.change(OPS, {"payload": pack_op(tree, nums)}, op_id=row.op_id)
    found = differences(taken)
    assert f"op {row.op_id} is not what was received" in found


def test_an_op_whose_seq_the_school_never_gave_is_found(taken: School) -> None:
    with writing(taken.engine) as connection:
        connection.execute(text("UPDATE school_sync SET seq = 101"))
    assert differences(taken) == ["the school's seq is 101, 103 was given"]
