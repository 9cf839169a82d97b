"""Changes are taken only as JSON and only from our own pages (no token needed: trust T9)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request

from server.problems import Problem


def check(request: Request, public_url: str) -> None:
    """Let a changing request through, or raise Problem.

    A form or a link on another site can send neither this content type nor these headers, and a
    browser sets `Sec-Fetch-Site` and `Origin` itself.
    """
    if request.mimetype != "application/json" or not comes_from_us(request, public_url):
        raise Problem("csrf")


def comes_from_us(request: Request, public_url: str) -> bool:
    """Whether the browser says that one of our own pages sent it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site == "same-origin"
    return origin == origin_of(public_url) or origin == f"{request.scheme}://{request.host}"


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, as browsers spell an origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
