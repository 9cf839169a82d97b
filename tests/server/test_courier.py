"""A queue gets through whoever is signed in: the device delivers by its own cookie."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from server.models import Device, OpEntry, table_of
from server.services.cookies import hash_token
from tests.server.guest_tablet import asked, code_of, signed_in
from tests.support.api import OURS, School, Tablet, statements

ROOMS = ("bootstrap", "changes?since=x.0", "board", "held", "devices", "passes")


def _deliver(tablet: Tablet, *ops: Any) -> dict[str, Any]:
    answer = tablet.send(*ops)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: dict[str, Any] = answer.get_json()
    return told


def test_G1_an_expired_session_neither_loses_nor_blocks_a_queue(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a, absent=[3])
    school.clock.forward(days=95)
    assert code_of(asked(ruiz, "bootstrap")) == (401, "sign_in")
    told = _deliver(ruiz, op)
    assert told["session"] == "ended"
    assert told["results"][0]["outcome"] == "accepted"
    (row,) = school.rows(table_of(OpEntry), op_id=_id(op))
    assert row.author == school.cast.ruiz.staff_id


def test_after_signing_out_the_tablet_still_delivers_what_was_taken(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a)
    out = ruiz.client.post("/api/v1/sign-out", json={}, headers=OURS)
    assert out.status_code == 204
    told = _deliver(ruiz, op)
    assert told["session"] == "none"
    assert told["results"][0]["outcome"] == "accepted"


def test_with_somebody_signed_in_the_answer_says_so(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    assert _deliver(ruiz, ruiz.op(school.cast.eight_a))["session"] == "ok"


def test_G1_a_courier_hears_what_became_of_the_ops_and_nobodys_name(school: School) -> None:
    okafor = school.tablet(school.cast.okafor)
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a, absent=[3])
    okafor.push(okafor.op(school.cast.eight_a))
    ruiz.client.post("/api/v1/sign-out", json={}, headers=OURS)
    answer = ruiz.send(op)
    (result,) = answer.get_json()["results"]
    assert (result["outcome"], result["marks"]) == ("accepted", [])
    assert okafor.person.name not in answer.get_data(as_text=True)
    ruiz.sign_in()
    (again,) = ruiz.push(op)
    assert again["replayed"]
    assert [mark["by"]["name"] for mark in again["marks"]] == [okafor.person.name]


def test_a_courier_may_do_nothing_but_deliver(school: School) -> None:
    lind = signed_in(school, school.cast.lind)
    lind.client.delete_cookie("rollbook")
    for where in ROOMS:
        assert code_of(asked(lind, where)) == (401, "sign_in")
    for where in ("handovers", "passes", f"devices/{lind.device_id}/revocation"):
        assert code_of(lind.post(where, {})) == (401, "sign_in")


def test_G2_an_op_without_a_grant_has_no_author_when_nobody_is_signed_in(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a)
    del op["grant"]
    ruiz.client.delete_cookie("rollbook")
    (result,) = _deliver(ruiz, op)["results"]
    assert (result["outcome"], result["reason"]) == ("held", "grant_unknown")


def test_a_browser_that_the_school_does_not_know_delivers_nothing(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a)
    ruiz.client.delete_cookie("rollbook")
    ruiz.client.set_cookie("rollbook-device", "guessed")
    assert code_of(ruiz.send(op)) == (401, "sign_in")
    ruiz.client.delete_cookie("rollbook-device")
    assert code_of(ruiz.send(op)) == (401, "sign_in")
    assert not school.rows(table_of(OpEntry))


def test_a_device_delivers_only_to_a_school_that_knows_it(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    ruiz.client.delete_cookie("rollbook")
    answer = ruiz.client.post(
        f"/api/v1/schools/{school.cast.alder}/ops",
        json=ruiz.batch(ruiz.op(school.cast.eight_a)),
        headers=OURS,
    )
    assert code_of(answer) == (401, "sign_in")


def test_a_tablet_of_two_schools_delivers_to_the_one_where_nobody_is_signed_in(
    school: School,
) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    op = ruiz.op(school.cast.eight_a)
    stranger = Tablet(school, school.cast.stranger, ruiz.client, ruiz.device_id)
    stranger.sign_in()
    told = _deliver(ruiz, op)
    assert told["results"][0]["outcome"] == "accepted"


def test_the_device_keeps_its_cookie_from_sign_in_to_sign_in(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    first = ruiz.client.get_cookie("rollbook-device")
    Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id).sign_in()
    Tablet(school, school.cast.stranger, ruiz.client, ruiz.device_id).sign_in()
    second = ruiz.client.get_cookie("rollbook-device")
    assert first is not None
    assert second is not None
    assert first.value == second.value
    hashes = {row.token_hash for row in school.rows(table_of(Device), device_id=ruiz.device_id)}
    assert hashes == {hash_token(first.value)}, "at both schools, and only as a hash"


@pytest.mark.parametrize("given", ["guessed", "of another device"])
def test_a_device_is_not_given_a_cookie_that_is_not_its_own(school: School, given: str) -> None:
    okafor = signed_in(school, school.cast.okafor)
    foreign = okafor.client.get_cookie("rollbook-device")
    assert foreign is not None
    ruiz = Tablet(school, school.cast.ruiz, school.app.test_client(), uuid4())
    ruiz.client.set_cookie("rollbook-device", "x" if given == "guessed" else foreign.value)
    ruiz.sign_in()
    own = ruiz.client.get_cookie("rollbook-device")
    assert own is not None
    assert own.value not in {"x", foreign.value}


def test_who_is_signed_in_costs_one_question_and_the_device_none(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    with statements(school.engine) as told:
        ruiz.push(ruiz.op(school.cast.eight_a, absent=[1]))
    assert sum("signin_session" in one for one in told) == 1
    assert not [one for one in told if "device.token_hash" in one and "signin" not in one]


def _id(op: dict[str, Any]) -> UUID:
    return UUID(op["id"])
