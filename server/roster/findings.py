"""What is wrong in a file from elsewhere, said so that the person who sent it can mend it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from server.roster.problems import PROBLEMS, Severity

KEEP_OF_A_CODE = 200
SHOW_AT_MOST = 60
FOLLOWS = {"depends", "class_deleted", "person_deleted"}
"""What comes right by itself when something else is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: where, what was found there, what is wrong with it and what to do."""

    severity: Severity
    code: str
    file: str
    line: int | None
    column: str | None
    found: str
    problem: str
    cure: str

    def __str__(self) -> str:
        """One line for a terminal: `error users.csv line 12 familyName: …`."""
        where = f"{self.file} line {self.line}" if self.line else self.file
        where += f", {self.column}" if self.column else ""
        found = f' found "{self.found}".' if self.found else ""
        return f"{self.severity.value} {where}:{found} {self.problem} {self.cure}"


class Refused(Exception):
    """The file as a whole cannot be read; nothing of it is used."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass
class Findings:
    """All problems of one import: the first of each code are kept, the rest are counted."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    def note(
        self,
        code: str,
        file: str,
        line: int | None = None,
        column: str | None = None,
        found: str = "",
        **words: object,
    ) -> None:
        """Note a problem of the catalogue at a place."""
        key = (PROBLEMS[code].severity, code)
        self.counts[key] += 1
        if self.counts[key] <= KEEP_OF_A_CODE:
            self.kept.append(_finding(code, file, line, column, found, **words))

    def add(self, finding: Finding) -> None:
        """Note a finding that was made elsewhere, as by a refusal."""
        self.counts[finding.severity, finding.code] += 1
        self.kept.append(finding)

    @property
    def errors(self) -> int:
        """How many errors, kept or only counted."""
        return sum(n for (severity, _), n in self.counts.items() if severity is Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many warnings, kept or only counted."""
        return self.counts.total() - self.errors

    def in_order(self) -> list[Finding]:
        """What was kept: errors first, what follows from another after that; by file and line."""
        return sorted(
            self.kept,
            key=lambda f: (f.severity, f.code in FOLLOWS, f.file, f.line or 0, f.column or ""),
        )

    def told(self) -> str:
        """How many of each."""
        return f"{_counted(self.errors, 'error')}, {_counted(self.warnings, 'warning')}."

    def not_kept(self) -> list[tuple[str, int]]:
        """Problems found more often than is listed, and how many more of each."""
        return [
            (PROBLEMS[code].problem, count - KEEP_OF_A_CODE)
            for (_, code), count in sorted(self.counts.items())
            if count > KEEP_OF_A_CODE
        ]


def refusal(
    code: str,
    file: str,
    line: int | None = None,
    column: str | None = None,
    found: str = "",
    **words: object,
) -> Refused:
    """The end of reading: the file as a whole is at fault."""
    return Refused(_finding(code, file, line, column, found, **words))


def shown(found: str) -> str:
    """A value as it may go to a terminal: short, and without control characters."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in found)
    return text if len(text) <= SHOW_AT_MOST else f"{text[:SHOW_AT_MOST]}…"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _finding(
    code: str, file: str, line: int | None, column: str | None, found: str, **words: object
) -> Finding:
    severity, problem, cure = PROBLEMS[code]
    return Finding(
        severity,
        code,
        file,
        line,
        column,
        shown(found[: SHOW_AT_MOST + 1]),
        problem.format(**words),
        cure.format(**words),
    )
