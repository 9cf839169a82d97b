"""What a tablet downloads to open the teacher's page: `python tools/bundle_size.py [--limit KB]`.

JavaScript and CSS that pwa/dist/index.html loads at once, gzipped; fonts and pictures apart.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from pathlib import Path

DIST = Path(__file__).resolve().parent.parent / "pwa" / "dist"
LIMIT_KB = 60.0


def parts(dist: Path, page: str) -> dict[str, int]:
    """Bytes over the wire of each script and style sheet that a page names, and all they import."""
    html = (dist / page).read_text()
    waiting = re.findall(r'(?:src|href)="/([^"]+\.(?:js|css))"', html)
    sizes: dict[str, int] = {}
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        content = (dist / name).read_bytes()
        sizes[name] = len(gzip.compress(content, 9, mtime=0))
        if name.endswith(".js"):
            imports = re.findall(rb'["`\'](?:\./|/?assets/)([\w.-]+\.(?:js|css))["`\']', content)
            waiting += [f"assets/{found.decode()}" for found in imports]
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
    if sum(parts(DIST, "index.html").values()) > limit * 1000:
        sys.exit(f"The teacher's page is over its {limit:.0f} kB.")


if __name__ == "__main__":
    main()
