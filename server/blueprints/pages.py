"""Serves the built PWA: pages and worker asked for anew each time, hashed files kept for good."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, request

from server.doors import Call, operation
from server.files import File, find_file
from server.problems import Problem
from sync.sentence import say

pages = Blueprint("pages", __name__)

HOUSE = Path(__file__).resolve().parent.parent
# In the wheel the built pages lie beside the code, in a checkout where Vite puts them.
PLACES = (HOUSE / "_pwa", HOUSE.parent / "pwa" / "dist")
YEAR_S = 365 * 24 * 3600


@operation(pages, "teacher_page")
def teacher_page(_: Call) -> Response:
    """The teacher's app."""
    return _send("index.html")


@operation(pages, "office_page")
def office_page(_: Call) -> Response:
    """The office desk."""
    return _send("office/index.html")


@operation(pages, "worker")
def worker(_: Call) -> Response:
    """The app's worker: a stale one would keep tablets on an old version."""
    return _send("sw.js")


@operation(pages, "asset")
def asset(call: Call) -> Response:
    """A file whose name changes with its content."""
    response = _send(f"assets/{call.parts['name']}")
    response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return response


@operation(pages, "public_file")
def public_file(call: Call) -> Response:
    """Manifest and icons."""
    return _send(call.parts["name"])


def find_pages() -> Path | None:
    """Where the built pages are."""
    return next((place for place in PLACES if (place / "index.html").is_file()), None)


def _send(name: str) -> Response:
    folder = find_pages()
    if folder is None:
        raise Problem("not_found", say("The pages are not built here: run `make setup`."))
    found = find_file(folder, name)
    if found is None:
        raise Problem("not_found")
    return _as_response(found)


def _as_response(found: File) -> Response:
    response = Response(found.plain, content_type=found.kind)
    if found.zipped:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings.quality("gzip"):
            response.set_data(found.zipped)
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(found.etag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
