"""One JSON line a request, to stderr: ids only, never a name, a query value or a message's text.

Fields are on a list; nothing else is written, so nothing has to be scrubbed (trust T19).
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request

from schemas.fields import spell_instant

FIELDS = (
    "request_id",
    "method",
    "route",
    "status",
    "code",
    "ms",
    "school_id",
    "staff_id",
    "device_id",
    "job",
    "count",
    "outcome",
)

log = logging.getLogger("rollbook")


class JsonLines(logging.Formatter):
    """A record as one line of JSON. What others log is told by its template, without arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """Spell the record."""
        facts: dict[str, Any] = getattr(record, "facts", {})
        at = spell_instant(datetime.fromtimestamp(record.created, UTC))
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower()}
        line["event"] = str(record.msg)
        if record.name != log.name:
            line["logger"] = record.name
        line |= {name: facts[name] for name in FIELDS if facts.get(name) is not None}
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line)


def describe(error: BaseException) -> list[str]:
    """What went wrong and where; an exception's own words may quote what was sent."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        told.append(type(cause).__qualname__)
        frames = traceback.extract_tb(cause.__traceback__)
        told += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        cause = cause.__cause__
    return told


def to_stderr(level: str) -> None:
    """Send all logging of this process to stderr as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # It says which database it looks at each time that /ready asks for the schema's version.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def install(app: Flask) -> None:
    """Give each request an id and log it when it is answered."""
    app.before_request(_begin)
    app.after_request(_answered)


def _begin() -> None:
    g.request_id = uuid4().hex
    g.began = time.perf_counter()


def _answered(response: Response) -> Response:
    if not log.isEnabledFor(logging.INFO):
        return response
    facts = {
        "request_id": g.request_id,
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
    }
    viewer = g.get("viewer")
    if viewer is not None:
        facts |= {
            "school_id": str(viewer.school_id),
            "staff_id": viewer.staff_id and str(viewer.staff_id),
            "device_id": str(viewer.device_id),
        }
    log.info("request", extra={"facts": facts})
    return response
