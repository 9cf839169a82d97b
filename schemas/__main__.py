"""`python -m schemas` writes the generated files; `--check` says which are stale and fails."""

from __future__ import annotations

import sys
from pathlib import Path

from schemas import typescript

ROOT = Path(__file__).resolve().parent.parent
WRITERS = {ROOT / "pwa" / "src" / "wire.ts": typescript.write}


def stale() -> list[Path]:
    """The generated files that do not say what the schemas say."""
    return [
        path
        for path, write in WRITERS.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != write()
    ]


def main(arguments: list[str]) -> int:
    """Write what is stale, or with `--check` only name it."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m schemas [--check]\n")
        return 2
    paths = stale()
    for path in paths:
        name = path.relative_to(ROOT)
        if arguments:
            sys.stderr.write(f"{name} is stale: run `python -m schemas`\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(WRITERS[path](), encoding="utf-8")
            sys.stdout.write(f"{name} written\n")
    return 1 if arguments and paths else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
