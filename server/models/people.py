"""Schools, staff, students, sections, and who is in which from when to when.

`begin_on` and `end_on` are school dates, both inclusive; null is open-ended.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Instant, Key, Ref, SchoolKey, Text


class School(Base):
    """One school; its zone turns school dates and times of day into instants."""

    __tablename__ = "school"
    school_id: Mapped[SchoolKey]
    sourced_id: Mapped[str] = mapped_column(String, unique=True)
    name: Mapped[Text]
    zone: Mapped[Text]
    active: Mapped[bool] = mapped_column(default=True)
    calendar_seq: Mapped[int] = mapped_column(default=0)
    timetable_rev: Mapped[int] = mapped_column(default=0, server_default="0")
    """Moves with every change of calendar, bells, deadlines, exemptions or leaves."""
    rule_pack: Mapped[Text] = mapped_column(default="plain", server_default="plain")
    """Whose codes and numbers count here: a pack that travels with Rollbook."""
    rule_profile: Mapped[str | None]
    """Which reading of the pack's numbers; null is its first."""


class Staff(Base):
    """A person who works at the school. `role`: teacher, office or administrator."""

    __tablename__ = "staff"
    school_id: Mapped[SchoolKey]
    staff_id: Mapped[Key]
    sourced_id: Mapped[Text]
    given_name: Mapped[Text]
    family_name: Mapped[Text]
    display_name: Mapped[Text]
    username: Mapped[Text]
    email: Mapped[str | None]
    role: Mapped[Text]
    room: Mapped[str | None]
    extension: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    account_id: Mapped[Ref | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index(None, "account_id"),
    )


class Student(Base):
    """A student; `num` is her small number in this school's log and folded marks, never reused."""

    __tablename__ = "student"
    school_id: Mapped[SchoolKey]
    student_id: Mapped[Key]
    num: Mapped[int]
    sourced_id: Mapped[Text]
    local_id: Mapped[str | None]
    given_name: Mapped[Text]
    family_name: Mapped[Text]
    grade: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("uq_student_school_id_num", "school_id", "num", unique=True),
    )


class Section(Base):
    """A group taught a course. `roster_rev` grows when who is in it or teaches it changes."""

    __tablename__ = "section"
    school_id: Mapped[SchoolKey]
    section_id: Mapped[Key]
    sourced_id: Mapped[Text]
    title: Mapped[Text]
    course: Mapped[str | None]
    room: Mapped[str | None]
    kind: Mapped[Text]
    grades: Mapped[str | None]
    periods_label: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    roster_rev: Mapped[int] = mapped_column(default=1)
    seq: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("ix_section_school_id_seq", "school_id", "seq"),
    )


class Enrollment(Base):
    """A student in a section, from–to. `begin_at` and `end_at` are instants on the first and on the
    last date, where it is known that less than the whole of it counts."""

    __tablename__ = "enrollment"
    school_id: Mapped[SchoolKey]
    enrollment_id: Mapped[Key]
    sourced_id: Mapped[Text]
    section_id: Mapped[Ref]
    student_id: Mapped[Ref]
    begin_on: Mapped[date | None]
    end_on: Mapped[date | None]
    begin_at: Mapped[datetime | None] = mapped_column(Instant)
    end_at: Mapped[datetime | None] = mapped_column(Instant)
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
        ForeignKeyConstraint(
            ["school_id", "student_id"], ["student.school_id", "student.student_id"]
        ),
        Index("ix_enrollment_section", "school_id", "section_id"),
        Index("ix_enrollment_student", "school_id", "student_id"),
    )


class Teaching(Base):
    """Staff assigned to a section, from–to. `role`: primary, co_teacher or substitute."""

    __tablename__ = "teaching"
    school_id: Mapped[SchoolKey]
    assignment_id: Mapped[Key]
    sourced_id: Mapped[Text]
    section_id: Mapped[Ref]
    staff_id: Mapped[Ref]
    role: Mapped[Text]
    begin_on: Mapped[date | None]
    end_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_teaching_section", "school_id", "section_id"),
        Index("ix_teaching_staff", "school_id", "staff_id"),
    )
