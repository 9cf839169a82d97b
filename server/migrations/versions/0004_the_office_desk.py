"""The office desk: codes, the front desk, signatures over weeks, days and months."""

from __future__ import annotations

revision = "0004"
down_revision = "777b73a9dc30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _codes()
    _front_desk()
    _signatures()


def downgrade() -> None:
    _no_signatures()
    _no_front_desk()
    _no_codes()


def _codes() -> None:
    """What a school adds to its rule pack."""


def _no_codes() -> None:
    """Without them."""


def _front_desk() -> None:
    """Visits at the desks, and absence notices as the office writes them."""


def _no_front_desk() -> None:
    """Without them."""


def _signatures() -> None:
    """Statements over weeks; closed days and months."""


def _no_signatures() -> None:
    """Without them."""
