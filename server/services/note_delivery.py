"""Writes down at each subscription what became of what was sent to it (P3, P7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, update

from schemas.subscriptions import SubscriptionEnd
from server.db import writing
from server.models import PushSubscription, table_of
from server.push.parcel import Delivery, End
from server.services.unsubscribe import end_subscriptions

MOST_REFUSALS = 3
"""So often in a row a push service may refuse a subscription before it counts as dead."""
_row = table_of(PushSubscription).c


def note_deliveries(
    engine: Engine, school_id: UUID, deliveries: Iterable[tuple[UUID, Delivery]], now: datetime
) -> None:
    """Note what became of parcels, each with the id of the subscription that it was for."""
    with writing(engine) as connection:
        for subscription_id, delivery in deliveries:
            note_delivery(connection, school_id, subscription_id, delivery, now)


def note_delivery(
    connection: Connection,
    school_id: UUID,
    subscription_id: UUID,
    delivery: Delivery,
    now: datetime,
) -> None:
    """One of them."""
    here = (_row.school_id == school_id) & (_row.subscription_id == subscription_id)
    match delivery.end:
        case End.SENT:
            fine = {"last_ok_at": now, "failures": 0, "not_before": None}
            connection.execute(update(PushSubscription).where(here).values(fine))
        case End.GONE:
            end_subscriptions(connection, SubscriptionEnd.GONE, now, here)
        case End.LATER if delivery.tells_of_subscription:
            wait = {"not_before": delivery.not_before}
            connection.execute(update(PushSubscription).where(here).values(wait))
        case End.REFUSED if delivery.tells_of_subscription:
            refused = {"failures": _row.failures + 1}
            connection.execute(update(PushSubscription).where(here).values(refused))
            worn = here & (_row.failures >= MOST_REFUSALS)
            end_subscriptions(connection, SubscriptionEnd.REFUSED, now, worn)
