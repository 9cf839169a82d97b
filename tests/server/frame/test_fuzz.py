"""Schemathesis reads the OpenAPI document and tries every operation: nothing answers 5xx."""

from __future__ import annotations

import json
from collections.abc import Callable

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.core import NotSet

from schemas import openapi
from schemas.api import OPERATIONS
from tests.server.frame.conftest import OURS, Browser, Office
from tests.support import cast

# Schemathesis also tries other methods, and ids of another form.
_UNDESCRIBED = ("method_not_allowed", "not_found")
schema = schemathesis.openapi.from_dict(openapi.document("0")).exclude(
    operation_id=["sign_out", "ready"]  # one ends the session, one depends on the surroundings
)


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_nothing_that_is_sent_makes_the_server_stumble(
    case: Case, standing_office: Office, signed_in: Callable[[str], Browser]
) -> None:
    browser = signed_in("lind")
    operation = OPERATIONS[case.operation.definition.raw["operationId"]]
    if "school_id" in case.path_parameters:
        case.path_parameters["school_id"] = str(cast.gather().birch)
    if "wait" in case.query:
        case.query["wait"] = 0
    answer = browser.client.open(
        case.formatted_path,
        method=case.method,
        query_string=case.query or None,
        data=_as_bytes(case.body),
        content_type="application/json",
        headers=OURS,
    )
    assert answer.status_code < 500, answer.get_data(as_text=True)
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["code"] in {*operation.codes, *_UNDESCRIBED}


def _as_bytes(sent: object) -> bytes | None:
    if isinstance(sent, NotSet):
        return None
    return sent if isinstance(sent, bytes) else json.dumps(sent).encode()
