"""Every answer carries the header set, errors too: generated from the inventory."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from schemas.api import OPERATIONS
from schemas.operation import Operation
from server import headers
from tests.server.frame.conftest import Browser, Office
from tests.server.frame.probe import SESSIONS, ask

BROKEN = {
    "no such page": ("GET", "/nothing/here"),
    "no such address": ("GET", "/api/v1/nothing"),
    "no school of that form": ("GET", "/api/v1/schools/x/board"),
    "not this way": ("DELETE", "/api/v1/me"),
    "traced": ("TRACE", "/api/v1/me"),
    "not from here": ("POST", "/api/v1/sign-in"),
    "up and away": ("GET", "/assets/../../settings.py"),
}


@pytest.mark.parametrize("who", ["nobody", "ruiz", "lind"])
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda op: op.name)
@pytest.mark.usefixtures("built")
def test_every_answer_has_the_header_set(
    standing_office: Office, signed_in: Callable[[str], Browser], operation: Operation, who: str
) -> None:
    office = standing_office
    browser = office.known(who) if operation.name in SESSIONS else signed_in(who)
    answer = ask(browser, operation, office.cast)
    _assert_safe(answer)
    if operation.path.startswith("/api/"):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Rollbook-Time"] == "2026-10-06T15:03:00.000Z"
    if operation.school_scoped and who != "nobody":
        assert answer.headers["Rollbook-Epoch"] == f"e{str(office.cast.birch)[:8]}"


@pytest.mark.parametrize("how", BROKEN)
def test_every_error_has_the_header_set_and_the_one_shape(office: Office, how: str) -> None:
    method, path = BROKEN[how]
    answer = office.browser().client.open(path, method=method)
    _assert_safe(answer)
    assert answer.mimetype == "application/problem+json"
    told = answer.get_json()
    assert told["status"] == answer.status_code
    assert told["request_id"] == answer.headers["Rollbook-Request"]
    assert {"type", "title", "status", "detail", "code", "request_id"} <= told.keys()


@pytest.mark.parametrize("path", ["/", "/office", "/office/"])
@pytest.mark.usefixtures("built")
def test_pages_run_only_our_own_scripts_through_trusted_types(office: Office, path: str) -> None:
    answer = office.browser().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "text/html"
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("path", "camera"), [("/", "(self)"), ("/office/", "()"), ("/up", "()")])
@pytest.mark.usefixtures("built")
def test_only_the_teachers_page_may_ask_for_the_camera(
    office: Office, path: str, camera: str
) -> None:
    powers = office.browser().get(path).headers["Permissions-Policy"].split(", ")
    assert f"camera={camera}" in powers
    assert [power for power in powers if not power.endswith("=()")] == (
        ["camera=(self)"] if camera == "(self)" else []
    )


@pytest.mark.usefixtures("built")
def test_hashed_files_are_kept_and_the_worker_never(office: Office) -> None:
    browser = office.browser()
    assert "immutable" in browser.get("/assets/a-1234.js").headers["Cache-Control"]
    worker = browser.get("/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.mimetype == "text/javascript"
    assert browser.get("/manifest.webmanifest").mimetype == "application/manifest+json"


@pytest.mark.usefixtures("built")
def test_an_unchanged_page_is_not_sent_again_and_a_packed_one_reads_the_same(
    office: Office,
) -> None:
    browser = office.browser()
    plain = browser.get("/")
    packed = browser.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    again = browser.get("/", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/.vite/manifest.json", "/assets/a-1234.js.map", "/assets/missing.js", "/%2e%2e/x"]
)
@pytest.mark.usefixtures("built")
def test_sources_and_dot_files_are_not_served(office: Office, path: str) -> None:
    assert office.browser().get(path).status_code == 404


def test_over_https_browsers_are_told_to_stay_there(open_office: Callable[..., Office]) -> None:
    secure = open_office(public_url="https://rolls.example.org").browser().get("/up")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    alone = open_office(public_url="https://rolls.example.org", hsts_subdomains=False)
    assert alone.browser().get("/up").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in open_office().browser().get("/up").headers


def _assert_safe(answer: TestResponse) -> None:
    for name, value in headers.ALWAYS.items():
        assert answer.headers.getlist(name) == [value]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Rollbook-Request"]
    assert "Clear-Site-Data" not in answer.headers
    assert "Location" not in answer.headers
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
