"""The only place that reads the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant: aware, in UTC, to the millisecond, as it is stored and sent."""

    def now(self) -> datetime:
        """The present instant."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant."""
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SetClock:
    """A clock that stands where it was set, for tests and for showing a day that is not today."""

    def __init__(self, at: datetime) -> None:
        """Take an aware instant."""
        self.at = at

    def now(self) -> datetime:
        """Where it was set."""
        return self.at.astimezone(UTC)

    def set(self, at: datetime) -> None:
        """Move to an instant."""
        self.at = at

    def forward(self, **span: float) -> datetime:
        """Move on, as in `forward(minutes=5)`."""
        self.at += timedelta(**span)
        return self.now()
