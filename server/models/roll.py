"""The record: the school's lock and clock, the log of ops, the rolls, and the fold's caches."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Blob, Instant, Key, Ref, SchoolKey, Text, When


class SchoolSync(Base):
    """The school's lock and clock: every write transaction takes this row first."""

    __tablename__ = "school_sync"
    school_id: Mapped[SchoolKey]
    epoch: Mapped[Text]
    seq: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    """The newest instant of receipt: it never goes back, whatever the server's clock does."""
    safe_before: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class OpEntry(Base):
    """The log, append-only: idempotency store, audit trail and source of truth in one.

    `payload` is compact msgpack for an op that was understood (server/record.py) and the raw JSON
    for one that is held for a newer server or a person. `taken_at` is corrected and clamped.
    """

    __tablename__ = "op"
    school_id: Mapped[SchoolKey]
    op_id: Mapped[Key]
    seq: Mapped[int]
    roll_id: Mapped[Ref | None]
    kind: Mapped[Text]
    v: Mapped[int]
    author: Mapped[Ref | None]
    rank: Mapped[str | None] = mapped_column(String)
    device_id: Mapped[Ref | None]
    taken_at: Mapped[When]
    received_at: Mapped[When]
    outcome: Mapped[Text]
    reason: Mapped[str | None]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    payload: Mapped[Blob]
    result: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("uq_op_school_id_seq", "school_id", "seq", unique=True),
        Index("ix_op_roll", "school_id", "roll_id"),
        Index(
            "ix_op_held",
            "school_id",
            "seq",
            sqlite_where=text("outcome = 'held'"),
            postgresql_where=text("outcome = 'held'"),
        ),
    )


class Resolution(Base):
    """What became of a held op in the end; the op itself stays in the log as it came.

    `how`: `accepted` (heard again and taken in), `taken_over` (by the office's op `ruling`) or
    `set_aside` (with a reason). `reason` is why it had been held; `by` nobody where the server
    heard it again by itself.
    """

    __tablename__ = "resolution"
    school_id: Mapped[SchoolKey]
    op_id: Mapped[Key]
    seq: Mapped[int]
    at: Mapped[When]
    how: Mapped[Text]
    reason: Mapped[Text]
    by: Mapped[Ref | None]
    why: Mapped[str | None]
    ruling: Mapped[Ref | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "op_id"], ["op.school_id", "op.op_id"]),
        Index("uq_resolution_school_id_seq", "school_id", "seq", unique=True),
    )


class RosterVersion(Base):
    """Who was in a section and taught it from an instant on: the roster at one `roster_rev`.

    Append-only, written with every change, so that a past instant can be shown with its roster.
    `roster` is text that the database writes itself (server/services/roster_versions.py).
    """

    __tablename__ = "roster_version"
    school_id: Mapped[SchoolKey]
    section_id: Mapped[Key]
    roster_rev: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[When]
    roster: Mapped[Blob]
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
    )


