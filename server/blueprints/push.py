"""Push on this device: whether its person is reminded here, and a test of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.allow_browser import allow_browser
from server.services.subscribe import Browser, push_state, subscribe
from server.services.try_push import try_push
from server.services.unsubscribe import end_here
from server.services.web_push import sender_of

push = Blueprint("push", __name__)


@operation(push, "push_state")
def show(call: Call) -> dict[str, Any]:
    """How it stands."""
    return push_state(current.engine(), call.viewer, call.now)


@operation(push, "subscribe_push")
def begin(call: Call) -> dict[str, Any]:
    """Be reminded here."""
    browser = Browser(**call.body)
    allow_browser(browser.endpoint, browser.p256dh, current.settings(), current.network())
    subscribe(current.engine(), call.viewer, browser, call.now)
    return _now_stands(call)


@operation(push, "end_push")
def end(call: Call) -> dict[str, Any]:
    """Be reminded here no more."""
    end_here(current.engine(), call.viewer, call.now)
    return _now_stands(call)


@operation(push, "test_push")
def test(call: Call) -> dict[str, Any]:
    """Send a test, now."""
    engine, settings = current.engine(), current.settings()
    with sender_of(engine, settings, current.network()) as sender:
        return try_push(engine, sender, call.viewer, settings.public_url, call.now)


def _now_stands(call: Call) -> dict[str, Any]:
    return push_state(current.engine(), call.viewer, call.now)
