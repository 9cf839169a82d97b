"""Several people stay signed in on one tablet: each request says for whom it speaks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from server.models import CaptureGrant, OpEntry, table_of
from tests.server.guest_tablet import code_of, signed_in
from tests.support import cast
from tests.support.api import OURS, School, Tablet


@pytest.fixture
def shared(school: School) -> tuple[Tablet, Tablet]:
    """Ruiz signed in on a tablet, then Okafor."""
    ruiz = signed_in(school, school.cast.ruiz)
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    okafor.sign_in()
    return ruiz, okafor


def _me(tablet: Tablet, **headers: str) -> TestResponse:
    answer: TestResponse = tablet.client.get("/api/v1/me", headers=headers)
    return answer


def _name(answer: TestResponse) -> str:
    return str(answer.get_json()["me"]["name"])


def test_a_request_speaks_for_the_person_whose_grant_it_names(
    shared: tuple[Tablet, Tablet],
) -> None:
    ruiz, okafor = shared
    for one in shared:
        assert _name(_me(one, **{"Rollbook-Grant": one.grant})) == one.person.name
    assert _name(_me(ruiz)) == okafor.person.name, "without a name: who signed in last"


@pytest.mark.parametrize("named", [str(UUID(int=9)), "rubbish", "", "device"])
def test_a_grant_that_nobody_is_signed_in_with_is_nobody(
    shared: tuple[Tablet, Tablet], named: str
) -> None:
    assert code_of(_me(shared[0], **{"Rollbook-Grant": named})) == (401, "sign_in")


def test_who_signs_out_leaves_the_others_signed_in(shared: tuple[Tablet, Tablet]) -> None:
    ruiz, okafor = shared
    out = ruiz.client.post(
        "/api/v1/sign-out", json={}, headers={**OURS, "Rollbook-Grant": ruiz.grant}
    )
    assert out.status_code == 204
    assert code_of(_me(ruiz, **{"Rollbook-Grant": ruiz.grant})) == (401, "sign_in")
    assert _name(_me(okafor)) == okafor.person.name
    okafor.client.post("/api/v1/sign-out", json={}, headers=OURS)
    assert code_of(_me(okafor)) == (401, "sign_in")
    assert code_of(_me(okafor, **{"Rollbook-Grant": okafor.grant})) == (401, "sign_in")
    names = {cookie.key for cookie in _cookies(okafor)}
    assert names == {"rollbook-device"}, "nothing of a person is left"


def test_G1_ruizs_queue_is_delivered_while_okafor_is_signed_in_and_is_ruizs(
    school: School, shared: tuple[Tablet, Tablet]
) -> None:
    ruiz, okafor = shared
    ops = [ruiz.op(school.cast.eight_a, absent=[3]), okafor.op(school.cast.eight_a)]
    results = okafor.push(*ops)
    assert [one["outcome"] for one in results] == ["accepted", "accepted"]
    authors = [school.rows(table_of(OpEntry), op_id=UUID(op["id"]))[0].author for op in ops]
    assert authors == [ruiz.person.staff_id, okafor.person.staff_id]


def test_delivery_goes_on_when_the_one_named_is_signed_out(
    school: School, shared: tuple[Tablet, Tablet]
) -> None:
    _ruiz, okafor = shared
    op = okafor.op(school.cast.eight_a)
    okafor.client.post("/api/v1/sign-out", json={}, headers=OURS)
    answer = okafor.post("ops", okafor.batch(op), **{"Rollbook-Grant": okafor.grant})
    told = answer.get_json()
    assert (told["session"], told["results"][0]["outcome"]) == ("none", "accepted")


def test_each_has_a_cookie_that_only_the_server_reads(school: School) -> None:
    client = school.app.test_client()
    body = {
        "username": "ruiz",
        "password": cast.PASSWORD,
        "device_id": str(school.cast.ruiz.device_id),
    }
    answer = client.post("/api/v1/sign-in", json=body, headers=OURS)
    grant = UUID(answer.get_json()["grant"]["grant_id"])
    given = answer.headers.getlist("Set-Cookie")
    assert [one.split("=")[0] for one in given] == [
        "rollbook",
        f"rollbook-{grant.hex}",
        "rollbook-device",
    ]
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in given)


def test_somebody_who_signs_in_twice_at_once_has_one_leave_to_record(school: School) -> None:
    tablet = uuid4()

    def enter(_: int) -> int:
        body = {"username": "ruiz", "password": cast.PASSWORD, "device_id": str(tablet)}
        client = school.app.test_client()
        return int(client.post("/api/v1/sign-in", json=body, headers=OURS).status_code)

    with ThreadPoolExecutor(4) as crowd:
        statuses = list(crowd.map(enter, range(4)))
    assert set(statuses) <= {200, 503}
    assert 200 in statuses
    assert len(school.rows(table_of(CaptureGrant), device_id=tablet)) == 1


def _cookies(tablet: Tablet) -> list[Any]:
    return list(tablet.client._cookies.values())
