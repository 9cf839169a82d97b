"""Runs the fleet for as long as asked, all layers in turn with new seeds, and says what was run.

    nice python -m tests.soak --minutes 60 --report soak.json

Every layer with real processes in turn, each time with another seed, longer than in `make test`;
and after each the simulation on new seeds, for two fifths of the time in all. A layer that no
longer fits into the time is left out, so that the end comes when it was asked for. The first
failure ends it with its seed, and with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fleet.conftest import make_template
from tests.fleet.ledger import Broken
from tests.fleet.simulation import run

SHARE = 0.4
"""Of the time for the simulation."""
FIRST_SEED = 1_000_000
PATIENCE = 6
"""How much longer than in `make test` a wait may last."""
SUMMED = {"ops", "kills", "restores", "lost_messages", "power_cuts", "examples"}


@dataclass(frozen=True, slots=True)
class Layer:
    """Some tests with real processes: how much is asked of them, and how long that may take."""

    files: tuple[str, ...]
    harder: dict[str, str]
    within_s: int
    """How long it takes as a rule; three times as long, and it is cut short."""
    only: str = ""
    """Of their names; all where it is empty."""


LAYERS = (
    Layer(("test_crowd.py",), {"FLEET_KILLS": "10"}, 240, only="killed"),
    Layer(("test_struck.py",), {"FLEET_STRIKES": "15"}, 240),
    Layer(("test_postgres_dies.py",), {"FLEET_PG_KILLS": "10"}, 240),
    Layer(("test_machine.py",), {"FLEET_EXAMPLES": "3", "FLEET_STEPS": "40"}, 240),
    Layer(("test_pwa.py",), {"FLEET_PWA_STEPS": "25"}, 240),
    Layer(("test_networks.py",), {}, 90),
    Layer(("test_power.py",), {"FLEET_IMAGES": "300"}, 120, only="loses_nothing"),
    Layer(("test_clocks.py", "test_roster_feed.py"), {"FLEET_SCHEDULES": "100000"}, 120),
)
"""That each bug is noticed is for `make test`; here it would only take time."""


@dataclass(slots=True)
class Report:
    """What was run until now."""

    seed: int
    file: Path | None
    began: float = field(default_factory=time.monotonic)
    counted: Counter[str] = field(default_factory=Counter)
    said: dict[str, list[str]] = field(default_factory=dict)
    """By layer: what its tests printed of themselves, the last rounds'."""
    failed: str = ""

    def tell(self) -> None:
        """On the screen, and in the file if there is one."""
        told = {
            "minutes": round((time.monotonic() - self.began) / 60, 1),
            "first_seed": self.seed,
            **self.counted,
            "lost": int("I1" in self.failed),
            "doubled": int("I2" in self.failed),
            "failed": self.failed,
        }
        print(json.dumps(told), flush=True)
        if self.file:
            self.file.write_text(json.dumps(told | {"said": self.said}, indent=1) + "\n")


def main() -> None:
    """Round after round until the time is over."""
    asked = _asked()
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    report = Report(asked.seed, asked.report)
    end, seed, number = report.began + asked.minutes * 60, asked.seed, 0
    while time.monotonic() < end and not report.failed:
        layer, began = LAYERS[number % len(LAYERS)], time.monotonic()
        if began + layer.within_s / 3 < end:
            _really(report, layer, asked.seed + number, end)
        took = max(10.0, time.monotonic() - began)
        if not report.failed:
            seed = _simulate(report, seed, min(end - time.monotonic(), took * SHARE / (1 - SHARE)))
        report.tell()
        number += 1
    report.tell()
    sys.exit(bool(report.failed))


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    words.add_argument("--minutes", type=float, default=60)
    words.add_argument("--seed", type=int, default=FIRST_SEED, help="the first of the simulation")
    words.add_argument("--report", type=Path, help="a file for what was run, as JSON")
    return words.parse_args()


def _simulate(report: Report, seed: int, within_s: float) -> int:
    """Runs with twice the steps of the short form for so long; the next seed."""
    folder, end = Path(tempfile.mkdtemp(prefix="rollbook-soak-")), time.monotonic() + within_s
    try:
        template = make_template(folder / "template.sqlite")
        while time.monotonic() < end and not report.failed:
            _one(report, seed, template, folder / "run")
            seed += 1
    finally:
        shutil.rmtree(folder)
    return seed


def _one(report: Report, seed: int, template: Path, place: Path) -> None:
    try:
        told = run(seed, template, place, steps=120, deep=seed % 4 == 0)
    except Broken as broken:
        report.failed = str(broken)
        return
    finally:
        shutil.rmtree(place, ignore_errors=True)
    report.counted += Counter(
        runs=1,
        ops=told.ops,
        requests=told.requests,
        lost_messages=told.lost,
        kills=told.kills,
        restores=told.restores,
    )


def _really(report: Report, layer: Layer, seed: int, end: float) -> None:
    """A layer with real processes, by pytest in a session of its own, all of which ends with it."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    tests = [f"tests/fleet/{name}" for name in layer.files]
    with tempfile.TemporaryDirectory(prefix="rollbook-soak-") as folder:
        told = Path(folder) / "tally"
        ours = {"FLEET_SEED": str(seed), "FLEET_TALLY": str(told)}
        ours["TEST_PATIENCE"] = str(PATIENCE)
        child = subprocess.Popen(
            [*command, "--basetemp", f"{folder}/run", "-k", layer.only, *tests],
            env={**os.environ, **layer.harder, **ours},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said, limit = "", max(60.0, min(layer.within_s * 3, end - time.monotonic() + 60))
        try:
            said, _ = child.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            report.counted["cut_short"] += 1
            report.said[layer.files[0]] = [f"cut short after {limit:.0f} s"]
        finally:
            if child.poll() is None:
                child.send_signal(signal.SIGINT)  # pytest takes its fixtures and processes down
                child.communicate()
        if said and child.returncode:
            report.failed = f"{layer.files[0]}, FLEET_SEED={seed}: {said[-3000:]}"
        elif said:
            _sum(report, layer, told)


def _sum(report: Report, layer: Layer, told: Path) -> None:
    """Adds what the tests of a layer counted."""
    lines = told.read_text().splitlines() if told.exists() else []
    report.counted["real_layers"] += 1
    report.said[layer.files[0]] = lines
    for line in map(json.loads, lines):
        for name in SUMMED & line.keys():
            report.counted[f"real_{name}"] += line[name]


if __name__ == "__main__":
    main()
