"""Terms, calendar, bell schedules, when sections meet: what expected rolls are laid out from."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Key, Ref, SchoolKey, Text

ALL_GRADES = "*"


class Term(Base):
    """Part of the year; dates are inclusive."""

    __tablename__ = "term"
    school_id: Mapped[SchoolKey]
    term_id: Mapped[Key]
    sourced_id: Mapped[Text]
    title: Mapped[Text]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class SectionTerm(Base):
    """Which terms a section runs in."""

    __tablename__ = "section_term"
    school_id: Mapped[SchoolKey]
    section_id: Mapped[Key]
    term_id: Mapped[Key]
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
        ForeignKeyConstraint(["school_id", "term_id"], ["term.school_id", "term.term_id"]),
    )


class BellPeriod(Base):
    """A class period of a bell schedule. Times of day are "HH:MM" in the school's zone."""

    __tablename__ = "bell_period"
    school_id: Mapped[SchoolKey]
    schedule: Mapped[str] = mapped_column(String, primary_key=True)
    period: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[Text]
    starts_time: Mapped[Text]
    ends_time: Mapped[Text]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class CalendarDay(Base):
    """A school date for a band of grades ("*" is all). `kind`: instructional, make_up, holiday,
    closed or emergency; the first two expect rolls."""

    __tablename__ = "calendar_day"
    school_id: Mapped[SchoolKey]
    on: Mapped[date] = mapped_column("school_date", primary_key=True)
    grades: Mapped[str] = mapped_column(String, primary_key=True, default=ALL_GRADES)
    kind: Mapped[Text]
    schedule: Mapped[str | None]
    day_label: Mapped[str | None]
    note: Mapped[str | None]
    closed_from_time: Mapped[str | None]
    """School ends here in an emergency: meetings that begin at or after it expect no roll."""
    set_by: Mapped[Ref | None]
    """Who set it at the desk; an import leaves it as it is then."""
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class SectionMeeting(Base):
    """When a section meets: a class period on weekdays ("MTWRFSU") or day labels, from–to.

    `through`: the last class period of a double one, which has a single roll.
    """

    __tablename__ = "section_meeting"
    school_id: Mapped[SchoolKey]
    section_id: Mapped[Key]
    period: Mapped[str] = mapped_column(String, primary_key=True)
    weekdays: Mapped[str] = mapped_column(String, primary_key=True, default="MTWRF")
    day_labels: Mapped[str] = mapped_column(String, primary_key=True, default="")
    begin_on: Mapped[date | None]
    end_on: Mapped[date | None]
    through: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "section_id"], ["section.school_id", "section.section_id"]
        ),
    )
