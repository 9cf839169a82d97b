"""A server restored from an older backup learns again who may record on which tablet."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete

from server.db import writing
from server.models import CaptureGrant, OpEntry, table_of
from tests.server.guest_tablet import signed_in
from tests.support import cast
from tests.support.api import OURS, School, Tablet


def _forget(school: School, *grants: str) -> None:
    """What a restore of an older backup does to the newest sign-ins."""
    with writing(school.engine) as connection:
        for one in grants:
            connection.execute(delete(CaptureGrant).where(CaptureGrant.grant_id == UUID(one)))


def _sign_in(tablet: Tablet, *grants: str) -> dict[str, Any]:
    body = {
        "username": tablet.person.username,
        "password": cast.PASSWORD,
        "device_id": str(tablet.device_id),
        "grants": list(grants),
    }
    answer = tablet.client.post("/api/v1/sign-in", json=body, headers=OURS)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: dict[str, Any] = answer.get_json()
    return told


def test_G5_what_was_taken_with_a_forgotten_sign_in_is_on_the_record_after_the_next(
    school: School,
) -> None:
    ruiz = signed_in(school, school.cast.ruiz, uuid4())
    op = ruiz.op(school.cast.eight_a, absent=[3])
    _forget(school, ruiz.grant)
    (result,) = ruiz.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "grant_unknown")
    told = _sign_in(ruiz, ruiz.grant)
    assert told["grant"]["grant_id"] == ruiz.grant, "the tablet goes on with the one it has"
    (again,) = ruiz.push(op)
    assert (again["outcome"], again["replayed"]) == ("accepted", True)
    (row,) = school.rows(table_of(OpEntry))
    assert row.author == ruiz.person.staff_id
    (grant,) = school.rows(table_of(CaptureGrant), grant_id=UUID(ruiz.grant))
    assert grant.recovered_at == school.clock.now()


def test_G5_nobody_becomes_the_author_of_what_a_colleague_took(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    op = ruiz.op(school.cast.eight_a)
    _sign_in(okafor, ruiz.grant, str(school.cast.stranger.grant_id))
    ruiz.push(op)
    (row,) = school.rows(table_of(OpEntry))
    assert row.author == ruiz.person.staff_id
    for person in (school.cast.ruiz, school.cast.stranger):
        (grant,) = school.rows(table_of(CaptureGrant), grant_id=person.grant_id)
        assert (grant.staff_id, grant.recovered_at) == (person.staff_id, None)


def test_a_sign_in_that_names_its_grants_again_changes_nothing(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz, uuid4())
    _forget(school, ruiz.grant)
    for _ in range(2):
        _sign_in(ruiz, ruiz.grant, ruiz.grant)
    assert len(school.rows(table_of(CaptureGrant), device_id=ruiz.device_id)) == 1


def test_what_a_revoked_leave_took_is_not_let_in_by_naming_it(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz, uuid4())
    lost = ruiz.grant
    school.change(table_of(CaptureGrant), {"revoked_at": school.clock.now()}, grant_id=UUID(lost))
    school.clock.forward(minutes=1)
    op = ruiz.op(school.cast.eight_a)
    assert _sign_in(ruiz, lost)["grant"]["grant_id"] != lost
    (result,) = ruiz.push(op)
    assert (result["outcome"], result["reason"]) == ("held", "grant_revoked")


def test_a_tablet_names_no_more_grants_than_people_fit_on_it(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    body = {
        "username": "ruiz",
        "password": cast.PASSWORD,
        "device_id": str(ruiz.device_id),
        "grants": [str(uuid4()) for _ in range(21)],
    }
    answer = ruiz.client.post("/api/v1/sign-in", json=body, headers=OURS)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["grants"])
