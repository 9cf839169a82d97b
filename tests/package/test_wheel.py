"""What a school installs: one wheel with the pages inside, and a command that works."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.package


def run(*command: str | Path, cwd: Path) -> str:
    """Outside the tree and without what would let the command find it."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "build", "--no-isolation", "--sdist", "-o", folder, ROOT, cwd=folder)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from the sdist, so that both are proven."""
    folder = tmp_path_factory.mktemp("wheel")
    run("tar", "-xzf", sdist, cwd=folder)
    source = next(folder.glob("rollbook-*/"))
    run(
        sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder, source, cwd=folder
    )
    assert not (source / "pwa" / "node_modules").exists(), "the sdist's pages were built again"
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_both_pages_and_the_worker(names: list[str]) -> None:
    pages = {"index.html", "office/index.html", "sw.js", "manifest.webmanifest"}
    assert {f"server/_pwa/{page}" for page in pages} <= set(names)
    assert [name for name in names if name.startswith("server/_pwa/assets/")]


def test_the_wheel_holds_the_three_packages_and_nothing_of_the_workshop(names: list[str]) -> None:
    rooms = {name.split("/")[0] for name in names}
    assert {room for room in rooms if not room.endswith(".dist-info")} == {
        "schemas",
        "server",
        "sync",
    }
    assert [name for name in names if name.endswith((".map", ".ts", ".tsx", ".sources"))] == []


def test_the_wheel_holds_the_migrations(names: list[str]) -> None:
    assert [name for name in names if name.startswith("server/migrations/versions/")]


def test_K2_1_the_wheel_holds_the_rule_packs(names: list[str]) -> None:
    packs = {"california_lausd", "england", "plain"}
    assert {name for name in names if name.startswith("sync/packs/")} == {
        f"sync/packs/{pack}.json" for pack in packs
    }


def test_the_command_works_where_only_the_wheel_is(wheel: Path, tmp_path: Path) -> None:
    """The dependencies are borrowed from this environment; the tree is not."""
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    ours = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path)
    borrowed = tmp_path / "borrowed"
    borrowed.mkdir()
    here = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    for part in here.iterdir():
        if "rollbook" not in part.name:
            (borrowed / part.name).symlink_to(part)
    (Path(ours.strip()) / "borrowed.pth").write_text(f"{borrowed}\n")
    said = run(tmp_path / "env" / "bin" / "rollbook", "--help", cwd=tmp_path)
    for verb in ("init", "serve", "jobs", "import", "check", "demo"):
        assert verb in said
    ask = "from server.packs import load_pack, shipped; print(*map(load_pack, shipped()))"
    assert "england" in run(python, "-c", ask, cwd=tmp_path)
    where = run(python, "-c", "import server; print(server.__file__)", cwd=tmp_path)
    assert where.startswith(str(tmp_path))
