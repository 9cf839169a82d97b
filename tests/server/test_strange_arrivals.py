"""What arrives late or strange: the teacher hears why in words, the office finds it in a list, and
it ends on the roll or with a reason. Nothing is refused for being late."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from server.models import Enrollment, OpEntry, RollRow, Section, table_of
from server.services.rehear import hear_everywhere
from tests.server.held_desk import ask, decide, differences, done, waiting
from tests.support.api import School, Tablet, Tree, presences
from tests.support.cast import HOLIDAY, TUESDAY, WEDNESDAY, local

OPS, ROLLS = table_of(OpEntry), table_of(RollRow)


def held(tablet: Tablet, op: Tree, reason: str) -> str:
    """Sent and held; what the teacher hears, which a receipt and the feed tell as well."""
    if not tablet.cursor:
        tablet.bootstrap()
    (result,) = tablet.push(op)
    assert (result["outcome"], result["reason"]) == ("held", reason)
    assert tablet.get(f"ops/{op['id']}")["detail"] == result["detail"]
    (item,) = [one for one in tablet.pull() if one["type"] == "held"]
    assert (item["op_id"], item["detail"]) == (op["id"], result["detail"])
    assert (item["students"], item["resolution"]) == ("", None)
    return str(result["detail"])


def only(desk: Tablet) -> Tree:
    """The one thing that waits."""
    (item,) = waiting(desk)
    return item


def stood_with(tablet: Tablet, op_id: str) -> list[str]:
    """What the author's tablet hears when it asks, and what the feed tells it."""
    receipt = tablet.get(f"ops/{op_id}")
    (news,) = [one for one in tablet.pull() if one["type"] == "held"]
    assert receipt["detail"] == (news["detail"] if receipt["outcome"] == "held" else None)
    return [receipt["outcome"], news["detail"]]


def test_A7_A13_after_certification_the_office_takes_over_what_ruiz_corrects(
    school: School,
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    first = ruiz.op(school.cast.eight_a, absent=[3])
    ruiz.push(first)
    done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    school.clock.set(local(WEDNESDAY, 9))
    late = ruiz.op(school.cast.eight_a, taken_at=local(TUESDAY, 8, 30), parents=[first["id"]])
    told = held(ruiz, late, "certified")
    assert told == "The roll is certified already. What you sent is kept for the office."
    item = only(lind)
    assert (item["section_title"], item["on"], item["period_name"]) == (
        "8A", "2026-10-06", "Period 1",
    )  # fmt: skip
    assert (item["marks_count"], item["counts"]["present"]) == (30, 30)
    assert item["device_label"] == "Tablet of D. Ruiz"
    student = str(school.cast.eight_a.students[3])
    detail = lind.get(f"held/{late['id']}")
    assert detail["choices"] == ["take_over", "hear_again", "set_aside"]
    assert (detail["why_not"], detail["roll"]["state"]) == (None, "certified")
    ended = decide(lind, late["id"], "take_over", "She came at 8:20.", students=[student])
    assert ended["resolution"]["how"] == "taken_over"
    assert waiting(lind) == []
    (again,) = ruiz.push(late)
    assert again["detail"] == "The office has taken it over into the roll."
    assert stood_with(ruiz, late["id"]) == [
        "held", "The office has taken it over into the roll. She came at 8:20.",
    ]  # fmt: skip
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["contested"], roll["safety"]) == ("corrected", 0, 0)
    (mark,) = [one for one in roll["marks"] if one["student_id"] == student]
    assert (mark["presence"], mark["office"]) == ("present", "present")
    assert differences(school) == []


def test_A7_A13_on_a_locked_day_it_takes_an_administrator_first(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    moss, roll_id = school.tablet(school.cast.moss), school.cast.eight_a.roll()
    done(moss, roll_id, "lock", 0)
    op = ruiz.op(school.cast.eight_a, absent=[1])
    told = held(ruiz, op, "locked")
    assert told == "The roll is locked. What you sent is kept for the office."
    assert only(lind)["detail"].startswith("It came after the roll was locked.")
    detail = lind.get(f"held/{op['id']}")
    assert "take_over" not in detail["choices"]
    assert detail["why_not"] == "The roll is locked. An administrator can reopen it."
    refused = ask(lind, op["id"], "take_over")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "not_possible")
    assert refused.get_json()["detail"] == detail["why_not"]
    assert ask(lind, op["id"], "hear_again").get_json()["code"] == "not_possible"
    done(moss, roll_id, "reopen", 0, why="A roll came late.")
    decide(lind, op["id"], "hear_again")
    assert ruiz.roll(school.cast.eight_a)["timeliness"] == "on_time"
    assert differences(school) == []


