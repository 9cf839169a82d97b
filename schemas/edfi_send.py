"""What has to be sent so that an Ed-Fi API has what it should have (T18.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def natural_key(event: dict[str, Any]) -> tuple[Any, ...]:
    """What makes an event this one and no other: a student's category is part of it (T18.3)."""
    if "calendarDateReference" in event:
        parts = (event["calendarDateReference"], event["sectionReference"])
        return tuple(tuple(sorted(part.items())) for part in parts)
    where = event.get("sectionReference") or event["sessionReference"]
    who, what = event["studentReference"], event["attendanceEventCategoryDescriptor"]
    return (tuple(sorted(where.items())), who["studentUniqueId"], event["eventDate"], what)


def to_send(
    before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What has to be deleted and what to be written, so that what Ed-Fi has becomes what it should
    have: a student recoded from unexcused to excused is one of each (T18.3)."""
    had = {natural_key(one): one for one in before}
    has = {natural_key(one): one for one in after}
    gone = [one for key, one in had.items() if key not in has]
    return gone, [one for key, one in has.items() if had.get(key) != one]
