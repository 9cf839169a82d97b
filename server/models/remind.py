"""Deadlines as the school set them, and reminders: whom, when, by which way, what became of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Blob, Instant, Key, Ref, SchoolKey, Text, When

EVERYBODY = "*"


class DeadlinePolicy(Base):
    """When rolls open, are due, looked for, close and lock, from a school date on.

    `grades` is a band ("*" is all, else a comma list), `period` a class period's code or "*". Of
    those in force the narrowest counts, then the newest. A row is never changed but to end:
    `until_on` is the first date on which it holds no more.
    """

    __tablename__ = "deadline_policy"
    school_id: Mapped[SchoolKey]
    policy_id: Mapped[Key]
    grades: Mapped[str] = mapped_column(String, default=EVERYBODY)
    period: Mapped[str] = mapped_column(String, default=EVERYBODY)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    open_before_min: Mapped[int]
    due_after_min: Mapped[int]
    check_after_min: Mapped[int]
    grace_min: Mapped[int] = mapped_column(default=0)
    close_time: Mapped[Text]
    lock_after_days: Mapped[int | None]
    set_by: Mapped[Ref | None]
    set_at: Mapped[When]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class Exemption(Base):
    """Meetings of a date that expect no roll, and why; null names them all.

    An assembly in period 3 names the period, a trip the section. `ended_at`: taken back.
    """

    __tablename__ = "exemption"
    school_id: Mapped[SchoolKey]
    exemption_id: Mapped[Key]
    on: Mapped[date] = mapped_column("school_date")
    section_id: Mapped[Ref | None]
    period: Mapped[str | None]
    why: Mapped[Text]
    set_by: Mapped[Ref | None]
    set_at: Mapped[When]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        Index("ix_exemption_day", "school_id", "school_date"),
    )


class StaffLeave(Base):
    """Dates on which somebody is away and is not reminded; both inclusive."""

    __tablename__ = "staff_leave"
    school_id: Mapped[SchoolKey]
    leave_id: Mapped[Key]
    staff_id: Mapped[Ref]
    from_on: Mapped[date]
    to_on: Mapped[date]
    set_by: Mapped[Ref | None]
    set_at: Mapped[When]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_staff_leave_dates", "school_id", "to_on"),
    )


class ReminderPolicy(Base):
    """How a school reminds: the ladder's steps, quiet hours, who hears last. JSON where a list."""

    __tablename__ = "reminder_policy"
    school_id: Mapped[SchoolKey]
    steps: Mapped[Text]
    quiet_from_time: Mapped[str | None]
    quiet_to_time: Mapped[str | None]
    office_staff: Mapped[Text]
    administrators: Mapped[Text]
    digest_time: Mapped[str | None]
    set_by: Mapped[Ref | None]
    set_at: Mapped[When]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class VapidKey(Base):
    """A key that signs pushes of this deployment. A retired one serves its subscriptions still."""

    __tablename__ = "vapid_key"
    key_id: Mapped[Key]
    public: Mapped[Blob]
    private: Mapped[Blob]
    created_at: Mapped[When]
    retired_at: Mapped[datetime | None] = mapped_column(Instant)


class PushSubscription(Base):
    """Where a device of one person can be reached; ended when its push service says so."""

    __tablename__ = "push_subscription"
    school_id: Mapped[SchoolKey]
    subscription_id: Mapped[Key]
    staff_id: Mapped[Ref]
    device_id: Mapped[Ref]
    endpoint: Mapped[Text]
    p256dh: Mapped[Blob]
    auth: Mapped[Blob]
    key_id: Mapped[Ref]
    """The VAPID key that it was made for."""
    pass_id: Mapped[Ref | None]
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    """The end of the day pass by which it was made; reminds of nothing from then on."""
    created_at: Mapped[When]
    last_ok_at: Mapped[datetime | None] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    """The push service asked to wait until then."""
    language: Mapped[str | None]
    """What its person reads there; None from before it was asked."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_why: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index("ix_push_subscription_staff", "school_id", "staff_id"),
        Index(
            "uq_push_subscription_live",
            "school_id",
            "staff_id",
            "device_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class TabletWord(Base):
    """What a tablet last said about a roll that the school does not have yet: `open` (somebody has
    it before them) or `waiting` (saved there at `taken_at`). For the board; never the record."""

    __tablename__ = "tablet_word"
    school_id: Mapped[SchoolKey]
    device_id: Mapped[Key]
    roll_id: Mapped[Key]
    staff_id: Mapped[Ref | None]
    state: Mapped[Text]
    at: Mapped[When]
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "roll_id"], ["roll.school_id", "roll.roll_id"]),
        Index("ix_tablet_word_roll", "school_id", "roll_id"),
    )


class BoardAside(Base):
    """How often something changed that the board shows beside the rolls: tablets' words, calls.

    A counter, so that an open board asks for them only then. It has no part in the feed's order.
    """

    __tablename__ = "board_aside"
    school_id: Mapped[SchoolKey]
    version: Mapped[int] = mapped_column(default=0)
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)


class Reminder(Base):
    """One step of the ladder for one person about one roll; there is never a second one.

    `sending_id` names what told them: one message a person, or one to each of their tablets.
    `state`: waiting, sent, cancelled (the roll came), pointless (too late to help), unreachable.
    """

    __tablename__ = "reminder"
    school_id: Mapped[SchoolKey]
    reminder_id: Mapped[Key]
    roll_id: Mapped[Ref]
    staff_id: Mapped[Ref]
    step: Mapped[Text]
    made_at: Mapped[When]
    sending_id: Mapped[Ref | None]
    state: Mapped[Text]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    detail: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "roll_id"], ["roll.school_id", "roll.roll_id"]),
        Index("uq_reminder_step", "school_id", "roll_id", "staff_id", "step", unique=True),
        Index("ix_reminder_staff", "school_id", "staff_id", "made_at"),
    )


class Message(Base):
    """Something to be sent to one person by one way: the outbox of pushes and mails.

    `way`: push (then `subscription_id`, a message each) or mail. The messages of one `sending_id`
    say the same. `body` is JSON of what it is about; the words are found when it is sent. `state`:
    waiting, sent, failed, pointless, cancelled. A sender claims it until `claimed_until` by a
    conditional UPDATE.
    """

    __tablename__ = "message"
    school_id: Mapped[SchoolKey]
    message_id: Mapped[Key]
    sending_id: Mapped[Ref]
    staff_id: Mapped[Ref]
    way: Mapped[Text]
    subscription_id: Mapped[Ref | None]
    kind: Mapped[Text]
    topic: Mapped[str | None]
    body: Mapped[Text]
    made_at: Mapped[When]
    not_after: Mapped[When]
    state: Mapped[Text]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    status: Mapped[int | None]
    detail: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.staff_id"]),
        Index(
            "ix_message_waiting",
            "next_try_at",
            "school_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_message_staff", "school_id", "staff_id", "made_at"),
    )


class Tick(Base):
    """When a job of the clock last ran through: how one sees that there is a clock at all."""

    __tablename__ = "tick"
    job: Mapped[str] = mapped_column(String, primary_key=True)
    at: Mapped[When]


class ServerRun(Base):
    """A start of the server, no school's own. `alive_at`: the last moment at which it was known to
    be alive; `known_until`: that of whatever ran before it, null at the first start of all."""

    __tablename__ = "server_run"
    run_id: Mapped[Key]
    started_at: Mapped[When]
    alive_at: Mapped[When]
    known_until: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (Index("ix_server_run_started", "started_at"),)
