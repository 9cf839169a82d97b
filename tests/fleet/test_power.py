"""PW1, PW2: a real server on SQLite, its system calls, and the disks that a power cut may leave."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.fleet import power
from tests.fleet.conftest import make_template
from tests.fleet.crowd import Heard
from tests.fleet.fleet_servers import Servers
from tests.fleet.school_fleet import cookie, tap
from tests.fleet.tablet import Store, Tablet
from tests.fleet.tally import SEED, tell
from tests.fleet.wire import Http, talk
from tests.support.cast import gather, named

pytestmark = pytest.mark.fleet
IMAGES = int(os.environ.get("FLEET_IMAGES", "120"))
PUSHES = 60
HOW_TO_GET_IT = "PW1 and PW2 read system calls: `apt-get install strace`."


class Watched(Servers):
    """One server under strace."""

    def __init__(self, url: str, log: Path, module: str) -> None:
        super().__init__(url, 1)
        self.module, self.under = module, (*power.STRACE, str(log))


def log_of(folder: Path, module: str) -> tuple[list[power.Call], Path]:
    """Some pushes one after the other; the system calls, and the database as it was before."""
    assert shutil.which("strace"), HOW_TO_GET_IT
    database, log = make_template(folder / "school.sqlite"), folder / "calls"
    before = folder / "before" / database.name
    before.parent.mkdir()
    shutil.copy(database, before)
    with Watched(f"sqlite:///{database}", log, module) as servers:
        heard, cast, rng = Heard(), gather(), Random(4 + SEED)
        device, grant = named("device", "fleet/ruiz"), named("grant", "fleet/ruiz")
        store = Store(str(device), str(cast.birch), cookie("ruiz"), str(grant))
        tablet, way = Tablet("ruiz", store, servers.clock, heard, rng), Http(servers.ports[0])
        for _ in range(PUSHES):
            tap(tablet, "ruiz", cast, rng)
            assert talk(tablet.flush(), way) == "done"
        way.close()
        servers.end(0)
    assert len(heard.outcomes) == PUSHES
    return power.read(log), before


def cuts(calls: list[power.Call], before: Path, folder: Path, images: int) -> Counter[str]:
    """What became of so many power cuts at random instants."""
    rng, place = Random(9 + SEED), folder / "image"
    place.mkdir()
    found: Counter[str] = Counter()
    for _ in range(images):
        answered = power.image(calls, rng.randrange(1, len(calls) + 1), before, place, rng)
        found[power.look(place / before.name, answered)] += 1
    return found


def test_PW1_PW2_a_power_cut_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    calls, before = log_of(tmp_path, "tests.browser.moment")
    answers, early = power.answered_early(calls, f"{before.name}-wal")
    found = cuts(calls, before, tmp_path, IMAGES)
    tell("PW1, PW2", str(dict(found)), ops=PUSHES, answers=answers, early=early, power_cuts=IMAGES)
    assert answers >= PUSHES
    assert early == 0
    assert found == {"whole": IMAGES}


def test_PW1_PW2_bite_under_synchronous_normal(tmp_path: Path) -> None:
    calls, before = log_of(tmp_path, "tests.fleet.careless")
    answers, early = power.answered_early(calls, f"{before.name}-wal")
    found = cuts(calls, before, tmp_path, 60)
    print(f"PW2: {early} of {answers} answers left early; PW1: {dict(found)}")
    assert early > answers / 2
    assert found["lost"] > 60 / 3
