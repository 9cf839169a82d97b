"""How ops and folded marks lie in the database: compact msgpack, little more than two bytes a mark.

Students are written as their small `num`, presences as codes; what only few marks have (times,
notes, parents, fields of a newer app) lies in *variants* that marks share. Both forms carry a
format number and lose nothing: `unpack_*` gives back what `pack_*` took, ids in lower case.

    op payload    [format, nums, codes, variants, strangers,
                   grant, roster_rev, taken_at, clock, other fields]
    folded marks  [format, op ids, people, author of each op, nums, codes, variants]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from server.columns import (
    Variants,
    decode,
    from_ms,
    pack_columns,
    pack_moment,
    read_columns,
    spell,
    split_ids,
    to_ms,
    unpack_moment,
)
from sync.model import Flag, Mark, Note, Presence, Why

PRESENCES: tuple[Presence | None, ...] = (None, *Presence)
CODE_OF: dict[Presence | None, int] = {presence: n for n, presence in enumerate(PRESENCES)}
MISSING = 7
"""The code of a mark that does not say `presence` at all; code 0 says null."""
SAME = 7
"""The code of a staff presence that is the one that stands."""
CODE_BITS = 3
STRANGER = 0xF000_0000
"""From here on a num is a place in the op's own list of students that the school does not know."""
NOBODY = UUID(int=0)
COLUMNS = frozenset({"id", "v", "kind", "roll_id", "marks"})
CLOCK = ("offset_ms", "uncertainty_ms", "server_seen_at", "suspect")
SLEPT = (*CLOCK, "asleep_ms")


def pack_op(tree: Mapping[str, Any], num_of: Mapping[str, int]) -> bytes:
    """The payload of an op: its decoded JSON; `num_of` gives the students' nums by id.

    Whom the school does not know is written out in full. What has columns of its own (id, v, kind,
    roll_id) is left out.
    """
    strangers: list[str] = []
    nums = [num_of.get(mark["student_id"]) or _stranger(mark, strangers) for mark in tree["marks"]]
    variants = Variants()
    codes = [
        CODE_OF[mark["presence"]]
        if len(mark) == 2 and "presence" in mark
        else _code(mark, variants)
        for mark in tree["marks"]
    ]
    other = {key: value for key, value in tree.items() if key not in _HEAD}
    grant = tree.get("grant")
    return pack_columns(
        nums,
        codes,
        variants.kept,
        [
            b"".join(UUID(one).bytes for one in strangers),
            UUID(grant).bytes if grant else None,
            tree.get("roster_rev"),
            _pack_instant(tree["taken_at"]),
            _pack_clock(tree["clock"]) if "clock" in tree else None,
            other,
        ],
    )


_HEAD = COLUMNS | {"grant", "roster_rev", "taken_at", "clock"}


def unpack_op(payload: bytes, student_of: Mapping[int, str]) -> dict[str, Any]:
    """The decoded JSON of an op, without what has columns of its own."""
    form, nums, codes, variants, unknown, *head = decode(payload)
    grant, roster_rev, taken_at, clock, other = head
    strangers = [str(one) for one in split_ids(unknown)]
    tree: dict[str, Any] = dict(other)
    if grant is not None:
        tree["grant"] = str(UUID(bytes=grant))
    if roster_rev is not None:
        tree["roster_rev"] = roster_rev
    tree["taken_at"] = _unpack_instant(taken_at)
    if clock is not None:
        tree["clock"] = _unpack_clock(clock)
    tree["marks"] = [
        _line(
            student_of[num] if num < STRANGER else strangers[num - STRANGER],
            code,
            variants,
        )
        for num, code in zip(*read_columns(form, nums, codes), strict=True)
    ]
    return tree


def nums_of_op(payload: bytes) -> Sequence[int]:
    """The students that an op names, as far as the school knows them."""
    form, nums, codes, *_ = decode(payload)
    return [num for num in read_columns(form, nums, codes)[0] if num < STRANGER]


def _stranger(mark: Mapping[str, Any], strangers: list[str]) -> int:
    strangers.append(mark["student_id"])
    return STRANGER + len(strangers) - 1


def _code(mark: Mapping[str, Any], variants: Variants) -> int:
    code = CODE_OF[mark["presence"]] if "presence" in mark else MISSING
    rest = {key: value for key, value in mark.items() if key not in {"student_id", "presence"}}
    if not rest:
        return code
    if isinstance(rest.get("parents"), list):
        rest["parents"] = b"".join(UUID(one).bytes for one in rest["parents"])
    return code | variants.place(rest) << CODE_BITS


def _line(student_id: str, code: int, variants: Sequence[dict[str, Any]]) -> dict[str, Any]:
    presence, variant = code & MISSING, code >> CODE_BITS
    mark: dict[str, Any] = {"student_id": student_id}
    if presence != MISSING:
        stated = PRESENCES[presence]
        mark["presence"] = None if stated is None else stated.value
    if variant:
        mark |= variants[variant - 1]
        if isinstance(mark.get("parents"), bytes):
            mark["parents"] = [str(one) for one in split_ids(mark["parents"])]
    return mark


def _pack_instant(text: str) -> int | str:
    """Milliseconds since 1970 where that says all, else the text as it was sent."""
    moment = datetime.fromisoformat(text)
    return to_ms(moment) if spell(moment) == text else text


