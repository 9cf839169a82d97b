"""The office desk goes on: what the windows and the closing of days still needed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
    """The front desk keeps which incident a reason is about."""
    with op.batch_alter_table("desk_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("incident", sa.String(), nullable=True))


def _no_windows() -> None:
    """Without it."""
    with op.batch_alter_table("desk_visit", schema=None) as batch_op:
        batch_op.drop_column("incident")


def _closing() -> None:
    """What closing, the audit and the folded day keep."""


def _no_closing() -> None:
    """Without it."""
