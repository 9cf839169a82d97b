"""SIM1: seeded runs of a school's hours with faults; every invariant at rest (README.md).

`FLEET_SEEDS=7,19` runs those seeds; `FLEET_RUNS=500` that many from 0 on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fleet.play import STEPS
from tests.fleet.simulation import Told, run

pytestmark = pytest.mark.fleet
RUNS = int(os.environ.get("FLEET_RUNS", "32"))
NAMED = [int(seed) for seed in os.environ.get("FLEET_SEEDS", "").split(",") if seed]
SEEDS = NAMED or range(RUNS)
DEEP_EVERY = 4
CHUNK = 8
PINNED = {
    1_000_064: "heard again, told first to nobody who was signed in, then with its marks (I2)",
}
"""Seeds that once broke an invariant, at the soak's 120 steps, and what it was."""


def play(seed: int, template: Path, folder: Path, *, deep: bool, steps: int = STEPS) -> Told:
    place = folder / f"run-{seed}"
    try:
        return run(seed, template, place, steps=steps, deep=deep)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.mark.parametrize("first", range(0, len(SEEDS), CHUNK))
def test_SIM1_every_invariant_holds_at_rest(template: Path, folder: Path, first: int) -> None:
    for at, seed in enumerate(SEEDS[first : first + CHUNK]):
        told = play(seed, template, folder, deep=bool(NAMED) or at % DEEP_EVERY == 0)
        assert told.ops, "a run in which nobody did anything shows nothing"
        print(told)


@pytest.mark.parametrize("seed", PINNED)
def test_SIM1_what_broke_once(template: Path, folder: Path, seed: int) -> None:
    assert play(seed, template, folder, deep=True, steps=120).ops


def test_SIM1_the_same_seed_gives_the_same_run_in_every_process() -> None:
    """To the last byte of every answer, whatever order the process has for sets, and whatever ran
    in it before."""
    one, other = (
        subprocess.check_output(
            [sys.executable, "-m", "tests.fleet.play", *seeds],
            env={**os.environ, "PYTHONHASHSEED": hashes},
            text=True,
        )
        for seeds, hashes in ((["3", "5", "6"], "1"), (["6", "5", "3"], "2"))
    )
    assert len(one.splitlines()) == 3
    assert sorted(one.splitlines()) == sorted(other.splitlines())


def test_SIM1_the_runs_see_every_fault(template: Path, folder: Path) -> None:
    """What the other tests claim to survive does happen in the first runs."""
    told = [play(seed, template, folder, deep=False) for seed in range(8)]
    assert sum(one.kills for one in told) >= 8
    assert sum(one.lost for one in told) >= 50
    assert sum(one.restores for one in told) >= 2
