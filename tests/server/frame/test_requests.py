"""Bodies, queries and errors at the edge: every refusal is one problem, nothing answers 5xx."""

from __future__ import annotations

import gzip
import json
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from server import body
from server.app import create_app
from server.body import parse
from server.models import db
from server.problems import Problem
from server.services.migrate import migrate
from server.settings import Settings
from server.source import source_of
from server.version import VERSION
from tests.server.frame.conftest import OURS, Office
from tests.support import cast

SIGN_IN = "/api/v1/sign-in"
UNREADABLE = {
    "empty": b"",
    "cut short": b'{"username": ',
    "not text": b"\xff\xfe{}",
    "a name twice": b'{"username": "a", "username": "b"}',
    "no number": b'{"username": NaN}',
    "too deep": b"[" * 6000,
    "too long a number": b'{"username": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_what_reads_more_than_one_way_is_not_read(office: Office, how: str) -> None:
    answer = office.browser().client.post(
        SIGN_IN, data=UNREADABLE[how], content_type="application/json", headers=OURS
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("sent", [[], "x", None, 7, {"username": {"$gt": ""}}])
def test_another_shape_is_refused_by_field(office: Office, sent: Any) -> None:
    answer = office.browser().client.post(
        SIGN_IN, data=json.dumps(sent), content_type="application/json", headers=OURS
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    assert answer.get_json()["errors"]


def test_a_field_that_is_not_ours_is_refused_by_name(office: Office) -> None:
    answer = office.browser().sign_in(office.cast.ruiz, role="administrator")
    assert answer.get_json()["errors"] == {"role": ["Unknown field."]}


def test_a_value_is_never_repeated_in_a_refusal(office: Office) -> None:
    sent = {"username": "x" * 300, "password": "p4ssword" * 99, "device_id": "secret"}
    told = office.browser().post(SIGN_IN, sent).get_data(as_text=True)
    assert not [word for word in ("xxx", "p4ssword", "secret") if word in told]


def test_a_query_parameter_may_occur_once_and_only_where_it_is_known(office: Office) -> None:
    browser = office.signed_in(office.cast.lind)
    board = f"/api/v1/schools/{office.cast.birch}/board"
    assert browser.code(f"{board}?on=2026-10-06&on=2026-10-07") == "malformed"
    assert browser.get(f"{board}?on=yesterday").get_json()["errors"].keys() == {"on"}
    assert browser.get(f"{board}?of=8A").get_json()["errors"].keys() == {"of"}


def _request(sent: bytes, **headers: str) -> Request:
    return Request(EnvironBuilder(method="POST", data=sent, headers=headers).get_environ())


def _refusal(sent: bytes, most: int = 1000, **headers: str) -> str:
    with pytest.raises(Problem) as refused:
        body.read(_request(sent, **headers), most)
    return refused.value.kind.code


def test_a_body_may_be_packed_and_is_counted_unpacked() -> None:
    packed = gzip.compress(b"x" * 1000)
    assert body.read(_request(packed, **{"Content-Encoding": "gzip"}), 1000) == b"x" * 1000
    bomb = gzip.compress(b"x" * 10_000_000)
    assert _refusal(bomb, 100_000, **{"Content-Encoding": "gzip"}) == "too_large"
    assert _refusal(b"x" * 1001) == "too_large"


def test_a_body_packed_wrongly_is_malformed() -> None:
    packed = gzip.compress(b"{}")
    for sent in (b"{}", packed[:-4], packed + b"{}", packed + packed):
        assert _refusal(sent, **{"Content-Encoding": "gzip"}) == "malformed"
    assert _refusal(b"{}", **{"Content-Encoding": "br"}) == "unsupported_media"


def test_numbers_and_names_come_through_as_sent() -> None:
    assert parse('{"a": [1, 2.5, null, true, "Zoë"]}'.encode()) == {
        "a": [1, 2.5, None, True, "Zoë"]
    }


@pytest.mark.parametrize(
    ("peer", "forwarded", "source"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "192.0.2.1", "203.0.113.7"),
        ("10.0.0.5", "192.0.2.1", "192.0.2.1"),
        ("10.0.0.5", "192.0.2.66, 192.0.2.1", "192.0.2.1"),
        ("10.0.0.5", "192.0.2.1, 10.0.0.6", "192.0.2.1"),
        ("10.0.0.5", "nonsense", "10.0.0.5"),
        ("::ffff:10.0.0.5", "192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (None, "192.0.2.1", "unknown"),
        ("/run/rollbook.sock", "", "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(peer: str | None, forwarded: str, source: str) -> None:
    assert source_of(peer, forwarded, [ip_network("10.0.0.0/8")]) == source


def test_a_bug_is_told_without_its_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: Any) -> None:
        raise RuntimeError("Amara Abara was here")

    monkeypatch.setattr("server.blueprints.signin.places_of", stumble)
    answer = office.signed_in(office.cast.ruiz).get("/api/v1/me")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "server_error")
    assert "Amara" not in answer.get_data(as_text=True)


def test_a_database_that_cannot_be_asked_means_come_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = office.signed_in(office.cast.ruiz)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE signin_session RENAME TO gone")
    answer = browser.get("/api/v1/me")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.get_json()["code"] == "busy"


def test_up_says_which_version_and_ready_says_what_is_missing(office: Office) -> None:
    browser = office.browser()
    assert browser.get("/up").get_json() == {"status": "up", "version": VERSION}
    answer = browser.get("/ready")
    checks = {check["name"]: check for check in answer.get_json()["checks"]}
    assert answer.status_code == 503, "these tables were not made by migrations"
    assert not checks["schema"]["ok"]
    assert "rollbook init" in checks["schema"]["detail"]
    assert checks["database"]["ok"]
    assert checks["disk"]["ok"]


def test_a_database_made_by_migrations_is_ready(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/school/rollbook.db")
    migrate(settings)
    app = create_app(settings)
    answer = app.test_client().get("/ready")
    with app.app_context():
        db.engine.dispose()
    assert (answer.status_code, answer.get_json()["ready"]) == (200, True)


def test_the_time_is_the_servers_to_the_millisecond(office: Office) -> None:
    office.clock.set(cast.MORNING.replace(microsecond=213_000))
    told = office.browser().get("/api/v1/time").get_json()
    assert told == {"server_time": "2026-10-06T15:03:00.213Z"}
