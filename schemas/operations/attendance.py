"""Attendance: what students' days came to, on screen, as files and for other systems."""

from __future__ import annotations

from typing import Final

from schemas import attendance, edfi_query, rates
from schemas.operation import PDF, READERS, SCHOOL, XLSX, Operation

ATTENDANCE: Final = (
    Operation(
        "attendance",
        "GET",
        f"{SCHOOL}/attendance",
        "What each student's days came to, by date and month, with ADA and chronic absence",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        returns=attendance.Attendance,
    ),
    Operation(
        "student_attendance",
        "GET",
        f"{SCHOOL}/attendance/students/{{student_id}}",
        "One student's days, a date each",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        returns=attendance.StudentDays,
    ),
    Operation(
        "attendance_csv",
        "GET",
        f"{SCHOOL}/attendance/students.csv",
        "What each student's days came to, for a spreadsheet",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        media="text/csv",
    ),
    Operation(
        "attendance_xlsx",
        "GET",
        f"{SCHOOL}/attendance/students.xlsx",
        "What each student's days came to, as a workbook",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        media=XLSX,
    ),
    Operation(
        "months_csv",
        "GET",
        f"{SCHOOL}/attendance/months.csv",
        "What each month's days came to, for a spreadsheet",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        media="text/csv",
    ),
    Operation(
        "months_xlsx",
        "GET",
        f"{SCHOOL}/attendance/months.xlsx",
        "What each month's days came to, as a workbook",
        READERS,
        relation="own school",
        query=rates.RatesQuery,
        media=XLSX,
    ),
    Operation(
        "months_pdf",
        "GET",
        f"{SCHOOL}/attendance/months.pdf",
        "The same on paper: who asked for it when, and the digest of the same file",
        READERS,
        relation="own school",
        query=rates.PaperQuery,
        media=PDF,
    ),
    Operation(
        "edfi_events",
        "GET",
        f"{SCHOOL}/edfi",
        "The rolls of some days as Ed-Fi's attendance events (Data Standard 5)",
        READERS,
        relation="own school",
        query=edfi_query.EdfiQuery,
    ),
)
