"""How a band of grades ("*", or a comma list) fits a section's grades (L3, D13)."""

from __future__ import annotations

EVERYBODY = "*"


def fit(band: str, grades: frozenset[str]) -> tuple[int, int, str] | None:
    """How closely a band speaks of these grades, the least the closest; None where it does not.

    First what covers all of them, by the fewest grades; then what covers some; then everybody.
    """
    if band.strip() == EVERYBODY:
        return 2, 0, EVERYBODY
    covered = {grade.strip() for grade in band.split(",")}
    if not covered & grades:
        return None
    return (0 if grades <= covered else 1), len(covered), band
