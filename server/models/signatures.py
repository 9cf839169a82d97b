"""What people put their names to: weeks, closed days and months, rolls that came a day late.

All of it is append-only: nothing that was signed is ever changed.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Blob, Key, Ref, SchoolKey, Text, When


class WeekStatement(Base):
    """One person's signature over the rolls of one week (C9). `content` is exactly what was signed,
    packed by zlib; `digest` is the SHA-256 of it unpacked. Of several the last counts."""

    __tablename__ = "week_statement"
    school_id: Mapped[SchoolKey]
    statement_id: Mapped[Key]
    staff_id: Mapped[Ref]
    from_on: Mapped[date]
    to_on: Mapped[date]
    words: Mapped[Text]
    digest: Mapped[Text]
    content: Mapped[Blob]
    signed_at: Mapped[When]
    device_id: Mapped[Ref]
    seq: Mapped[int]
    """Its place in the school's log: of one week's the highest is the last."""
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_week_statement_week", "school_id", "from_on", "staff_id"),
    )


class Closing(Base):
    """A day or a month that was closed or opened again, by its first date. `rolls`: how many were
    locked or reopened by it."""

    __tablename__ = "closing"
    school_id: Mapped[SchoolKey]
    closing_id: Mapped[Key]
    span: Mapped[Text]
    first_on: Mapped[date]
    act: Mapped[Text]
    at: Mapped[When]
    by: Mapped[Ref]
    why: Mapped[str | None]
    rolls: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int]
    sums: Mapped[str | None]
    """Of a month that was closed: what it came to then (server/services/month_sums.py)."""
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "by"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_closing_first", "school_id", "first_on"),
    )


class NextDayAcceptance(Base):
    """An administrator accepted a roll that was received on a later school date (C13)."""

    __tablename__ = "next_day_acceptance"
    school_id: Mapped[SchoolKey]
    roll_id: Mapped[Key]
    at: Mapped[When]
    by: Mapped[Ref]
    why: Mapped[Text]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "roll_id"], ["roll.school_id", "roll.roll_id"]),
    )
