"""The catalogue of what can be wrong in a file from elsewhere: one line a problem, with its cure.

Errors lose a record and stop an import; warnings lose nothing. Words in braces are filled in.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from sync.sentence import say


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


SEND_AGAIN = say("Export it again and send the zip as it was made.")
MEND_OR_ADD = say("Add it where it belongs, or take it out of this row.")
UTF8 = say("Save the file as UTF-8, or say --encoding cp1252 if it comes from Windows.")

PROBLEMS = {
    # The file as a whole: nothing of it is used.
    "no_such_file": _error(say("There is no such file."), say("Check the path.")),
    "too_large": _error(
        say("It is larger than {limit} MB."),
        say("Check that it is a roster; a very large district sends it school by school."),
    ),
    "not_a_zip": _error(
        say("This is not a zip file."), say("Send the zip that holds the CSV files, or the folder.")
    ),
    "workbook": _error(
        say("This is an Excel workbook."), say("Export the roster as OneRoster CSV.")
    ),
    "damaged_zip": _error(say("The zip is damaged ({why})."), SEND_AGAIN),
    "too_many_files": _error(
        say("The zip holds {count} files."), say("A roster has some twenty: send only those.")
    ),
    "file_twice": _error(say("The zip holds this file twice."), SEND_AGAIN),
    "unsafe_name": _error(say("A file in the zip has a path that leads elsewhere."), SEND_AGAIN),
    "link": _error(say("A file in the zip is a link."), SEND_AGAIN),
    "encrypted": _error(
        say("The zip is locked with a password."), say("Send it without one, over a safe way.")
    ),
    "nested": _error(
        say("There is an archive inside the zip."), say("Unpack it and send the inner one.")
    ),
    "compression": _error(
        say("The zip is packed in an unusual way."), say("Pack it as an ordinary zip (deflate).")
    ),
    "bomb": _error(say("It unpacks to more than {ratio} times its size."), SEND_AGAIN),
    "empty": _error(say("The file is empty."), say("It needs at least its header line.")),
    "columns": _error(say("The file has {count} columns."), say("At most {limit} are read.")),
    "no_column": _error(
        say("The column {name} is missing."), say("Export the file again with all its columns.")
    ),
    "long_line": _error(say("A line is far too long."), SEND_AGAIN),
    "utf16": _error(say('The file is UTF-16 ("Unicode text").'), say('Save it as "CSV UTF-8".')),
    "no_file": _error(say("The file is missing."), say("Export the roster again with this file.")),
    "mixed_dates": _error(
        say("Some dates have the day first, others the month."),
        say("Export dates as 2025-08-14, or say --dates mdy or --dates dmy."),
    ),
    "no_zone": _error(
        say("The school's time zone is not known."),
        say("Say --zone, for example America/Los_Angeles."),
    ),
    "bad_zone": _error(
        say("There is no such time zone."),
        say("Say its full name, for example America/Los_Angeles."),
    ),
    "no_schools": _error(
        say("The file names no school and no class."),
        say("Check that orgs and classes were exported."),
    ),
    # A row: it is left out.
    "quote": _error(
        say("This row cannot be read ({why})."), say("Look for a quotation mark left open.")
    ),
    "too_many_fields": _error(
        say("The row has more fields than the header."),
        say("Put text that holds a comma in quotes."),
    ),
    "too_long": _error(say("The value is too long."), say("At most {limit} characters are read.")),
    "not_utf8": _error(say("The text is not UTF-8."), UTF8),
    "control_character": _error(say("The text holds a control character."), say("Take it out.")),
    "required": _error(say("A value is needed here."), say("Fill it in.")),
    "duplicate_id": _error(
        say("This id was already used on line {first}."), say("Give each row an id of its own.")
    ),
    "bad_date": _error(say("This is no date."), say("Write it as 2025-08-14.")),
    "ambiguous_date": _error(
        say("Day and month could be either way round."),
        say("Write it as 2025-08-14, or say --dates mdy or --dates dmy."),
    ),
    "ends_before": _error(say("It ends before it begins."), say("Put the dates right.")),
    "bad_word": _error(say("This value is not known here."), say("Use one of: {known}.")),
    "dangling": _error(say("The {what} that is named here is not in {where}."), MEND_OR_ADD),
    "depends": _error(
        say("The {what} that is named here was left out (line {first} of {where})."),
        say("Mend that row and this one comes right."),
    ),
    "not_enrollable": _error(
        say("This person's role in users is {is_a}, which cannot be enrolled."),
        say("Put the role right there."),
    ),
    "username_twice": _error(
        say("Somebody else has this username already (line {first})."),
        say("Give each member of staff a username of their own."),
    ),
    # Worth a look; nothing is lost.
    "ignored_file": _warning(
        say("This file is not read."), say("Nothing to do unless it is misspelt.")
    ),
    "no_manifest": _warning(
        say("There is no manifest; the files are read as {mode}."),
        say("If that is wrong, say --mode."),
    ),
    "bad_manifest": _warning(
        say("The manifest cannot be used here; {what}."), say("Nothing to do if that is right.")
    ),
    "not_there": _warning(
        say("The manifest announces this file, but it is not there."),
        say("Nothing is changed by it."),
    ),
    "column_twice": _warning(say("This column is there twice."), say("The first is read.")),
    "same_row_twice": _warning(
        say("The same row is on line {first}."), say("One of them is used.")
    ),
    "unknown_status": _warning(
        say("This is no status of OneRoster; it is read as {read_as}."),
        say("Use active or tobedeleted."),
    ),
    "not_a_school": _warning(
        say("Classes belong to this {type}, so it is taken for a school."),
        say("Give schools the type school."),
    ),
    "no_terms": _warning(
        say("There is no file of terms."), say("Sections meet on every school day of the calendar.")
    ),
    "no_parent": _warning(
        say("The {what} above it is not in the file."), say("Nothing depends on it.")
    ),
    "no_course": _warning(
        say("Its course is not in the file."), say("The class keeps its own title.")
    ),
    "no_title": _warning(say("The class has no title."), say("It is shown as {title}.")),
    "unknown_word": _warning(
        say("This value is not known here; it is {what}."), say("Nothing is lost.")
    ),
    "unknown_flag": _warning(
        say("This is neither true nor false; it is {what}."), say("Write true or false.")
    ),
    "other_school": _warning(
        say("The class belongs to another school ({school})."), say("The class's school is used.")
    ),
    "other_role": _warning(
        say("This person's role in users is {is_a}, but they are enrolled as {role}."),
        say("The enrollment is followed."),
    ),
    "class_deleted": _warning(
        say("The class is to be deleted, so this enrollment is not used."), say("Nothing to do.")
    ),
    "person_deleted": _warning(
        say("The person is to be deleted, so this row is not used."), say("Nothing to do.")
    ),
    "role_kept": _warning(
        say(
            "This person's {role} row at {school} is to be deleted, and the file does not say what"
            " they are then, so they keep what they may do here."
        ),
        say(
            "Send the person's rows of users.csv and roles.csv as they are now, or their row of"
            " users.csv as tobedeleted, or a full roster."
        ),
    ),
    "outside_term": _warning(
        say("The dates lie outside the class's terms."),
        say("The section meets only within its terms."),
    ),
    "unread_time": _warning(
        say("This is no time of day; the whole day counts."), say("Write it as 10:55.")
    ),
    "time_without_date": _warning(
        say("A time without its date says nothing; the whole day counts."),
        say("Add the date beside it."),
    ),
    "placeholder_date": _warning(
        say('This date is read as "open".'), say("Leave it blank instead.")
    ),
    "no_username": _warning(
        say("Without a username this person cannot sign in; {instead} is used."),
        say("Add a username to be sure."),
    ),
    "no_school_of_role": _warning(
        say("This person's organisation is no school in this file."),
        say("They are added where they are enrolled, or through the schedule's staff file."),
    ),
    "school_left_alone": _warning(
        say("This school is not in the file; it is left as it is."), say("Nothing to do.")
    ),
    "twice_enrolled": _warning(
        say("The student is already enrolled in this class at that time."),
        say("One of them is used."),
    ),
    "zone_changed": _warning(
        say("The school's zone changes to {zone}."), say("Its rolls move with it.")
    ),
    # Our own files: bells, calendar, meetings, deadlines and the like.
    "bad_time": _error(say("This is no time of day."), say("Write it as 08:30.")),
    "which_school": _error(
        say("There are several schools; this row does not say which."), say("Add a column school.")
    ),
    "unknown": _error(say("There is no such {what} at {school}."), say("Use an id of the roster.")),
    "several": _error(
        say("There are several such {what}s at {school}."), say("Use the roster's id.")
    ),
    "no_schedule": _error(
        say("No bell schedule has this name."),
        say("Add it to bell_schedules.csv or correct the name."),
    ),
    "row_twice": _error(say("Line {first} says this already."), say("Take one of them out.")),
    "overlap": _warning(
        say("It overlaps with {other}."), say("That is right where sections do not share.")
    ),
    "no_bell": _warning(
        say("No bell schedule has this period."), say("No rolls are laid out for it.")
    ),
    "closed_anyway": _error(
        say("There is no school on that day anyway."), say("Leave closed_from blank.")
    ),
    "bad_number": _error(
        say("This is no whole number up to {most}."), say("Write digits, for example 15.")
    ),
    "check_early": _error(
        say("Missing rolls would be looked for before they are due."),
        say("Make check_after as many minutes as due_after, or more."),
    ),
    "exempts_all": _error(
        say("It names neither a section nor a period."),
        say("Name one; a day without school is a line of calendar.csv."),
    ),
    "set_at_desk": _warning(
        say("Somebody set this date otherwise at the desk; it stays as it is there."),
        say("Change it at the desk if that is wrong."),
    ),
    "no_grade": _warning(
        say("No section has grade {grade}."), say("Check how the roster spells it.")
    ),
    "outside_terms": _warning(say("This lies outside every term."), say("Check the year.")),
}
