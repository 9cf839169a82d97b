"""A school signs the front desk's slips."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.models import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slip_key",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", types.Instant(timezone=True), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", types.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_at", types.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_slip_key_school_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "key_id", name=op.f("pk_slip_key")),
    )


def downgrade() -> None:
    op.drop_table("slip_key")
