"""Sets up what `make` needs: `python3 tools/setup.py demo|dev|unit|test`.

Standard library only, for any Python from 3.11. Every step first looks whether it is already done
(stamps hold the hash of the requirements or lock they were made from), so a second run takes a
moment. Nothing is installed outside .venv and pwa/node_modules, except Chromium, strace and D-Bus:
for `test`, as root, on a system with apt-get, where they are missing.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
OLDEST_PYTHON = (3, 11)


class CannotSetUp(Exception):
    """Says in its message what is missing and how to get it."""


def main(what: str) -> None:
    """Does every step of one purpose, in order; one at a time if several runs meet."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment()
        if what == "demo":
            install("runtime", "what Rollbook runs on")
            install("build", "what installs Rollbook itself")
        else:
            install("dev", "what Rollbook runs on and is tested with")
        install_rollbook()
        provide_node()
        build_pwa(modules_only=what == "dev")
        if what == "test":
            provide_postgres()
            provide_chromium()
            provide_strace()
            provide_dbus()


# --- steps


def make_environment() -> None:
    """A virtual environment of our own; made anew when its Python is gone."""
    if PYTHON.exists() and _quiet(str(PYTHON), "-m", "pip", "--version"):
        return
    _provide_ensurepip()
    say(f"Making a Python environment in {VENV.name} (Python {sys.version.split()[0]}).")
    _must([sys.executable, "-m", "venv", "--clear", str(VENV)], "venv")


def install(name: str, meaning: str) -> None:
    """Installs requirements/NAME.txt exactly, every file checked against its hash."""
    wanted = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f".installed-{name}"
    digest = _digest(wanted)
    if _says(stamp, digest):
        return
    pinned = sum("==" in line for line in wanted.read_text().splitlines())
    say(f"Installing {meaning}, from requirements/{name}.txt ({pinned} to get).")
    _must(_pip("install", "--require-hashes", "-r", str(wanted)), f"pip-{name}", pinned)
    stamp.write_text(digest)


def install_rollbook() -> None:
    """The `rollbook` command, run from this tree."""
    stamp = VENV / ".installed-rollbook"
    digest = _digest(ROOT / "pyproject.toml") + str(ROOT)
    if _says(stamp, digest):
        return
    say("Installing Rollbook itself, run from this folder.")
    command = _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _must(command, "pip-rollbook")
    stamp.write_text(digest)


def provide_node() -> None:
    """Node from PyPI where the system has none that is new enough."""
    if _quiet(str(PYTHON), "-c", "import build_pwa as b, sys; sys.exit(not b.find_node())"):
        return
    install("node", "Node, which builds the pages")


def build_pwa(*, modules_only: bool) -> None:
    """The pages' packages, and the pages."""
    done = "import build_pwa as b, sys; sys.exit(not b.{}())"
    script = str(ROOT / "tools" / "build_pwa.py")
    if not _quiet(str(PYTHON), "-c", done.format("has_modules")):
        say("Installing what the pages are built from (npm ci).")
        _must([str(PYTHON), script, "--modules-only"], "npm")
    if not modules_only and not _quiet(str(PYTHON), "-c", done.format("is_built")):
        say("Building the pages.")
        _must([str(PYTHON), script], "vite")


def provide_postgres() -> None:
    """PostgreSQL's programs: the system's, else PyPI's (tests/support/postgres.py finds both)."""
    if os.environ.get("PG_BIN") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return
    try:
        install("postgres", "PostgreSQL's programs for the tests")
    except CannotSetUp as failure:
        say(f"{failure}\nThe tests on PostgreSQL will fail. Install it and set PG_BIN to its bin/.")


def provide_chromium() -> None:
    """The browser for the browser tests: the system's, else Debian's, else Playwright's."""
    known = ("chromium", "chromium-browser", "google-chrome")
    if os.environ.get("CHROMIUM") or any(map(shutil.which, known)) or _playwrights_chromium():
        return
    try:
        if _may_apt():
            _apt_install("chromium", "Chromium for the browser tests (about 30 s)")
        else:
            say("Fetching Playwright's Chromium for the browser tests.")
            _must([str(PYTHON), "-m", "playwright", "install", "chromium"], "chromium")
    except CannotSetUp as failure:
        say(
            f"{failure}\nThe browser tests will fail. Get Chromium by `apt-get install chromium`"
            " or `.venv/bin/playwright install chromium`, or set CHROMIUM to its path."
        )


