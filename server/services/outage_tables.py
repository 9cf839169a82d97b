"""Outages as a table for a spreadsheet: tablets that were away, times without a server, clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.spreadsheet import Table, local_time

HEAD = ("What", "From", "To", "Minutes", "Tablet", "Whose rolls", "Entries", "Longest, minutes")
AWAY, DOWN, STARTED = "tablet away", "no server known", "server started"


def outages_table(told: Mapping[str, Any]) -> Table:
    """A line for each, the earliest first."""
    zone = told["school"]["zone"]
    lines = sorted(_lines(told), key=lambda one: one[1])
    return Table(
        HEAD,
        (
            (what, local_time(start, zone), local_time(end, zone), _minutes(start, end), *more)
            for what, start, end, *more in lines
        ),
    )


def _lines(told: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    nothing = (None,) * 4
    for one in told["outages"]:
        names = ", ".join(one["names"])
        yield (
            AWAY, one["from_at"], one["to_at"], one["device_label"], names, one["entries"],
            one["longest_min"],
        )  # fmt: skip
    for one in told["starts"]:
        if one["outage"]:
            yield (DOWN, one["known_until"], one["at"], *nothing)
        yield (STARTED, one["at"], None, *nothing)
    for one in told["clocks"]:
        yield (one["what"], one["at"], None, *nothing)


def _minutes(start: Any, end: Any) -> int | None:
    return None if end is None else int((end - start).total_seconds() // 60)
