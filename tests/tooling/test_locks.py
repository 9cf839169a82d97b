"""What is committed installs the same anywhere: it names no host, no machine, and every hash."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "pwa" / "package-lock.json"]
# Spelled in pieces, or this file would be its own first finding.
REGISTRIES = re.compile(
    "|".join(
        [
            "files[.]python" + "hosted",
            "py" + "pi[.]org/simple",
            "registry[.]npm" + "js",
            "(?<!emit-)index" + "-url",
        ]
    )
)
MACHINE = re.compile("/" + "work/|/" + "root/|/home/[a-z]+/|[.]" + "pyenv")


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name)


def findings(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked():
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if hit := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {hit[0]}")
    return found


def test_no_committed_file_names_a_path_of_somebodys_machine() -> None:
    assert findings(MACHINE) == []


def test_no_committed_file_names_a_registry() -> None:
    assert findings(REGISTRIES) == []


def test_uv_lock_is_not_committed_because_it_names_hosts() -> None:
    assert [path for path in tracked() if path.name == "uv.lock"] == []


def test_the_npm_lock_says_what_but_not_from_where() -> None:
    packages = json.loads((ROOT / "pwa" / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_npm_lock_speaks_of_this_package() -> None:
    wanted = json.loads((ROOT / "pwa" / "package.json").read_text())
    locked = json.loads((ROOT / "pwa" / "package-lock.json").read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == wanted[kind], "run npm install --package-lock-only in pwa/"
        inexact = [version for version in wanted[kind].values() if not version[0].isdigit()]
        assert inexact == []


@pytest.mark.parametrize("path", LOCKS[:-1], ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_hashes(path: Path) -> None:
    blocks = re.split(r"\n(?=\S)", path.read_text())
    loose = [b.split("\n")[0] for b in blocks if not re.match(r"[\w.\[\]-]+==\S+.*\\\n", b)]
    assert [line for line in loose if line.strip() and not line.startswith("#")] == []
    assert [b.split("\n")[0] for b in blocks if "==" in b and "--hash=sha256:" not in b] == []


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["runtime", "build", "node"])
def test_what_is_tested_is_what_runs(name: str) -> None:
    dev = pins("dev")
    assert {package: dev.get(package) for package in pins(name)} == pins(name)
