"""The description, health, and the files of the pages."""

from __future__ import annotations

from typing import Final

from schemas import server
from schemas.operation import ANYONE, PREFIX, Operation


def _page(name: str, path: str, says: str, media: str = "text/html") -> Operation:
    """A file of the built PWA; served to anyone, holds nobody's name."""
    return Operation(name, "GET", path, says, ANYONE, media=media)


SERVICE: Final = (
    Operation(
        "openapi",
        "GET",
        f"{PREFIX}/openapi.json",
        "This description, as OpenAPI 3.1",
        ANYONE,
    ),
    Operation(
        "docs",
        "GET",
        f"{PREFIX}/docs",
        "This description, to read",
        ANYONE,
        media="text/html",
    ),
    Operation(
        "docs_style",
        "GET",
        f"{PREFIX}/docs.css",
        "How the description looks",
        ANYONE,
        media="text/css",
    ),
    Operation("up", "GET", "/up", "Whether the process answers", ANYONE, returns=server.Up),
    Operation(
        "ready",
        "GET",
        "/ready",
        "Whether work can be taken: 503 with the same body where not",
        ANYONE,
        returns=server.Ready,
    ),
    _page("teacher_page", "/", "The teacher's app"),
    _page("office_page", "/office/", "The office desk"),
    _page("worker", "/sw.js", "The app's worker, never from a cache", "text/javascript"),
    _page("asset", "/assets/{name}", "A file with its content's hash in its name", "*/*"),
    _page("public_file", "/{name}", "Manifest, icons", "*/*"),
)
