"""Day passes: issued, begun on one tablet, ended; what a guest takes counts, offline too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from server.db import reading
from server.models import (
    Account,
    CaptureGrant,
    DayPass,
    DeskAct,
    OpEntry,
    table_of,
)
from server.services.codes import hash_code, new_code
from server.services.issue_passwords import issue_missing
from tests.server.guest_tablet import (
    ask_for_pass,
    asked,
    at,
    code_of,
    issue,
    redeem,
    signed_in,
    try_code,
)
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


def test_a_guest_takes_the_listed_roll_and_it_waits_for_a_signature(
    school: School, guest: Tablet, lind: Tablet
) -> None:
    (result,) = guest.push(guest.op(school.cast.eight_a, absent=[3]))
    assert (result["outcome"], result["roll"]["timeliness"]) == ("accepted", "on_time")
    roll = lind.roll(school.cast.eight_a)
    assert roll["countersign"]
    assert roll["people"] == [
        {"role": "substitute", "name": "W. Quist", "staff_id": str(guest.person.staff_id)}
    ]
    assert [row.rank for row in school.rows(table_of(OpEntry))] == ["pass"]


def test_the_teachers_word_ends_the_wait_for_a_signature(school: School, guest: Tablet) -> None:
    guest.push(guest.op(school.cast.eight_a))
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    assert not ruiz.roll(school.cast.eight_a)["countersign"]


def test_F4_1_a_guest_who_was_in_the_room_stands_over_the_teacher(
    school: School, guest: Tablet
) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    (result,) = guest.push(guest.op(school.cast.eight_a, absent=[3]))
    assert result["marks"] == []
    mark = _mark(ruiz, school.cast.eight_a.students[3])
    assert (mark["presence"], "contested" in mark["flags"]) == ("absent", True)


@pytest.mark.parametrize("which", ["8B", "8A tomorrow", "a ruling"])
def test_G3_a_guests_word_counts_for_the_listed_rolls_alone(
    school: School, guest: Tablet, which: str
) -> None:
    eight_a, eight_b = school.cast.eight_a, school.cast.eight_b
    op = {
        "8B": lambda: guest.op(eight_b),
        "8A tomorrow": lambda: guest.op(eight_a, on=cast.WEDNESDAY),
        "a ruling": lambda: guest.op(eight_a, kind="rule"),
    }[which]()
    (result,) = guest.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "unknown_roll")


def test_G2_an_op_without_the_passes_grant_is_nobodys(school: School, guest: Tablet) -> None:
    op = guest.op(school.cast.eight_a)
    del op["grant"]
    (result,) = guest.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "grant_unknown")


def test_a_pass_ends_by_itself_and_what_was_taken_before_counts_whenever_it_comes(
    school: School, guest: Tablet
) -> None:
    eight_a = school.cast.eight_a
    school.clock.set(at(9, 4))
    within = guest.op(eight_a, absent=[3])
    school.clock.set(at(9, 6))
    after = guest.op(eight_a)
    assert code_of(asked(guest, "bootstrap")) == (401, "pass_ended")
    assert code_of(guest.client.get("/api/v1/me")) == (401, "pass_ended")
    school.clock.forward(days=2)
    told = guest.send(within, after).get_json()
    assert told["session"] == "ended"
    assert [(one["outcome"], one["reason"]) for one in told["results"]] == [
        ("accepted", None),
        ("held", "grant_expired"),
    ]


def test_G4_a_pass_that_is_withdrawn_ends_at_that_instant(
    school: School, guest: Tablet, lind: Tablet
) -> None:
    before = guest.op(school.cast.eight_a, absent=[3])
    school.clock.forward(minutes=2)
    pass_id = school.rows(table_of(DayPass))[0].pass_id
    told = lind.post(f"passes/{pass_id}/revocation", {}).get_json()
    assert (told["state"], told["revoked_at"]) == ("revoked", "2026-10-06T15:05:00.000Z")
    school.clock.forward(minutes=2)
    after = guest.op(school.cast.eight_a)
    assert code_of(asked(guest, "bootstrap")) == (401, "pass_ended")
    results = guest.push(before, after)
    assert [(one["outcome"], one["reason"]) for one in results] == [
        ("accepted", None),
        ("held", "grant_revoked"),
    ]
    again = lind.post(f"passes/{pass_id}/revocation", {}).get_json()
    assert again["revoked_at"] == told["revoked_at"], "once is enough"


def test_a_pass_is_for_one_tablet_and_begins_there_as_often_as_it_likes(
    school: School, lind: Tablet
) -> None:
    code = issue(lind, school.cast.eight_a.roll())["code"]
    tablet = uuid4()
    grants = {redeem(school, code, tablet).grant for _ in range(2)}
    assert len(grants) == 1
    assert code_of(try_code(school, code, uuid4())) == (409, "pass_in_use")


def test_with_a_new_code_the_pass_moves_to_another_tablet(
    school: School, guest: Tablet, lind: Tablet
) -> None:
    pass_id = school.rows(table_of(DayPass))[0].pass_id
    before = guest.op(school.cast.eight_a, absent=[3])
    issued = lind.post(f"passes/{pass_id}/code", {}).get_json()
    assert issued["pass"]["state"] == "open"
    assert guest.client.get("/api/v1/me").status_code == 200, "until somebody uses the new code"
    school.clock.forward(minutes=2)
    second = redeem(school, issued["code"])
    assert code_of(asked(guest, "bootstrap")) == (401, "pass_ended")
    school.clock.forward(minutes=2)
    results = guest.push(before, guest.op(school.cast.eight_a))
    assert [one["reason"] for one in results] == [None, "grant_revoked"]
    (result,) = second.push(second.op(school.cast.eight_a))
    assert result["outcome"] == "accepted"


def test_the_old_code_of_a_pass_opens_nothing(school: School, lind: Tablet) -> None:
    issued = issue(lind, school.cast.eight_a.roll())
    lind.post(f"passes/{issued['pass']['pass_id']}/code", {})
    assert code_of(try_code(school, issued["code"], uuid4())) == (401, "wrong_code")


@pytest.mark.parametrize("what", ["ended", "withdrawn"])
def test_a_pass_that_is_over_is_not_begun(school: School, lind: Tablet, what: str) -> None:
    issued = issue(lind, school.cast.eight_a.roll())
    pass_id = issued["pass"]["pass_id"]
    if what == "withdrawn":
        lind.post(f"passes/{pass_id}/revocation", {})
    else:
        school.clock.set(at(9, 5))
    assert code_of(try_code(school, issued["code"], uuid4())) == (401, "pass_ended")
    assert code_of(lind.post(f"passes/{pass_id}/code", {})) == (401, "pass_ended")


def test_two_tablets_that_use_a_code_at_once_are_not_both_given_the_pass(
    school: School, lind: Tablet
) -> None:
    code = issue(lind, school.cast.eight_a.roll())["code"]
    with ThreadPoolExecutor(4) as crowd:
        answers = list(crowd.map(lambda _: try_code(school, code, uuid4()), range(4)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    grants = [row for row in school.rows(table_of(CaptureGrant)) if row.pass_id is not None]
    assert len(grants) == 1


def test_a_code_is_read_however_it_is_typed_and_stored_as_a_hash(
    school: School, lind: Tablet
) -> None:
    assert hash_code(" 1o0-l i") == hash_code("10011")
    issued = issue(lind, school.cast.eight_a.roll())
    code: str = issued["code"]
    assert issued["url"].endswith(f"/#/pass/{code}")
    assert code not in str(school.rows(table_of(DayPass)) + school.rows(table_of(DeskAct)))
    answer = try_code(school, f" {code.replace('-', ' ').lower()} ", uuid4())
    assert answer.status_code == 200
    assert len({new_code() for _ in range(500)}) == 500


def test_guessing_at_codes_is_slowed_down_and_only_where_it_is_done(
    school: School, lind: Tablet
) -> None:
    code = issue(lind, school.cast.eight_a.roll())["code"]
    seen = [try_code(school, new_code(), uuid4()).status_code for _ in range(22)]
    assert seen == [401] * 21 + [429]
    assert code_of(try_code(school, code, uuid4())) == (429, "slow_down")
    assert try_code(school, code, uuid4(), address="198.51.100.9").status_code == 200
    school.clock.forward(seconds=31)
    assert code_of(try_code(school, code, uuid4())) == (409, "pass_in_use")


def test_the_office_sees_who_has_a_pass_and_what_it_takes_to_issue_one(
    school: School, lind: Tablet
) -> None:
    everyone = school.cast
    issued = issue(lind, everyone.eight_b.roll(), everyone.eight_a.roll())["pass"]
    told = lind.get("passes?on=2026-10-06")
    assert told["passes"] == [issued]
    assert issued["roll_ids"] == [str(one.roll()) for one in (everyone.eight_a, everyone.eight_b)]
    assert issued["until_at"] == "2026-10-06T17:05:00.000Z", "a quarter of an hour after the last"
    assert (issued["name"], issued["issued_by"]["name"]) == ("W. Quist", "R. Lind")
    first = told["rolls"][0]
    assert (first["section_title"], first["teacher_names"]) == ("8A", ["D. Ruiz", "N. Okafor"])
    assert {"R. Lind", "W. Quist"} <= {one["name"] for one in told["staff"]}
    code = lind.post(f"passes/{issued['pass_id']}/code", {}).get_json()["code"]
    redeem(school, code)
    (now,) = lind.get("passes")["passes"]
    assert (now["state"], now["device_label"]) == ("in_use", "Cart 4")
    school.clock.set(at(10, 5))
    assert lind.get("passes")["passes"][0]["state"] == "ended"
    kinds = [row.kind for row in school.rows(table_of(DeskAct))]
    assert sorted(kinds) == ["pass_code", "pass_issued", "pass_redeemed"]


def test_G3_brandt_who_helps_out_has_the_pass_beside_her_own_classes(
    school: School, lind: Tablet
) -> None:
    everyone = school.cast
    brandt = signed_in(school, everyone.brandt)
    staff_id = str(everyone.brandt.staff_id)
    code = issue(lind, everyone.eight_a.roll(), staff_id=staff_id)["code"]
    helping = redeem(school, code)
    assert helping.person.role == "substitute"
    results = helping.push(helping.op(everyone.eight_a), helping.op(everyone.eight_b))
    assert [one["reason"] for one in results] == [None, "unknown_roll"]
    assert code_of(asked(helping, f"rolls/{everyone.eight_b.roll()}")) == (404, "not_found")
    (own,) = brandt.push(brandt.op(everyone.eight_b))
    assert own["outcome"] == "accepted"
    assert brandt.bootstrap()["grant"]["grant_id"] == brandt.grant


@pytest.mark.parametrize(
    ("rolls", "more", "field"),
    [
        ("8A tomorrow", {}, "roll_ids"),
        ("Alder's", {}, "roll_ids"),
        ("8A", {"staff_id": str(UUID(int=5))}, "staff_id"),
        ("8A", {"given_name": " "}, "staff_id"),
        ("8A", {"until_at": "2026-10-06T15:00:00.000Z"}, "until_at"),
        ("8A", {"until_at": "2026-10-12T15:00:00.000Z"}, "until_at"),
    ],
)
def test_a_pass_that_makes_no_sense_is_not_issued(
    school: School, lind: Tablet, rolls: str, more: Tree, field: str
) -> None:
    everyone = school.cast
    listed = {
        "8A": everyone.eight_a.roll(),
        "8A tomorrow": everyone.eight_a.roll(cast.WEDNESDAY),
        "Alder's": everyone.alder_8a.roll(),
    }
    answer = ask_for_pass(lind, [listed[rolls]], **more)
    assert code_of(answer) == (422, "invalid")
    assert list(answer.get_json()["errors"]) == [field]
    assert not school.rows(table_of(DayPass))


def test_a_guest_is_never_given_a_password(school: School, guest: Tablet) -> None:
    issued = list(issue_missing(school.engine, school.clock.now()))
    assert guest.person.username not in {one.username for one in issued}
    with reading(school.engine) as connection:
        stored = connection.execute(
            select(Account.password_hash).where(Account.username == guest.person.username)
        ).scalar_one()
    assert stored is None


def _mark(tablet: Tablet, student_id: UUID) -> Tree:
    """A student's line on the roll of 8A."""
    marks = tablet.roll(tablet.school.cast.eight_a)["marks"]
    (mark,) = [one for one in marks if one["student_id"] == str(student_id)]
    found: Tree = mark
    return found
