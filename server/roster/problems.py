"""The catalogue of what can be wrong in a file from elsewhere: one line a problem, with its cure.

Errors lose a record and stop an import; warnings lose nothing. Words in braces are filled in.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error loses a record and stops an import; a warning is worth a look and loses nothing."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """What is wrong and what to do about it."""

    severity: Severity
    problem: str
    cure: str


def _error(problem: str, cure: str) -> Problem:
    return Problem(Severity.ERROR, problem, cure)


def _warning(problem: str, cure: str) -> Problem:
    return Problem(Severity.WARNING, problem, cure)


SEND_AGAIN = "Export it again and send the zip as it was made."
MEND_OR_ADD = "Add it where it belongs, or take it out of this row."
UTF8 = "Save the file as UTF-8, or say --encoding cp1252 if it comes from Windows."

PROBLEMS = {
    # The file as a whole: nothing of it is used.
    "no_such_file": _error("There is no such file.", "Check the path."),
    "too_large": _error(
        "It is larger than {limit} MB.",
        "Check that it is a roster; a very large district sends it school by school.",
    ),
    "not_a_zip": _error(
        "This is not a zip file.", "Send the zip that holds the CSV files, or the folder."
    ),
    "workbook": _error("This is an Excel workbook.", "Export the roster as OneRoster CSV."),
    "damaged_zip": _error("The zip is damaged ({why}).", SEND_AGAIN),
    "too_many_files": _error(
        "The zip holds {count} files.", "A roster has some twenty: send only those."
    ),
    "file_twice": _error("The zip holds this file twice.", SEND_AGAIN),
    "unsafe_name": _error("A file in the zip has a path that leads elsewhere.", SEND_AGAIN),
    "link": _error("A file in the zip is a link.", SEND_AGAIN),
    "encrypted": _error(
        "The zip is locked with a password.", "Send it without one, over a safe way."
    ),
    "nested": _error("There is an archive inside the zip.", "Unpack it and send the inner one."),
    "compression": _error(
        "The zip is packed in an unusual way.", "Pack it as an ordinary zip (deflate)."
    ),
    "bomb": _error("It unpacks to more than {ratio} times its size.", SEND_AGAIN),
    "empty": _error("The file is empty.", "It needs at least its header line."),
    "columns": _error("The file has {count} columns.", "At most {limit} are read."),
    "no_column": _error(
        "The column {name} is missing.", "Export the file again with all its columns."
    ),
    "long_line": _error("A line is far too long.", SEND_AGAIN),
    "utf16": _error('The file is UTF-16 ("Unicode text").', 'Save it as "CSV UTF-8".'),
    "no_file": _error("The file is missing.", "Export the roster again with this file."),
    "mixed_dates": _error(
        "Some dates have the day first, others the month.",
        "Export dates as 2025-08-14, or say --dates mdy or --dates dmy.",
    ),
    "no_zone": _error(
        "The school's time zone is not known.", "Say --zone, for example America/Los_Angeles."
    ),
    "bad_zone": _error(
        "There is no such time zone.", "Say its full name, for example America/Los_Angeles."
    ),
    "no_schools": _error(
        "The file names no school and no class.", "Check that orgs and classes were exported."
    ),
    # A row: it is left out.
    "quote": _error("This row cannot be read ({why}).", "Look for a quotation mark left open."),
    "too_many_fields": _error(
        "The row has more fields than the header.", "Put text that holds a comma in quotes."
    ),
    "too_long": _error("The value is too long.", "At most {limit} characters are read."),
    "not_utf8": _error("The text is not UTF-8.", UTF8),
    "control_character": _error("The text holds a control character.", "Take it out."),
    "required": _error("A value is needed here.", "Fill it in."),
    "duplicate_id": _error(
        "This id was already used on line {first}.", "Give each row an id of its own."
    ),
    "bad_date": _error("This is no date.", "Write it as 2025-08-14."),
    "ambiguous_date": _error(
        "Day and month could be either way round.",
        "Write it as 2025-08-14, or say --dates mdy or --dates dmy.",
    ),
    "ends_before": _error("It ends before it begins.", "Put the dates right."),
    "bad_word": _error("This value is not known here.", "Use one of: {known}."),
    "dangling": _error("The {what} that is named here is not in {where}.", MEND_OR_ADD),
    "depends": _error(
        "The {what} that is named here was left out (line {first} of {where}).",
        "Mend that row and this one comes right.",
    ),
    "not_enrollable": _error(
        "This person's role in users is {is_a}, which cannot be enrolled.",
        "Put the role right there.",
    ),
    "username_twice": _error(
        "Somebody else has this username already (line {first}).",
        "Give each member of staff a username of their own.",
    ),
    # Worth a look; nothing is lost.
    "ignored_file": _warning("This file is not read.", "Nothing to do unless it is misspelt."),
    "no_manifest": _warning(
        "There is no manifest; the files are read as {mode}.", "If that is wrong, say --mode."
    ),
    "bad_manifest": _warning(
        "The manifest cannot be used here; {what}.", "Nothing to do if that is right."
    ),
    "not_there": _warning(
        "The manifest announces this file, but it is not there.", "Nothing is changed by it."
    ),
    "column_twice": _warning("This column is there twice.", "The first is read."),
    "same_row_twice": _warning("The same row is on line {first}.", "One of them is used."),
    "unknown_status": _warning(
        "This is no status of OneRoster; it is read as {read_as}.", "Use active or tobedeleted."
    ),
    "not_a_school": _warning(
        "Classes belong to this {type}, so it is taken for a school.",
        "Give schools the type school.",
    ),
    "no_terms": _warning(
        "There is no file of terms.", "Sections meet on every school day of the calendar."
    ),
    "no_parent": _warning("The {what} above it is not in the file.", "Nothing depends on it."),
    "no_course": _warning("Its course is not in the file.", "The class keeps its own title."),
    "no_title": _warning("The class has no title.", "It is shown as {title}."),
    "unknown_word": _warning("This value is not known here; it is {what}.", "Nothing is lost."),
    "unknown_flag": _warning(
        "This is neither true nor false; it is {what}.", "Write true or false."
    ),
    "other_school": _warning(
        "The class belongs to another school ({school}).", "The class's school is used."
    ),
    "other_role": _warning(
        "This person's role in users is {is_a}, but they are enrolled as {role}.",
        "The enrollment is followed.",
    ),
    "class_deleted": _warning(
        "The class is to be deleted, so this enrollment is not used.", "Nothing to do."
    ),
    "person_deleted": _warning(
        "The person is to be deleted, so this row is not used.", "Nothing to do."
    ),
    "role_kept": _warning(
        "This person's {role} row at {school} is to be deleted, and the file does not say what they"
        " are then, so they keep what they may do here.",
        "Send the person's rows of users.csv and roles.csv as they are now, or their row of"
        " users.csv as tobedeleted, or a full roster.",
    ),
    "outside_term": _warning(
        "The dates lie outside the class's terms.", "The section meets only within its terms."
    ),
    "placeholder_date": _warning('This date is read as "open".', "Leave it blank instead."),
    "no_username": _warning(
        "Without a username this person cannot sign in; {instead} is used.",
        "Add a username to be sure.",
    ),
    "no_school_of_role": _warning(
        "This person's organisation is no school in this file.",
        "They are added where they are enrolled, or through the schedule's staff file.",
    ),
    "school_left_alone": _warning(
        "This school is not in the file; it is left as it is.", "Nothing to do."
    ),
    "twice_enrolled": _warning(
        "The student is already enrolled in this class at that time.", "One of them is used."
    ),
    "zone_changed": _warning("The school's zone changes to {zone}.", "Its rolls move with it."),
    # Our own files: bells, calendar, meetings, deadlines and the like.
    "bad_time": _error("This is no time of day.", "Write it as 08:30."),
    "which_school": _error(
        "There are several schools; this row does not say which.", "Add a column school."
    ),
    "unknown": _error("There is no such {what} at {school}.", "Use an id of the roster."),
    "several": _error("There are several such {what}s at {school}.", "Use the roster's id."),
    "no_schedule": _error(
        "No bell schedule has this name.", "Add it to bell_schedules.csv or correct the name."
    ),
    "row_twice": _error("Line {first} says this already.", "Take one of them out."),
    "overlap": _warning("It overlaps with {other}.", "That is right where sections do not share."),
    "no_bell": _warning("No bell schedule has this period.", "No rolls are laid out for it."),
    "closed_anyway": _error("There is no school on that day anyway.", "Leave closed_from blank."),
    "bad_number": _error("This is no whole number up to {most}.", "Write digits, for example 15."),
    "check_early": _error(
        "Missing rolls would be looked for before they are due.",
        "Make check_after as many minutes as due_after, or more.",
    ),
    "exempts_all": _error(
        "It names neither a section nor a period.",
        "Name one; a day without school is a line of calendar.csv.",
    ),
    "set_at_desk": _warning(
        "Somebody set this date otherwise at the desk; it stays as it is there.",
        "Change it at the desk if that is wrong.",
    ),
    "no_grade": _warning("No section has grade {grade}.", "Check how the roster spells it."),
    "outside_terms": _warning("This lies outside every term.", "Check the year."),
}
