"""CK1, CK2: clocks of tablets and of the server that are wrong, and nobody accused by them."""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from server.db import Turn
from sync.deadline import corrected_taken_at, timeliness
from sync.model import Capture, Timeliness
from tests.fleet import invariants, refolding
from tests.fleet.ledger import Broken
from tests.fleet.school_fleet import tap
from tests.fleet.simulation import Simulation
from tests.fleet.timepiece import Timepiece, at_ms
from tests.fleet.wire import talk
from tests.support.cast import MORNING, TUESDAY, WEDNESDAY, SetClock, local

pytestmark = pytest.mark.fleet
SCHEDULES = int(os.environ.get("FLEET_SCHEDULES", "20000"))
DUE = local(TUESDAY, 8, 15)
YEAR_MS = 365 * 86_400_000.0
PPM = 1e-6


def schedule(rng: Random) -> tuple[Timeliness, timedelta]:
    """A tablet with a wrong clock meets the server some times, takes a roll, and delivers it some
    time. How the roll is judged, and how long after the deadline it was taken."""
    drift = rng.uniform(-40, 40) * PPM
    wrong_ms = rng.choice([0.0, 400.0, 7.2e6, YEAR_MS, -86.4e6, -30 * YEAR_MS])
    piece, at = Timepiece(), MORNING - timedelta(minutes=rng.uniform(0, 300))
    for _ in range(rng.randrange(3)):
        at += timedelta(minutes=rng.uniform(0, 90))
        wrong_ms += drift * 5.4e6
        piece, at = _meet(piece.stepped(wrong_ms), at, rng)
    taken = max(at, DUE + timedelta(minutes=rng.uniform(-12, 12)))
    if rng.random() < 0.3:
        piece = piece.observed(piece.stepped(wrong_ms).read(taken)).restarted()
    wrong_ms -= rng.choice(
        [0.0, 0.0, 0.0, 1500.0, 90_000.0, YEAR_MS, -1500.0, -600_000.0, -YEAR_MS]
    )
    stated = piece.stepped(wrong_ms)
    reading = stated.read(taken)
    received = taken + timedelta(minutes=rng.choice([0.01, 1, 20, 3000]))
    return timeliness(DUE, received, _capture(stated, reading.wall, taken, received)), taken - DUE


def _meet(piece: Timepiece, at: datetime, rng: Random) -> tuple[Timepiece, datetime]:
    """The tablet after an exchange, and when that was over: what a tablet states when it captures
    knows of no answer that is still to come."""
    there, back = (timedelta(milliseconds=rng.choice([20, 300, 4000])) for _ in range(2))
    after = at + there + back
    return piece.measured(piece.read(at), piece.read(after), at + there), after


def _capture(piece: Timepiece, wall: float, truth: datetime, received: datetime) -> Capture:
    clock = piece.stated(piece.read(truth))
    doubt = clock["uncertainty_ms"] if clock else 0
    seen = at_ms(piece.server_seen) if piece.server_seen else None
    offset = clock["offset_ms"] if clock else 0
    at, clamped = corrected_taken_at(at_ms(wall), offset, seen, received, doubt)
    suspect = bool(clock and clock["suspect"])
    asleep = clock.get("asleep_ms", 0) if clock else 0
    measured = clock is not None
    return Capture(at, doubt, suspect, clamped, seen, measured=measured, asleep_ms=asleep)


def test_CK1_Z3_no_wrong_clock_makes_anybody_late_or_in_time() -> None:
    """Set back a little (under two seconds) it may win its owner as much; set back while the app
    was closed, nothing."""
    rng = Random(12)
    told = [schedule(rng) for _ in range(SCHEDULES)]
    late = [by for judged, by in told if judged is Timeliness.LATE]
    in_time = [by for judged, by in told if judged is Timeliness.TAKEN_ON_TIME]
    print(Counter(judged.value for judged, _ in told))
    assert min(late) > timedelta(0)
    assert max(in_time) < timedelta(seconds=2)
    assert min(len(late), len(in_time)) > SCHEDULES / 100


JUMPS = [timedelta(hours=h) for h in (0, 2, -2, 24, -24, -9, 0)]


def test_CK2_the_servers_clock_jumps_and_nothing_is_lost_or_out_of_order(
    template: Path, folder: Path
) -> None:
    """By hours, by a day, and back across midnight: everybody stays signed in, the order of the
    log is the order of arrival, no instant of receipt goes back, and every mirror is whole."""
    jump(template, folder / "jumps")


def test_CK2_notices_a_server_that_believes_its_clock(template: Path, folder: Path) -> None:
    with (
        patch.object(Turn, "receive", lambda _, now: now),
        pytest.raises(Broken, match="I9: an op was received before one"),
    ):
        jump(template, folder / "believes")


def jump(template: Path, place: Path) -> None:
    place.mkdir()
    simulation, truth = Simulation(1, template, place), SetClock(local(WEDNESDAY, 12))
    world, arrived = simulation.world, []
    for tablet in simulation.tablets:
        tablet.truth = truth
    try:
        for by in JUMPS:
            truth.forward(minutes=7)
            world.set_clock(truth.now() + by)
            for tablet in simulation.tablets:
                op = tap(tablet, simulation.ledger.people[tablet.name], world.cast, simulation.rng)
                assert talk(tablet.sync(), world.serve) == "done"
                arrived.append(op["id"])
        for tablet in simulation.tablets:
            assert talk(tablet.sync(), world.serve) == "done"
        birch = [str(row.op_id) for row in world.log() if row.school_id == world.cast.birch]
        assert birch == [op_id for op_id in arrived if op_id in set(birch)]
        for look in (
            invariants.durable,
            invariants.once,
            invariants.discarded,
            invariants.complete,
            invariants.in_order,
            refolding.folded,
        ):
            look(world, simulation.ledger, simulation.tablets)
    finally:
        world.stop()
