"""The office desk goes on: what the windows and the closing of days still needed."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _windows()
    _closing()


def downgrade() -> None:
    _no_closing()
    _no_windows()


def _windows() -> None:
    """What the front desk, clearing and contradictions keep."""


def _no_windows() -> None:
    """Without it."""


def _closing() -> None:
    """What closing, the audit and the folded day keep."""


def _no_closing() -> None:
    """Without it."""