def provide_strace() -> None:
    """What the power-cut tests watch the server's system calls with (tests/fleet/test_power.py)."""
    if shutil.which("strace"):
        return
    try:
        if _may_apt():
            _apt_install("strace", "strace for the power-cut tests")
            return
    except CannotSetUp as failure:
        say(str(failure))
    say("The power-cut tests will fail without strace: `apt-get install strace`.")


def provide_dbus() -> None:
    """A bus on which the browser shows its notifications (tests/browser/bus.py)."""
    if shutil.which("dbus-daemon"):
        return
    try:
        if _may_apt():
            _apt_install("dbus", "D-Bus for the tests of notifications")
            return
    except CannotSetUp as failure:
        say(str(failure))
    say("The tests of notifications will fail without dbus-daemon: `apt-get install dbus`.")


# --- how


def say(line: str) -> None:
    """One line for the person who waits."""
    print(f"» {line}", flush=True)


def _playwrights_chromium() -> bool:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    return any(Path(folder).glob("chromium*/**/chrome"))


def _provide_ensurepip() -> None:
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = "python{}.{}-venv".format(*sys.version_info)
    if _may_apt():
        _apt_install(package, "Python's venv module, which Debian ships apart")
    else:
        raise CannotSetUp(
            f"This Python cannot make virtual environments. On Debian and Ubuntu the cure is"
            f" `sudo apt-get install {package}`; then run make again."
        )


def _may_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(package: str, meaning: str) -> None:
    say(f"Installing {meaning}: apt-get install {package}.")
    _must(["apt-get", "update", "-q"], "apt-update")
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", package]
    _must(command, f"apt-{package}")


def _pip(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _says(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def _quiet(*command: str) -> bool:
    """Whether a command ends well."""
    done = subprocess.run(command, cwd=ROOT / "tools", capture_output=True, check=False)
    return done.returncode == 0


def _must(command: list[str], name: str, expected: int = 0) -> None:
    """Runs a command out of sight, with a count of what it collects; shows its end if it fails."""
    began = time.monotonic()
    log = CACHE / f"{name}.log"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PYTHONUNBUFFERED": "1"}
    with log.open("w") as record:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        collected = 0
        for line in process.stdout or ():
            record.write(line)
            collected += line.lstrip().startswith("Collecting ")
            _show(began, collected, expected)
    code = process.wait()
    _show(None)
    if code:
        end = "\n".join(log.read_text().splitlines()[-25:])
        raise CannotSetUp(f"{end}\n`{' '.join(command)}` failed; all it said is in {log}.")


def _show(began: float | None, collected: int = 0, expected: int = 0) -> None:
    """Draws, or clears, the line of progress on a terminal."""
    if not sys.stdout.isatty():
        return
    if began is None:
        sys.stdout.write("\r\x1b[K")
    else:
        count = f"{min(collected, expected)} of {expected}, " if expected else ""
        sys.stdout.write(f"\r\x1b[K  {count}{time.monotonic() - began:.0f} s")
    sys.stdout.flush()


def _find_python() -> None:
    """Goes on under a newer Python where this one is too old and there is one."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        newer = shutil.which(name)
        if newer and _quiet(newer, "--version"):
            os.execv(newer, [newer, *sys.argv])
    sys.exit(
        f"Rollbook needs Python 3.11 or newer; this is {sys.version.split()[0]}. On Debian 12,"
        " Ubuntu 24.04 and later, `apt-get install python3 python3-venv` brings it."
    )


if __name__ == "__main__":
    _find_python()
    if sys.argv[1:] not in (["demo"], ["dev"], ["unit"], ["test"]):
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except CannotSetUp as failure:
        sys.exit(f"\n{failure}")
