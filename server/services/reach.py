"""By which way a person can be reminded, and why by no better one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from schemas.subscriptions import SubscriptionEnd
from schemas.words import Way
from server.ask import Question, ask
from server.models import CaptureGrant, Device, PushSubscription, School, Staff, table_of
from server.services.facts import IDS, SCHOOL, question
from sync.phrases import short_day_of
from sync.remind_words import clock_time
from sync.sentence import say, say_count

_sub, _device = table_of(PushSubscription).c, table_of(Device).c
_staff, _grant, _school = table_of(Staff).c, table_of(CaptureGrant).c, table_of(School).c
SUBSCRIPTIONS = (
    select(
        _sub.subscription_id,
        _sub.staff_id,
        _sub.created_at,
        _sub.ended_at,
        _sub.ended_why,
        _sub.until_at,
        _device.revoked_at,
    )
    .join_from(
        table_of(PushSubscription),
        table_of(Device),
        (_device.school_id == _sub.school_id) & (_device.device_id == _sub.device_id),
    )
    .where(_sub.school_id == SCHOOL, _sub.staff_id.in_(IDS))
    .order_by(_sub.created_at, _sub.subscription_id)
)
MAILBOXES = select(_staff.staff_id, _staff.email).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS)
)
LEAVES = (
    select(_grant.staff_id)
    .where(
        _grant.school_id == SCHOOL,
        _grant.staff_id.in_(IDS),
        _grant.revoked_at.is_(None),
        _grant.until_at > bindparam("now"),
    )
    .distinct()
)
ZONE = select(_school.zone).where(_school.school_id == SCHOOL)
NEVER = say("No tablet has been set to remind them yet.")
ENDED: Mapping[str, str] = {
    SubscriptionEnd.REPLACED: say("another took its place"),
    SubscriptionEnd.BY_HAND: say("it was turned off"),
    SubscriptionEnd.SIGNED_OUT: say("they signed out"),
    SubscriptionEnd.DEVICE_REVOKED: say("the tablet's leave was withdrawn"),
    SubscriptionEnd.PERSON_REVOKED: say("their leave was withdrawn"),
    SubscriptionEnd.PASS_ENDED: say("the day pass ended"),
    SubscriptionEnd.GONE: say("the browser is gone"),
    SubscriptionEnd.REFUSED: say("the push service takes nothing for it"),
    SubscriptionEnd.TOO_MANY: say("they have newer ones"),
    SubscriptionEnd.KEY_WITHDRAWN: say("its key was withdrawn"),
}
"""What ended a subscription, for the office."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How one person is reached; `why` is a sentence or two for the office."""

    way: Way
    why: str


def reach_of(
    connection: Connection,
    school_id: UUID,
    staff_ids: Iterable[UUID],
    now: datetime,
    *,
    mails: bool = False,
) -> dict[UUID, Reach]:
    """How each of some people is reached; `mails`: this Rollbook can send mail
    (`settings.mails`)."""
    wanted = sorted(set(staff_ids))
    if not wanted:
        return {}
    about = [question(one, school_id, wanted) for one in (SUBSCRIPTIONS, MAILBOXES)]
    leaves = question(LEAVES, school_id, wanted, now=now)
    zone = Question(ZONE, {"school_id": school_id})
    subscriptions, mailboxes, on_tablets, (here,) = ask(connection, [*about, leaves, zone])
    emails = {row.staff_id: row.email for row in mailboxes}
    signed_in = {row.staff_id for row in on_tablets}
    return {
        one: _reach(
            [row for row in subscriptions if row.staff_id == one],
            _mailbox(emails.get(one), mails=mails),
            one in signed_in,
            now,
            ZoneInfo(here.zone),
        )
        for one in wanted
    }


def live(rows: Iterable[Any], now: datetime) -> list[Any]:
    """The subscriptions that a push may be sent to."""
    return [row for row in rows if _ended(row, now) is None]


def by_person(rows: Iterable[Any]) -> Mapping[UUID, Sequence[Any]]:
    """Rows about people, by person."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.staff_id, []).append(row)
    return found


def _ended(row: Any, now: datetime) -> str | None:
    """Why a subscription is none any more, if so."""
    if row.ended_at is not None:
        return ENDED.get(row.ended_why, row.ended_why or say("it was turned off"))
    if row.revoked_at is not None:
        return say("the tablet's leave was withdrawn")
    if row.until_at is not None and row.until_at <= now:
        return say("the day pass ended")
    return None


def _reach(
    rows: Sequence[Any], no_mail: str | None, on_tablet: bool, now: datetime, zone: ZoneInfo
) -> Reach:
    """One person, from all of her subscriptions."""
    alive = live(rows, now)
    if alive:
        said = say_count(len(alive), "Reminded on {count} tablet.", "Reminded on {count} tablets.")
        return Reach(Way.PUSH, said)
    why = _why_no_push(rows, now, zone)
    if no_mail is None:
        return Reach(Way.MAIL, say("{why} Reminded by mail.", why=why))
    why = say("{why} {mail}", why=why, mail=no_mail)
    if on_tablet:
        return Reach(Way.APP, say("{why} Rollbook tells them while it is open.", why=why))
    return Reach(Way.NONE, say("{why} They are signed in on no tablet.", why=why))


def _mailbox(email: str | None, *, mails: bool) -> str | None:
    """Why no mail can be sent, if so."""
    if not mails:
        return say("This Rollbook sends no mail.")
    return None if email else say("No e-mail address is known.")


def _why_no_push(rows: Sequence[Any], now: datetime, zone: ZoneInfo) -> str:
    if not rows:
        return NEVER
    last = max(rows, key=lambda row: row.ended_at or row.revoked_at or row.until_at or now)
    at = last.ended_at or last.revoked_at or last.until_at or now
    return say(
        "Their tablet is reminded no more since {day}, {time}: {why}.",
        day=short_day_of(at.astimezone(zone).date()),
        time=clock_time(at, zone),
        why=_ended(last, now),
    )
