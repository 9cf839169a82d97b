"""One tablet and a server that something happens to; and what must be true of its record after."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

from sqlalchemy import select

from server.db import open_engine, reading
from server.models import OpEntry, table_of
from server.services.check import check
from tests.fleet.crowd import Heard, Truth
from tests.fleet.school_fleet import TABLETS, cookie, tap
from tests.fleet.tablet import Store, Tablet
from tests.fleet.wire import Carry, Tree, talk
from tests.support.cast import gather, named

OPS = table_of(OpEntry)


class Lone:
    """A tablet of the cast on its own, the way it talks, and what it was told."""

    def __init__(self, name: str, truth: Truth, carry: Carry, seed: int = 4) -> None:
        self.heard, self.cast, self.rng = Heard(), gather(), Random(seed)
        self.username = TABLETS[name][0]
        device, grant = named("device", f"fleet/{name}"), named("grant", f"fleet/{name}")
        school_id = next(p.school_id for p in self.cast.people if p.username == self.username)
        store = Store(str(device), str(school_id), cookie(name), str(grant))
        self.tablet, self.carry = Tablet(name, store, truth, self.heard, Random(seed)), carry

    def take_roll(self) -> Tree:
        """Somebody taps; the op waits on the tablet."""
        return tap(self.tablet, self.username, self.cast, self.rng)

    def send(self) -> str:
        """Offer what waits, once; how it ended."""
        return talk(self.tablet.flush(), self.carry)

    def bytes_waiting(self) -> int:
        """The size of what waits, as JSON."""
        return sum(len(json.dumps(entry.op)) for entry in self.tablet.waiting)

    @property
    def acknowledged(self) -> set[str]:
        """Ops of which this tablet heard that they are on the record."""
        told = self.heard.outcomes
        return {op_id for op_id, result in told.items() if result["outcome"] != "refused"}


def sound(url: str, acknowledged: set[str]) -> int:
    """I1, I2 and I4 of a record at rest; how many ops it holds."""
    engine = open_engine(url)
    try:
        with reading(engine) as connection:
            rows = list(connection.execute(select(OPS.c.op_id, OPS.c.school_id, OPS.c.seq)))
        times = Counter(str(row.op_id) for row in rows)
        assert not acknowledged - times.keys(), "I1: an acknowledged op is not in the log"
        assert set(times.values()) <= {1}, "I2: an op is in the log twice"
        assert len({(row.school_id, row.seq) for row in rows}) == len(rows), "I2: one seq for two"
        assert [found.differences for found in check(engine) if found.differences] == []
        return len(rows)
    finally:
        engine.dispose()
