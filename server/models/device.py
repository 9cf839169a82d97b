"""Sign-ins, sessions, devices and capture grants. Tokens are stored as sha256, never in clear."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Blob, Instant, Key, Ref, SchoolKey, Text, When


class Account(Base):
    """A sign-in: one person's secret. The same account may be staff at several schools."""

    __tablename__ = "account"
    account_id: Mapped[Key]
    username: Mapped[str] = mapped_column(String, unique=True)
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[When]


class Device(Base):
    """A browser that signed in at this school."""

    __tablename__ = "device"
    school_id: Mapped[SchoolKey]
    device_id: Mapped[Key]
    label: Mapped[str | None]
    app: Mapped[str | None]
    first_seen_at: Mapped[When]
    last_seen_at: Mapped[When]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Of the device's own secret: it may deliver what its grants made, whoever is signed in."""
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("ix_device_token_hash", "token_hash"),
    )


class SigninSession(Base):
    """A long device session; the cookie's token is found by its hash."""

    __tablename__ = "signin_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[Ref]
    school_id: Mapped[Ref]
    staff_id: Mapped[Ref]
    device_id: Mapped[Ref]
    created_at: Mapped[When]
    last_seen_at: Mapped[When]
    expires_at: Mapped[When]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    pass_id: Mapped[Ref | None]
    """The day pass that opened it; then the account has no password."""
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index(None, "account_id"),
    )


class CaptureGrant(Base):
    """Person P on device D may record for the school until T (design, capture grant)."""

    __tablename__ = "capture_grant"
    school_id: Mapped[SchoolKey]
    grant_id: Mapped[Key]
    staff_id: Mapped[Ref]
    device_id: Mapped[Ref]
    created_at: Mapped[When]
    until_at: Mapped[When]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    pass_id: Mapped[Ref | None]
    recovered_at: Mapped[datetime | None] = mapped_column(Instant)
    """When a restored school learned of it again from its person's tablet."""
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
    )


class DayPass(Base):
    """A named person may take listed rolls of one day; printed as a QR code and a short code."""

    __tablename__ = "day_pass"
    school_id: Mapped[SchoolKey]
    pass_id: Mapped[Key]
    staff_id: Mapped[Ref]
    on: Mapped[date] = mapped_column("school_date")
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    until_at: Mapped[When]
    issued_by: Mapped[Ref]
    issued_at: Mapped[When]
    redeemed_at: Mapped[datetime | None] = mapped_column(Instant)
    redeemed_on: Mapped[Ref | None]
    """The device that it was redeemed on."""
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_by: Mapped[Ref | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_day_pass_code_hash", "code_hash"),
        Index("ix_day_pass_day", "school_id", "school_date"),
    )


class PassMeeting(Base):
    """One roll that a day pass lists."""

    __tablename__ = "pass_meeting"
    school_id: Mapped[SchoolKey]
    pass_id: Mapped[Key]
    roll_id: Mapped[Key]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "pass_id"], ["day_pass.school_id", "day_pass.pass_id"]),
        ForeignKeyConstraint(["school_id", "roll_id"], ["roll.school_id", "roll.roll_id"]),
        Index("ix_pass_meeting_roll", "school_id", "roll_id"),
    )


class SealingKey(Base):
    """A school's key pair: tablets seal notes to the public half, only the server opens them."""

    __tablename__ = "sealing_key"
    school_id: Mapped[SchoolKey]
    key_id: Mapped[Key]
    created_at: Mapped[When]
    public: Mapped[Blob]
    private: Mapped[Blob]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class SlipKey(Base):
    """A school's key pair: the desk's slips are signed with it, tablets verify with the public
    half. A retired one signs no more; what a withdrawn one signed counts no more."""

    __tablename__ = "slip_key"
    school_id: Mapped[SchoolKey]
    key_id: Mapped[Key]
    created_at: Mapped[When]
    public: Mapped[Blob]
    private: Mapped[Blob]
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class DeskAct(Base):
    """What somebody at the desk did that is no entry of a roll: passes, revocations, clocks.

    Append-only. `subject` is what it was done to, `facts` JSON for people to read.
    """

    __tablename__ = "desk_act"
    school_id: Mapped[SchoolKey]
    act_id: Mapped[Key]
    at: Mapped[When]
    by: Mapped[Ref | None]
    kind: Mapped[Text]
    subject: Mapped[Ref | None]
    facts: Mapped[Text]
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("ix_desk_act_at", "school_id", "at"),
        Index("ix_desk_act_subject", "school_id", "subject"),
    )


class SigninFailure(Base):
    """Failed sign-ins of one account from one source, for the rate limit."""

    __tablename__ = "signin_failure"
    username: Mapped[str] = mapped_column(String, primary_key=True)
    source: Mapped[str] = mapped_column(String, primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[When]
