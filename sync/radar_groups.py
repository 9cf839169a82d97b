"""What a whole class shows is one question about its roll, not thirty about students (X7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from sync.finding import Do, Finding, FindingKind, SeenMark, Step

LEAST_STUDENTS = 5
GROUPED = frozenset({FindingKind.BETWEEN, FindingKind.VANISHED, FindingKind.TWO_ROOMS})
Slot = tuple[FindingKind, tuple[UUID, ...]]


def by_roll(on: date, findings: Iterable[Finding], marks: Iterable[SeenMark]) -> Iterator[Finding]:
    """Findings of one kind about one roll as one, where it is at least five students and half of
    the class."""
    size = Counter(one.roll_id for one in marks)
    together: defaultdict[Slot, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.kind in GROUPED:
            together[finding.kind, _asked(finding)].append(finding)
        else:
            yield finding
    for (kind, rolls), same in together.items():
        smallest = min(size[roll] for roll in rolls)
        many = len(same) >= max(LEAST_STUDENTS, (smallest + 1) // 2)
        yield from [_of_class(on, kind, rolls, same)] if many else same


def _asked(finding: Finding) -> tuple[UUID, ...]:
    """The rolls whose teachers would be asked."""
    asked = {step.roll_id for step in finding.steps if step.do is Do.ASK_TEACHER}
    return tuple(sorted(roll for roll in asked if roll is not None))


def _of_class(
    on: date, kind: FindingKind, rolls: Sequence[UUID], same: Sequence[Finding]
) -> Finding:
    evidence = dict.fromkeys(one for finding in same for one in finding.evidence)
    check = (Step(Do.CHECK_ROSTER),) if kind is FindingKind.TWO_ROOMS else ()
    return Finding(
        kind=kind,
        on=on,
        students=tuple(sorted(student for finding in same for student in finding.students)),
        periods=tuple(dict.fromkeys(period for finding in same for period in finding.periods)),
        evidence=tuple(evidence),
        steps=(*check, *(Step(Do.ASK_TEACHER, roll) for roll in rolls)),
        about=tuple(rolls),
        urgent=any(finding.urgent for finding in same),
    )
