"""Guessing at passwords is slowed down, and nobody can lock a colleague out."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, insert, select
from werkzeug.test import TestResponse

from server.db import reading, writing
from server.models import SigninFailure
from server.services.sign_in_limit import OF_ONE_ACCOUNT, OF_ONE_ADDRESS
from tests.server.frame.conftest import OURS, Office


def test_guessing_is_slowed_down_more_and_more(office: Office) -> None:
    waits = []
    for _ in range(12):
        answer = _guess(office, "ruiz", "198.51.100.9")
        waits.append(int(answer.headers.get("Retry-After", 0)))
        office.clock.forward(seconds=waits[-1])
    assert waits[:6] == [0] * 6
    refused = [wait for wait in waits if wait]
    assert refused == sorted(refused)
    assert refused[-1] > refused[0]


def test_a_lock_out_cannot_be_aimed_at_a_colleague_from_another_address(office: Office) -> None:
    for _ in range(10):
        _guess(office, "ruiz", "198.51.100.9")
    assert _guess(office, "ruiz", "198.51.100.9").status_code == 429
    at_home = office.browser().sign_in(office.cast.ruiz, device_id=uuid4(), address="192.0.2.4")
    assert at_home.status_code == 200


def test_nor_from_the_same_school_network_while_the_colleague_uses_her_own_tablet(
    office: Office,
) -> None:
    for _ in range(10):
        _guess(office, "ruiz", "203.0.113.7")
    assert _guess(office, "ruiz", "203.0.113.7").status_code == 429
    assert office.browser().sign_in(office.cast.ruiz, address="203.0.113.7").status_code == 200


def test_a_right_password_is_not_even_looked_at_while_waiting(office: Office) -> None:
    for _ in range(7):
        _guess(office, "ruiz", "198.51.100.9")
    early = office.browser().sign_in(office.cast.ruiz, device_id=uuid4(), address="198.51.100.9")
    assert early.status_code == 429
    office.clock.forward(minutes=16)
    late = office.browser().sign_in(office.cast.ruiz, device_id=uuid4(), address="198.51.100.9")
    assert late.status_code == 200


def test_sixty_teachers_behind_one_address_at_eight_may_mistype_once_each() -> None:
    assert not OF_ONE_ADDRESS.wait_after(60)
    assert not OF_ONE_ADDRESS.wait_after(120)
    assert OF_ONE_ADDRESS.wait_after(121) == timedelta(seconds=1)
    assert OF_ONE_ADDRESS.wait_after(10_000) == timedelta(seconds=30)
    assert OF_ONE_ACCOUNT.wait_after(10_000) == timedelta(minutes=15)


def test_one_address_that_tries_many_names_is_slowed_down(office: Office) -> None:
    with writing(office.engine) as connection:
        connection.execute(
            insert(SigninFailure).values(
                username="",
                source="address:198.51.100.9",
                failures=OF_ONE_ADDRESS.free,
                last_at=office.clock.now(),
            )
        )
    assert _guess(office, "name-1", "198.51.100.9").status_code == 401
    assert _guess(office, "name-2", "198.51.100.9").status_code == 429
    assert _guess(office, "name-2", "192.0.2.4").status_code == 401


def test_failures_are_forgotten_and_do_not_pile_up(office: Office) -> None:
    for number in range(3):
        _guess(office, f"name-{number}", "198.51.100.9")
    office.clock.forward(days=2)
    _guess(office, "ruiz", "198.51.100.9")
    with reading(office.engine) as connection:
        kept = connection.execute(select(func.count()).select_from(SigninFailure)).scalar_one()
    assert kept == 2, "the account's and the address's"


def test_a_success_clears_the_persons_own_failures(office: Office) -> None:
    for _ in range(5):
        _guess(office, "ruiz", "203.0.113.7")
    device = uuid4()
    assert office.browser().sign_in(office.cast.ruiz, device_id=device).status_code == 200
    for _ in range(5):
        assert _guess(office, "ruiz", "203.0.113.7").status_code == 401


def _guess(office: Office, username: str, address: str) -> TestResponse:
    body = {"username": username, "password": "guess", "device_id": str(uuid4())}
    return office.browser().client.post(
        "/api/v1/sign-in", json=body, headers=OURS, environ_base={"REMOTE_ADDR": address}
    )
