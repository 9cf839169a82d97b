"""Sign-ins, sessions, devices and capture grants. Tokens are stored as sha256, never in clear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Instant, Key, Ref, SchoolKey, When


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
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


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
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
    )


class SigninFailure(Base):
    """Failed sign-ins of one account from one source, for the rate limit."""

    __tablename__ = "signin_failure"
    username: Mapped[str] = mapped_column(String, primary_key=True)
    source: Mapped[str] = mapped_column(String, primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[When]
