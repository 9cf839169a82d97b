"""The harness is proven by bugs: each is noticed, by a named invariant, within some runs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fleet.bugs import BUGS
from tests.fleet.ledger import Broken
from tests.fleet.refolding import ordered
from tests.fleet.simulation import Look, run

pytestmark = pytest.mark.fleet
WITHIN = 40


def caught(
    name: str, template: Path, folder: Path, looks: Sequence[Look] | None = None
) -> tuple[int, Broken] | None:
    """After how many runs the bug was noticed, and by what."""
    for seed in range(WITHIN):
        place = folder / f"bug-{seed}"
        try:
            run(seed, template, place, bug=BUGS[name][0], looks=looks)
        except Broken as broken:
            return seed + 1, broken
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return None


@pytest.mark.parametrize("name", BUGS)
def test_a_seeded_bug_is_caught(template: Path, folder: Path, name: str) -> None:
    found = caught(name, template, folder)
    assert found, f"{name}: not noticed in {WITHIN} runs"
    runs, broken = found
    print(f"{name}: after {runs} runs: {broken}")
    assert broken.rule in BUGS[name][1], str(broken)


def test_I5_alone_notices_that_arrival_order_decides(template: Path, folder: Path) -> None:
    """By a second server with the same bug, to which the ops come in another order."""
    found = caught("arrival order decides", template, folder, [ordered])
    assert found
    assert found[1].rule == "I5"
