"""An enrollment may begin and end during a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.models import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begin_at", types.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("end_at", types.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_column("end_at")
        batch_op.drop_column("begin_at")
