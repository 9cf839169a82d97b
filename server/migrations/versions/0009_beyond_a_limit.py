"""The desk keeps the word by which an administrator went beyond a reason's limit, and by which
incident each of its rulings counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LINES = {
    "desk_visit": ("discretion",),
    "notice_line": ("discretion",),
    "clearing_act": ("discretion",),
    "desk_ruling": ("incident", "discretion"),
}


def upgrade() -> None:
    for table, columns in LINES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in columns:
                batch_op.add_column(sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for table, columns in LINES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in columns:
                batch_op.drop_column(name)
