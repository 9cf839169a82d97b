"""A lost tablet, a person who left: leave ends at an instant; what was taken before counts."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from server.cli import cli
from server.models import CaptureGrant, DeskAct, Device, OpEntry, SigninSession, table_of
from server.services.issue_passwords import issue_missing, issue_password
from tests.server.guest_tablet import asked, at, code_of, issue, redeem, signed_in, try_code
from tests.support import cast
from tests.support.api import OURS, School, Tablet, open_school

Tree = dict[str, Any]
WHY = {"why": "It was left in the bus."}


@pytest.fixture
def lind(school: School) -> Tablet:
    """The office."""
    return school.tablet(school.cast.lind)


def _revoke_tablet(lind: Tablet, device_id: UUID) -> Tree:
    answer = lind.post(f"devices/{device_id}/revocation", WHY)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def _revoke_person(moss: Tablet, person: cast.Person) -> Tree:
    answer = moss.post(f"staff/{person.staff_id}/revocation", WHY)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def _reasons(results: Iterable[Tree]) -> list[str | None]:
    return [one["reason"] for one in results]


def test_a_revoked_tablet_gives_up_what_it_took_before_and_reads_nothing(
    school: School, lind: Tablet
) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    before = ruiz.op(school.cast.eight_a, absent=[3])
    school.clock.forward(minutes=2)
    told = _revoke_tablet(lind, ruiz.device_id)
    assert told["revoked_at"] == "2026-10-06T15:05:00.000Z"
    school.clock.forward(minutes=2)
    after = ruiz.op(school.cast.eight_a)
    assert code_of(asked(ruiz, "bootstrap")) == (403, "device_revoked")
    assert code_of(ruiz.client.get("/api/v1/me")) == (403, "device_revoked")
    answer = ruiz.send(before, after).get_json()
    assert answer["session"] == "ended"
    assert _reasons(answer["results"]) == [None, "grant_revoked"]


def test_it_is_told_so_also_when_nobody_is_signed_in_on_it(school: School, lind: Tablet) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    ruiz.client.post("/api/v1/sign-out", json={}, headers=OURS)
    _revoke_tablet(lind, ruiz.device_id)
    assert code_of(asked(ruiz, "bootstrap")) == (403, "device_revoked")


def test_G4_what_a_revoked_tablet_took_too_late_stays_held_whoever_brings_it(
    school: School, lind: Tablet
) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    _revoke_tablet(lind, ruiz.device_id)
    school.clock.forward(minutes=2)
    late = ruiz.op(school.cast.eight_a)
    okafor = school.tablet(school.cast.okafor)
    assert _reasons(okafor.push(late)) == ["grant_revoked"]
    (item,) = lind.get("held")["held"]
    assert item["author"]["name"] == "D. Ruiz"


def test_everybody_on_a_revoked_tablet_is_out_and_nobody_comes_in(
    school: School, lind: Tablet
) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    okafor.sign_in()
    _revoke_tablet(lind, ruiz.device_id)
    assert all(row.revoked_at for row in _of(school, SigninSession, ruiz.device_id))
    assert all(row.revoked_at for row in _of(school, CaptureGrant, ruiz.device_id))
    for one in (ruiz, okafor):
        answer = one.client.get("/api/v1/me", headers={"Rollbook-Grant": one.grant})
        assert code_of(answer) == (403, "device_revoked")
    body = {
        "username": "ruiz", "password": cast.PASSWORD, "device_id": str(ruiz.device_id),
    }  # fmt: skip
    answer = ruiz.client.post("/api/v1/sign-in", json=body, headers=OURS)
    assert code_of(answer) == (403, "device_revoked")
    code = issue(lind, school.cast.eight_a.roll())["code"]
    assert code_of(try_code(school, code, ruiz.device_id)) == (403, "device_revoked")


def test_her_other_tablet_goes_on(school: School, lind: Tablet) -> None:
    ruiz, spare = signed_in(school, school.cast.ruiz), signed_in(school, school.cast.ruiz, uuid4())
    _revoke_tablet(lind, ruiz.device_id)
    school.clock.forward(minutes=2)
    assert _reasons(spare.push(spare.op(school.cast.eight_a))) == [None]
    assert spare.bootstrap()


def test_a_tablet_that_is_found_again_is_taken_back(school: School, lind: Tablet) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    _revoke_tablet(lind, ruiz.device_id)
    school.clock.forward(minutes=1)
    meanwhile = ruiz.op(school.cast.eight_a)
    school.clock.forward(minutes=1)
    where, why = f"devices/{ruiz.device_id}/allowance", {"why": "It was found in the gym."}
    told = [lind.post(where, why).get_json() for _ in range(2)]
    assert [one["revoked_at"] for one in told] == [None, None]
    assert [one["withdrawn"] for one in told] == [None, None]
    (act,) = school.rows(table_of(DeskAct), kind="device_allowed")
    assert (act.by, json.loads(act.facts)) == (lind.person.staff_id, why)
    nobody = lind.post(f"devices/{uuid4()}/allowance", why)
    assert (nobody.status_code, nobody.get_json()["code"]) == (404, "not_found")
    assert code_of(asked(ruiz, "bootstrap")) == (401, "sign_in")
    ruiz.sign_in()
    assert _reasons(ruiz.push(meanwhile, ruiz.op(school.cast.eight_a))) == ["grant_revoked", None]


def test_a_person_who_is_revoked_is_out_on_every_tablet_and_has_no_password(
    school: School,
) -> None:
    moss = school.tablet(school.cast.moss)
    tablets = [signed_in(school, school.cast.ruiz), signed_in(school, school.cast.ruiz, uuid4())]
    before = [one.op(school.cast.eight_a, absent=[3]) for one in tablets]
    school.clock.forward(minutes=2)
    assert _revoke_person(moss, school.cast.ruiz)["revoked_at"] == "2026-10-06T15:05:00.000Z"
    school.clock.forward(minutes=2)
    for tablet, op in zip(tablets, before, strict=True):
        assert code_of(asked(tablet, "bootstrap")) == (401, "person_revoked")
        assert _reasons(tablet.push(op, tablet.op(school.cast.eight_a))) == [None, "grant_revoked"]
    body = {"username": "ruiz", "password": cast.PASSWORD, "device_id": str(uuid4())}
    answer = tablets[0].client.post("/api/v1/sign-in", json=body, headers=OURS)
    assert code_of(answer) == (401, "wrong_password")
    missing = issue_missing(school.engine, school.clock.now())
    assert "ruiz" not in {one.username for one in missing}, "not by the way"
    issue_password(school.engine, "ruiz", school.clock.now(), cast.PASSWORD)
    tablets[0].sign_in()
    assert _reasons(tablets[0].push(tablets[0].op(school.cast.eight_a))) == [None]


def test_a_colleague_on_the_same_tablet_stays_signed_in(school: School) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    okafor.sign_in()
    _revoke_person(school.tablet(school.cast.moss), school.cast.ruiz)
    assert okafor.bootstrap()["me"]["name"] == "N. Okafor"


def test_a_guest_who_is_revoked_cannot_begin_again(school: School, lind: Tablet) -> None:
    code = issue(lind, school.cast.eight_a.roll())["code"]
    guest = redeem(school, code)
    _revoke_person(school.tablet(school.cast.moss), guest.person)
    assert code_of(asked(guest, "bootstrap")) == (401, "pass_ended")
    assert code_of(try_code(school, code, guest.device_id)) == (401, "pass_ended")


def test_every_act_is_kept_with_who_when_and_why(school: School, lind: Tablet) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    for _ in range(2):
        _revoke_tablet(lind, ruiz.device_id)
    _revoke_person(school.tablet(school.cast.moss), school.cast.okafor)
    acts = sorted(school.rows(table_of(DeskAct)), key=lambda one: one.kind)
    assert [(one.kind, one.by, one.subject) for one in acts] == [
        ("device_revoked", lind.person.staff_id, ruiz.device_id),
        ("person_revoked", school.cast.moss.staff_id, school.cast.okafor.staff_id),
    ], "what stands already is not done twice"
    assert all(one.at == cast.MORNING and json.loads(one.facts) == WHY for one in acts)


def test_another_schools_tablets_and_people_are_not_there(school: School, lind: Tablet) -> None:
    theirs = school.cast.stranger
    answer = lind.post(f"devices/{theirs.device_id}/revocation", WHY)
    assert code_of(answer) == (404, "not_found")
    moss = school.tablet(school.cast.moss)
    answer = moss.post(f"staff/{theirs.staff_id}/revocation", WHY)
    assert code_of(answer) == (404, "not_found")
    assert str(theirs.device_id) not in str(lind.get("devices"))


def test_the_office_sees_the_tablets_and_who_is_on_them(school: School, lind: Tablet) -> None:
    ruiz = signed_in(school, school.cast.ruiz)
    okafor = Tablet(school, school.cast.okafor, ruiz.client, ruiz.device_id)
    okafor.sign_in()
    school.clock.set(at(8, 6))
    ruiz.push(ruiz.op(school.cast.eight_a))
    found = {one["device_id"]: one for one in lind.get("devices")["devices"]}
    told = found[str(ruiz.device_id)]
    assert [one["name"] for one in told["people"]] == ["D. Ruiz", "N. Okafor"]
    assert (told["last_op_at"], told["revoked_at"]) == ("2026-10-06T15:06:00.000Z", None)
    assert len(found) == len(
        [one for one in school.cast.people if one.school_id == lind.person.school_id]
    )
    revoked = _revoke_tablet(lind, ruiz.device_id)
    assert all(one["revoked_at"] for one in revoked["people"])


def test_the_operator_withdraws_and_takes_back_at_the_console(
    fresh: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh()
    school = open_school(url)
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", url)

    def rollbook(*words: str, ends: int = 0) -> str:
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == ends, done.output
        return done.output

    birch = ("--school", "birch")
    ruiz = signed_in(school, school.cast.ruiz)
    tablet = str(ruiz.device_id)
    assert "D. Ruiz" in rollbook("devices", "list", *birch)
    rollbook("devices", "revoke", tablet, "--why", "Left in the bus", *birch)
    assert code_of(asked(ruiz, "bootstrap")) == (403, "device_revoked")
    rollbook("devices", "allow", tablet, *birch)
    assert code_of(asked(ruiz, "bootstrap")) == (401, "sign_in")
    rollbook("accounts", "revoke", "Ruiz", "--why", "Her password is known", *birch)
    assert "nobody" in rollbook("accounts", "revoke", "nobody", "--why", "x", *birch, ends=2)
    assert "No tablet" in rollbook("devices", "allow", str(uuid4()), *birch, ends=2)
    assert "withdrawn" in rollbook("accounts", "list")
    assert "ruiz" in rollbook("accounts", "issue", "ruiz")
    assert "withdrawn" not in rollbook("accounts", "list")
    acts = [(one.kind, one.by) for one in school.rows(table_of(DeskAct))]
    assert sorted(acts) == [
        ("device_allowed", None), ("device_revoked", None), ("person_revoked", None)
    ]  # fmt: skip
    school.engine.dispose()


class Ticking(cast.SetClock):
    """A clock that goes on by a millisecond whenever it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.Lock()

    def now(self) -> Any:
        with self._turn:
            self.at += timedelta(milliseconds=1)
            return self.at


