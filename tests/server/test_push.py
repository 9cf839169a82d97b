"""Rolls arrive: once, whoever sends them and however often, with an outcome each."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from server.models import OpEntry, Refusal, RollRow, SchoolSync, table_of
from tests.support.api import School, Tablet, presences
from tests.support.cast import HOLIDAY, TUESDAY, WEDNESDAY, local

OPS, ROLLS, REFUSALS = table_of(OpEntry), table_of(RollRow), table_of(Refusal)


def seq(school: School) -> int:
    (row,) = school.rows(table_of(SchoolSync), school_id=school.cast.birch)
    return int(row.seq)


def test_ruiz_takes_her_roll_and_it_is_on_the_record(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a, absent=[3])
    (result,) = tablet.push(op)
    assert result["outcome"] == "accepted"
    assert result["seq"] == 101
    assert result["marks"] == []
    assert result["roll"] == {
        "state": "submitted",
        "timeliness": "on_time",
        "unmarked": [],
        "next_day": False,
    }
    roll = tablet.roll(school.cast.eight_a)
    told = {mark["student_id"]: mark["presence"] for mark in op["marks"]}
    assert presences(roll) == told
    assert roll["people"] == [
        {"role": "teacher", "name": "D. Ruiz", "staff_id": str(school.cast.ruiz.staff_id)}
    ]


def test_sent_a_hundred_times_it_is_stored_once_and_answered_alike(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a, absent=[3])
    (first,) = tablet.push(op)
    school.clock.forward(minutes=40)
    for _ in range(100):
        (again,) = tablet.push(op)
        assert again == first | {"replayed": True}
    assert len(school.rows(OPS)) == 1
    assert seq(school) == 101


def test_another_content_under_the_same_id_is_refused_with_both_hashes(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a)
    (first,) = tablet.push(op)
    (other,) = tablet.push(tablet.op(school.cast.eight_a, absent=[1], id=op["id"]))
    assert (other["outcome"], other["reason"]) == ("refused", "op_id_reuse")
    assert other["stored_hash"] == first["hash"] != other["hash"]
    assert set(presences(tablet.roll(school.cast.eight_a)).values()) == {"present"}
    assert [row.reason for row in school.rows(REFUSALS)] == ["op_id_reuse"]


def test_duplicates_within_a_batch_are_one_op(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a)
    one, two, other = tablet.push(op, op, op | {"marks": []})
    assert two == one | {"replayed": True}
    assert other["reason"] == "op_id_reuse"
    assert len(school.rows(OPS)) == 1


def test_one_malformed_op_is_refused_alone_and_its_payload_logged_once(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    bad = tablet.op(school.cast.eight_a) | {"taken_at": "this morning"}
    good = tablet.op(school.cast.eight_a)
    for _ in range(2):
        refused, accepted = tablet.push(bad, good)
        assert (refused["outcome"], refused["reason"]) == ("refused", "malformed")
        assert refused["id"] == bad["id"]
        assert "taken_at" in refused["detail"]
        assert accepted["outcome"] == "accepted"
    (logged,) = school.rows(REFUSALS)
    assert json.loads(logged.payload) == bad


def test_a_poison_op_is_kept_raw_and_the_others_go_on(school: School) -> None:
    """An integer that no database column holds makes the packing fail, far behind the schema."""
    tablet = school.tablet(school.cast.ruiz)
    before = tablet.op(school.cast.eight_a)
    poison = tablet.op(school.cast.eight_a, absent=[2], from_a_newer_app=2**70)
    after = tablet.op(school.cast.eight_a, absent=[4], parents=[before["id"]])
    one, two, three = tablet.push(before, poison, after)
    assert [one["outcome"], two["outcome"], three["outcome"]] == ["accepted", "held", "accepted"]
    assert two["reason"] == "server_error"
    assert [one["seq"], two["seq"], three["seq"]] == [101, 102, 103]
    (kept,) = school.rows(OPS, outcome="held")
    assert json.loads(kept.payload) == poison
    (again,) = tablet.push(poison)
    assert again == two | {"replayed": True}


def test_a_newer_kind_or_version_is_held_and_kept_as_it_came(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    certify = tablet.op(school.cast.eight_a, kind="certify", signature="…")
    newer = tablet.op(school.cast.eight_a, v=2)
    results = tablet.push(certify, newer)
    assert {result["reason"] for result in results} == {"unsupported_kind"}
    assert {result["outcome"] for result in results} == {"held"}
    kept = {str(row.op_id): json.loads(row.payload) for row in school.rows(OPS)}
    assert kept == {certify["id"]: certify, newer["id"]: newer}


def test_fields_of_a_newer_app_are_kept_with_an_accepted_op(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a, battery=0.4)
    op["marks"][2]["confidence"] = "sure"
    (result,) = tablet.push(op)
    assert result["outcome"] == "accepted"
    assert seq(school) == 101


def test_a_teacher_of_another_section_learns_nothing_and_loses_nothing(school: School) -> None:
    brandt = school.tablet(school.cast.brandt)
    mine, nobodys = brandt.push(
        brandt.op(school.cast.eight_a), brandt.op(school.cast.eight_a, roll_id=str(uuid4()))
    )
    assert mine["outcome"] == nobodys["outcome"] == "held"
    assert mine["reason"] == nobodys["reason"] == "unknown_roll"
    assert mine["detail"] == nobodys["detail"]
    assert mine["roll"] is None
    (roll,) = school.rows(ROLLS, roll_id=school.cast.eight_a.roll())
    assert roll.state == "not_taken"


def test_sato_may_take_the_roll_on_the_day_she_substitutes_only(school: School) -> None:
    sato = school.tablet(school.cast.sato)
    school.clock.set(local(WEDNESDAY, 8, 5))
    yesterday, today = sato.push(
        sato.op(school.cast.eight_a, on=TUESDAY), sato.op(school.cast.eight_a, on=WEDNESDAY)
    )
    assert yesterday["reason"] == "unknown_roll"
    assert today["outcome"] == "accepted"
    ranks = {row.outcome: row.rank for row in school.rows(OPS)}
    assert ranks == {"held": None, "accepted": "substitute"}


def test_a_removed_assignment_holds_what_comes_after(school: School) -> None:
    from server.models import Section, Teaching  # noqa: PLC0415 - only this story changes them

    tablet = school.tablet(school.cast.ruiz)
    (before,) = tablet.push(tablet.op(school.cast.eight_a))
    of_ruiz = {"staff_id": school.cast.ruiz.staff_id}
    school.change(table_of(Teaching), {"active": False}, **of_ruiz)
    school.change(table_of(Section), {"roster_rev": 2}, section_id=school.cast.eight_a.section_id)
    (after,) = tablet.push(tablet.op(school.cast.eight_a))
    assert (before["outcome"], after["reason"]) == ("accepted", "unknown_roll")


def timeliness(result: dict[str, Any]) -> str:
    return str(result["roll"]["timeliness"])


def test_D8_received_by_the_deadline_is_on_time(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    school.clock.set(local(TUESDAY, 8, 15))
    (result,) = tablet.push(tablet.op(school.cast.eight_a))
    assert timeliness(result) == "on_time"


def test_D8_taken_in_time_but_delivered_late_is_taken_on_time(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a, taken_at=local(TUESDAY, 8, 4))
    school.clock.set(local(TUESDAY, 11))
    (result,) = tablet.push(op)
    assert timeliness(result) == "taken_on_time"


def test_D8_taken_after_the_deadline_is_late(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    school.clock.set(local(TUESDAY, 8, 40))
    (result,) = tablet.push(tablet.op(school.cast.eight_a))
    assert timeliness(result) == "late"


def test_D8_a_clock_that_proves_nothing_is_late_unproven(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a, taken_at=local(TUESDAY, 8, 4))
    del op["clock"]
    school.clock.set(local(TUESDAY, 11))
    (result,) = tablet.push(op)
    assert timeliness(result) == "late_unproven"


def test_D9_a_roll_met_its_deadline_as_its_best_submission_did(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    early = tablet.op(school.cast.eight_a, taken_at=local(TUESDAY, 8, 4))
    school.clock.set(local(TUESDAY, 9))
    late = tablet.op(school.cast.eight_a, taken_at=local(TUESDAY, 9))
    tablet.push(late)
    assert tablet.roll(school.cast.eight_a)["timeliness"] == "late"
    tablet.push(early)
    assert tablet.roll(school.cast.eight_a)["timeliness"] == "taken_on_time"


def test_D10_a_roll_that_arrives_the_next_day_says_so(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a)
    school.clock.set(local(WEDNESDAY, 0, 5))
    (result,) = tablet.push(op)
    assert result["roll"]["next_day"] is True
    assert tablet.roll(school.cast.eight_a)["next_day"] is True


def test_D7_a_capture_time_is_clamped_between_what_the_tablet_saw_and_now(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    future = school.clock.now() + timedelta(hours=3)
    tablet.push(tablet.op(school.cast.eight_a, taken_at=future))
    (row,) = school.rows(OPS)
    assert row.taken_at == school.clock.now()


def test_F11_a_roll_for_a_holiday_is_held(school: School) -> None:
    roll_id = school.cast.eight_a.roll(WEDNESDAY)
    school.change(
        ROLLS, {"school_date": HOLIDAY, "expected": False, "void_reason": "holiday"},
        roll_id=roll_id,
    )  # fmt: skip
    tablet = school.tablet(school.cast.ruiz)
    (result,) = tablet.push(tablet.op(school.cast.eight_a, on=WEDNESDAY))
    assert (result["outcome"], result["reason"]) == ("held", "no_school")


def test_A11_a_roll_of_a_day_that_has_not_come_waits_with_the_office(school: School) -> None:
    tablet, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    op = tablet.op(school.cast.eight_a, on=WEDNESDAY)
    (result,) = tablet.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "not_open")
    assert result["detail"] == (
        "This roll is for Wednesday, October 7. It waits until then with the office."
    )
    assert tablet.push(op) == [result | {"replayed": True}]
    assert tablet.get(f"ops/{op['id']}")["detail"] == result["detail"]
    assert tablet.roll(school.cast.eight_a, WEDNESDAY)["state"] == "not_taken"
    (waiting,) = lind.get("held")["held"]
    assert (waiting["op_id"], waiting["reason"]) == (op["id"], "not_open")


def test_A11_the_servers_clock_decides_and_never_the_tablets(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    (before_the_bell,) = _pushed_at(school, tablet, local(WEDNESDAY, 0, 0))
    assert before_the_bell["outcome"] == "accepted"
    wrong = local(WEDNESDAY, 8) - timedelta(days=400)
    (behind,) = tablet.push(tablet.op(school.cast.eight_a, on=WEDNESDAY, taken_at=wrong))
    assert behind["outcome"] == "accepted"


def test_A11_the_office_knows_of_absences_ahead(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    trip = {"student_id": str(school.cast.eight_a.students[0]), "presence": "elsewhere"}
    ruling = lind.op(school.cast.eight_a, on=WEDNESDAY, kind="rule", marks=[trip])
    (result,) = lind.push(ruling)
    assert result["outcome"] == "accepted"


def _pushed_at(school: School, tablet: Tablet, now: datetime) -> list[dict[str, Any]]:
    school.clock.set(now)
    return tablet.push(tablet.op(school.cast.eight_a, on=WEDNESDAY))


def test_F10_a_roll_of_strangers_is_held_and_one_stranger_does_not_hold_the_class(
    school: School,
) -> None:
    tablet = school.tablet(school.cast.ruiz)
    strangers = tablet.op(school.cast.eight_b, roll_id=str(school.cast.eight_a.roll()))
    mixed = tablet.op(school.cast.eight_a)
    mixed["marks"] += [{"student_id": str(uuid4()), "presence": "present"}]
    mixed["marks"] += [strangers["marks"][0]]
    held, taken = tablet.push(strangers, mixed)
    assert (held["outcome"], held["reason"]) == ("held", "not_enrolled")
    assert (taken["outcome"], taken["reason"]) == ("accepted", "not_enrolled")
    assert presences(tablet.roll(school.cast.eight_a)).keys() == {
        str(student) for student in school.cast.eight_a.students
    }


def test_F10_a_student_whom_nobody_marked_leaves_the_roll_incomplete(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a)
    new = op["marks"].pop()["student_id"]
    (result,) = tablet.push(op)
    assert result["roll"]["unmarked"] == [new]
    assert tablet.roll(school.cast.eight_a)["unmarked"] == [new]


def test_a_grant_that_was_withdrawn_holds_what_was_taken_afterwards(school: School) -> None:
    from server.models import CaptureGrant  # noqa: PLC0415 - only this story changes it

    tablet = school.tablet(school.cast.ruiz)
    before = tablet.op(school.cast.eight_a)
    withdrawn = school.clock.forward(minutes=1)
    school.change(
        table_of(CaptureGrant),
        {"revoked_at": withdrawn},
        staff_id=school.cast.ruiz.staff_id,
    )
    school.clock.forward(minutes=1)
    after = tablet.op(school.cast.eight_a, taken_at=school.clock.now())
    unknown = tablet.op(school.cast.eight_a, grant=str(uuid4()))
    foreign = tablet.op(school.cast.eight_a, grant=str(school.cast.stranger.grant_id))
    results = tablet.push(before, after, unknown, foreign)
    assert [(one["outcome"], one["reason"]) for one in results] == [
        ("accepted", None),
        ("held", "grant_revoked"),
        ("held", "grant_unknown"),
        ("refused", "wrong_school"),
    ]


def test_a_shared_tablet_delivers_ruizs_roll_as_hers_while_brandt_is_signed_in(
    school: School,
) -> None:
    ruiz, brandt = school.tablet(school.cast.ruiz), school.tablet(school.cast.brandt)
    (result,) = brandt.push(ruiz.op(school.cast.eight_a))
    assert result["outcome"] == "accepted"
    (row,) = school.rows(OPS)
    assert row.author == school.cast.ruiz.staff_id
    assert row.device_id == ruiz.device_id


def test_limits_are_answered_with_what_to_do(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    op = tablet.op(school.cast.eight_a)
    many = tablet.send(*[op] * 51)
    assert many.status_code == 413
    assert "50" in many.get_json()["detail"]
    crowd = op | {"marks": op["marks"] * 4}
    (result,) = tablet.push(crowd)
    assert (result["outcome"], result["reason"]) == ("refused", "malformed")
    bomb = gzip.compress(b" " * 10_000_000)
    assert tablet.post("ops", bomb, **{"Content-Encoding": "gzip"}).status_code == 413
    assert tablet.post("ops", b"x" * 300_000).status_code == 413
    assert tablet.post("ops", b"{}").status_code == 422
    assert tablet.post("ops", b"{").status_code == 400
    assert school.rows(OPS) == []


def test_a_batch_may_come_compressed(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    plain = json.dumps(tablet.batch(tablet.op(school.cast.eight_a))).encode()
    answer = tablet.post("ops", gzip.compress(plain), **{"Content-Encoding": "gzip"})
    assert answer.get_json()["results"][0]["outcome"] == "accepted"
