"""The API's description: OpenAPI for programs, a page for people."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response

from schemas import openapi, page
from server.doors import Call, operation
from server.version import VERSION

docs = Blueprint("docs", __name__)


@operation(docs, "openapi")
def document(_: Call) -> bytes:
    """As OpenAPI 3.1."""
    return _document()


@operation(docs, "docs")
def read(_: Call) -> Response:
    """To read: one page without scripts."""
    return Response(_page(), content_type="text/html; charset=utf-8")


@operation(docs, "docs_style")
def style(_: Call) -> Response:
    """How the page looks."""
    return Response(page.STYLE, content_type="text/css; charset=utf-8")


@cache
def _document() -> bytes:
    return openapi.spell(VERSION).encode()


@cache
def _page() -> str:
    return page.write(VERSION)