def test_G4_while_tablets_deliver_a_revocation_parts_before_from_after(school: School) -> None:
    """Whatever the order in which the database hears them, an op counts when it was taken before
    the instant of the revocation, and is held when it was taken after."""
    clock = Ticking()
    school.app.extensions["rollbook"] = type(school.app.extensions["rollbook"])(
        school.app.extensions["rollbook"].settings, clock
    )
    school.clock = clock
    lind, ruiz = school.tablet(school.cast.lind), signed_in(school, school.cast.ruiz)
    begun = threading.Barrier(4)

    def deliver() -> None:
        tablet = Tablet(school, ruiz.person, school.app.test_client(), ruiz.device_id, ruiz.grant)
        cookie = ruiz.client.get_cookie("rollbook-device")
        assert cookie is not None
        tablet.client.set_cookie(cookie.key, cookie.value)
        begun.wait()
        for _ in range(12):
            tablet.push(tablet.op(school.cast.eight_a))

    crowd = [threading.Thread(target=deliver) for _ in range(3)]
    for one in crowd:
        one.start()
    begun.wait()
    while len(school.rows(table_of(OpEntry))) < 6:
        pass
    _revoke_tablet(lind, ruiz.device_id)
    for one in crowd:
        one.join()
    (device,) = school.rows(table_of(Device), device_id=ruiz.device_id)
    rows = school.rows(table_of(OpEntry))
    assert len(rows) == 36
    for row in rows:
        before = row.taken_at <= device.revoked_at
        assert (row.outcome, row.reason) == (
            ("accepted", None) if before else ("held", "grant_revoked")
        )
    assert {row.outcome for row in rows} == {"accepted", "held"}


def _of(school: School, model: Any, device_id: UUID) -> list[Any]:
    return school.rows(table_of(model), device_id=device_id)
