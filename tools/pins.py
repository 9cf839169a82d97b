"""Works out requirements/*.txt anew from pyproject.toml: `make pins`.

Hashed and free of host names, so that they install the same from any index. What is pinned stays
unless it no longer fits; `make pins ARGS=--upgrade` takes the newest.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".cache" / "pins"
# --universal: for every platform and Python from 3.11. The others are cut from dev's choice.
COMPILE = (
    "--no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes"
    " --no-emit-index-url --no-emit-find-links --no-header"
).split()
SETS = {
    "dev": ["pyproject.toml", "--group", "dev"],
    "runtime": ["pyproject.toml", "--constraint", "requirements/dev.txt"],
    "build": ["--group", "build", "--constraint", "requirements/dev.txt"],
    "node": ["--group", "node", "--constraint", "requirements/dev.txt"],
    "postgres": ["--group", "postgres"],
    "kinto": ["--group", "kinto"],
}


def main(*extra: str) -> None:
    """Compiles every set, the widest first."""
    if not UV.exists():
        venv.create(UV, with_pip=True)
        subprocess.run([UV / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    for name, sources in SETS.items():
        target = f"requirements/{name}.txt"
        print(f"» {target}", flush=True)
        command = [str(UV / "bin" / "uv"), *COMPILE, *sources, "--output-file", target, *extra]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
