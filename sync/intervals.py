"""Stretches of time, half-open: how long together, what is left of one, what lies between two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    """From an instant to just before another."""

    from_at: datetime
    to_at: datetime


def minutes(span: timedelta) -> int:
    """Whole minutes that have passed."""
    return span // timedelta(minutes=1)


def minus(whole: Interval, parts: Iterable[Interval]) -> list[Interval]:
    """What is left of a stretch without some parts, in order."""
    left, at = [], whole.from_at
    for part in sorted(parts):
        if part.from_at >= whole.to_at or part.to_at <= at:
            continue
        if part.from_at > at:
            left.append(Interval(at, part.from_at))
        at = part.to_at
    if at < whole.to_at:
        left.append(Interval(at, whole.to_at))
    return left


def length(parts: Iterable[Interval]) -> timedelta:
    """How long stretches are together; what several share counts once."""
    together, until = timedelta(), None
    for part in sorted(parts):
        begins = part.from_at if until is None else max(part.from_at, until)
        if begins < part.to_at:
            together += part.to_at - begins
            until = part.to_at
    return together


def meets(span: Interval, parts: Iterable[Interval]) -> bool:
    """Whether any of the parts shares time with a stretch. A stretch of no time shares none."""
    return any(part.from_at < span.to_at and span.from_at < part.to_at for part in parts) and (
        span.from_at < span.to_at
    )
