"""The accepted ops of rolls, with the instant since when each counts on the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import OpEntry, Resolution, RollRow, table_of
from server.services.facts import PRIOR, SCHOOL, rows_of
from server.services.put_right import Correction, known_since, load_corrections

_op, _roll = table_of(OpEntry).c, table_of(RollRow).c
_again = table_of(Resolution).alias("heard_again")
HEARD = PRIOR.join(
    _again,
    (_again.c.school_id == _op.school_id)
    & (_again.c.op_id == _op.op_id)
    & (_again.c.how == "accepted"),
    isouter=True,
).add_columns(_again.c.at.label("heard_again_at"))

WHEN_HEARD = (
    select(_op.seq, _op.received_at, _again.c.at.label("heard_again_at"))
    .join_from(
        table_of(OpEntry),
        table_of(RollRow),
        (_roll.school_id == _op.school_id) & (_roll.roll_id == _op.roll_id),
    )
    .join(
        _again,
        (_again.c.school_id == _op.school_id)
        & (_again.c.op_id == _op.op_id)
        & (_again.c.how == "accepted"),
        isouter=True,
    )
    .where(_op.school_id == SCHOOL, _roll.school_date == bindparam("on"), _op.outcome == "accepted")
)

Heard = Mapping[UUID, Sequence[Any]]
"""The entries of rolls, by roll."""


def load_heard(
    connection: Connection, school_id: UUID, rolls: Iterable[UUID]
) -> dict[UUID, list[Any]]:
    """The accepted entries of some rolls, in the order of the log."""
    wanted = list(rolls)
    heard: dict[UUID, list[Any]] = {roll_id: [] for roll_id in wanted}
    for row in rows_of(connection, HEARD, school_id, wanted):
        heard[row.roll_id].append(row)
    return heard


def load_when_heard(
    connection: Connection, school_id: UUID, rolls: Iterable[UUID]
) -> dict[UUID, list[Any]]:
    """The same where the instants matter: a clock that had been ahead is put right (Z4)."""
    heard = load_heard(connection, school_id, rolls)
    corrections = load_corrections(connection, school_id)
    if not corrections:
        return heard
    return {
        roll_id: [_put_right(one, corrections) for one in entries]
        for roll_id, entries in heard.items()
    }


def when_known(
    connection: Connection, school_id: UUID, on: date, by: datetime | None
) -> list[datetime]:
    """The instants at which something about the rolls of a date became known, each once, in order;
    up to one where it is named. Between two of them nothing of these rolls changes (W4)."""
    corrections = load_corrections(connection, school_id)
    rows = connection.execute(WHEN_HEARD, {"school_id": school_id, "on": on})
    since = {known_since(heard_at(row), row.seq, corrections) for row in rows}
    return sorted(at for at in since if by is None or at <= by)


def _put_right(entry: Any, corrections: list[Correction]) -> Any:
    """The entry with the instant since when it counts."""
    since = known_since(heard_at(entry), entry.seq, corrections)
    if since == heard_at(entry):
        return entry
    return SimpleNamespace(**{**entry._asdict(), "heard_again_at": since})


def heard_at(entry: Any) -> datetime:
    """Since when an entry counts: its receipt, or when it was heard again and taken in."""
    at: datetime = entry.heard_again_at or entry.received_at
    return at


def in_order_heard(entries: Sequence[Any]) -> list[Any]:
    """The entries as they came to count, one after the other."""
    return sorted(entries, key=lambda one: (heard_at(one), one.seq))
