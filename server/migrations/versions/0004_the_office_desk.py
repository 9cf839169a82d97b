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
    op.create_table(
        "desk_visit",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_date", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", types.Instant(timezone=True), nullable=False),
        sa.Column("until_at", types.Instant(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["student.school_id", "student.student_id"],
            name=op.f("fk_desk_visit_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "visit_id", name=op.f("pk_desk_visit")),
    )
    op.create_index("ix_desk_visit_day", "desk_visit", ["school_id", "school_date"], unique=False)
    op.create_table(
        "desk_ruling",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("roll_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("presence", sa.String(), nullable=True),
        sa.Column("arrived_at", types.Instant(timezone=True), nullable=True),
        sa.Column("left_at", types.Instant(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "op_id"],
            ["op.school_id", "op.op_id"],
            name=op.f("fk_desk_ruling_school_id_op_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "op_id", name=op.f("pk_desk_ruling")),
    )
    op.create_index("ix_desk_ruling_cause", "desk_ruling", ["school_id", "cause_id"], unique=False)
    op.create_index(
        "ix_desk_ruling_student", "desk_ruling", ["school_id", "student_id"], unique=False
    )
    op.create_table(
        "notice_line",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("periods", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("incident", sa.String(), nullable=True),
        sa.Column("told_by", sa.String(), nullable=True),
        sa.Column("told_how", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["student.school_id", "student.student_id"],
            name=op.f("fk_notice_line_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "line_id", name=op.f("pk_notice_line")),
    )
    op.create_index("ix_notice_line_dates", "notice_line", ["school_id", "to_on"], unique=False)
    op.create_index(
        "ix_notice_line_notice", "notice_line", ["school_id", "notice_id"], unique=False
    )
    op.create_table(
        "clearing_act",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("clearing_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("incident", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["student.school_id", "student.student_id"],
            name=op.f("fk_clearing_act_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "clearing_id", name=op.f("pk_clearing_act")),
    )
    op.create_index(
        "ix_clearing_act_student",
        "clearing_act",
        ["school_id", "student_id", "school_date"],
        unique=False,
    )
    op.create_table(
        "finding_line",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("school_date", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_finding_line_school_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "line_id", name=op.f("pk_finding_line")),
    )
    op.create_index(
        "ix_finding_line_day", "finding_line", ["school_id", "school_date"], unique=False
    )
    with op.batch_alter_table("absence_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("set_by", sa.Uuid(), nullable=True))


def _no_front_desk() -> None:
    """Without them."""
    with op.batch_alter_table("absence_notice", schema=None) as batch_op:
        batch_op.drop_column("set_by")
    op.drop_table("finding_line")
    op.drop_table("clearing_act")
    op.drop_table("notice_line")
    op.drop_table("desk_ruling")
    op.drop_table("desk_visit")


def _signatures() -> None:
    """Statements over weeks; closed days and months."""
    op.create_table(
        "week_statement",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", types.Instant(timezone=True), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.staff_id"],
            name=op.f("fk_week_statement_school_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "statement_id", name=op.f("pk_week_statement")),
    )
    op.create_index(
        "ix_week_statement_week", "week_statement", ["school_id", "from_on", "staff_id"]
    )
    op.create_table(
        "closing",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("closing_id", sa.Uuid(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", types.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("rolls", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sums", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "by"],
            ["staff.school_id", "staff.staff_id"],
            name=op.f("fk_closing_school_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "closing_id", name=op.f("pk_closing")),
    )
    op.create_index("ix_closing_first", "closing", ["school_id", "first_on"])
    op.create_table(
        "next_day_acceptance",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("roll_id", sa.Uuid(), nullable=False),
        sa.Column("at", types.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "roll_id"],
            ["roll.school_id", "roll.roll_id"],
            name=op.f("fk_next_day_acceptance_school_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "roll_id", name=op.f("pk_next_day_acceptance")),
    )


def _no_signatures() -> None:
    """Without them."""
    op.drop_table("next_day_acceptance")
    op.drop_table("closing")
    op.drop_table("week_statement")
