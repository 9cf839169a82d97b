"""Changes are taken only as JSON from our own pages: each operation, each way to cheat."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.api import OPERATIONS
from schemas.operation import Operation
from tests.server.frame.conftest import Browser, Office
from tests.server.frame.probe import CHANGING, READING, ask, body_of, path_of

JSON = "application/json"
CHEATS: dict[str, dict[str, Any]] = {
    "says nothing of where it comes from": {"content_type": JSON},
    "foreign origin": {
        "content_type": JSON,
        "headers": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    },
    "foreign origin, old browser": {
        "content_type": JSON,
        "headers": {"Origin": "https://evil.example"},
    },
    "origin on another port": {
        "content_type": JSON,
        "headers": {"Origin": "http://127.0.0.1:9000"},
    },
    "null origin": {"content_type": JSON, "headers": {"Origin": "null"}},
    "sibling site": {
        "content_type": JSON,
        "headers": {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    },
    "typed into the address bar": {"content_type": JSON, "headers": {"Sec-Fetch-Site": "none"}},
    "text": {"content_type": "text/plain", "headers": {"Sec-Fetch-Site": "same-origin"}},
    "no content type": {"headers": {"Sec-Fetch-Site": "same-origin"}},
    "form": {
        "content_type": "application/x-www-form-urlencoded",
        "headers": {"Sec-Fetch-Site": "same-origin"},
    },
    "multipart": {
        "content_type": "multipart/form-data; boundary=x",
        "headers": {"Sec-Fetch-Site": "same-origin"},
    },
    "form from elsewhere": {
        "content_type": "application/x-www-form-urlencoded",
        "headers": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    },
}


@pytest.mark.parametrize("cheat", CHEATS)
@pytest.mark.parametrize("operation", CHANGING, ids=lambda op: op.name)
def test_a_change_from_elsewhere_is_refused_and_writes_nothing(
    standing_office: Office,
    signed_in: Callable[[str], Browser],
    operation: Operation,
    cheat: str,
) -> None:
    office, browser = standing_office, signed_in("lind")
    before = office.everything()
    answer = browser.client.post(
        path_of(operation, office.cast),
        data=json.dumps(body_of(operation, office.cast)),
        **CHEATS[cheat],
    )
    assert (answer.status_code, answer.get_json()["code"]) == (403, "csrf")
    assert office.everything() == before


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost"])
def test_a_browser_without_fetch_metadata_is_known_by_its_origin(
    office: Office, origin: str
) -> None:
    """The first is the public URL, the second the host that the test's client asked."""
    answer = office.browser().client.post("/api/v1/sign-out", json={}, headers={"Origin": origin})
    assert answer.status_code == 204


@pytest.mark.parametrize("operation", READING, ids=lambda op: op.name)
def test_reading_changes_nothing(
    standing_office: Office, signed_in: Callable[[str], Browser], operation: Operation
) -> None:
    office, browser = standing_office, signed_in("lind")
    for first in ("bootstrap", "push_state"):  # a school's first makes its keys
        ask(browser, OPERATIONS[first], office.cast)
    before = office.everything()
    ask(browser, operation, office.cast)
    assert office.everything() == before


@pytest.mark.parametrize("operation", CHANGING, ids=lambda op: op.name)
def test_no_preflight_is_ever_answered_with_leave(
    standing_office: Office, operation: Operation
) -> None:
    office = standing_office
    answer = office.browser().client.options(
        path_of(operation, office.cast),
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert answer.status_code == 405
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
