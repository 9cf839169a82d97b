"""Signing in and out, and who is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from schemas.people import SignedIn
from server import current
from server.db import reading, writing
from server.doors import Call, operation
from server.services.session import cookie_name, hash_token
from server.services.sign_in import Asked, Session, end_session, places_of, sign_in
from server.source import source_of

signin = Blueprint("signin", __name__)


@operation(signin, "sign_in")
def begin(call: Call) -> Response:
    """Sign in and set the cookie."""
    session = sign_in(current.engine(), _asked(call), current.settings(), call.now)
    response = jsonify(SignedIn().dump(_describe(session, call)))
    _set_cookie(response, session.token, int((session.expires_at - call.now).total_seconds()))
    return response


@operation(signin, "sign_out")
def end(call: Call) -> Response:
    """Sign out: the session ends, the cookie goes."""
    response = Response(status=204)
    token = request.cookies.get(cookie_name(current.settings()))
    if token:
        with writing(current.engine()) as connection:
            end_session(connection, hash_token(token), call.now)
        _set_cookie(response, "", 0)
    return response


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
        "schools": places,
        "expires_at": viewer.expires_at,
        "server_time": call.now,
    }


def _asked(call: Call) -> Asked:
    forwarded = request.headers.get("X-Forwarded-For", "")
    return Asked(
        username=call.body["username"],
        password=call.body["password"],
        device_id=call.body["device_id"],
        device_label=call.body.get("device_label"),
        school_id=call.body.get("school_id"),
        address=source_of(request.remote_addr, forwarded, current.settings().trusted_proxies),
        former_token=request.cookies.get(cookie_name(current.settings())),
    )


def _describe(session: Session, call: Call) -> dict[str, Any]:
    place = session.place
    return {
        "me": {
            "staff_id": place.staff_id,
            "name": place.display_name,
            "role": place.role,
            "username": session.username,
        },
        "school": place,
        "schools": session.places,
        "grant": session.grant,
        "epoch": place.epoch,
        "server_time": call.now,
        "expires_at": session.expires_at,
    }


def _set_cookie(response: Response, token: str, max_age: int) -> None:
    settings = current.settings()
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=max_age,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
