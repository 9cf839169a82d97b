"""The grid of students and periods, its codes and rulings."""

from __future__ import annotations

from typing import Final

from schemas import codes, enrollment, grid, rates, rulings
from schemas.operation import OFFICE, READERS, SCHOOL, Operation

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
    Operation(
        "grid",
        "GET",
        f"{SCHOOL}/grid",
        "Students and periods of a day: what teachers saw and what the office ruled",
        READERS,
        relation="own school",
        query=grid.GridQuery,
        returns=grid.Grid,
    ),
    Operation(
        "student_rolls",
        "GET",
        f"{SCHOOL}/students/{{student_id}}/rolls",
        "One student's rolls over some dates, the term so far when left out",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        returns=grid.StudentRolls,
    ),
    Operation(
        "time_enrollment",
        "POST",
        f"{SCHOOL}/enrollments/times",
        "Say when a student came or left on the date that the roster gives",
        OFFICE,
        relation="own school",
        takes=enrollment.EnrollmentTime,
        returns=enrollment.TimedEnrollment,
        problems=("not_possible",),
    ),
    Operation(
        "rule",
        "POST",
        f"{SCHOOL}/rulings",
        "Look at rulings on many marks, make them, or take earlier ones back",
        OFFICE,
        relation="own school",
        takes=rulings.Rulings,
        returns=rulings.Ruled,
        problems=("changed_meanwhile",),
        most_bytes=2 * 1024 * 1024,
    ),
)
