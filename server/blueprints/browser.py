"""The browser at the door: what its cookies say, and the cookies that it is given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Request, Response, jsonify, request

from schemas.people import SignedIn
from server import current
from server.doors import Call
from server.services.begin import Browser, Session
from server.services.cookies import (
    GRANT_HEADER,
    Presented,
    cookie_name,
    device_cookie,
    person_cookie,
    present,
)
from server.source import source_of

# As long as browsers keep any cookie.
DEVICE_COOKIE_S = 400 * 24 * 3600


def presented(asked: Request) -> Presented:
    """What a request says about who sends it."""
    return present(asked.cookies, asked.headers.get(GRANT_HEADER), current.settings())


def browser_of(call: Call) -> Browser:
    """The device that somebody begins on."""
    settings = current.settings()
    forwarded = request.headers.get("X-Forwarded-For", "")
    return Browser(
        device_id=call.body["device_id"],
        label=call.body.get("device_label"),
        address=source_of(request.remote_addr, forwarded, settings.trusted_proxies),
        device_token=request.cookies.get(device_cookie(settings)),
        session_tokens=list(_session_cookies().values()),
    )


def begun(session: Session, now: datetime) -> Response:
    """The answer to who began on a device: all that it needs, and its cookies."""
    response = jsonify(SignedIn().dump(_describe(session, now)))
    settings = current.settings()
    lasts = int((session.expires_at - now).total_seconds())
    set_cookie(response, cookie_name(settings), session.token, lasts)
    set_cookie(response, person_cookie(settings, session.grant.grant_id), session.token, lasts)
    set_cookie(response, device_cookie(settings), session.device_token, DEVICE_COOKIE_S)
    return response


def _describe(session: Session, now: datetime) -> dict[str, Any]:
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
        "server_time": now,
        "expires_at": session.expires_at,
    }


def drop_cookies(response: Response, token: str) -> None:
    """Take back the cookies of a session that ended."""
    for name, held in _session_cookies().items():
        if held == token:
            set_cookie(response, name, "", 0)


def _session_cookies() -> dict[str, str]:
    """The cookies of people, by name."""
    settings = current.settings()
    mine, device = cookie_name(settings), device_cookie(settings)
    return {
        name: token
        for name, token in request.cookies.items()
        if name.startswith(mine) and name != device and token
    }


def set_cookie(response: Response, name: str, token: str, max_age: int) -> None:
    """Set or take back a cookie that only we read."""
    response.set_cookie(
        name,
        token,
        max_age=max_age,
        path="/",
        secure=current.settings().is_https,
        httponly=True,
        samesite="Lax",
    )