def _unpack_instant(packed: int | str) -> str:
    return spell(from_ms(packed)) if isinstance(packed, int) else packed


def _pack_clock(clock: Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    if tuple(clock) not in {CLOCK, SLEPT}:
        return dict(clock)
    offset, uncertainty, seen, *rest = clock.values()
    return [offset, uncertainty, None if seen is None else _pack_instant(seen), *rest]


def _unpack_clock(packed: list[Any] | dict[str, Any]) -> dict[str, Any]:
    if isinstance(packed, dict):
        return packed
    clock = dict(zip(SLEPT[: len(packed)], packed, strict=True))
    if clock["server_seen_at"] is not None:
        clock["server_seen_at"] = _unpack_instant(clock["server_seen_at"])
    return clock


@dataclass(slots=True)
class Folded:
    """The folded marks of a roll, as its row keeps them: columns, not objects.

    `ops` are the accepted ops in the order of the log, `people` their authors (the first comes
    first), `authors` the place in `people` of each op's author.
    """

    ops: list[UUID]
    people: list[UUID]
    authors: bytes
    nums: Sequence[int]
    codes: Sequence[int]
    variants: list[list[Any]]

    def marks(self, student_of: Mapping[int, UUID]) -> list[Mark]:
        """The marks as the fold gave them."""
        return [
            self._mark(student_of[num], code)
            for num, code in zip(self.nums, self.codes, strict=True)
        ]

    def of(self, nums: Sequence[int], codes: Sequence[int]) -> Folded:
        """The same with these students' marks alone."""
        return replace(self, nums=nums, codes=codes)

    def different(self) -> dict[int, Mark]:
        """Each code that occurs with its mark, about nobody in particular."""
        return {code: self._mark(NOBODY, code) for code in set(self.codes)}

    def _mark(self, student_id: UUID, code: int) -> Mark:
        presence, variant = PRESENCES[code & MISSING], code >> CODE_BITS
        if not variant:
            first = self.ops[0]
            return Mark(student_id, presence, first, presence, first, heads=(first,))
        stands_by, seen, seen_by, ruled, ruled_by, arrived, left, *rest = self.variants[variant - 1]
        reason, excused, evidence, heads, flags, notes, why = rest
        return Mark(
            student_id,
            presence,
            self._op(stands_by),
            presence if seen == SAME else PRESENCES[seen],
            self._op(seen_by),
            PRESENCES[ruled],
            self._op(ruled_by),
            unpack_moment(arrived),
            unpack_moment(left),
            reason,
            excused,
            evidence,
            tuple(self.ops[head] for head in heads),
            frozenset(Flag(flag) for flag in flags),
            tuple(Note(self.ops[op], text) for op, text in notes),
            None if why is None else Why(why),
        )

    def _op(self, place: int | None) -> UUID | None:
        return None if place is None else self.ops[place]


NOTHING = Folded([], [], b"", (), b"", [])


def pack_marks(
    marks: Sequence[Mark], nums: Sequence[int], ops: Sequence[UUID], authors: Sequence[UUID]
) -> bytes:
    """The folded marks of a roll; `nums` are the marks' students, `authors` the ops' authors."""
    people = list(dict.fromkeys(authors))
    place = {op_id: n for n, op_id in enumerate(ops)}
    variants = Variants()
    first = ops[0]
    plain: dict[Presence | None, Any] = {
        p: (first, p, first, *_PLAIN, (first,), frozenset(), (), None) for p in PRESENCES
    }
    codes = [
        CODE_OF[mark[1]]
        if mark[2:] == plain[mark[1]]
        else CODE_OF[mark[1]] | variants.place(_variant(mark, place)) << CODE_BITS
        for mark in marks
    ]
    return pack_columns(
        nums,
        codes,
        variants.kept,
        None,
        (
            b"".join(op_id.bytes for op_id in ops),
            b"".join(person.bytes for person in people),
            bytes(map(people.index, authors)),
        ),
    )


_PLAIN = (None,) * 7
"""ruled, ruled_by, arrived_at, left_at, reason, excused, evidence."""


def unpack_marks(packed: bytes | None) -> Folded:
    """The folded marks of a roll's row; nothing where it was not taken."""
    if packed is None:
        return NOTHING
    form, ops, people, authors, nums, codes, variants = decode(packed)
    return Folded(
        split_ids(ops),
        split_ids(people),
        authors,
        *read_columns(form, nums, codes),
        variants,
    )


def _variant(mark: Mark, place: Mapping[UUID, int]) -> list[Any]:
    return [
        None if mark.stands_by is None else place[mark.stands_by],
        SAME if mark.seen is mark.presence else CODE_OF[mark.seen],
        None if mark.seen_by is None else place[mark.seen_by],
        CODE_OF[mark.ruled],
        None if mark.ruled_by is None else place[mark.ruled_by],
        pack_moment(mark.arrived_at),
        pack_moment(mark.left_at),
        mark.reason,
        mark.excused,
        mark.evidence,
        [place[head] for head in mark.heads],
        sorted(flag.value for flag in mark.flags),
        [[place[note.op_id], note.text] for note in mark.notes],
        None if mark.why is None else mark.why.value,
    ]
