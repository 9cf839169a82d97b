"""Binds a view to its entry in `schemas.api`: who may, CSRF, body and query in, answer out.

    @operation(rolls, "board")
    def board(call: Call) -> dict[str, Any]:
        return draw_board(engine(), call.viewer, call.query.get("on"), call.now)

A view returns what the entry's schema dumps, or bytes that are JSON already (hot paths), or a
whole Response. With `raw=True` the body is left as `call.raw` for the view to decode.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request
from marshmallow import Schema, ValidationError

from schemas.api import OPERATIONS
from schemas.operation import Operation
from schemas.problem import CATALOGUE
from server import arrival, body, csrf, current
from server.access import Courier, Viewer, access_school
from server.language import all_told
from server.problems import Problem
from server.services.cookies import GRANT_HEADER, present
from server.services.courier import find_courier
from server.services.session import find_viewer, why_nobody
from sync.sentence import say

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Call:
    """One request, checked: when it came, who asks, and what was sent."""

    operation: Operation
    now: datetime
    who: Viewer | Courier | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    raw: bytes = b""

    @property
    def viewer(self) -> Viewer:
        """Who asks, where the operation is for signed-in people."""
        assert isinstance(self.who, Viewer), f"{self.operation.name} may be asked by nobody"
        return self.who

    @property
    def carrier(self) -> Viewer | Courier:
        """Who delivers: a person who is signed in, or a device by itself."""
        assert self.who is not None, f"{self.operation.name} is open to anyone"
        return self.who

    def part(self, name: str) -> UUID:
        """An id in the path."""
        found: UUID = self.parts[name]
        return found


Answer = Mapping[str, Any] | bytes | Response | None
View = Callable[[Call], Answer]


def operation(blueprint: Blueprint, name: str, *, raw: bool = False) -> Callable[[View], View]:
    """Bind a view to the operation of this name."""
    entry = OPERATIONS[name]
    takes = entry.takes() if entry.takes and not raw else None
    query = entry.query() if entry.query else None
    returns = entry.returns() if entry.returns else None

    def bind(view: View) -> View:
        @wraps(view)
        def answer(**parts: Any) -> Response:
            call = _check(entry, parts, takes, query)
            return _respond(entry, view(call), returns)

        blueprint.add_url_rule(
            _rule(entry.path),
            endpoint=name,
            view_func=answer,
            methods=[entry.method],
            provide_automatic_options=False,
        )
        return view

    return bind


def _rule(path: str) -> str:
    """An entry's path in Flask's spelling: ids are UUIDs, a name is a file of the pages."""
    path = path.replace("{name}", "<public:name>")
    return re.sub(r"{(\w+)}", r"<uuid:\1>", path)


def _check(
    entry: Operation, parts: Mapping[str, Any], takes: Schema | None, query: Schema | None
) -> Call:
    """Everything that must hold before the view runs, the cheapest first. Raises Problem."""
    now = current.clock().now()
    if entry.csrf:
        csrf.check(request, current.settings().public_url)
    viewer = _admit(entry, parts, now) if entry.roles else None
    asked = _load(query, _single_values()) if query else {}
    sent = _sent(entry) if entry.csrf else b""
    parsed = _load(takes, body.parse(sent)) if takes else None
    return Call(entry, now, viewer, parts, asked, parsed, sent)


def _sent(entry: Operation) -> bytes:
    with arrival.seat(current.settings().threads):
        return body.read(request, entry.most_bytes)


def _admit(entry: Operation, parts: Mapping[str, Any], now: datetime) -> Viewer | Courier:
    """Who asks, if this operation is for them."""
    engine = current.engine()
    presented = present(request.cookies, request.headers.get(GRANT_HEADER), current.settings())
    viewer = find_viewer(engine, presented, now)
    if entry.courier and (viewer is None or viewer.school_id != parts["school_id"]):
        courier = find_courier(engine, presented, parts["school_id"])
        if courier is not None:
            g.viewer = courier
            return courier
    if viewer is None:
        raise Problem(why_nobody(engine, presented))
    g.viewer = viewer
    _check_viewer(entry, parts, viewer)
    return viewer


def _check_viewer(entry: Operation, parts: Mapping[str, Any], viewer: Viewer) -> None:
    if viewer.device_revoked and not entry.when_revoked:
        raise Problem("device_revoked")
    if entry.school_scoped:
        access_school(viewer, parts["school_id"])
    if viewer.role not in entry.roles:
        raise Problem("not_found")


def _single_values() -> dict[str, str]:
    """The query, each name once."""
    values = request.args.to_dict(flat=False)
    if any(len(found) > 1 for found in values.values()):
        raise Problem("malformed", say("A query parameter occurs twice."))
    return {name: found[0] for name, found in values.items()}


def _load(schema: Schema, sent: Any) -> Any:
    try:
        return schema.load(sent)
    except ValidationError as error:
        # A field's fault says nothing without its field: the usual words point there.
        usual = CATALOGUE["invalid"].detail
        raise Problem("invalid", usual, errors=_named(error)) from error


def _named(error: ValidationError) -> dict[str, Any]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"_schema": messages}


def _respond(entry: Operation, answer: Answer, returns: Schema | None) -> Response:
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, bytes):
        return Response(answer, entry.status, content_type=JSON)
    if answer is None:
        return Response(status=entry.status)
    dumped = returns.dump(answer) if returns else answer
    return Response(json.dumps(all_told(dumped)), entry.status, content_type=JSON)