def test_A8_A13_a_student_who_left_is_kept_apart_and_one_alone_is_set_aside(
    school: School,
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    gone = school.cast.eight_a.students[0]
    leave(school, gone)
    (mixed,) = ruiz.push(ruiz.op(school.cast.eight_a))
    assert (mixed["outcome"], mixed["reason"]) == ("accepted", "not_enrolled")
    alone = ruiz.op(school.cast.eight_a, marks=[{"student_id": str(gone), "presence": "absent"}])
    assert held(ruiz, alone, "not_enrolled").startswith("The students are not enrolled")
    item = only(lind)
    assert item["students"] == "Bao Bergqvist"
    detail = lind.get(f"held/{alone['id']}")
    assert detail["choices"] == ["hear_again", "set_aside"]
    assert "enrolled in this class" in detail["why_not"]
    assert detail["marks"] == [{"student_id": str(gone), "presence": "absent"}]
    decide(lind, alone["id"], "set_aside", "She left on Monday.")
    assert stood_with(ruiz, alone["id"])[1] == (
        "The office has looked at it and set it aside. It is not on the roll. She left on Monday."
    )
    assert str(gone) not in presences(ruiz.roll(school.cast.eight_a))
    assert differences(school) == []


def leave(school: School, student_id: Any) -> None:
    """The student is in 8A until Monday."""
    monday = date(2026, 10, 5)
    school.change(table_of(Enrollment), {"end_on": monday}, student_id=student_id)
    school.change(table_of(Section), {"roster_rev": 9}, section_id=school.cast.eight_a.section_id)


def test_A8_A12_a_student_who_moved_is_on_the_roll_once_the_roster_says_so(
    school: School,
) -> None:
    brandt, lind = school.tablet(school.cast.brandt), school.tablet(school.cast.lind)
    moved = school.cast.eight_a.students[5]
    op = brandt.op(school.cast.eight_b, marks=[{"student_id": str(moved), "presence": "late"}])
    held(brandt, op, "not_enrolled")
    assert only(lind)["section_title"] == "8B"
    to_8b = {"section_id": school.cast.eight_b.section_id}
    school.change(table_of(Enrollment), to_8b, student_id=moved)
    for one in (school.cast.eight_a, school.cast.eight_b):
        school.change(table_of(Section), {"roster_rev": 2}, section_id=one.section_id)
    assert hear_everywhere(school.engine, school.clock.now()) == 1
    assert presences(brandt.roll(school.cast.eight_b))[str(moved)] == "late"
    assert stood_with(brandt, op["id"]) == [
        "accepted",
        "It was judged again and is on the record now.",
    ]
    assert differences(school) == []


def test_A6_A13_a_cancelled_class_that_met_all_the_same_is_taken_over(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    roll_id = school.cast.eight_a.roll()
    school.change(ROLLS, {"expected": False, "void_reason": "no_meeting"}, roll_id=roll_id)
    op = ruiz.op(school.cast.eight_a, absent=[2])
    assert held(ruiz, op, "roll_void").startswith("This class does not meet then.")
    assert only(lind)["detail"].startswith("8A does not meet then.")
    item = decide(lind, op["id"], "take_over", "The class met in the gym.")
    assert item["resolution"]["by"]["name"] == "R. Lind"
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["people"][0]["name"]) == ("submitted", "R. Lind")
    assert list(presences(roll).values()).count("absent") == 1
    assert {(row.kind, row.outcome) for row in school.rows(OPS)} == {
        ("submit", "held"), ("submit", "accepted"),
    }  # fmt: skip
    assert differences(school) == []


def test_A6_A12_a_roll_of_a_holiday_counts_once_the_calendar_is_right(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    roll_id = school.cast.eight_a.roll(WEDNESDAY)
    holiday = {"school_date": HOLIDAY, "expected": False, "void_reason": "holiday"}
    school.change(ROLLS, holiday, roll_id=roll_id)
    school.clock.set(local(HOLIDAY, 8, 5))
    op = ruiz.op(school.cast.eight_a, roll_id=str(roll_id))
    assert held(ruiz, op, "no_school") == (
        "There is no school on that date. The roll is kept for the office."
    )
    assert only(lind)["detail"].startswith("There is no school on Monday, October 12.")
    school.change(ROLLS, {"expected": True, "void_reason": None}, roll_id=roll_id)
    assert hear_everywhere(school.engine, school.clock.now()) == 1
    assert stood_with(ruiz, op["id"])[0] == "accepted"
    assert differences(school) == []


def test_A5_A13_a_roll_of_somebody_else_is_attributed_by_the_office(school: School) -> None:
    brandt, lind = school.tablet(school.cast.brandt), school.tablet(school.cast.lind)
    okafor = school.tablet(school.cast.okafor)
    op = brandt.op(school.cast.eight_a, absent=[4])
    held(brandt, op, "unknown_roll")
    news = [one for one in brandt.seen if one["type"] == "held"]
    assert [one["section_title"] for one in news] == [None]
    item = only(lind)
    assert item["detail"].startswith("P. Brandt is not assigned to 8A then.")
    decide(lind, op["id"], "take_over", "He stood in for a period.")
    assert okafor.roll(school.cast.eight_a)["state"] == "submitted"
    (entry,) = [e for e in history(okafor, school) if e["outcome"] == "accepted"]
    assert entry["source"] == {"how": "held", "op_id": op["id"]}
    assert entry["author"]["name"] == "R. Lind"
    assert differences(school) == []


def history(tablet: Tablet, school: School) -> list[Tree]:
    entries: list[Tree] = tablet.get(f"rolls/{school.cast.eight_a.roll()}")["entries"]
    return entries


def test_A5_A13_a_roll_that_nobody_knows_can_only_be_set_aside(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    op = ruiz.op(school.cast.eight_a, roll_id=str(uuid4()))
    held(ruiz, op, "unknown_roll")
    assert only(lind)["detail"].startswith("The school has no such roll.")
    detail = lind.get(f"held/{op['id']}")
    assert (detail["roll"], detail["choices"]) == (None, ["hear_again", "set_aside"])
    assert len(detail["students"]) == 30
    assert ask(lind, op["id"], "take_over").get_json()["detail"] == detail["why_not"]
    decide(lind, op["id"], "set_aside", "A tablet of last year.")
    assert differences(school) == []


def test_A2_A13_a_newer_kind_waits_for_a_newer_server_or_is_set_aside(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    op = ruiz.op(school.cast.eight_a, kind="excuse", v=3)
    assert held(ruiz, op, "unsupported_kind").startswith("This server is older than your app.")
    item = only(lind)
    assert item["detail"] == "A newer app sent it. A newer server will judge it by itself."
    assert (item["marks_count"], item["section_title"]) == (0, "8A")
    detail = lind.get(f"held/{op['id']}")
    assert detail["choices"] == ["set_aside"]
    assert detail["why_not"].startswith("This server cannot read it yet.")
    assert ask(lind, op["id"], "hear_again").get_json()["code"] == "not_possible"
    assert only(lind) == item


def test_A9_an_older_format_is_taken_in_as_it_always_was(school: School) -> None:
    """The first apps sent no clock, no roster_rev, no parents and no grant."""
    ruiz = school.tablet(school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a, absent=[7])
    for newer in ("clock", "roster_rev", "grant"):
        del op[newer]
    (result,) = ruiz.push(op)
    assert (result["outcome"], result["reason"]) == ("accepted", None)
    assert differences(school) == []


def test_A11_A13_a_roll_sent_before_its_day_is_never_heard_again_but_may_be_taken_over(
    school: School,
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    op = ruiz.op(school.cast.eight_a, on=WEDNESDAY)
    held(ruiz, op, "not_open")
    assert lind.get(f"held/{op['id']}")["choices"] == ["set_aside"]
    school.clock.set(local(WEDNESDAY, 8, 40))
    detail = lind.get(f"held/{op['id']}")
    assert (detail["choices"], detail["why_not"]) == (["take_over", "set_aside"], None)
    assert ask(lind, op["id"], "hear_again").get_json()["code"] == "not_possible"
    decide(lind, op["id"], "take_over", "Ms Ruiz says it was so.")
    assert ruiz.roll(school.cast.eight_a, WEDNESDAY)["timeliness"] == "late_unproven"


def test_A4_A13_what_was_taken_after_a_withdrawal_is_the_offices_to_judge(
    school: School,
) -> None:
    from server.models import CaptureGrant  # noqa: PLC0415 - only this story changes it

    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    ruiz.bootstrap()
    withdrawn = school.clock.now()
    school.clock.forward(minutes=2)
    school.change(
        table_of(CaptureGrant), {"revoked_at": withdrawn}, grant_id=school.cast.ruiz.grant_id
    )
    op = ruiz.op(school.cast.eight_a, absent=[9])
    held(ruiz, op, "grant_revoked")
    assert hear_everywhere(school.engine, school.clock.now()) == 0
    decide(lind, op["id"], "take_over", "She had not been told yet.")
    assert ruiz.roll(school.cast.eight_a)["state"] == "submitted"
    assert differences(school) == []
