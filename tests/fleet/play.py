"""Plays seeds of the simulation again, each the same in every process.

python -m tests.fleet.play --steps 120 1000064 2000000-2000099
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.fleet.conftest import MEMORY, make_template
from tests.fleet.ledger import Broken
from tests.fleet.simulation import Told, run

STEPS = 60


def main() -> None:
    """A line a seed; exit code 1 if one broke an invariant."""
    words = argparse.ArgumentParser(prog="python -m tests.fleet.play", description=__doc__)
    words.add_argument("--steps", type=int, default=STEPS, help="the soak's runs have 120")
    words.add_argument("--deep", action="store_true", help="also look at I5 by a second server")
    words.add_argument("seeds", nargs="+", help="7, or 0-99")
    asked = words.parse_args()
    logging.disable(logging.CRITICAL)
    broken = 0
    for told in play(list(_seeds(asked.seeds)), asked.steps, deep=asked.deep):
        broken += isinstance(told, Broken)
        print(told, flush=True)
    sys.exit(bool(broken))


def _seeds(words: Sequence[str]) -> Iterator[int]:
    for word in words:
        first, _, last = word.partition("-")
        yield from range(int(first), int(last or first) + 1)


def play(seeds: Sequence[int], steps: int, *, deep: bool) -> Iterator[Told | Broken]:
    """What each run did, or what it broke."""
    folder = Path(tempfile.mkdtemp(prefix="rollbook-play-", dir=_memory()))
    try:
        template = make_template(folder / "template.sqlite")
        for seed in seeds:
            try:
                yield run(seed, template, folder / "run", steps=steps, deep=deep)
            except Broken as broken:
                yield broken
            finally:
                shutil.rmtree(folder / "run")
    finally:
        shutil.rmtree(folder)


def _memory() -> str | None:
    return MEMORY if Path(MEMORY).is_dir() else None


if __name__ == "__main__":
    main()
