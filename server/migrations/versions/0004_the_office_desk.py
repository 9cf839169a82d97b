"""The office desk: codes, the front desk, signatures over weeks, days and months."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.models import types

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
    """Which rule pack a school uses, and what it adds to it."""
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rule_pack", sa.String(), server_default="plain", nullable=False)
        )
        batch_op.add_column(sa.Column("rule_profile", sa.String(), nullable=True))
    op.create_table(
        "own_code",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_own_code_school_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "code", "valid_from", name=op.f("pk_own_code")),
    )


def _no_codes() -> None:
    """Without them."""
    op.drop_table("own_code")
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.drop_column("rule_profile")
        batch_op.drop_column("rule_pack")


def _front_desk() -> None:
    """Visits at the desks, and absence notices as the office writes them."""


def _no_front_desk() -> None:
    """Without them."""


def _signatures() -> None:
    """Statements over weeks; closed days and months."""


def _no_signatures() -> None:
    """Without them."""
