"""What the harness knows by itself: what was captured, what was answered, and what may be gone.

It never asks the server's code. An op is *excused* when every copy of it was destroyed: the server
was put back to a time before it, and no tablet held it any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.fleet.tablet import Tablet, Watch
from tests.fleet.wire import Tree

SAME_AGAIN = ("outcome", "seq", "received_at", "hash", "reason", "roll", "marks")
NEVER_OTHER = ("received_at", "hash")
"""Also not when a held op was heard again, and is held for another reason or accepted."""
HEARD_AGAIN = frozenset(
    "unsupported_kind server_error unknown_roll not_enrolled no_school roll_void"
    " grant_unknown handed_over".split()
)
POISON = "from_a_newer_app"
"""The field of an op that makes the server stumble (SQLite keeps no number so large)."""


class Broken(AssertionError):
    """An invariant does not hold; `rule` is its id."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule}: {what}")
        self.rule, self.what = rule, what


@dataclass(slots=True)
class Born:
    """An op as it was made."""

    op: Tree
    tablet: str
    person: str
    school_id: str
    truth: datetime
    well_formed: bool = True


@dataclass(slots=True)
class Ledger(Watch):
    """Hears every tablet."""

    people: dict[str, str]
    may_see: dict[str, frozenset[str]]
    """By tablet: the ids of the sections that its person may see."""
    only_on: dict[str, str] = field(default_factory=dict)
    """By tablet: the one date on which its person teaches."""
    born_ops: dict[str, Born] = field(default_factory=dict)
    answers: dict[str, dict[str, Tree]] = field(default_factory=dict)
    """By op and epoch: what tablets heard, of the op's latest place in the log."""
    excused: set[str] = field(default_factory=set)
    revoked: dict[str, datetime] = field(default_factory=dict)
    """By grant: the first instant at which it was revoked."""
    heard: int = 0

    def born(self, tablet: Tablet, op: Tree, truth: datetime) -> None:
        self.born_ops[op["id"]] = Born(
            op, tablet.name, self.people[tablet.name], tablet.store.school_id, truth
        )

    def answered(self, tablet: Tablet, epoch: str, result: Tree) -> None:
        self.heard += 1
        if tablet.heard_as != "ok":
            if result["marks"]:
                raise Broken("I8", "a tablet on which nobody is signed in was told of marks")
            result = {name: fact for name, fact in result.items() if name != "marks"}
        self._agrees(self.answers.setdefault(result["id"], {}), epoch, result)
        born = self.born_ops[result["id"]]
        if result["outcome"] == "refused" and born.well_formed:
            raise Broken("I6", f"a well-formed op was refused: {result['reason']}")
        if result["reason"] == "server_error" and POISON not in born.op:
            raise Broken("I6", "the server stumbled over an op that is like any other")

    def _agrees(self, by_epoch: dict[str, Tree], epoch: str, result: Tree) -> None:
        """Two answers in one history are one, but that a held op may have been heard again: its
        place then says which came first, in whatever order they arrive. Of marks only those are
        told who are signed in; what nobody was told is compared with nothing."""
        before = by_epoch.get(epoch, result)
        earlier, later = sorted((before, result), key=lambda told: told["seq"] or 0)
        moved = earlier["seq"] != later["seq"]
        names: tuple[str, ...] = SAME_AGAIN
        if result["outcome"] == "refused":
            names = ("outcome", "hash")
        elif moved and earlier["outcome"] == "held" and earlier["reason"] in HEARD_AGAIN:
            names = NEVER_OTHER
        for name in names:
            if name in earlier and name in later and earlier[name] != later[name]:
                raise Broken("I2", f"two answers to one op: {name} differs")
        by_epoch[epoch] = later if moved else before | result

    def received(self, tablet: Tablet, what: Tree) -> None:
        seen = self.may_see[tablet.name]
        kind = what.get("type", "bootstrap")
        if kind == "bootstrap":
            if what["school"]["school_id"] != tablet.store.school_id:
                raise Broken("I8", "another school's bootstrap")
            for change in [*what["rolls"], *what["sections"]]:
                self.received(tablet, change)
        elif kind in {"roll", "section"} and what["section_id"] not in seen:
            raise Broken("I8", f"{tablet.name} heard of a {kind} that is not theirs")
        elif kind == "roll" and self.only_on.get(tablet.name, what["on"]) != what["on"]:
            raise Broken("I8", f"{tablet.name} heard of a roll of another day")
        elif kind == "held":
            born = self.born_ops.get(what["op_id"])
            if born is None or born.school_id != tablet.store.school_id:
                raise Broken("I8", f"{tablet.name} heard of another school's op")
            if self.people[tablet.name] not in {"lind", born.person}:
                raise Broken("I8", f"{tablet.name} heard of somebody else's held op")

    def acknowledged(self) -> set[str]:
        """Ops of which a tablet heard that they are on the record, accepted or held."""
        return {
            op_id
            for op_id, by_epoch in self.answers.items()
            if any(result["outcome"] != "refused" for result in by_epoch.values())
        }

    def destroyed(self, candidates: Iterable[str], tablets: Iterable[Tablet]) -> None:
        """Of these ops the server's copy is gone: excuse those that no tablet holds."""
        held = {op_id for tablet in tablets for op_id in tablet.store.entries}
        self.excused |= set(candidates) - held
