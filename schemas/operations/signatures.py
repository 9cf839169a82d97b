"""Signatures: weeks of rolls, closed days and months, rolls that came on a later day."""

from __future__ import annotations

from typing import Final

from schemas import signatures
from schemas.operation import ADMINISTRATOR, EMPLOYED, READERS, SCHOOL, Operation

SIGNATURES: Final = (
    Operation(
        "own_week",
        "GET",
        f"{SCHOOL}/weeks/mine",
        "One's own rolls of a week, as a statement to sign",
        EMPLOYED,
        relation="own school; one's own rolls alone",
        query=signatures.WeekQuery,
        returns=signatures.Week,
    ),
    Operation(
        "sign_week",
        "POST",
        f"{SCHOOL}/weeks/mine",
        "Sign one's rolls of a week exactly as they were shown",
        EMPLOYED,
        relation="own school; one's own rolls alone",
        takes=signatures.Sign,
        returns=signatures.Week,
        problems=("not_possible", "changed_meanwhile"),
    ),
    Operation(
        "weeks",
        "GET",
        f"{SCHOOL}/weeks",
        "Who has signed a week, and which days of its month are closed",
        READERS,
        relation="own school",
        query=signatures.WeekQuery,
        returns=signatures.Weeks,
    ),
    Operation(
        "week_of",
        "GET",
        f"{SCHOOL}/weeks/of/{{staff_id}}",
        "Somebody's week: the rolls, the signature, and what changed beside it",
        READERS,
        relation="own school",
        query=signatures.WeekQuery,
        returns=signatures.Week,
    ),
    Operation(
        "close_span",
        "POST",
        f"{SCHOOL}/closings",
        "Close a day or a month, or open it again with a reason",
        ADMINISTRATOR,
        relation="own school",
        takes=signatures.Close,
        returns=signatures.Weeks,
        problems=("not_possible",),
    ),
    Operation(
        "since_closed",
        "GET",
        f"{SCHOOL}/closings/since",
        "What changed of a month after it was closed, and what it came to then and again",
        READERS,
        relation="own school",
        query=signatures.MonthQuery,
        returns=signatures.SinceClosed,
    ),
    Operation(
        "accept_next_day",
        "POST",
        f"{SCHOOL}/rolls/{{roll_id}}/acceptance",
        "Accept a roll that was received on a later school date",
        ADMINISTRATOR,
        relation="own school",
        takes=signatures.Accept,
        status=204,
        problems=("not_possible",),
    ),
)
