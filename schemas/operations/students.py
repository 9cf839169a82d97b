"""The grid of students and periods, its codes and rulings."""

from __future__ import annotations

from typing import Final

from schemas import codes
from schemas.operation import READERS, SCHOOL, Operation

STUDENTS: Final = (
    Operation(
        "codes",
        "GET",
        f"{SCHOOL}/codes",
        "The reasons that may be given on a date, and what each asks for",
        READERS,
        relation="own school",
        query=codes.CodesQuery,
        returns=codes.Codes,
    ),
)
