"""The built files, read once and kept packed: a tablet on a slow network gets them small."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from werkzeug.security import safe_join

# Spelled out: what the system's own table says differs from machine to machine.
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
WORTH_PACKING = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"})


@dataclass(frozen=True, slots=True)
class File:
    """A file of the pages; `zipped` is empty where packing gains nothing."""

    kind: str
    plain: bytes
    zipped: bytes
    etag: str


def find_file(folder: Path, name: str) -> File | None:
    """A file below the folder, of a kind that pages have; never a dot file or a source map."""
    path = safe_join(str(folder), name)
    if path is None or "/." in f"/{name}" or Path(name).suffix not in KINDS:
        return None
    try:
        changed = Path(path).stat().st_mtime_ns
        return _read(path, changed)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=256)
def _read(path: str, changed: int) -> File:  # noqa: ARG001 a file built anew is read anew
    plain = Path(path).read_bytes()
    suffix = Path(path).suffix
    zipped = gzip.compress(plain, mtime=0) if suffix in WORTH_PACKING else b""
    etag = hashlib.sha256(plain).hexdigest()[:32]
    return File(KINDS[suffix], plain, zipped, etag)
