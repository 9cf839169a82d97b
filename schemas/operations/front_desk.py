"""The front desk, absences known ahead, clearing, and what does not fit together."""

from __future__ import annotations

from typing import Final

from schemas import front_desk
from schemas.operation import OFFICE, SCHOOL, Operation

FRONT_DESK: Final = (
    Operation(
        "desk_students",
        "GET",
        f"{SCHOOL}/desk-students",
        "The school's students by name, for a desk that types one",
        OFFICE,
        relation="own school",
        returns=front_desk.DeskStudents,
    ),
    Operation(
        "visits",
        "GET",
        f"{SCHOOL}/visits",
        "Who came late, left early or signed in somewhere on a day",
        OFFICE,
        relation="own school",
        query=front_desk.VisitsQuery,
        returns=front_desk.Visits,
    ),
    Operation(
        "note_visit",
        "POST",
        f"{SCHOOL}/visits",
        "Write a line of the front desk's log; what follows from it is ruled at once",
        OFFICE,
        relation="own school",
        takes=front_desk.NewVisit,
        returns=front_desk.Visit,
        problems=("not_possible",),
    ),
    Operation(
        "withdraw_visit",
        "POST",
        f"{SCHOOL}/visits/withdrawn",
        "Take back a line of the front desk's log, with what followed from it",
        OFFICE,
        relation="own school",
        takes=front_desk.WithdrawnVisit,
        returns=front_desk.Visit,
        problems=("not_possible",),
    ),
    Operation(
        "notices",
        "GET",
        f"{SCHOOL}/notices",
        "Absences that the office knows of ahead",
        OFFICE,
        relation="own school",
        query=front_desk.NoticesQuery,
        returns=front_desk.DeskNotices,
    ),
    Operation(
        "note_notice",
        "POST",
        f"{SCHOOL}/notices",
        "Write down an absence that a family told of",
        OFFICE,
        relation="own school",
        takes=front_desk.NewNotice,
        returns=front_desk.DeskNotice,
        problems=("not_possible",),
    ),
    Operation(
        "end_notice",
        "POST",
        f"{SCHOOL}/notices/ended",
        "End an absence that was told, from a day on or altogether",
        OFFICE,
        relation="own school",
        takes=front_desk.EndedNotice,
        returns=front_desk.DeskNotice,
        problems=("not_possible",),
    ),
)
