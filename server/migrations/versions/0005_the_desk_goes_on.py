"""The office desk goes on: what the windows and the closing of days still needed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.models import types

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
    """What closing, the audit and the folded day keep: each start of the server."""
    op.create_table(
        "server_run",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", types.Instant(timezone=True), nullable=False),
        sa.Column("alive_at", types.Instant(timezone=True), nullable=False),
        sa.Column("known_until", types.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_server_run")),
    )
    op.create_index("ix_server_run_started", "server_run", ["started_at"])


def _no_closing() -> None:
    """Without it."""
    op.drop_table("server_run")
