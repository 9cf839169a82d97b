"""What the office's desks write down: visits, absences that it was told of, reasons, findings.

Every table here is append-only: what is corrected, ended or taken back is a line more, which names
what it takes the place of. Each line has who wrote it, on which device, and when.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Instant, Key, Ref, SchoolKey, Text, When

STUDENT = (["school_id", "student_id"], ["student.school_id", "student.student_id"])


class DeskVisit(Base):
    """A line of the front desk's log or of a sign-in sheet.

    `what`: `arrived`, `left`, `visit` (with somebody, from `at` to `until_at`), or `withdrawn`,
    which takes back the line that it `replaces`.
    """

    __tablename__ = "desk_visit"
    school_id: Mapped[SchoolKey]
    visit_id: Mapped[Key]
    student_id: Mapped[Ref]
    on: Mapped[date] = mapped_column("school_date")
    what: Mapped[Text]
    at: Mapped[When]
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    place: Mapped[str | None]
    code: Mapped[str | None]
    incident: Mapped[str | None]
    discretion: Mapped[str | None]
    note: Mapped[str | None]
    replaces: Mapped[Ref | None]
    by: Mapped[Ref]
    device_id: Mapped[Ref]
    noted_at: Mapped[When]
    __table_args__ = (
        ForeignKeyConstraint(*STUDENT),
        Index("ix_desk_visit_day", "school_id", "school_date"),
    )


class DeskRuling(Base):
    """Which op of the log a desk's line gave, and what it says of one student there.

    `cause_id` is the line of a visit, a notice or a clearing; `presence` and the times as the op
    states them, `reason` empty where it withdraws one.
    """

    __tablename__ = "desk_ruling"
    school_id: Mapped[SchoolKey]
    op_id: Mapped[Key]
    cause_id: Mapped[Ref]
    desk: Mapped[Text]
    """Whose word it is: `window`, `notice` or `clearing`; each follows its own words alone."""
    student_id: Mapped[Ref]
    roll_id: Mapped[Ref]
    seq: Mapped[int]
    outcome: Mapped[Text]
    presence: Mapped[str | None]
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None]
    incident: Mapped[str | None]
    discretion: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "op_id"], ["op.school_id", "op.op_id"]),
        Index("ix_desk_ruling_student", "school_id", "student_id"),
        Index("ix_desk_ruling_cause", "school_id", "cause_id"),
    )


class NoticeLine(Base):
    """What the office was told of an absence: by whom, how, from when to when.

    `what`: `told`, or `ended`, which says until when it holds after all (`to_on`; before `from_on`:
    not at all). `periods` is a comma list of class periods; null is the whole day.
    """

    __tablename__ = "notice_line"
    school_id: Mapped[SchoolKey]
    line_id: Mapped[Key]
    notice_id: Mapped[Ref]
    what: Mapped[Text]
    student_id: Mapped[Ref]
    from_on: Mapped[date]
    to_on: Mapped[date]
    periods: Mapped[str | None]
    code: Mapped[str | None]
    incident: Mapped[str | None]
    discretion: Mapped[str | None]
    told_by: Mapped[str | None]
    told_how: Mapped[str | None]
    note: Mapped[str | None]
    evidence: Mapped[str | None]
    by: Mapped[Ref]
    device_id: Mapped[Ref]
    noted_at: Mapped[When]
    __table_args__ = (
        ForeignKeyConstraint(*STUDENT),
        Index("ix_notice_line_dates", "school_id", "to_on"),
        Index("ix_notice_line_notice", "school_id", "notice_id"),
    )


class ClearingAct(Base):
    """A reason that the office gave an absence of a day, or (`replaces`) took back again."""

    __tablename__ = "clearing_act"
    school_id: Mapped[SchoolKey]
    clearing_id: Mapped[Key]
    student_id: Mapped[Ref]
    on: Mapped[date] = mapped_column("school_date")
    code: Mapped[str | None]
    incident: Mapped[str | None]
    discretion: Mapped[str | None]
    note: Mapped[str | None]
    evidence: Mapped[str | None]
    replaces: Mapped[Ref | None]
    by: Mapped[Ref]
    device_id: Mapped[Ref]
    noted_at: Mapped[When]
    __table_args__ = (
        ForeignKeyConstraint(*STUDENT),
        Index("ix_clearing_act_student", "school_id", "student_id", "school_date"),
    )


class FindingLine(Base):
    """What somebody did about a finding: `looked_at`, `set_aside` with why, or `opened` again."""

    __tablename__ = "finding_line"
    school_id: Mapped[SchoolKey]
    line_id: Mapped[Key]
    key: Mapped[Text]
    on: Mapped[date] = mapped_column("school_date")
    what: Mapped[Text]
    why: Mapped[str | None]
    by: Mapped[Ref]
    device_id: Mapped[Ref]
    noted_at: Mapped[When]
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("ix_finding_line_day", "school_id", "school_date"),
    )
