"""The nouns: one table a class. Every table of a school has `school_id` first in its key."""

from server.models.device import (
    Account,
    CaptureGrant,
    DayPass,
    DeskAct,
    Device,
    PassMeeting,
    SealingKey,
    SigninFailure,
    SigninSession,
)
from server.models.people import Enrollment, School, Section, Staff, Student, Teaching
from server.models.roll import (
    AbsenceNotice,
    MarkException,
    OpEntry,
    Refusal,
    Resolution,
    RollRow,
    RosterVersion,
    SchoolSync,
)
from server.models.timetable import (
    BellPeriod,
    CalendarDay,
    SectionMeeting,
    SectionTerm,
    Term,
)
from server.models.types import Base, Instant, db, table_of

__all__ = [
    "AbsenceNotice",
    "Account",
    "Base",
    "BellPeriod",
    "CalendarDay",
    "CaptureGrant",
    "DayPass",
    "DeskAct",
    "Device",
    "Enrollment",
    "Instant",
    "MarkException",
    "OpEntry",
    "PassMeeting",
    "Refusal",
    "Resolution",
    "RollRow",
    "RosterVersion",
    "School",
    "SchoolSync",
    "SealingKey",
    "Section",
    "SectionMeeting",
    "SectionTerm",
    "SigninFailure",
    "SigninSession",
    "Staff",
    "Student",
    "Teaching",
    "Term",
    "db",
    "table_of",
]
