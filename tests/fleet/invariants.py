"""I1–I3, I6, I7 at rest (see README.md). What is true comes from the harness's own ledger and from
the log's rows, never from the code that is judged."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.models import Resolution, table_of
from tests.fleet.captures import capture_of
from tests.fleet.ledger import POISON, Broken, Ledger
from tests.fleet.tablet import Tablet
from tests.fleet.wire import talk
from tests.fleet.world import World

RESOLUTIONS = table_of(Resolution)


def alive(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I7: no tablet has anything left to send."""
    waiting = {tablet.name: len(tablet.waiting) for tablet in tablets if tablet.waiting}
    if waiting:
        raise Broken("I7", f"still waiting: {waiting}")


def durable(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I1: every op of which a tablet heard that it is on the record is there."""
    there = {str(row.op_id) for row in world.log()}
    lost = ledger.acknowledged() - there - ledger.excused
    if lost:
        raise Broken("I1", f"{len(lost)} acknowledged ops are not in the log")


def once(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I2: an op is in the log at most once, and somebody made it; no two share a place."""
    log = world.log()
    if len({row.op_id for row in log}) != len(log):
        raise Broken("I2", "an op is in the log twice")
    if len({(row.school_id, row.seq) for row in log}) != len(log):
        raise Broken("I2", "two ops have one seq")
    for row in log:
        born = ledger.born_ops.get(str(row.op_id))
        if born is None:
            raise Broken("I2", "an op is in the log that nobody made")
        if str(row.school_id) != born.school_id:
            raise Broken("I8", "an op is in another school's log")


def discarded(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I6: every op that was made is on the record, or on a tablet that says why not."""
    there = {str(row.op_id) for row in world.log()}
    entries = [entry for tablet in tablets for entry in tablet.store.entries.values()]
    refused = {entry.op["id"] for entry in entries if entry.step == "refused"}
    gone = ledger.born_ops.keys() - there - refused - ledger.excused
    if gone:
        raise Broken("I6", f"{len(gone)} ops are nowhere")


def heard_again(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I6, I3: what was held because a restored school had forgotten a leave is on the record once
    everybody has signed in; and no tablet goes on showing as held what was accepted since."""
    log = {str(row.op_id): row for row in world.log()}
    for tablet in tablets:
        for op_id, entry in tablet.store.entries.items():
            row = log.get(op_id)
            if row is None or POISON in entry.op:  # what makes the server stumble waits on
                continue
            if (row.outcome, row.reason) == ("held", "grant_unknown"):
                raise Broken("I6", f"{tablet.name} signed in, and its op waits for its leave")
            is_read = not tablet.only_pushes and entry.op["roll_id"] in tablet.store.mirror.rolls
            if is_read and row.outcome == "accepted" and entry.step == "held":
                raise Broken("I3", f"{tablet.name} shows as held what was accepted since")


def in_order(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I9: in a school's log the instants of receipt never go back, but for what was heard again
    (what is held may have been, for another reason than before)."""
    again = {row.op_id for row in world.school.rows(RESOLUTIONS)}
    last: dict[UUID, datetime] = {}
    for row in world.log():
        if row.outcome == "accepted" and row.op_id not in again:
            if row.received_at < last.get(row.school_id, row.received_at):
                raise Broken("I9", "an op was received before one that stands before it")
            last[row.school_id] = row.received_at


def leave_by_capture(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I9: whether a leave was still good follows from the capture, not from the delivery."""
    for row in world.log():
        if (row.outcome, row.reason) != ("held", "grant_revoked"):
            continue
        op = ledger.born_ops[str(row.op_id)].op
        if capture_of(op, row.received_at).taken_at <= ledger.revoked[op["grant"]]:
            raise Broken("I9", "an op that was captured before the revocation is held for it")


def complete(world: World, ledger: Ledger, tablets: Sequence[Tablet]) -> None:
    """I3: what incremental pulls brought is what a tablet that begins with nothing is given, and
    no op of the log since its beginning is missing from the office's mirror."""
    for tablet in tablets:
        if not tablet.only_pushes:
            compare(tablet, _afresh(world, tablet))
        if tablet.name == "lind":
            _knows_all(world, tablet)


def _afresh(world: World, tablet: Tablet) -> Tablet:
    image = tablet.image()
    image.wants_bootstrap = True
    fresh = Tablet(tablet.name, image, tablet.truth, tablet.watch, random.Random(1))
    talk(fresh.pull(), world.serve)
    return fresh


def compare(tablet: Tablet, fresh: Tablet) -> None:
    """What a tablet followed against what a fresh one was given."""
    mirror, whole = tablet.store.mirror, fresh.store.mirror
    if tablet.name != "lind" and mirror.rolls.keys() != whole.rolls.keys():
        raise Broken("I3", f"{tablet.name} has other rolls than the server")
    for roll_id, roll in whole.rolls.items():
        if mirror.rolls[roll_id] != roll:
            raise Broken("I3", f"{tablet.name}: a roll of {roll['on']} is not what the server has")
    for section_id, section in whole.sections.items():
        if mirror.sections.get(section_id) != section:
            raise Broken("I3", f"{tablet.name}: a section is not what the server has")
    if mirror.calendar.get("days") != whole.calendar.get("days"):
        raise Broken("I3", f"{tablet.name}: the calendar is not what the server has")


def _knows_all(world: World, office: Tablet) -> None:
    mirror = office.store.mirror
    known = {op for roll in mirror.rolls.values() for op in roll["ops"]} | mirror.held.keys()
    for row in world.log():
        ours = str(row.school_id) == office.store.school_id and row.seq > mirror.began
        if ours and str(row.op_id) not in known:
            raise Broken("I3", f"the office's feed skipped an op that was {row.outcome}")
