"""Day passes: issued and withdrawn by the office, redeemed by whoever has the code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import current
from server.blueprints.browser import begun, browser_of
from server.doors import Call, operation
from server.services.add_staff import Guest
from server.services.passes import (
    Issued,
    Wanted,
    issue_pass,
    list_passes,
    renew_code,
    revoke_pass,
)
from server.services.redeem import redeem_pass

passes = Blueprint("passes", __name__)


@operation(passes, "passes")
def show(call: Call) -> dict[str, Any]:
    """The passes of a date."""
    return list_passes(current.engine(), call.viewer, call.query.get("on"), call.now)


@operation(passes, "issue_pass")
def issue(call: Call) -> dict[str, Any]:
    """Issue one."""
    return _issued(issue_pass(current.engine(), call.viewer, _wanted(call.body), call.now))


@operation(passes, "renew_code")
def renew(call: Call) -> dict[str, Any]:
    """Give one a new code."""
    return _issued(renew_code(current.engine(), call.viewer, call.part("pass_id"), call.now))


@operation(passes, "revoke_pass")
def revoke(call: Call) -> dict[str, Any]:
    """Withdraw one."""
    return revoke_pass(current.engine(), call.viewer, call.part("pass_id"), call.now)


@operation(passes, "redeem_pass")
def redeem(call: Call) -> Response:
    """Begin on a device with a code."""
    browser = browser_of(call)
    return begun(redeem_pass(current.engine(), call.body["code"], browser, call.now), call.now)


def _wanted(body: dict[str, Any]) -> Wanted:
    names = [body.get(name, "").strip() for name in ("given_name", "family_name")]
    guest = Guest(*names) if all(names) else None
    return Wanted(body["on"], body["roll_ids"], body.get("staff_id"), guest, body.get("until_at"))


def _issued(issued: Issued) -> dict[str, Any]:
    """With the address that opens the app: the code stands in the fragment, so in no log."""
    url = f"{current.settings().public_url.rstrip('/')}/#/pass/{issued.code}"
    return {"pass": issued.told, "code": issued.code, "url": url}
