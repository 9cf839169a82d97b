"""Kinto from PyPI, storing the same rolls, one record a roll, on the same PostgreSQL.

It gets the same server (granian), the same number of processes and the same connections as
Rollbook does, and a collection for each connection: writers who share one get *409 Integrity
constraint violated* (its time stamps collide). It knows no rosters, assignments, deadlines or
conflicts: it only stores.
"""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Connection, Request
from tests.bench.processes import free_port, serving

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "requirements" / "kinto.txt"
HOME = ROOT / ".cache" / "kinto"
BUCKET = "/v1/buckets/district"
BATCH = "/v1/batch"
HEADERS = {
    "Authorization": "Basic " + base64.b64encode(b"bench:bench").decode(),
    "Content-Type": "application/json",
}
INI = """[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.userid_hmac_secret = bench
kinto.bucket_create_principals = system.Authenticated
kinto.batch_max_requests = 25
multiauth.policies = basicauth
[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = ERROR
handlers =
"""


CONNECTIONS = 4


@dataclass(frozen=True)
class Running:
    """Kinto, up: where, and the process at the top of its tree."""

    base: str
    pid: int


def install() -> None:
    """Kinto in an environment of its own, pinned and hashed."""
    stamp = HOME / "installed"
    if stamp.exists() and stamp.read_text() == PINS.read_text():
        return
    print("» Installing Kinto beside us, to measure against.", flush=True)
    venv.create(HOME / "venv", with_pip=True, clear=True)
    pip = [str(HOME / "venv/bin/python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(PINS)], check=True)
    stamp.write_text(PINS.read_text())


@contextlib.contextmanager
def running(url: str, folder: Path, processes: int) -> Iterator[Running]:
    """Kinto on a fresh database, with its bucket and collection made."""
    ini = folder / "kinto.ini"
    ini.write_text(INI.format(url=url.replace("+psycopg", "").replace("%", "%%")))
    python = HOME / "venv" / "bin"
    subprocess.run([python / "kinto", "migrate", "--ini", ini], check=True, capture_output=True)
    port = free_port()
    command = [
        *(str(python / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(processes), "--no-access-log"),
        *("--blocking-threads", "4", "--working-dir", str(Path(__file__).parent)),
        "kinto_app:application",
    ]
    base = f"http://127.0.0.1:{port}"
    with serving(command, {"KINTO_INI": str(ini)}, f"{base}/v1/", folder / "kinto.log") as pid:
        _make(base, CONNECTIONS)
        yield Running(base, pid)


def _make(base: str, collections: int) -> None:
    for path in (BUCKET, *(f"{BUCKET}/collections/school{n}" for n in range(collections))):
        request = urllib.request.Request(base + path, b"{}", HEADERS, method="PUT")
        with urllib.request.urlopen(request) as answer:
            answer.read()


def connections(rolls: Sequence[Sequence[dict[str, object]]], batch: int) -> list[Connection]:
    """One connection for each list of rolls, `batch` rolls a request."""
    return [
        Connection(HEADERS, [_request(path, part) for part in _parts(mine, batch)], _check)
        for path, mine in (
            (f"{BUCKET}/collections/school{n}/records", r) for n, r in enumerate(rolls)
        )
    ]


def _parts(rolls: Sequence[dict[str, object]], size: int) -> list[Sequence[dict[str, object]]]:
    return [rolls[at : at + size] for at in range(0, len(rolls), size)]


def _request(path: str, rolls: Sequence[dict[str, object]]) -> Request:
    if len(rolls) == 1:
        return Request("POST", path, json.dumps({"data": rolls[0]}).encode(), 1)
    body = {
        "defaults": {"method": "POST", "path": path},
        "requests": [{"body": {"data": roll}} for roll in rolls],
    }
    return Request("POST", BATCH, json.dumps(body).encode(), len(rolls))


def _check(status: int, body: bytes, request: Request) -> None:
    if request.path != BATCH:
        good = status == 201
    else:
        good = status == 200 and all(r["status"] == 201 for r in json.loads(body)["responses"])
    if not good:
        said = [r for r in json.loads(body).get("responses", []) if r["status"] != 201]
        message = f"Kinto answered {status}: {said or body[:300]!r}"
        raise ValueError(message)
