"""Runs the fleet for as long as asked, round after round with new seeds, and says what was run.

    python -m tests.soak --minutes 60 --report soak.json

Each round is the simulation on so many new seeds, then the set workload, the power cuts and the
clocks of `tests/fleet`, longer than in `make test`. The first failure ends it, with its seed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fleet.conftest import make_template
from tests.fleet.simulation import run

SEEDS_A_ROUND = 200
FIRST_SEED = 1_000_000
HARDER = {
    "FLEET_KILLS": "25",
    "FLEET_IMAGES": "300",
    "FLEET_SCHEDULES": "100000",
    "FLEET_EXAMPLES": "12",
}
REAL = [
    "test_crowd.py",
    "test_power.py",
    "test_clocks.py",
    "test_roster_feed.py",
    "test_machine.py",
]


def main() -> None:
    """Round after round until the time is over."""
    asked = _asked()
    logging.disable(logging.CRITICAL)
    began, total = time.monotonic(), Counter[str]()
    seed = asked.seed
    while time.monotonic() - began < asked.minutes * 60:
        total += _simulate(range(seed, seed + SEEDS_A_ROUND))
        seed += SEEDS_A_ROUND
        _really(total)
        told = {"minutes": round((time.monotonic() - began) / 60, 1), "seed": asked.seed, **total}
        print(json.dumps(told), flush=True)
        if asked.report:
            asked.report.write_text(json.dumps(told, indent=1) + "\n")


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    words.add_argument("--minutes", type=float, default=60)
    words.add_argument("--seed", type=int, default=FIRST_SEED, help="the first of the simulation")
    words.add_argument("--report", type=Path, help="a file for what was run, as JSON")
    return words.parse_args()


def _simulate(seeds: range) -> Counter[str]:
    """So many runs, each with twice the steps of the short form; raises Broken with its seed."""
    folder = Path(tempfile.mkdtemp(prefix="rollbook-soak-"))
    done: Counter[str] = Counter()
    try:
        template = make_template(folder / "template.sqlite")
        for seed in seeds:
            told = run(seed, template, folder / "run", steps=120, deep=seed % 4 == 0)
            shutil.rmtree(folder / "run")
            done += Counter(
                runs=1,
                ops=told.ops,
                requests=told.requests,
                lost_messages=told.lost,
                kills=told.kills,
                restores=told.restores,
            )
    finally:
        shutil.rmtree(folder)
    return done


def _really(total: Counter[str]) -> None:
    """The layers with real processes, by pytest."""
    tests = [f"tests/fleet/{name}" for name in REAL]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *tests]
    subprocess.run(command, env={**os.environ, **HARDER}, check=True)
    total["real_rounds"] += 1
    total["real_kills"] += 2 * int(HARDER["FLEET_KILLS"])
    total["power_cuts"] += int(HARDER["FLEET_IMAGES"])


if __name__ == "__main__":
    main()
