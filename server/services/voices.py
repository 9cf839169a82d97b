"""Who said what, beside the marks of rolls about which a person may have to be told (rule W2).

Read only where such marks are: plain rolls cost nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from server.columns import spell
from server.record import nums_of_op, unpack_op
from server.services.heard import Heard, load_heard
from server.services.refold import observations
from server.services.rosters import Roster
from sync.heads import Line
from sync.model import Flag, Kind, Op, Rank
from sync.voices import voices_of

TOLD_FLAGS = frozenset({Flag.CONTESTED.value, Flag.SAFETY.value, Flag.OWN_DEVICES.value})
OFFLINE = timedelta(minutes=2)
KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Said:
    """One line with the entry that it comes from, and where that came from."""

    line: Line
    entry: Any
    source: dict[str, Any] | None


def add_voices(
    connection: Connection,
    school_id: UUID,
    rolls: Iterable[dict[str, Any]],
    rosters: Mapping[UUID, Roster],
    heard: Heard | None = None,
) -> None:
    """Put their voices to the marks of rolls as the wire has them. `heard` are the rolls' entries,
    where they are at hand already."""
    told = [(roll, marks) for roll in rolls if (marks := [*filter(asks_for_voices, roll["marks"])])]
    if not told:
        return
    if heard is None:
        heard = load_heard(connection, school_id, [roll["roll_id"] for roll, _ in told])
    for roll, marks in told:
        students = {mark["student_id"] for mark in marks}
        roster = rosters[roll["section_id"]]
        said = said_of(heard[roll["roll_id"]], roster, students)
        place = Places(roll)
        for mark in marks:
            mark["voices"] = place.voices(said[mark["student_id"]])


def asks_for_voices(mark: Mapping[str, Any]) -> bool:
    """Whether people disagree about a mark, or the office has ruled it."""
    if len(mark) == 2:
        return False
    return "office" in mark or not TOLD_FLAGS.isdisjoint(mark.get("flags", ()))


def said_of(
    entries: Iterable[Any], roster: Roster, students: Iterable[str]
) -> dict[str, list[Said]]:
    """What the entries of one roll say about some students of its roster."""
    wanted = {student: roster.id_of[student] for student in students}
    said: dict[str, list[Said]] = {student: [] for student in wanted}
    for entry in entries:
        if entry.kind not in KINDS:
            continue
        texts = dict.fromkeys(nums_of_op(entry.payload), "") | roster.text_of
        tree = unpack_op(entry.payload, texts)
        op = _op(entry, tree, wanted)
        for one in {line.student_id: line for line in op.observations}.values():
            told = Said(Line(op, one), entry, tree.get("source"))
            said[str(one.student_id)].append(told)
    return said


def _op(entry: Any, tree: Mapping[str, Any], wanted: Mapping[str, UUID]) -> Op:
    kind = Kind(entry.kind)
    return Op(
        op_id=entry.op_id,
        kind=kind,
        author=entry.author,
        rank=Rank(entry.rank),
        device_id=entry.device_id,
        taken_at=entry.taken_at,
        observations=observations(tree["marks"], kind, wanted),
        received_at=entry.received_at,
        seq=entry.seq,
    )


class Places:
    """Where a roll's ops and people lie in it as the wire has it."""

    def __init__(self, roll: Mapping[str, Any]) -> None:
        """Number them."""
        self._op = {op_id: place for place, op_id in enumerate(roll["ops"])}
        self._by = {by["staff_id"]: place for place, by in enumerate(roll["people"])}

    def voices(self, said: Sequence[Said]) -> list[dict[str, Any]]:
        """The voices about one student."""
        of_op = {one.line.op.op_id: one for one in said}
        told = voices_of([one.line for one in said])
        return [self._voice(of_op[line.op.op_id]) for line in told]

    def _voice(self, said: Said) -> dict[str, Any]:
        op, line = said.line
        voice: dict[str, Any] = {
            "op": self._op[op.op_id],
            "by": self._by[op.author],
            "kind": op.kind,
            "presence": line.presence,
            "taken_at": spell(op.taken_at),
            "received_at": spell(said.entry.received_at),
            "offline": said.entry.received_at - op.taken_at > OFFLINE,
        }
        if line.arrived_at is not None:
            voice["arrived_at"] = spell(line.arrived_at)
        if line.why:
            voice["why"] = line.why
        if said.source:
            voice["source"] = said.source
        return voice
