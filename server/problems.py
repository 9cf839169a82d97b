"""Refusals: one shape for every error (RFC 9457), whether ours, Flask's or a bug's."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from math import ceil
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from schemas.problem import CATALOGUE, MEDIA_TYPE
from server.db import NoSuchSchool, Unavailable
from server.language import all_told, faults_told, told
from sync.sentence import Sentence

# What Flask and Werkzeug refuse by themselves, in our words. Any other 4xx is `malformed`.
_BY_STATUS = {
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media",
    429: "slow_down",
    503: "busy",
}
BUSY_RETRY_S = 2

log = logging.getLogger("rollbook")


class Problem(Exception):
    """A refusal from the catalogue, on its way to the caller.

    `more` are extension members beside the standard ones; `retry_after` becomes the header.
    """

    def __init__(
        self,
        code: str,
        detail: str | None = None,
        *,
        errors: dict[str, Any] | None = None,
        retry_after: timedelta | None = None,
        more: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Take a code of the catalogue and what is known beyond its usual words."""
        super().__init__(code)
        self.kind = CATALOGUE[code]
        self.detail = detail or _first_of(errors) or self.kind.detail
        self.errors = errors
        self.more = more or {}
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, ceil(retry_after.total_seconds())))

    def respond(self) -> Response:
        """The answer that the caller gets."""
        members = {
            "type": self.kind.type,
            "title": told(self.kind.title),
            "status": self.kind.status,
            "detail": told(self.detail),
            "code": self.kind.code,
            "request_id": g.get("request_id", ""),
            **all_told(self.more),
        }
        if self.errors:
            members["errors"] = faults_told(self.errors)
        body = json.dumps(members)
        return Response(body, self.kind.status, self.headers, content_type=MEDIA_TYPE)


def _first_of(errors: dict[str, Any] | None) -> str | None:
    """What is wrong with a field in a sentence of ours: better than to say that something is."""
    said = (one for found in (errors or {}).values() if isinstance(found, list) for one in found)
    return next((one for one in said if isinstance(one, Sentence)), None)


def busy() -> Problem:
    """The refusal to work now: nothing was recorded, come again."""
    return Problem("busy", retry_after=timedelta(seconds=BUSY_RETRY_S))


def install(app: Flask) -> None:
    """Answer every error of the app with a problem."""
    app.register_error_handler(Problem, Problem.respond)
    app.register_error_handler(HTTPException, _from_flask)
    app.register_error_handler(Unavailable, _from_database)
    app.register_error_handler(NoSuchSchool, lambda _: Problem("not_found").respond())
    app.register_error_handler(Exception, _from_bug)


def _from_flask(error: HTTPException) -> Response:
    code = _BY_STATUS.get(error.code or 500)
    if code is None:
        code = "malformed" if 400 <= (error.code or 500) < 500 else "server_error"
    response = Problem(code).respond()
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _from_database(_: Unavailable) -> Response:
    return busy().respond()


def _from_bug(error: Exception) -> Response:
    route = request.url_rule.rule if request.url_rule else None
    log.error("failed", exc_info=error, extra={"facts": {"route": route}})
    return Problem("server_error").respond()
