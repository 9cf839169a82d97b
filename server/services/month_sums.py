"""What a month came to when it was closed, and whether the log still says so."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from server.services.attendance import count_by, count_days, told
from server.services.closed_days import last_of
from server.services.spans import Asked
from sync.attendance import totals
from sync.rates import Span
from sync.school_totals import add_totals


def month_sums(connection: Connection, school_id: UUID, month_on: date) -> str:
    """The sums of a month's days as JSON, as of its last day: how many were taught, what all of
    them came to, and a digest of what each student's did. The same facts give the same text."""
    last_on = last_of(month_on)
    by = count_by(connection, school_id, last_on)
    asked = Asked(Span(month_on, last_on, ""), last_on, ())
    counted = count_days(connection, school_id, asked, by)
    sums = {
        student: totals(days, counted.lapsed[student]) for student, days in counted.days.items()
    }
    lines = {str(student): told(one) for student, one in sums.items()}
    spelled = json.dumps(lines, sort_keys=True).encode()
    return json.dumps(
        {
            "days_taught": len(counted.taught),
            "days": told(add_totals(sums.values())),
            "students": hashlib.sha256(spelled).hexdigest(),
        },
        sort_keys=True,
    )
