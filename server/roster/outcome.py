"""How an import ended, and how to tell it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from server.roster.findings import Findings


class Ending(StrEnum):
    """How an import ended. Only `imported` wrote anything."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    PLANNED = "planned"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Change:
    """How many rows of one kind in one school are new, changed and withdrawn."""

    school: str
    kind: str
    new: int = 0
    changed: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One person or section that an import changes, by the sender's id and name."""

    kind: str
    what: str
    sourced_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Hold:
    """More withdrawals in a school than an ordinary week brings."""

    school: str
    kind: str
    leaving: int
    of: int


@dataclass
class Outcome:
    """What an import did, or would do."""

    ending: Ending
    findings: Findings
    changes: list[Change] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    rolls: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 when nothing was lost, 2 when the import did not happen."""
        return 2 if self.ending in {Ending.REFUSED, Ending.HELD} else 0

    def total(self, kind: str, what: str) -> int:
        """A number over all schools: `total("student", "new")`."""
        return sum(getattr(change, what) for change in self.changes if change.kind == kind)


LAST_WORDS = {
    Ending.IMPORTED: "Imported.",
    Ending.UNCHANGED: "Nothing to change: the school has all this already.",
    Ending.PLANNED: "A dry run: nothing was written.",
    Ending.REFUSED: "Nothing was imported. Mend the errors, or say --skip-bad-rows to import the"
    " rest.",
    Ending.HELD: "Nothing was imported: so many withdrawals are usually a broken export. If they"
    " are right, say --allow-withdrawals {leaving}.",
}


def told(outcome: Outcome) -> Iterator[str]:
    """The outcome in lines for a terminal."""
    findings = outcome.findings
    yield from (str(finding) for finding in findings.in_order())
    for problem, more in findings.not_kept():
        yield f"… and {more} more of these: {problem}"
    if findings.counts:
        yield findings.told()
    for change in outcome.changes:
        counts = f"{change.new} new, {change.changed} changed, {change.withdrawn} withdrawn"
        yield f"{change.school}: {change.kind}: {counts}"
    for example in outcome.examples:
        yield f"  {example.what} {example.kind} {example.sourced_id} {example.name}"
    for what, count in outcome.passed_over.items():
        yield f"Not read: {count} {what}."
    for hold in outcome.holds:
        yield f"{hold.school}: {hold.leaving} of {hold.of} {hold.kind}s would be withdrawn."
    if any(outcome.rolls.values()):
        yield "Rolls: " + ", ".join(f"{n} {what}" for what, n in outcome.rolls.items()) + "."
    leaving = sum(hold.leaving for hold in outcome.holds)
    yield LAST_WORDS[outcome.ending].format(leaving=leaving)
