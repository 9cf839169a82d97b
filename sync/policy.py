"""Which deadlines hold for a meeting, of those that a school has set (rules D13, D14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sync import band
from sync.model import Policy

EVERY_PERIOD = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """Deadlines as a school set them: for a band of grades and a class period ("*" is all), of
    dates from `from_on` to before `until_on`."""

    rule_id: UUID
    from_on: date
    policy: Policy
    set_at: datetime
    grades: str = band.EVERYBODY
    period: str = EVERY_PERIOD
    until_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a date."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


def rule_for(rules: Iterable[Rule], on: date, grades: frozenset[str], period: str) -> Rule | None:
    """The rule that holds for a section's grades and a class period on a date; None: the usual.

    The narrowest: the closest band of grades (L3) before the period, a rule for the period before
    one for all. Then the newest `from_on`, then the one that was set last.
    """
    fitting = [
        (rank, rule)
        for rule in rules
        if rule.holds(on) and (rank := _narrowness(rule, grades, period)) is not None
    ]
    if not fitting:
        return None
    narrowest = min(rank for rank, _ in fitting)
    return max((rule for rank, rule in fitting if rank == narrowest), key=_newness)


Narrowness = tuple[int, int, int]


def _narrowness(rule: Rule, grades: frozenset[str], period: str) -> Narrowness | None:
    """The least is the narrowest; bands that cover as much by as many grades are alike."""
    close = band.fit(rule.grades, grades)
    if close is None or rule.period not in {EVERY_PERIOD, period}:
        return None
    return close[0], close[1], rule.period == EVERY_PERIOD


def _newness(rule: Rule) -> tuple[date, datetime, int]:
    return rule.from_on, rule.set_at, rule.rule_id.int
