"""What a tablet downloads to open the teacher's page: `python tools/bundle_size.py [--limit KB]`.

JavaScript and CSS that pwa/dist/index.html loads at once, gzipped; fonts and pictures apart. Its
first script asks for the language and then for the page, so the page counts, and the words of one
other language are a part by themselves. What is fetched later, when a screen is asked for, is
listed and has a limit of its own.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from pathlib import Path

DIST = Path(__file__).resolve().parent.parent / "pwa" / "dist"
LIMIT_KB = 60.0
LATER_KB = 25.0
AT_ONCE = rb'\b(?:from|import)\s*["\'](?:\./|/?assets/)([\w.-]+\.js)["\']'
LATER = rb'\bimport\(\s*["`\'](?:\./|/?assets/)([\w.-]+\.js)["`\']'
# What a page's first script fetches before anything shows, but for the words of another language.
START = rb"(?:assets|\.)/((?:page|start)-[\w-]+\.(?:js|css))"


def parts(dist: Path, page: str) -> dict[str, int]:
    """Bytes over the wire of each script and style sheet that a page names, and all they import."""
    html = (dist / page).read_text()
    waiting = re.findall(r'(?:src|href)="/([^"]+\.(?:js|css))"', html)
    first = b"".join((dist / name).read_bytes() for name in waiting if name.endswith(".js"))
    waiting += {f"assets/{found.decode()}" for found in re.findall(START, first)}
    sizes: dict[str, int] = {}
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        content = (dist / name).read_bytes()
        sizes[name] = len(gzip.compress(content, 9, mtime=0))
        if name.endswith(".js"):
            waiting += [f"assets/{found.decode()}" for found in re.findall(AT_ONCE, content)]
    return sizes


def later(dist: Path, at_once: dict[str, int]) -> dict[str, int]:
    """Bytes over the wire of the scripts that the page fetches when a screen is asked for."""
    waiting, sizes = list(at_once), dict[str, int]()
    while waiting:
        name = waiting.pop()
        content = (dist / name).read_bytes() if name.endswith(".js") else b""
        found = re.findall(LATER, content) + (re.findall(AT_ONCE, content) if name in sizes else [])
        for path in (f"assets/{each.decode()}" for each in found):
            if path not in at_once and path not in sizes:
                sizes[path] = len(gzip.compress((dist / path).read_bytes(), 9, mtime=0))
                waiting.append(path)
    return sizes


def main() -> None:
    """Prints the table; ends badly over the limit."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--limit", type=float, default=LIMIT_KB, help="kB, gzipped")
    limit = arguments.parse_args().limit
    for page in ("index.html", "office/index.html"):
        sizes = parts(DIST, page)
        print(f"{page}: {sum(sizes.values()) / 1000:.1f} kB gzipped")
        for name, size in sorted(sizes.items(), key=lambda part: -part[1]):
            print(f"  {size / 1000:6.1f}  {name}")
    more = later(DIST, parts(DIST, "index.html"))
    for name, size in sorted(more.items(), key=lambda part: -part[1]):
        print(f"  later {size / 1000:6.1f}  {name}")
    if max(more.values(), default=0) > LATER_KB * 1000:
        sys.exit(f"A part that is fetched later is over its {LATER_KB:.0f} kB.")
    if sum(parts(DIST, "index.html").values()) > limit * 1000:
        sys.exit(f"The teacher's page is over its {limit:.0f} kB.")


if __name__ == "__main__":
    main()
