"""The headers of every answer, in one place (trust 1.1). Never `Clear-Site-Data`: it would delete
unsent rolls."""

from __future__ import annotations

from flask import Flask, Response, g, request

from schemas.api import OPERATIONS
from schemas.fields import spell_instant
from schemas.operation import PREFIX
from schemas.problem import MEDIA_TYPE
from server import current
from server.settings import Settings

PAGE_CSP = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "worker-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "object-src 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types rollbook-sw"
)
DOCS_CSP = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
API_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POWERS = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)
CAMERA_ON = "pages.teacher_page"
YEAR_S = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Set the headers on whatever the app answers."""
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    """Add what every answer carries, and what its kind of answer carries."""
    settings = current.settings()
    response.headers.extend(ALWAYS)
    response.headers["Permissions-Policy"] = powers(request.endpoint)
    page = _is_page(response)
    response.headers["Content-Security-Policy"] = policy(settings, page=page)
    response.headers["Rollbook-Request"] = g.get("request_id", "")
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = _hsts(settings)
    if not page:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Rollbook-Time"] = spell_instant(current.clock().now())
    if "viewer" in g:
        response.headers["Rollbook-Epoch"] = g.viewer.epoch
    return response


def powers(endpoint: str | None) -> str:
    """What a page may ask of the machine: the teacher's alone the camera, to scan a roll."""
    granted = {"camera"} if endpoint == CAMERA_ON else set[str]()
    return ", ".join(f"{power}=({'self' if power in granted else ''})" for power in POWERS)


def policy(settings: Settings, *, page: bool) -> str:
    """What a browser may do with the answer; whatever is not a page is for nobody to render."""
    if request.endpoint in {"docs.docs", "docs.docs_style"}:
        return DOCS_CSP
    if not page:
        return API_CSP
    return f"{PAGE_CSP}; upgrade-insecure-requests" if settings.is_https else PAGE_CSP


def _is_page(response: Response) -> bool:
    """Whether the answer is one of the built PWA's files (and not a problem in its place)."""
    if response.mimetype == MEDIA_TYPE:
        return False
    name = (request.endpoint or "").rpartition(".")[2]
    entry = OPERATIONS.get(name)
    return entry is not None and not entry.path.startswith(PREFIX) and entry.returns is None


def _hsts(settings: Settings) -> str:
    return f"max-age={YEAR_S}" + ("; includeSubDomains" if settings.hsts_subdomains else "")
