"""Writes OpenAPI 3.1 from the resources and operations."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from schemas.api import described
from schemas.fields import (
    TIME_FORM,
    Exactly,
    Instant,
    SchoolDate,
    TimeOfDay,
    Union,
    Uuid,
    Word,
)
from schemas.operation import Operation
from schemas.problem import CATALOGUE, MEDIA_TYPE, Problem

ABOUT = """\
Roll-taking for schools that goes on working when the network does not.

Ids are UUIDs made where the thing is born; instants are in UTC with milliseconds; school dates are
in the school's zone. Changes need `Content-Type: application/json` and a same-origin request.
Every error is a problem (RFC 9457) with a `code` from the list below.
"""
SIGN_IN: dict[str, list[str]] = {"session": []}


def spell(version: str) -> str:
    """The document as JSON."""
    return json.dumps(document(version), indent=1)


@cache
def document(version: str) -> dict[str, Any]:
    """The document as a value."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        "Rollbook",
        version,
        "3.1.0",
        plugins=[plugin],
        info={"description": ABOUT},
        servers=[{"url": "/"}],
    )
    converter: Any = plugin.converter
    converter.add_attribute_function(_own_fields)
    converter.add_attribute_function(_union)
    spec.components.security_scheme(
        "session", {"type": "apiKey", "in": "cookie", "name": "__Host-rollbook"}
    )
    for operation in described():
        spec.path(operation.path, operations={operation.method.lower(): _describe(operation)})
    return spec.to_dict()


def _name(schema: type[Schema] | Schema | str) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__


def _describe(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.says,
        "description": _who(operation),
        "responses": _responses(operation),
        "security": [SIGN_IN] if operation.roles else [],
        "parameters": [_id_in_path(name) for name in operation.parts],
    }
    if operation.query:
        described["parameters"].append({"in": "query", "schema": operation.query})
    if operation.takes:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": operation.takes}},
        }
    return described


def _who(operation: Operation) -> str:
    who = ", ".join(sorted(operation.roles)) or "anyone, without signing in"
    relation = f" ({operation.relation})" if operation.relation else ""
    return f"For: {who}{relation}."


def _id_in_path(name: str) -> dict[str, Any]:
    form = {"type": "string", "format": "uuid"}
    return {"in": "path", "name": name, "required": True, "schema": form}


def _responses(operation: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.status): _good(operation)}
    by_status: dict[int, list[str]] = {}
    for code in operation.codes:
        by_status.setdefault(CATALOGUE[code].status, []).append(code)
    for status, codes in sorted(by_status.items()):
        responses[str(status)] = {
            "description": " or ".join(f"`{code}`" for code in codes),
            "content": {MEDIA_TYPE: {"schema": Problem}},
        }
    if operation.name == "ready":
        responses["503"] = {**_good(operation), "description": "Not ready; the same body"}
    return responses


def _good(operation: Operation) -> dict[str, Any]:
    if operation.status == 204:
        return {"description": "Done"}
    plain = "object" if operation.media == "application/json" else "string"
    schema: Any = operation.returns or {"type": plain}
    return {"description": "Good", "content": {operation.media: {"schema": schema}}}


def _own_fields(
    self: Any,  # noqa: ARG001 apispec's signature
    field: fields.Field[Any],
    **_: Any,
) -> dict[str, Any]:
    """How our own field types are spelled."""
    nullable = ["null"] if field.allow_none else []
    match field:
        case Uuid():
            return {"type": ["string", *nullable], "format": "uuid"}
        case Instant():
            return {"type": ["string", *nullable], "format": "date-time"}
        case SchoolDate():
            return {"type": ["string", *nullable], "format": "date"}
        case TimeOfDay():
            return {"type": ["string", *nullable], "pattern": f"^{TIME_FORM.pattern}$"}
        case Word():
            return {"enum": [*(word.value for word in field.words), *([None] if nullable else [])]}
        case _:
            return {"const": field.value} if isinstance(field, Exactly) else {}


def _union(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    if not isinstance(field, Union):
        return {}
    return {"oneOf": [self.resolve_nested_schema(member) for member in field.members.values()]}
