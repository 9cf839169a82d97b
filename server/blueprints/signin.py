"""Signing in and out, who is signed in, and one's own password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from server import current
from server.blueprints.browser import begun, browser_of, drop_cookies, presented
from server.db import reading, writing
from server.doors import Call, operation
from server.services.begin import end_session
from server.services.change_password import Change, change_password
from server.services.cookies import hash_token
from server.services.sign_in import Asked, places_of, sign_in

signin = Blueprint("signin", __name__)


@operation(signin, "sign_in")
def begin(call: Call) -> Response:
    """Sign in and set the cookies."""
    asked = Asked(
        username=call.body["username"],
        password=call.body["password"],
        school_id=call.body.get("school_id"),
        browser=browser_of(call),
        grants=call.body.get("grants", ()),
    )
    return begun(sign_in(current.engine(), asked, current.settings(), call.now), call.now)


@operation(signin, "sign_out")
def end(call: Call) -> Response:
    """Sign out: the session ends, its cookies go; the device's own stays."""
    response = Response(status=204)
    token = presented(request).session
    if token:
        with writing(current.engine()) as connection:
            end_session(connection, hash_token(token), call.now)
        drop_cookies(response, token)
    return response


@operation(signin, "change_password")
def change(call: Call) -> None:
    """Change one's own password."""
    asked = Change(call.body["old"], call.body["new"], browser_of(call))
    change_password(current.engine(), call.viewer, asked, call.now)


@operation(signin, "me")
def me(call: Call) -> dict[str, Any]:
    """Who is signed in."""
    viewer = call.viewer
    with reading(current.engine()) as connection:
        places = places_of(connection, viewer.account_id)
    return {
        "me": {
            "staff_id": viewer.staff_id,
            "name": viewer.name,
            "role": viewer.role,
            "username": viewer.username,
        },
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        "schools": places if viewer.pass_id is None else [],
        "expires_at": viewer.expires_at,
        "server_time": call.now,
    }
