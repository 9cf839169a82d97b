"""Signing in: stories of the cast and of those who guess."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, update

from server import passwords
from server.db import reading, writing
from server.models import Account, CaptureGrant, Device, SigninSession, Staff
from server.services.cookies import hash_token
from tests.server.frame.conftest import Office
from tests.support import cast


def test_ruiz_signs_in_once_and_has_leave_to_record_for_ninety_days(office: Office) -> None:
    tablet = uuid4()
    answer = office.browser().sign_in(office.cast.ruiz, device_id=tablet).get_json()
    assert answer["me"]["name"] == "D. Ruiz"
    assert answer["school"]["zone"] == "America/Los_Angeles"
    assert answer["grant"]["device_id"] == str(tablet)
    assert answer["grant"]["until_at"] == "2027-01-04T15:03:00.000Z"
    assert answer["epoch"]


def test_signing_in_again_prolongs_the_same_grant(office: Office) -> None:
    tablet = uuid4()
    first = office.browser().sign_in(office.cast.ruiz, device_id=tablet).get_json()["grant"]
    office.clock.forward(days=30)
    second = office.browser().sign_in(office.cast.ruiz, device_id=tablet).get_json()["grant"]
    assert second["grant_id"] == first["grant_id"]
    assert second["until_at"] > first["until_at"]


def test_a_grant_that_ran_out_or_was_revoked_is_not_brought_back(office: Office) -> None:
    tablet = uuid4()
    grants = []
    for _ in range(3):
        answer = office.browser().sign_in(office.cast.ruiz, device_id=tablet).get_json()
        grants.append(answer["grant"]["grant_id"])
        if len(grants) == 1:
            office.clock.forward(days=91)
        else:
            _revoke_grants(office, tablet)
    assert len(set(grants)) == 3


def test_a_password_typed_with_care_for_case_and_the_name_without(office: Office) -> None:
    body = {"username": " RUIZ ", "password": cast.PASSWORD, "device_id": str(uuid4())}
    assert office.browser().post("/api/v1/sign-in", body).status_code == 200
    body["password"] = cast.PASSWORD.upper()
    assert office.browser().post("/api/v1/sign-in", body).get_json()["code"] == "wrong_password"


def test_who_has_no_account_hears_the_same_as_who_mistypes(office: Office) -> None:
    unknown = {"username": "nobody", "password": "x", "device_id": str(uuid4())}
    mistyped = unknown | {"username": "ruiz"}
    answers = [office.browser().post("/api/v1/sign-in", body) for body in (unknown, mistyped)]
    told = [answer.get_json() | {"request_id": ""} for answer in answers]
    assert told[0] == told[1]
    assert [answer.status_code for answer in answers] == [401, 401]


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    verify = passwords.HASHER.verify

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            hashed.append(stored)
            return verify(stored, password)

        hash = staticmethod(passwords.HASHER.hash)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    for name in ("nobody", "ruiz"):
        body = {"username": name, "password": "x", "device_id": str(uuid4())}
        office.browser().post("/api/v1/sign-in", body)
    assert len(hashed) == 2
    assert hashed[0].split("$")[:4] == hashed[1].split("$")[:4], "same argon2 parameters"


def test_the_token_is_long_random_and_stored_only_hashed(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    cookie = browser.client.get_cookie("rollbook")
    assert cookie is not None
    assert len(cookie.value) >= 43, "256 bits"
    assert cookie.value not in repr(office.everything())
    with reading(office.engine) as connection:
        stored = connection.execute(select(SigninSession.token_hash)).scalars().all()
    assert hash_token(cookie.value) in stored


def test_the_cookie_is_bound_to_the_host_and_to_https(open_office: Callable[..., Office]) -> None:
    plain = open_office().browser()
    given = plain.sign_in(cast.gather().ruiz).headers["Set-Cookie"]
    assert given.startswith("rollbook=")
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    secure = open_office(public_url="https://rolls.example.org").browser()
    given = secure.sign_in(cast.gather().ruiz).headers["Set-Cookie"]
    assert given.startswith("__Host-rollbook=")
    assert all(word in given for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in given


def test_a_teacher_stays_signed_in_for_a_term_and_the_office_for_a_day(office: Office) -> None:
    ruiz, lind = office.signed_in(office.cast.ruiz), office.signed_in(office.cast.lind)
    office.clock.forward(hours=13)
    assert lind.code() == "sign_in"
    office.clock.forward(days=89)
    assert ruiz.get("/api/v1/me").status_code == 200
    office.clock.forward(days=1)
    assert ruiz.code() == "sign_in"


def test_an_ended_session_says_that_the_queue_is_kept(office: Office) -> None:
    told = office.browser().get("/api/v1/me").get_json()["detail"]
    assert "kept" in told
    assert "Sign in again" in told


def test_signing_out_ends_the_session_not_only_the_cookie(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    cookie = browser.client.get_cookie("rollbook")
    assert cookie is not None
    out = browser.post("/api/v1/sign-out", {})
    assert out.status_code == 204
    assert "Clear-Site-Data" not in out.headers
    thief = office.browser()
    thief.client.set_cookie("rollbook", cookie.value)
    assert thief.code() == "sign_in"


def test_signing_in_again_in_the_same_browser_ends_ones_session_before(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    before = browser.client.get_cookie("rollbook")
    browser.sign_in(office.cast.ruiz)
    after = browser.client.get_cookie("rollbook")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    thief = office.browser()
    thief.client.set_cookie("rollbook", before.value)
    assert thief.code() == "sign_in"
    assert browser.get("/api/v1/me").get_json()["me"]["name"] == "D. Ruiz"


def test_a_disabled_account_is_dead_at_the_next_request(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    with writing(office.engine) as connection:
        connection.execute(
            update(Account).where(Account.username == "ruiz").values(disabled_at=office.clock.now())
        )
    assert browser.code() == "sign_in"
    assert browser.sign_in(office.cast.ruiz).get_json()["code"] == "wrong_password"


def test_a_person_who_left_the_school_is_dead_at_the_next_request(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    with writing(office.engine) as connection:
        connection.execute(
            update(Staff).where(Staff.staff_id == office.cast.ruiz.staff_id).values(active=False)
        )
    assert browser.code() == "sign_in"
    assert browser.sign_in(office.cast.ruiz).status_code == 401


def test_a_revoked_device_is_told_so_and_may_not_sign_in_again(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    with writing(office.engine) as connection:
        connection.execute(
            update(Device)
            .where(Device.device_id == office.cast.ruiz.device_id)
            .values(revoked_at=office.clock.now())
        )
    answer = browser.get("/api/v1/me")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device_revoked")
    assert browser.sign_in(office.cast.ruiz).get_json()["code"] == "device_revoked"


def test_reading_writes_last_seen_only_every_few_minutes(office: Office) -> None:
    browser = office.signed_in(office.cast.ruiz)
    before = office.everything()
    office.clock.forward(minutes=4)
    browser.get("/api/v1/me")
    assert office.everything() == before
    office.clock.forward(minutes=2)
    browser.get("/api/v1/me")
    with reading(office.engine) as connection:
        seen = connection.execute(select(SigninSession.last_seen_at)).scalar_one()
    assert seen == office.clock.now()


def test_sato_who_works_at_two_schools_says_which(office: Office) -> None:
    _also_works_at(office, office.cast.sato, office.cast.alder)
    browser = office.browser()
    asked = browser.sign_in(office.cast.sato).get_json()
    assert asked["code"] == "choose_school"
    assert {school["name"] for school in asked["schools"]} == {"Alder", "Birch"}
    answer = browser.sign_in(office.cast.sato, school_id=str(office.cast.alder)).get_json()
    assert answer["school"]["name"] == "Alder"
    assert len(answer["schools"]) == 2
    assert browser.get("/api/v1/me").get_json()["school"]["name"] == "Alder"


def test_nobody_signs_in_at_a_school_that_is_not_theirs(office: Office) -> None:
    answer = office.browser().sign_in(office.cast.ruiz, school_id=str(office.cast.alder))
    assert answer.get_json()["code"] == "wrong_password"


def test_an_outdated_hash_is_renewed_at_sign_in(office: Office) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(cast.PASSWORD)
    with writing(office.engine) as connection:
        connection.execute(
            update(Account).where(Account.username == "ruiz").values(password_hash=weak)
        )
    assert office.browser().sign_in(office.cast.ruiz).status_code == 200
    with reading(office.engine) as connection:
        stored = connection.execute(
            select(Account.password_hash).where(Account.username == "ruiz")
        ).scalar_one()
    assert stored is not None
    assert "m=19456,t=2,p=1" in stored


def test_a_crowd_at_the_door_is_told_to_come_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT_S", 0.01)
    with passwords.one_at_a_time():
        answer = office.browser().sign_in(office.cast.ruiz)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert office.browser().sign_in(office.cast.ruiz).status_code == 200


def _revoke_grants(office: Office, device_id: UUID) -> None:
    with writing(office.engine) as connection:
        connection.execute(
            update(CaptureGrant)
            .where(CaptureGrant.device_id == device_id)
            .values(revoked_at=office.clock.now())
        )


def _also_works_at(office: Office, person: cast.Person, school_id: UUID) -> None:
    with writing(office.engine) as connection:
        account_id = connection.execute(
            select(Account.account_id).where(Account.username == person.username)
        ).scalar_one()
        connection.execute(
            insert(Staff).values(
                school_id=school_id,
                staff_id=uuid4(),
                sourced_id="guest",
                given_name="K.",
                family_name="Sato",
                display_name=person.name,
                username=person.username,
                role="teacher",
                account_id=account_id,
            )
        )
