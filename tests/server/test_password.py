"""One's own password: changed by who knows it; who is signed in with the old one is no longer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from server import passwords
from server.models import DeskAct, table_of
from tests.server.guest_tablet import code_of, issue, redeem, signed_in
from tests.support import cast
from tests.support.api import OURS, School, Tablet

NEW = "seven brown kettles"


@pytest.fixture
def ruiz(school: School) -> Tablet:
    """Ruiz, signed in with her password."""
    return signed_in(school, school.cast.ruiz)


def _change(tablet: Tablet, old: str, new: str) -> TestResponse:
    body = {"old": old, "new": new, "device_id": str(tablet.device_id)}
    answer: TestResponse = tablet.client.post("/api/v1/password", json=body, headers=OURS)
    return answer


def _try(school: School, password: str) -> int:
    body = {"username": "ruiz", "password": password, "device_id": str(uuid4())}
    client = school.app.test_client()
    return int(client.post("/api/v1/sign-in", json=body, headers=OURS).status_code)


def test_the_new_password_counts_and_the_old_one_no_longer(school: School, ruiz: Tablet) -> None:
    assert _change(ruiz, cast.PASSWORD, NEW).status_code == 204
    assert (_try(school, NEW), _try(school, cast.PASSWORD)) == (200, 401)
    (act,) = school.rows(table_of(DeskAct))
    assert (act.kind, act.by) == ("password_changed", ruiz.person.staff_id)
    assert NEW not in act.facts


def test_her_other_sessions_end_and_this_one_stays(school: School, ruiz: Tablet) -> None:
    other = signed_in(school, school.cast.ruiz, uuid4())
    op = other.op(school.cast.eight_a)
    _change(ruiz, cast.PASSWORD, NEW)
    assert ruiz.client.get("/api/v1/me").status_code == 200
    assert code_of(other.client.get("/api/v1/me")) == (401, "sign_in")
    (result,) = other.push(op)
    assert result["outcome"] == "accepted", "a queue is not touched by it"


def test_guessing_the_old_one_is_slowed_down(school: School, ruiz: Tablet) -> None:
    answers = [_change(ruiz, "guess", NEW) for _ in range(7)]
    assert [one.status_code for one in answers] == [401] * 6 + [429]
    assert answers[-1].headers["Retry-After"]
    assert code_of(_change(ruiz, cast.PASSWORD, NEW)) == (429, "slow_down")
    school.clock.forward(minutes=16)
    assert _change(ruiz, cast.PASSWORD, NEW).status_code == 204


@pytest.mark.parametrize("new", ["short", cast.PASSWORD, "I am Ruiz of 8A", "tab\x00tab tab"])
def test_a_poor_new_one_is_not_taken(school: School, ruiz: Tablet, new: str) -> None:
    answer = _change(ruiz, cast.PASSWORD, new)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["new"])
    assert _try(school, cast.PASSWORD) == 200


def test_of_two_changes_at_once_one_is_made(school: School, ruiz: Tablet) -> None:
    other = signed_in(school, school.cast.ruiz, uuid4())
    with ThreadPoolExecutor(2) as both:
        changes = zip((ruiz, other), (NEW, f"{NEW} more"), strict=True)
        answers = list(both.map(lambda one: _change(one[0], cast.PASSWORD, one[1]), changes))
    assert sorted(one.status_code for one in answers) == [204, 401]
    assert sorted([_try(school, NEW), _try(school, f"{NEW} more")]) == [200, 401]


def test_a_crowd_is_told_to_come_again(ruiz: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT_S", 0.01)
    with passwords.one_at_a_time():
        answer = _change(ruiz, cast.PASSWORD, NEW)
    assert code_of(answer) == (503, "busy")
    assert _change(ruiz, cast.PASSWORD, NEW).status_code == 204


def test_a_guest_has_no_password_to_change(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    guest = redeem(school, issue(lind, school.cast.eight_a.roll())["code"])
    assert code_of(_change(guest, "x", NEW)) == (404, "not_found")