class RollRow(Base):
    """One roll a meeting, laid out ahead, so that *expected* is a row and not a guess.

    `marks` is the fold's cache (server/record.py), rebuilt at will from the log.
    """

    __tablename__ = "roll"
    school_id: Mapped[SchoolKey]
    roll_id: Mapped[Key]
    section_id: Mapped[Ref]
    on: Mapped[date] = mapped_column("school_date")
    period: Mapped[Text]
    period_name: Mapped[Text]
    starts_at: Mapped[When]
    ends_at: Mapped[When]
    opens_at: Mapped[When]
    due_at: Mapped[When]
    grace_min: Mapped[int] = mapped_column(default=0, server_default="0")
    """Received or taken by so many minutes after `due_at` still counts as in time."""
    check_at: Mapped[When]
    closes_at: Mapped[When]
    locks_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the policy locks it; null is never."""
    remind_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the next step of the reminders is due; the sweep claims it by moving it on."""
    policy_id: Mapped[Ref | None]
    """The deadline policy that gave these times; null is the usual one."""
    expected: Mapped[bool] = mapped_column(default=True)
    void_reason: Mapped[str | None]
    void_note: Mapped[str | None]
    """The school's own words about it: of the calendar's day, or of the exemption."""
    state: Mapped[str] = mapped_column(String, default="not_taken")
    revision: Mapped[int] = mapped_column(default=0)
    timeliness: Mapped[str | None]
    next_day: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[Ref | None]
    countersign: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Taken on a day pass alone: a teacher of the section or an administrator has to sign."""
    certified_at: Mapped[datetime | None] = mapped_column(Instant)
    certified_by: Mapped[Ref | None]
    locked_at: Mapped[datetime | None] = mapped_column(Instant)
    locked_by: Mapped[Ref | None]
    contested: Mapped[int] = mapped_column(default=0)
    safety: Mapped[int] = mapped_column(default=0)
    marks: Mapped[bytes | None] = mapped_column(LargeBinary)
    seq: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
        Index("ix_roll_school_id_seq", "school_id", "seq"),
        Index("ix_roll_day", "school_id", "school_date"),
        Index("ix_roll_section", "school_id", "section_id"),
        Index(
            "ix_roll_contested",
            "school_id",
            "school_date",
            sqlite_where=text("contested > 0"),
            postgresql_where=text("contested > 0"),
        ),
        Index(
            "ix_roll_open_due",
            "due_at",
            "school_id",
            sqlite_where=text("state = 'not_taken' AND expected"),
            postgresql_where=text("state = 'not_taken' AND expected"),
        ),
        Index(
            "ix_roll_remind",
            "remind_at",
            "school_id",
            sqlite_where=text("remind_at IS NOT NULL AND state = 'not_taken' AND expected"),
            postgresql_where=text("remind_at IS NOT NULL AND state = 'not_taken' AND expected"),
        ),
        Index(
            "ix_roll_locks",
            "locks_at",
            "school_id",
            sqlite_where=text("locks_at IS NOT NULL AND state <> 'locked'"),
            postgresql_where=text("locks_at IS NOT NULL AND state <> 'locked'"),
        ),
    )


class MarkException(Base):
    """A mark that is anything but plain present, a row each, for reports and thresholds.

    A cache of the fold, so no foreign keys; the key serves the one question that is asked of it,
    a student's exceptions over time. Students go by their small `num`: every absence of every
    period of a year lies here, and in the key once more.
    """

    __tablename__ = "mark_exception"
    school_id: Mapped[SchoolKey]
    num: Mapped[int] = mapped_column(primary_key=True)
    roll_id: Mapped[Key]
    on: Mapped[date] = mapped_column("school_date")
    presence: Mapped[str | None]
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None]
    excused: Mapped[bool | None]
    flags: Mapped[str] = mapped_column(String, default="")


class AbsenceNotice(Base):
    """An absence known ahead: shown on the teacher's roll, never a mark by itself.

    `set_by`: who of the office was told; an import leaves it as it is then.
    """

    __tablename__ = "absence_notice"
    school_id: Mapped[SchoolKey]
    notice_id: Mapped[Key]
    student_id: Mapped[Ref]
    from_on: Mapped[date]
    to_on: Mapped[date]
    period: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    set_by: Mapped[Ref | None]
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "student_id"], ["student.school_id", "student.student_id"]
        ),
        Index("ix_absence_notice_dates", "school_id", "to_on"),
    )


class Refusal(Base):
    """An op that was refused: not part of the record, but its payload is kept for a person."""

    __tablename__ = "refusal"
    school_id: Mapped[SchoolKey]
    refusal_id: Mapped[Key]
    op_id: Mapped[str | None] = mapped_column(String)
    device_id: Mapped[Ref | None] = mapped_column(Uuid)
    received_at: Mapped[When]
    reason: Mapped[Text]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    payload: Mapped[Blob]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)
