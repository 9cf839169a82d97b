"""Calendar, bells and deadlines."""

from __future__ import annotations

from typing import Final

from schemas import timetable, timetable_changes, timetable_files
from schemas.operation import ADMINISTRATOR, OFFICE, READERS, SCHOOL, Operation

TIMETABLE: Final = (
    Operation(
        "timetable",
        "GET",
        f"{SCHOOL}/timetable",
        "Calendar, bells, deadlines, exemptions and leaves between two dates",
        READERS,
        relation="own school",
        query=timetable.TimetableQuery,
        returns=timetable.Timetable,
    ),
    Operation(
        "timetable_day",
        "GET",
        f"{SCHOOL}/timetable/day",
        "Every meeting of a date, what its roll is due when and why",
        READERS,
        relation="own school",
        query=timetable.TimetableDayQuery,
        returns=timetable.TimetableDay,
    ),
    Operation(
        "change_timetable",
        "POST",
        f"{SCHOOL}/timetable/changes",
        "Change the timetable, or see what a change would move",
        OFFICE,
        relation="own school; bell schedules and deadlines: an administrator",
        takes=timetable_changes.TimetableChanges,
        returns=timetable_changes.TimetableChanged,
        problems=("changed_meanwhile", "not_possible"),
        most_bytes=64 * 1024,
    ),
    Operation(
        "import_files",
        "POST",
        f"{SCHOOL}/timetable/files",
        "Bring in the timetable's CSV files, or see what they would change",
        ADMINISTRATOR,
        relation="own school",
        takes=timetable_files.TimetableFiles,
        returns=timetable_files.TimetableFilesRead,
        most_bytes=8 * 1024 * 1024,
    ),
)
